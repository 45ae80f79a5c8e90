"""Faults on request: each does what it says, on the calls it was asked for, the same each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.arm import TOKEN_HEADER, FaultError, Settings, add_fault, clear_faults, list_faults
from acg_sandbox.arm.faults import KINDS, Fault, read_fault
from acg_sandbox.arm.server import Server
from tests.acg_sandbox.arm.conftest import GALLERY, GROUP, IMAGE, MANAGED_IMAGE, VERSION, Arm, version

BODY = {"location": "westeurope"}


def operation(answer: httpx.Response) -> str:
    return answer.headers["Azure-AsyncOperation"]


@pytest.mark.parametrize(
    ("spec", "statuses"),
    [
        ({"fault": "throttle"}, [429, 200, 200, 200]),
        ({"fault": "throttle", "after": 2}, [200, 200, 429, 200]),
        ({"fault": "throttle", "times": 2}, [429, 429, 200, 200]),
        ({"fault": "throttle", "times": 0}, [429, 429, 429, 429]),
        ({"fault": "error"}, [500, 200, 200, 200]),
        ({"fault": "error", "status": 503, "after": 1}, [200, 503, 200, 200]),
        ({"fault": "error", "path": "/images/", "times": 0}, [200, 200, 200, 200]),
        ({"fault": "error", "path": "/GALLERIES/corp$", "times": 0}, [500, 500, 500, 500]),
        ({"fault": "error", "method": "PUT", "times": 0}, [200, 200, 200, 200]),
    ],
)
def test_strikes_the_calls_it_was_asked_for(arm: Arm, spec: dict[str, Any], statuses: list[int]) -> None:
    arm.gallery()
    arm.strike(**spec)
    assert [arm.ask("GET", GALLERY).status_code for _ in statuses] == statuses


def test_throttled_calls_are_told_when_to_come_back(arm: Arm) -> None:
    arm.gallery()
    arm.strike(fault="throttle", seconds=7)
    assert arm.ask("GET", GALLERY).headers["Retry-After"] == "7"


def test_a_rate_repeats_with_its_seed() -> None:
    def strikes(seed: int) -> list[bool]:
        fault = Fault(fault="error", rate=0.3, times=0, seed=seed)
        return [fault.strikes(calls, 0) for calls in range(200)]

    assert strikes(1) == strikes(1)
    assert strikes(1) != strikes(2)
    assert 40 <= sum(strikes(1)) <= 80


def test_an_empty_bucket_says_how_long_it_takes_to_fill(arm: Arm) -> None:
    arm.put(GROUP, BODY)
    arm.strike(fault="rate-limits", times=0, share=0.02)
    arm.put(GALLERY, BODY)
    answer = arm.ask("PUT", GALLERY, BODY)
    assert answer.status_code == 429
    arm.clock.pass_(int(answer.headers["Retry-After"]))
    assert arm.ask("PUT", GALLERY, BODY).status_code == 200


@pytest.mark.parametrize(("when", "there"), [("before", False), ("after", True)])
def test_an_error_comes_before_or_after_the_effect(arm: Arm, when: str, there: bool) -> None:
    arm.put(GROUP, BODY)
    arm.strike(fault="error", method="PUT", when=when)
    assert arm.ask("PUT", GALLERY, BODY).status_code == 500
    assert (arm.ask("GET", GALLERY).status_code == 200) is there


def test_a_slow_operation_ends_in_its_time(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.strike(fault="slow", method="PUT", seconds=30)
    status = operation(arm.put(VERSION, version()))
    arm.clock.pass_(29)
    assert arm.get(status)["status"] == "InProgress"
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Creating"
    arm.clock.pass_(1)
    assert arm.get(status)["status"] == "Succeeded"
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


def test_an_operation_ends_failed(arm: Arm) -> None:
    arm.gallery()
    arm.strike(fault="fail", method="PUT", code="InternalExecutionError")
    body = arm.get(operation(arm.put(IMAGE, definition_body())))
    assert (body["status"], body["error"]["code"]) == ("Failed", "InternalExecutionError")
    assert arm.get(IMAGE)["properties"]["provisioningState"] == "Failed"


def definition_body() -> dict[str, Any]:
    from tests.acg_sandbox.arm.conftest import definition

    return definition()


def test_replication_fails_in_one_region_and_an_update_repairs_it(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.strike(fault="fail-region", method="PUT", region="northeurope")
    body = version(MANAGED_IMAGE, "westeurope", "northeurope")
    ended = arm.get(operation(arm.put(VERSION, body)))
    assert "{region:northeurope, detail:" in ended["error"]["message"]
    status = arm.get(VERSION, **{"$expand": "ReplicationStatus"})["properties"]["replicationStatus"]
    assert status["aggregatedState"] == "Failed"
    assert {entry["region"]: entry["state"] for entry in status["summary"]} == {
        "West Europe": "Completed",
        "North Europe": "Failed",
    }
    arm.put(VERSION, body)
    status = arm.get(VERSION, **{"$expand": "ReplicationStatus"})["properties"]["replicationStatus"]
    assert status["aggregatedState"] == "Completed"


def test_a_lost_operation_goes_on_unseen(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.strike(fault="lose-operation", method="PUT")
    status = operation(arm.put(VERSION, version()))
    assert arm.ask("GET", status).status_code == 404
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


def test_stale_reads_show_what_was_there_before(arm: Arm) -> None:
    arm.gallery(description="old")
    arm.strike(fault="stale", method="PATCH", reads=2)
    arm.ask("PATCH", GALLERY, {"properties": {"description": "new"}})
    seen = [arm.get(GALLERY)["properties"]["description"] for _ in range(3)]
    assert seen == ["old", "old", "new"]


def test_a_stale_read_of_what_is_new_finds_nothing(arm: Arm) -> None:
    arm.put(GROUP, BODY)
    arm.strike(fault="stale", method="PUT")
    arm.put(GALLERY, BODY)
    assert [arm.ask("GET", GALLERY).status_code for _ in range(2)] == [404, 200]


def test_a_ghost_child_goes_away(arm: Arm) -> None:
    arm.published()
    arm.strike(fault="ghost-child", method="DELETE", seconds=15)
    arm.ask("DELETE", VERSION)
    assert arm.ask("DELETE", IMAGE).status_code == 409
    arm.clock.pass_(15)
    assert arm.ask("DELETE", IMAGE).status_code == 202


def test_a_source_deleted_midway_fails_the_operation(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.strike(fault="source-gone", method="PUT", path="/versions/")
    ended = arm.get(operation(arm.put(VERSION, version())))
    assert MANAGED_IMAGE in ended["error"]["message"]
    assert arm.ask("GET", MANAGED_IMAGE).status_code == 404


def test_an_oversized_source_fails_the_operation(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden(diskSizeGB=2049)
    ended = arm.get(operation(arm.put(VERSION, version())))
    assert ended["error"] == {
        "code": "GallerySourceResourceExceedsMaxSize",
        "message": "The GalleryImageVersion source resource size 2049 exceeds the max size 2048 supported.",
    }
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Failed"


def _client(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.http, headers={TOKEN_HEADER: server.app.token})


@pytest.mark.parametrize(("when", "there"), [("before", 404), ("after", 200)])
def test_a_cut_connection_answers_nothing(tmp_path: Path, when: str, there: int) -> None:
    with Server(tmp_path, Settings(seed=None)) as server, _client(server) as client:
        client.post("/sandbox/faults", json={"fault": "cut", "when": when, "path": "/resourceGroups/rg$"})
        with pytest.raises(httpx.TransportError):
            client.put(GROUP, params={"api-version": "2024-11-01"}, json=BODY)
        assert client.get(GROUP, params={"api-version": "2024-11-01"}).status_code == there
        [line] = [entry for entry in client.get("/sandbox/log").json()["value"] if entry["method"] == "PUT"]
        assert line["fault"] == 1


def test_drift_leaves_no_trace_in_the_log(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as server, _client(server) as client:
        client.put(GROUP, params={"api-version": "2024-11-01"}, json=BODY)
        change = {"id": GROUP.upper(), "change": {"tags": {"by": "somebody else"}}}
        assert client.post("/sandbox/drift", json=change).status_code == 200
        group = client.get(GROUP, params={"api-version": "2024-11-01"}).json()
        assert group["tags"] == {"by": "somebody else"}
        assert client.post("/sandbox/drift", json={"id": GROUP, "delete": True}).status_code == 200
        assert client.get(GROUP, params={"api-version": "2024-11-01"}).status_code == 404
        assert [e["method"] for e in client.get("/sandbox/log").json()["value"]] == ["PUT", "GET", "GET"]
        nothing = client.post("/sandbox/drift", json={"id": GROUP, "delete": True})
        assert (nothing.status_code, "there is no resource" in nothing.text) == (400, True)


def test_faults_can_be_armed_beside_the_endpoint_and_outlive_it(tmp_path: Path, make_arm: Callable[..., Arm]) -> None:
    number = add_fault(tmp_path, {"fault": "error", "method": "PUT"})
    first = make_arm(tmp_path)
    assert first.ask("PUT", GROUP, BODY).status_code == 500
    [fault] = list_faults(tmp_path)
    assert (fault["id"], fault["calls"], fault["fired"]) == (number, 1, 1)
    assert clear_faults(tmp_path) == 1
    assert clear_faults(tmp_path / "nowhere") == 0
    assert list_faults(tmp_path / "nowhere") == []
    assert list_faults(tmp_path) == []


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({}, "fault must be one of"),
        ({"fault": "earthquake"}, "fault must be one of"),
        ({"fault": "slow", "secs": 3}, "'secs' is not known"),
        ({"fault": "slow", "seconds": "3"}, "seconds cannot be '3'"),
        ({"fault": "error", "status": 200}, "status must be from 400 to 599"),
        ({"fault": "cut", "when": "during"}, "when must be before or after"),
        ({"fault": "error", "rate": 2}, "rate and share lie between 0 and 1"),
        ({"fault": "error", "after": -1}, "not negative"),
        ({"fault": "error", "path": "("}, "not a regular expression"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(spec: dict[str, Any], why: str) -> None:
    with pytest.raises(FaultError, match=why):
        read_fault(spec)


def test_every_kind_is_described() -> None:
    for kind in KINDS:
        assert read_fault({"fault": kind}).fault == kind


def test_the_log_knows_which_fault_struck(arm: Arm) -> None:
    arm.gallery()
    arm.strike(fault="error")
    arm.ask("GET", GALLERY)
    line = json.loads(arm.client.get(f"{GALLERY}?api-version=2024-03-03").content)
    assert line["name"] == "corp"
    row = arm.azure.state.store.db.execute("SELECT status, code, fault FROM log ORDER BY n").fetchall()
    assert row[-2:] == [(500, "InternalServerError", 1), (200, None, None)]


def test_the_page_about_the_embedded_azure_lists_every_kind() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    section = page.split("## Faults")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == [*KINDS]
