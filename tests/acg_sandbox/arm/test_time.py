"""Time is a setting: instant, as recorded, or a factor of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.acg_sandbox.arm.conftest import GALLERY, GROUP, MANAGED_IMAGE, VERSION, Arm, version

EXPANDED = {"$expand": "ReplicationStatus"}


def prepared(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.clock.pass_(60)


@pytest.mark.parametrize(
    ("pace", "headers"),
    [
        (0.0, {"retry-after-ms": "1"}),
        (0.001, {"retry-after-ms": "60"}),
        (0.1, {"retry-after": "6"}),
        (1.0, {"retry-after": "60"}),
    ],
)
def test_clients_are_told_to_poll_at_the_pace(
    make_arm: Callable[..., Arm], pace: float, headers: dict[str, str]
) -> None:
    arm = make_arm(pace=pace)
    prepared(arm)
    answer = arm.put(VERSION, version())
    assert {name: value for name, value in answer.headers.items() if name.startswith("retry")} == headers


@pytest.mark.parametrize(("pace", "seconds"), [(0.0, "1"), (0.001, "1"), (0.1, "6")])
def test_the_sdk_for_java_gets_whole_seconds(make_arm: Callable[..., Arm], pace: float, seconds: str) -> None:
    """It knows neither ``retry-after-ms`` nor ``Retry-After: 0``, and would wait 30 s."""
    arm = make_arm(pace=pace)
    prepared(arm)
    arm.client.headers["User-Agent"] = "azsdk-java-com.azure.resourcemanager.compute/2.54.0 (17.0.15; Linux; 6.1)"
    assert arm.put(VERSION, version()).headers["retry-after"] == seconds


def test_a_gallery_is_ready_after_the_recorded_time(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(pace=1.0)
    arm.put(GROUP, {"location": "westeurope"})
    answer = arm.put(GALLERY, {"location": "westeurope"})
    assert "Retry-After" not in answer.headers
    arm.clock.pass_(0.4)
    assert arm.get(GALLERY)["properties"]["provisioningState"] == "Creating"
    arm.clock.pass_(0.1)
    assert arm.get(GALLERY)["properties"]["provisioningState"] == "Succeeded"


def test_replication_makes_progress_in_every_region(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(pace=1.0)
    prepared(arm)
    arm.put(VERSION, version(MANAGED_IMAGE, "westeurope", "northeurope"))
    seen: list[tuple[str, int]] = []
    for _ in range(5):
        arm.clock.pass_(100)
        status = arm.get(VERSION, **EXPANDED)["properties"]["replicationStatus"]
        assert [entry["region"] for entry in status["summary"]] == ["West Europe", "North Europe"]
        seen.append((status["aggregatedState"], status["summary"][0]["progress"]))
    assert [state for state, _ in seen] == ["InProgress"] * 4 + ["Completed"]
    progress = [done for _, done in seen]
    assert progress == sorted(progress)
    assert (progress[0], progress[-1]) == (2, 100)


def test_a_delete_answers_202_at_its_location_until_it_is_over(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(pace=1.0)
    prepared(arm)
    arm.put(VERSION, version())
    arm.clock.pass_(500)
    answer = arm.ask("DELETE", VERSION)
    assert answer.headers["Retry-After"] == "60"
    assert arm.ask("GET", answer.headers["Location"]).status_code == 202
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Deleting"
    again = arm.ask("DELETE", VERSION)
    assert again.headers["Location"] == answer.headers["Location"]
    arm.clock.pass_(91)
    assert arm.ask("GET", answer.headers["Location"]).status_code == 200
    assert arm.ask("GET", VERSION).status_code == 404


def test_operations_outlive_the_process(make_arm: Callable[..., Arm], tmp_path: object) -> None:
    arm = make_arm(tmp_path, pace=1.0)
    prepared(arm)
    status = arm.put(VERSION, version()).headers["Azure-AsyncOperation"]
    arm.azure.state.store.close()
    again = make_arm(tmp_path, pace=1.0)
    again.clock.now = arm.clock.now + 10
    assert again.get(status)["status"] == "InProgress"
    again.clock.pass_(600)
    assert again.get(status)["status"] == "Succeeded"
    assert again.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


def test_operation_urls_can_be_as_long_as_today_s(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(signed_operations=True)
    prepared(arm)
    link = arm.put(VERSION, version()).headers["Azure-AsyncOperation"]
    assert len(link) > 4096
    assert arm.get(link)["status"] == "Succeeded"
