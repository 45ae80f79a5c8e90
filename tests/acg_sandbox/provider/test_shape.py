"""Properties between azure-native's shape and Azure's JSON."""

from typing import Any

import pytest

from acg_sandbox.provider.shape import inputs_of, outputs, preview_outputs, project, request_body
from acg_sandbox.provider.tables import resource_type
from acg_sandbox.provider.values import UNKNOWN
from tests.acg_sandbox.provider.conftest import GALLERY, VERSION

SCALE_SET = "azure-native:compute:VirtualMachineScaleSet"
ACCOUNT = "azure-native:storage:StorageAccount"
GROUP = "azure-native:resources:ResourceGroup"
USER = "/subscriptions/s/userAssignedIdentities/u"

NESTED = (
    SCALE_SET,
    {
        "location": "x",
        "sku": {"name": "D2", "capacity": 2},
        "virtualMachineProfile": {
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {"name": "nic", "primary": True, "ipConfigurations": [{"name": "ip", "subnet": {"id": "s"}}]}
                ]
            },
            "extensionProfile": {"extensions": [{"name": "e", "publisher": "p", "settings": {"any": ["thing"]}}]},
        },
    },
    {
        "location": "x",
        "sku": {"name": "D2", "capacity": 2},
        "properties": {
            "virtualMachineProfile": {
                "networkProfile": {
                    "networkInterfaceConfigurations": [
                        {
                            "name": "nic",
                            "properties": {
                                "primary": True,
                                "ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": "s"}}}],
                            },
                        }
                    ]
                },
                "extensionProfile": {
                    "extensions": [{"name": "e", "properties": {"publisher": "p", "settings": {"any": ["thing"]}}}]
                },
            }
        },
    },
)
BESIDE = (
    ACCOUNT,
    {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "isHnsEnabled": False, "tags": {"a": "b"}},
    {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "tags": {"a": "b"}, "properties": {"isHnsEnabled": False}},
)


@pytest.mark.parametrize(("token", "inputs", "body"), [NESTED, BESIDE])
def test_flattened_parts_go_to_their_place_and_come_back(
    token: str, inputs: dict[str, Any], body: dict[str, Any]
) -> None:
    resource = resource_type(token)
    assert request_body(resource.body, inputs) == body
    assert outputs(resource.response, body) == inputs


def test_identities_are_a_list_for_programs_and_a_map_for_azure() -> None:
    resource = resource_type(GALLERY)
    inputs = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [USER]}}
    answer = {"identity": {"type": "UserAssigned", "userAssignedIdentities": {USER: {"clientId": "c"}}}}
    assert request_body(resource.body, inputs)["identity"]["userAssignedIdentities"] == {USER: {}}
    assert outputs(resource.response, answer) == answer
    assert project(resource.body, outputs(resource.response, answer)) == inputs
    assert inputs_of(resource, {}, answer) == inputs
    assert preview_outputs(resource.response, inputs)["identity"]["userAssignedIdentities"] is UNKNOWN


def test_what_azure_answers_beyond_its_types_is_left_out() -> None:
    resource = resource_type(GROUP)
    answer = {"id": "i", "name": "rg", "location": "x", "extra": 1, "properties": {"provisioningState": "S", "more": 2}}
    assert outputs(resource.response, answer) == {
        "name": "rg",
        "location": "x",
        "properties": {"provisioningState": "S"},
    }


def test_empty_lists_and_objects_are_not_imported() -> None:
    answer = {
        "tags": {},
        "properties": {"publishingProfile": {"targetRegions": [{}]}, "storageProfile": {"source": {}}},
    }
    assert inputs_of(resource_type(VERSION), {"galleryName": "g"}, answer) == {"galleryName": "g"}


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"tags": {"a": "b", "c": UNKNOWN}}, {"tags": {"a": "b", "c": UNKNOWN}}),
        ({"tags": UNKNOWN}, {"tags": UNKNOWN}),
        ({"restore": False}, {"restore": False}),
        ({"storageProfile": UNKNOWN}, {"storageProfile": UNKNOWN}),
    ],
)
def test_previews_keep_what_is_given(given: dict[str, Any], seen: dict[str, Any]) -> None:
    assert seen.items() <= preview_outputs(resource_type(VERSION).response, given).items()
