"""All recorded exchanges of a gallery's life with the real service, sent again: the answers must be the same.

Whatever differs on purpose stands in ``DIFFERENCES``, with the reason; any other difference fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.acg_sandbox.arm.conftest import Arm

RECORDING = json.loads(Path(__file__).with_name("recorded-galleries-2022-03-03.json").read_text())
EXCHANGES = RECORDING["exchanges"]
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
API = "2022-03-03"
START = datetime.fromisoformat("2023-01-11T06:19:58.5507297+00:00").timestamp()

# What differs, and why.
DIFFERENCES = {
    "x-ms-ratelimit-remaining-resource": "names of policies are compared, not what is left: other clients of the "
    "recorded subscription spent from the same buckets (their 30-minute figure falls by 2 or 3 between two calls)",
    "the host of links": "the endpoint is here, not at management.azure.com",
    "operation ids and dates": "are new in every life; their form is compared",
}

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?\+00:00")
_COMPARED = ("Azure-AsyncOperation", "Location", "Retry-After", "Content-Type")


def _plain(value: Any) -> Any:
    """The value without ids, dates and the host; key order is kept, as the service's own is part of its answer."""
    text = json.dumps(value).replace("https://management.azure.com", "").replace("https://management.test", "")
    text = text.replace(SUBSCRIPTION, "SUBSCRIPTION")
    return _DATE.sub("DATE", _GUID.sub("GUID", text))


def _policies(header: str | None) -> list[str]:
    return [part.split(";")[0] for part in (header or "").split(",")]


@pytest.fixture(scope="module")
def replayed() -> list[tuple[dict[str, Any], Any]]:
    """The whole recording sent once, at the recorded times: what was recorded beside what came back."""
    arm = Arm(None, subscriptions=(SUBSCRIPTION,), pace=1.0)
    arm.clock.now = START - 100
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rgname"
    arm.put(group, {"location": "eastus2"})
    snapshot = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 200}
    path = f"{group}/providers/Microsoft.Compute/snapshots/snapshotname4a232cfa"
    arm.put(path, {"location": "eastus2", "properties": snapshot})
    arm.clock.now = START
    ids: dict[str, str] = {}
    pairs: list[tuple[dict[str, Any], Any]] = []
    for exchange in EXCHANGES:
        path = exchange["path"]
        for recorded, ours in ids.items():
            path = path.replace(recorded, ours)
        body = exchange["responseBody"] or {}
        if "capsOperations" in path:  # the moment of the poll: before or after the end that was recorded
            arm.clock.pass_(1000.0 if "endTime" in body else 0.001)
        answer = arm.ask(exchange["method"], path, exchange["requestBody"])
        link = exchange["headers"].get("Azure-AsyncOperation")
        if link and "Azure-AsyncOperation" in answer.headers:
            recorded_id, our_id = (_last(url) for url in (link, answer.headers["Azure-AsyncOperation"]))
            ids[recorded_id] = our_id
        pairs.append((exchange, answer))
    arm.azure.state.store.close()
    return pairs


def _last(url: str) -> str:
    return url.split("?")[0].rsplit("/", 1)[1]


def test_the_recording_is_complete() -> None:
    assert len(EXCHANGES) == 47


@pytest.mark.parametrize("number", range(47))
def test_answer_is_that_of_the_real_service(replayed: list[tuple[dict[str, Any], Any]], number: int) -> None:
    recorded, answer = replayed[number]
    assert answer.status_code == recorded["status"]
    expected = {name: _plain(recorded["headers"].get(name)) for name in _COMPARED}
    assert {name: _plain(answer.headers.get(name)) for name in _COMPARED} == expected
    policies = _policies(recorded["headers"].get("x-ms-ratelimit-remaining-resource"))
    assert _policies(answer.headers.get("x-ms-ratelimit-remaining-resource")) == policies
    assert _plain(answer.json() if answer.content else None) == _plain(recorded["responseBody"])


def test_long_running_answers_announce_notifications(replayed: list[tuple[dict[str, Any], Any]]) -> None:
    for recorded, answer in replayed:
        wanted = "Enabled" if "Azure-AsyncOperation" in recorded["headers"] else None
        assert answer.headers.get("azure-asyncnotification") == wanted


def test_a_fresh_bucket_shows_the_recorded_remainder(make_arm: Callable[..., Arm]) -> None:
    """Where the recorded client was the first to spend, the figures agree too."""
    arm = make_arm(subscriptions=(SUBSCRIPTION,))
    arm.put(f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rgname", {"location": "eastus2"})
    first = EXCHANGES[0]
    answer = arm.ask(first["method"], first["path"], first["requestBody"])
    name = "x-ms-ratelimit-remaining-resource"
    assert answer.headers[name] == first["headers"][name]
