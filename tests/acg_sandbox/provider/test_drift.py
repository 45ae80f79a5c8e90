"""What Azure answers reaches the inputs only where it changed; what an import reads is compared in one spelling."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg_sandbox.provider.drift import with_changes
from acg_sandbox.provider.imported import settled
from acg_sandbox.provider.tables import resource_type
from tests.acg_sandbox.provider.conftest import GALLERY, IMAGE, VERSION

_scalars = st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b"])
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=6,
)
_properties = st.dictionaries(st.sampled_from("abc"), _values)


@given(_properties, _properties)
def test_without_drift_nothing_changes(inputs: dict[str, Any], answer: dict[str, Any]) -> None:
    assert with_changes(inputs, answer, copy.deepcopy(answer)) == inputs


@given(_properties, _properties)
def test_all_drift_is_with_changes_when_the_inputs_were_complete(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert with_changes(before, before, after) == after


@pytest.mark.parametrize(
    ("inputs", "before", "after", "found"),
    [
        ({"r": ["eastus2"]}, {"r": ["East US 2"]}, {"r": ["West US"]}, {"r": ["West US"]}),
        ({"o": {"a": 1}}, {"o": {"a": 1, "z": 0}}, {"o": {"a": 2, "z": 0}}, {"o": {"a": 2}}),
        ({"o": {"a": 1}}, {"o": {"a": 1, "z": 0}}, {"o": {"a": 1, "z": 9}}, {"o": {"a": 1, "z": 9}}),
        (
            {"l": [{"n": "eastus2", "c": 1}]},
            {"l": [{"n": "East US 2", "c": 1}]},
            {"l": [{"n": "East US 2", "c": 2}, {"n": "West US", "c": 1}]},
            {"l": [{"n": "eastus2", "c": 2}, {"n": "West US", "c": 1}]},
        ),
        ({"l": [{"n": "a"}, {"n": "b"}]}, {"l": [{"n": "a"}, {"n": "b"}]}, {"l": [{"n": "a"}]}, {"l": [{"n": "a"}]}),
    ],
)
def test_only_what_changed_is_with_changes(
    inputs: dict[str, Any], before: dict[str, Any], after: dict[str, Any], found: dict[str, Any]
) -> None:
    assert with_changes(inputs, before, after) == found


HOME = {"location": "westeurope"}
TWICE = {"replicaCount": 2}


@pytest.mark.parametrize(
    ("token", "one", "other"),
    [
        (GALLERY, {"sharingProfile": {"permissions": "Private"}, "tags": {}}, {}),
        (GALLERY, {"softDeletePolicy": {"isSoftDeleteEnabled": False}, "identity": {"type": "None"}}, {}),
        (IMAGE, {"hyperVGeneration": "V1", "architecture": "x64"}, {}),
        (IMAGE, {"endOfLifeDate": "2030-01-01"}, {"endOfLifeDate": "2030-01-01T00:00:00+00:00"}),
        (IMAGE, {"endOfLifeDate": "2030-01-01T02:00:00+02:00"}, {"endOfLifeDate": "2030-01-01T00:00:00Z"}),
        (VERSION, HOME | {"publishingProfile": {"targetRegions": [{"name": "West Europe"}]}}, HOME),
        (VERSION, {"safetyProfile": {"allowDeletionOfReplicatedLocations": False}}, {}),
        (VERSION, {"publishingProfile": {"replicaCount": 1, "storageAccountType": "Standard_LRS"}}, {}),
        (
            VERSION,
            {"publishingProfile": TWICE | {"targetRegions": [{"name": "East US", "regionalReplicaCount": 2}]}},
            {"publishingProfile": TWICE | {"targetRegions": [{"name": "eastus"}]}},
        ),
        (
            VERSION,
            {"storageProfile": {"source": {"id": "i"}, "osDiskImage": {"hostCaching": "ReadWrite"}}},
            {"storageProfile": {"source": {"id": "i"}}},
        ),
        (
            VERSION,
            {"storageProfile": {"dataDiskImages": [{"lun": 0, "hostCaching": "None", "source": {"id": "d"}}]}},
            {"storageProfile": {"dataDiskImages": [{"lun": 0, "source": {"id": "d"}}]}},
        ),
    ],
)
def test_two_ways_to_say_the_same(token: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    resource = resource_type(token)
    assert settled(resource, one) == settled(resource, other)
    assert settled(resource, settled(resource, one)) == settled(resource, one)


@pytest.mark.parametrize(
    ("token", "change"),
    [
        (GALLERY, {"sharingProfile": {"permissions": "Groups"}}),
        (IMAGE, {"hyperVGeneration": "V2"}),
        (IMAGE, {"endOfLifeDate": "someday"}),
        (VERSION, {"publishingProfile": {"targetRegions": [{"name": "eastus", "regionalReplicaCount": 2}]}}),
        (VERSION, {"publishingProfile": {"targetRegions": [{"name": "eastus", "storageAccountType": "Standard_ZRS"}]}}),
        (VERSION, {"storageProfile": {"osDiskImage": {"source": {"id": "d"}}}}),
        (VERSION, {"safetyProfile": {"allowDeletionOfReplicatedLocations": True}}),
    ],
)
def test_what_was_chosen_is_kept(token: str, change: dict[str, Any]) -> None:
    assert change.items() <= settled(resource_type(token), change).items()
