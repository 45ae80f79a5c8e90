"""Reading how far versions are replicated leaves half of Azure's rate limit to others."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import web

from acg.live.connection import Connection
from acg.live.reading import Notes
from acg.live.replication import Limits, read_replication
from acg.live.session import AT_ONCE, Session
from acg.state.observed import Reading
from tests.live.estate import WEB, versions
from tests.live.fake_arm import fake_arm

READS = "x-ms-ratelimit-remaining-subscription-global-reads"
OWN = "x-ms-ratelimit-remaining-resource"


@pytest.mark.parametrize(
    ("answers", "half"),
    [
        ([{READS: "100"}, {READS: "50"}], False),
        ([{READS: "100"}, {READS: "49"}], True),
        ([{OWN: "A/Get3Min;90,A/Get30Min;900"}, {OWN: "A/Get3Min;60,A/Get30Min;449"}], True),
        ([{OWN: "A/Get3Min;90"}, {OWN: "A/Other3Min;10"}], False),
        ([{"x-ms-ratelimit-remaining-subscription-writes": "100"}, {READS: "9"}], False),
        ([{READS: "nonsense"}, {OWN: ""}], False),
    ],
)
def test_half_of_any_limit_counts(answers: list[Mapping[str, str]], half: bool) -> None:
    limits = Limits()
    for headers in answers:
        limits.note(headers)
    assert limits.is_half_spent == half


def test_the_reading_stops_there_and_says_so(tmp_path: Path) -> None:
    left = 200

    def respond(_: web.Request) -> web.StreamResponse:
        nonlocal left
        left -= 1
        summary = [{"region": "West Europe", "state": "Completed", "progress": 100}]
        return web.json_response(
            {"properties": {"replicationStatus": {"summary": summary}}}, headers={READS: str(left)}
        )

    async def run() -> tuple[int, list[Reading]]:
        async with fake_arm(tmp_path, respond) as fake:
            connection = Connection(arm=fake.url, ca=fake.ca.as_posix(), token="t")  # noqa: S106 - a test's own
            async with Session(connection) as session:
                notes = Notes(session, lambda _: None)
                found = await read_replication(notes, versions(WEB, [f"1.{n}.0" for n in range(300)]), None)
                return len(found), notes.readings

    found, (reading,) = asyncio.run(run())
    assert 100 <= found <= 100 + AT_ONCE
    assert reading.scope == WEB.lower()
    assert (reading.unknown or "").startswith("stopped at half of what was left of Azure's rate limit")
