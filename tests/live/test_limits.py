"""No answer keeps a reading for ever, and what was cut short is unknown."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from acg.live import limits, reading, session
from acg.live.connection import Connection
from acg.live.observe import observe
from acg.live.session import Session
from acg.state.observed import Part, Question, Snapshot
from tests.live.estate import CORP, GALLERY, HOME, NOW, Estate
from tests.live.fake_arm import Respond, fake_arm

CORP_BODY = {"id": GALLERY, "name": "corp", "type": "Microsoft.Compute/galleries", "location": "westeurope"}


def observed(folder: Path, respond: Respond, hold: bool = False, question: Question = CORP) -> Snapshot:
    async def run() -> Snapshot:
        over = asyncio.Event()

        async def slowly(request: web.Request) -> None:
            if hold and request.path.endswith("/images"):
                await over.wait()

        async with fake_arm(folder, respond, before=slowly) as fake:
            settled = Connection(arm=fake.url, ca=fake.ca.as_posix(), token="t")  # noqa: S106 - a test's own
            async with Session(settled) as opened:
                found = await observe(opened, question, now=NOW)
            over.set()
            return found.snapshot()

    return asyncio.run(run())


def test_a_list_that_does_not_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 3)
    monkeypatch.setattr(limits, "MOST_PAGES", 3)

    def respond(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/images"):
            return web.json_response({"value": [], "nextLink": str(request.url)})
        return web.json_response(CORP_BODY if request.path.endswith("/corp") else {"value": [], "id": request.path})

    snapshot = observed(tmp_path, respond)
    assert snapshot.coverage.why_unknown(Part.DEFINITIONS, GALLERY) == "was not answered to its end within 3 pages"


def test_an_answer_that_does_not_come_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LONGEST", 2.0)

    def respond(request: web.Request) -> web.StreamResponse:
        return web.json_response(CORP_BODY if request.path.endswith("/corp") else {"value": [], "id": request.path})

    snapshot = observed(tmp_path, respond, hold=True)
    assert snapshot.coverage.why_unknown(Part.DEFINITIONS, GALLERY) == "was not answered to its end within 15 minutes"


def test_a_gallery_that_does_not_exist_is_known_not_to(estate: Estate) -> None:
    none = CORP._replace(galleries=(CORP.galleries[0]._replace(name="none", resource_group="rg-none"),))
    snapshot = estate.observe(none).snapshot()
    assert snapshot.resources == []
    assert snapshot.coverage.gaps == ()
    gone = snapshot.coverage.why_unknown(Part.GALLERIES, f"/subscriptions/{HOME}/resourceGroups/rg-none")
    assert gone == "was not found (404 ResourceGroupNotFound)"


PARTS = {
    "/corp": (Part.GALLERIES, GALLERY),
    "/images": (Part.DEFINITIONS, GALLERY),
    "/locks": (Part.LOCKS, f"/subscriptions/{HOME}"),
    "/permissions": (Part.CONSUMERS, f"/subscriptions/{HOME}"),
    "/resources": (Part.CONSUMERS, f"/subscriptions/{HOME}"),
}


@pytest.mark.parametrize("where", PARTS)
@pytest.mark.parametrize(
    "answer",
    [
        "<html>Sign in to the guest network</html>",
        '"text"',
        "[]",
        '{"value": {"a": 1}, "id": 7, "totalRecords": 5, "count": 1, "data": 7, "resultTruncated": "false"}',
        '{"value": [1], "id": [], "data": [1], "totalRecords": 1, "count": 1, "resultTruncated": "false"}',
        '{"value": [{"id": "no id"}], "properties": 7, "totalRecords": 9, "count": 0, "resultTruncated": "true"}',
    ],
)
def test_an_answer_that_is_not_azure_s_leaves_its_part_unknown(tmp_path: Path, where: str, answer: str) -> None:
    def respond(request: web.Request) -> web.StreamResponse:
        if request.path.endswith(where):
            kind = "text/html" if answer.startswith("<") else "application/json"
            return web.Response(text=answer, content_type=kind)
        if request.path.endswith("/permissions"):
            return web.json_response({"value": [{"actions": ["*"]}]})
        if request.path.endswith("/resources"):
            rows = {"totalRecords": 0, "count": 0, "data": [], "facets": [], "resultTruncated": "false"}
            return web.json_response(rows)
        return web.json_response(CORP_BODY if request.path.endswith("/corp") else {"value": [], "id": request.path})

    snapshot = observed(tmp_path, respond, question=CORP._replace(consumers=True))
    part, scope = PARTS[where]
    why = snapshot.coverage.why_unknown(part, scope)
    assert why is not None
    assert why.startswith(("was ", "is not readable as a whole"))
    assert len(snapshot.coverage.gaps) == 1
