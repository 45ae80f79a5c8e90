"""The clients of labs send their token to the configured host alone, whatever an answer links to."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from acg.labs.found import Lab, Plan
from acg.labs.save import Before, Request
from acg.labs.wanted import Kind, Wanted
from acg.live.connection import Connection
from acg.live.labs.reading import LabReader
from acg.live.labs.roles import Unanswered
from acg.live.labs.writing import Patience, save
from acg.live.session import Session
from tests.live.fake_arm import Fake, fake_arm

SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-000000000001"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers"
GALLERY = f"{GROUP}/Microsoft.Compute/galleries/teaching"
PLAN = f"{GROUP}/Microsoft.LabServices/labPlans/lp"
ACCOUNT = f"{GROUP}/Microsoft.LabServices/labaccounts/old"
WANTED = Wanted(Kind.PLAN, "lp", "lp", SUBSCRIPTION, "rg", "westeurope", GALLERY)
LEGACY = Wanted(Kind.ACCOUNT, "old", "old", SUBSCRIPTION, "rg", "westeurope", GALLERY)
BODY = {"id": PLAN, "name": "lp", "location": "westeurope", "properties": {"sharedGalleryId": GALLERY}}


def session(fake: Fake) -> Session:
    return Session(Connection(arm=fake.url, ca=fake.ca.as_posix(), token="canary-token"))  # noqa: S106 - nobody's


@pytest.mark.parametrize("wanted", [WANTED, LEGACY], ids=["plan", "account"])
def test_no_page_is_read_from_another_host(tmp_path: Path, wanted: Wanted) -> None:
    async def run() -> Fake:
        async with fake_arm(tmp_path / "other", lambda _: web.json_response({"value": []})) as other:

            def respond(request: web.Request) -> web.Response:
                if request.path.lower() in {PLAN.lower(), ACCOUNT.lower()}:
                    return web.json_response(BODY)
                return web.json_response({"value": [], "nextLink": other.url + request.path_qs})

            async with fake_arm(tmp_path / "arm", respond) as fake, session(fake) as opened:
                with pytest.raises(Unanswered, match="links to another host"):
                    await LabReader(opened).read(wanted)
            return other

    assert asyncio.run(run()).asked == []


def test_an_operation_is_not_followed_to_another_host(tmp_path: Path) -> None:
    before = Plan("lp", PLAN, "westeurope", (GALLERY,), definitions=())
    lab = Lab("lab", f"{GROUP}/Microsoft.LabServices/labs/lab", "westeurope", PLAN)

    async def run() -> tuple[Fake, Fake, Any]:
        async with fake_arm(tmp_path / "other", lambda _: web.json_response({"status": "Succeeded"})) as other:

            def respond(request: web.Request) -> web.Response:
                if request.method == "POST":
                    return web.json_response({}, status=202, headers={"Location": f"{other.url}/operation"})
                return web.json_response(BODY if request.path == PLAN else {"value": []})

            async with fake_arm(tmp_path / "arm", respond) as fake, session(fake) as opened:
                asked = Before(WANTED, before, lab, (f"{lab.id}/virtualMachines/0",))
                patience = Patience(poll=0.01, tell=0.01, look=0.01, looks=2)
                outcome, _ = await save(LabReader(opened), asked, Request("lab", "x", True), lambda _: None, patience)
            return fake, other, outcome

    fake, other, outcome = asyncio.run(run())
    assert other.asked == []
    assert sum("saveImage" in one for one in fake.asked) == 1
    assert not outcome.good
    assert "links to another host" in outcome.said[0]
