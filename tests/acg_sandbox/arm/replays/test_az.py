"""What the Azure CLI asked of the real service in 2022 and 2026, asked again: the same answers, but for a list."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acg_sandbox.arm.conftest import Arm

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(\+00:00|Z)")
# The canary region of 2022 is not offered here: another one takes its place throughout the recording.
_REGION = {"centraluseuap": "eastus2", "CentralUSEUAP": "eastus2", "Central US EUAP": "East US 2"}
_NOT_COMPARED = ("etag", "instanceView")  # counts changes that are not emulated; was cut out of the recordings

DIFFERENCES = {
    "limits of machines and managed images in 2022": "are those of 2026, a subscription's and a resource's",
    "limits of ARM in 2022": "the subscription headers are those of 2026, which have other names",
    "the region centraluseuap": "it is a canary region and not offered: eastus2 takes its place",
    "publicNamePrefix at api-version 2021-07-01": "was not shown in 2022; in 2026 it is, and the newer date decides",
    "Retry-After of versions": "was 60 in 2023 and is in none of these; who waits as long is right either way",
    "identifiers, disclaimer and metadata of community galleries": "are those of 2026, where they differ from 2022",
    "limits of community galleries in 2022": "had no policy then; in 2026 they have, and the newer date decides",
}
"""Deliberate differences, each with its reason; ``docs/sandbox.md`` lists them too."""


@dataclass
class Replay:
    """One recording, what must be there before it, and where it is known to differ."""

    name: str
    machine: int
    disk_size: int
    old: bool = False
    generalized: tuple[int, ...] = ()
    pairs: list[tuple[dict[str, Any], httpx.Response]] = field(default_factory=list)

    def exchanges(self) -> list[dict[str, Any]]:
        text = Path(__file__).with_name(f"recorded-{self.name}.json").read_text()
        for there, here in _REGION.items():
            text = text.replace(there, here)
        return json.loads(text)["exchanges"]


SOFT_DELETE = Replay("az-soft-delete-2026-04", machine=8, disk_size=30)
COMMUNITY_2022 = Replay("az-community-2022-03", machine=12, disk_size=30, old=True)
COMMUNITY_2026 = Replay("az-community-2026-05", machine=11, disk_size=30)
REPLAYS = (SOFT_DELETE, COMMUNITY_2022, COMMUNITY_2026)
COUNTS = {"az-soft-delete-2026-04": 49, "az-community-2022-03": 34, "az-community-2026-05": 34}


def _prepare(arm: Arm, replay: Replay, exchanges: list[dict[str, Any]]) -> None:
    """The resource group, and the machine with its disk, which templates made."""
    group, machine = exchanges[0]["responseBody"], exchanges[replay.machine]["responseBody"]
    arm.put(group["id"], {"location": group["location"], "tags": group["tags"]})
    profile = machine["properties"]["storageProfile"]
    for disk in [profile["osDisk"], *profile.get("dataDisks", [])]:
        made = {"creationData": {"createOption": "Empty"}, "diskSizeGB": disk.get("diskSizeGB", replay.disk_size)}
        sku = {"name": disk["managedDisk"].get("storageAccountType", "Premium_LRS")}
        system = {"osType": "Linux"} if "osType" in disk else {}
        arm.put(disk["managedDisk"]["id"], {"location": group["location"], "sku": sku, "properties": made | system})
    body = {key: machine[key] for key in ("location", "tags")}
    kept = {k: v for k, v in machine["properties"].items() if k not in {"provisioningState", "vmId", "timeCreated"}}
    arm.put(machine["id"], body | {"properties": kept})


def _played(replay: Replay) -> list[tuple[dict[str, Any], httpx.Response]]:
    if not replay.pairs:
        exchanges = replay.exchanges()
        arm = Arm(None, subscriptions=(SUBSCRIPTION,), pace=1.0)
        arm.clock.now = _start(exchanges) - 1000
        _prepare(arm, replay, exchanges)
        arm.clock.now = _start(exchanges)
        names: dict[str, str] = {}
        for exchange in exchanges:
            path = exchange["path"]
            for recorded, ours in names.items():
                path = path.replace(recorded, ours)
            body = exchange["responseBody"] or {}
            if "capsOperations" in path:  # the moment of the poll: before or after the end that was recorded
                arm.clock.pass_(1000.0 if "endTime" in body or "monitor=true" in path else 0.001)
            elif exchange["method"] == "GET" or "Microsoft.Compute/images/" not in path:
                arm.clock.pass_(60.0)
            answer = arm.ask(exchange["method"], path, exchange["requestBody"])
            link = exchange["headers"].get("azure-asyncoperation")
            if link and "azure-asyncoperation" in answer.headers:
                names[_last(link)] = _last(answer.headers["azure-asyncoperation"])
            names.update(zip(_public(body), _public(answer.json() if answer.content else {}), strict=False))
            replay.pairs.append((exchange, answer))
        arm.azure.state.store.close()
    return replay.pairs


def _start(exchanges: list[dict[str, Any]]) -> float:
    first = next(e["responseBody"]["startTime"] for e in exchanges if "startTime" in (e["responseBody"] or {}))
    return datetime.fromisoformat(first).timestamp()


def _last(url: str) -> str:
    return url.split("?")[0].rsplit("/", 1)[1]


def _public(body: dict[str, Any]) -> list[str]:
    profile = (body.get("properties") or {}).get("sharingProfile") or {}
    return (profile.get("communityGalleryInfo") or {}).get("publicNames") or []


def _plain(value: Any) -> Any:
    """The value without ids and dates, whose form is compared."""
    text = json.dumps(value, sort_keys=True)
    text = text.replace("https://management.azure.com", "").replace("https://management.test", "")
    return json.loads(_DATE.sub("DATE", _GUID.sub("GUID", text)))


def _without(value: Any, *names: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, *names) for key, one in value.items() if key not in names}
    return [_without(one, *names) for one in value] if isinstance(value, list) else value


_CASES = [
    pytest.param(replay, number, id=f"{replay.name}-{number}")
    for replay in REPLAYS
    for number in range(COUNTS[replay.name])
]


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda one: one.name)
def test_the_recording_is_complete(replay: Replay) -> None:
    assert len(replay.exchanges()) == COUNTS[replay.name]


@pytest.mark.parametrize(("replay", "number"), _CASES)
def test_the_answer_is_that_of_the_real_service(replay: Replay, number: int) -> None:
    recorded, answer = _played(replay)[number]
    path = recorded["path"]
    expected, ours = _plain(recorded["responseBody"]), _plain(answer.json() if answer.content else None)
    if "/virtualMachines/" in path:
        expected, ours = (_without(body, *_NOT_COMPARED) for body in (expected, ours))
    if replay.old:
        expected, ours = _as_in_2026(path, expected, ours)
    assert (answer.status_code, ours) == (recorded["status"], expected)


def _as_in_2026(path: str, expected: Any, ours: Any) -> tuple[Any, Any]:
    """What the newer recordings decide otherwise."""
    if "/communityGalleries/" in path:
        expected, ours = (_without(body, "identifier", "disclaimer", "communityMetadata") for body in (expected, ours))
        return expected, {k: v for k, v in ours.items() if not (k == "properties" and v == {})}
    return expected, _without(ours, "publicNamePrefix")


@pytest.mark.parametrize(("replay", "number"), _CASES)
def test_the_headers_are_those_of_the_real_service(replay: Replay, number: int) -> None:
    recorded, answer = _played(replay)[number]
    for name in ("azure-asyncoperation", "location", "azure-asyncnotification"):
        wanted, found = recorded["headers"].get(name), answer.headers.get(name)
        if wanted is None and replay.old:
            continue
        assert _plain(found) == _plain(wanted), name
    wanted, found = (
        [part.split(";")[0] for part in headers.get("x-ms-ratelimit-remaining-resource", "").split(",")]
        for headers in (recorded["headers"], answer.headers)
    )
    old_machine = replay.old and ("/virtualMachines/" in recorded["path"] or "Compute/images/" in recorded["path"])
    if wanted != [""] and not old_machine:
        assert found == wanted
    if not replay.old:
        kinds = [{k for k in one if "remaining-subscription" in k} for one in (recorded["headers"], answer.headers)]
        assert kinds[0] == kinds[1]
        identified = ["x-ms-operation-identifier" in one for one in (recorded["headers"], answer.headers)]
        assert identified[0] == identified[1]
