"""What a scale set has behind it is what a seed or somebody else put there; nothing upgrades by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from acg_sandbox.arm.protocol.seed import plant_more
from tests.acg_sandbox.arm.conftest import COMPUTE, Arm

SET = f"{COMPUTE}/virtualMachineScaleSets/web"
HISTORY = [{"properties": {"runningStatus": {"code": "Completed"}, "progress": {"failedInstanceCount": 0}}}]
MACHINES = [{"exactVersion": "1.0.0"}]


@pytest.fixture
def azure() -> Iterator[Arm]:
    arm = Arm(None)
    properties: dict[str, Any] = {"osUpgradeHistory": HISTORY, "instances": MACHINES}
    plant_more(
        arm.azure.state,
        arm.azure.registry.types,
        [
            {"id": SET, "location": "westeurope", "properties": properties},
            {"id": f"{SET}-new", "location": "westeurope"},
        ],
    )
    yield arm
    arm.client.close()


def test_the_history_is_a_list_of_its_own(azure: Arm) -> None:
    assert azure.get(f"{SET}/osUpgradeHistory")["value"] == HISTORY
    assert azure.get(f"{SET}-new/osUpgradeHistory")["value"] == []
    assert azure.ask("GET", f"{SET}-none/osUpgradeHistory").status_code == 404


def test_neither_history_nor_machines_are_in_the_scale_set_itself(azure: Arm) -> None:
    assert azure.get(SET)["properties"] == {"provisioningState": "Succeeded"}


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_an_update_of_the_scale_set_keeps_them(azure: Arm, method: str) -> None:
    body = {"location": "westeurope", "tags": {"a": "b"}, "properties": {}}
    assert azure.ask(method, SET, body).status_code == 200
    assert azure.get(f"{SET}/osUpgradeHistory")["value"] == HISTORY
    stored = azure.azure.state.store.get(SET.lower())
    assert stored is not None
    assert stored.properties["instances"] == MACHINES
