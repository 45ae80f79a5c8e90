"""Diff finds what changed and replaces only where azure-native does."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg_sandbox.provider.differ import changes
from acg_sandbox.provider.tables import resource_type
from acg_sandbox.provider.values import UNKNOWN
from tests.acg_sandbox.provider.conftest import GALLERY, IMAGE, VERSION, Instance, Properties

DISK = "azure-native:compute:Disk"
STORAGE = "azure-native:storage:StorageAccount"
ROLE = "azure-native:authorization:RoleAssignment"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, {}),
        ({"description": "new"}, {"description": "ADD"}),
        ({"tags": None}, {"tags": "DELETE"}),
        ({"tags": {"team": "b", "cost": "1"}}, {"tags.team": "UPDATE", "tags.cost": "ADD"}),
        ({"location": "West Europe"}, {}),
        ({"location": "WESTEUROPE"}, {}),
        ({"location": "northeurope"}, {"location": "UPDATE_REPLACE"}),
        ({"resourceGroupName": "RG"}, {}),
        ({"resourceGroupName": "other"}, {"resourceGroupName": "UPDATE_REPLACE"}),
        ({"galleryName": "other"}, {"galleryName": "UPDATE_REPLACE"}),
        ({"galleryImageName": UNKNOWN}, {"galleryImageName": "UPDATE_REPLACE"}),
        # Azure refuses these, and azure-native does not know it.
        ({"osState": "Specialized"}, {"osState": "UPDATE"}),
        ({"identifier": {"publisher": "contoso", "offer": "x", "sku": "24"}}, {"identifier.offer": "UPDATE"}),
        ({"hyperVGeneration": "V2"}, {"hyperVGeneration": "ADD"}),
        ({"azureApiVersion": "2025-03-03"}, {"azureApiVersion": "UPDATE"}),
    ],
)
def test_changes_of_a_definition(
    instance: Instance, definition: Properties, change: Properties, found: dict[str, str]
) -> None:
    olds = definition | {"tags": {"team": "a"}, "azureApiVersion": "2024-03-03"}
    news = {k: v for k, v in (olds | change).items() if v is not None}
    assert instance.changes(IMAGE, olds, news) == found


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        (["eastus2", "westeurope"], {}),
        (["northeurope", "westeurope", "eastus2"], {"[0]": "ADD"}),
        (["eastus2"], {"[0]": "DELETE"}),
        (["westeurope", "East US 2"], {"[1]": "DELETE"}),
    ],
)
def test_target_regions_are_a_set(
    instance: Instance, version: Properties, regions: list[str], found: dict[str, str]
) -> None:
    news = copy.deepcopy(version)
    by_name = {r["name"]: r for r in version["publishingProfile"]["targetRegions"]}
    news["publishingProfile"]["targetRegions"] = [by_name.get(name, {"name": name}) for name in regions]
    prefix = "publishingProfile.targetRegions"
    assert instance.changes(VERSION, version, news) == {prefix + place: kind for place, kind in found.items()}


def test_a_change_inside_a_region_names_its_place(instance: Instance, version: Properties) -> None:
    news = copy.deepcopy(version)
    news["publishingProfile"]["targetRegions"].reverse()
    news["publishingProfile"]["targetRegions"][0]["regionalReplicaCount"] = 5
    path = "publishingProfile.targetRegions[0].regionalReplicaCount"
    assert instance.changes(VERSION, version, news) == {path: "UPDATE"}


def test_other_lists_are_compared_by_place(instance: Instance) -> None:
    disk = {"resourceGroupName": "rg", "diskName": "d", "location": "x", "creationData": {"createOption": "Empty"}}
    olds, news = disk | {"zones": ["1", "2"]}, disk | {"zones": ["2"]}
    assert instance.changes(DISK, olds, news) == {"zones[0]": "UPDATE", "zones[1]": "DELETE"}


@pytest.mark.parametrize(
    ("token", "name"), [(STORAGE, "isHnsEnabled"), (STORAGE, "location"), (ROLE, "principalId"), (ROLE, "scope")]
)
def test_the_few_inputs_that_azure_native_knows_to_replace(instance: Instance, token: str, name: str) -> None:
    assert instance.changes(token, {name: "a"}, {name: "b"}) == {name: "UPDATE_REPLACE"}


def test_an_input_given_late_that_says_what_is_so_replaces_nothing(instance: Instance, gallery: Properties) -> None:
    olds = {k: v for k, v in gallery.items() if k != "location"}
    answer = instance.diff(GALLERY, olds, gallery, state={"location": "westeurope"})
    assert (list(answer.replaces), instance.changes(GALLERY, olds, gallery)) == ([], {"location": "ADD_REPLACE"})


@pytest.mark.parametrize(
    ("olds", "before"), [({}, True), ({"__createBeforeDelete": True}, False), ({"__createBeforeDelete": False}, True)]
)
def test_what_is_replaced_goes_first_unless_its_name_was_random(
    instance: Instance, gallery: Properties, olds: Properties, before: bool
) -> None:
    answer = instance.diff(GALLERY, gallery | olds, gallery | olds | {"galleryName": "other"})
    assert (list(answer.replaces), list(answer.diffs), answer.deleteBeforeReplace) == (
        ["galleryName"],
        ["galleryName"],
        before,
    )


def test_state_of_older_versions_has_no_api_version_among_its_inputs(instance: Instance, gallery: Properties) -> None:
    news = gallery | {"azureApiVersion": "2024-03-03"}
    assert instance.changes(GALLERY, gallery, news, state={"azureApiVersion": "2024-03-03"}) == {}


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "a", "b"]), inner, max_size=3),
    max_leaves=8,
)
_inputs = st.dictionaries(st.sampled_from(["tags", "features", "recommended", "osType", "location"]), _values)


@given(_inputs)
def test_nothing_changes_between_equals(inputs: dict[str, Any]) -> None:
    assert changes(resource_type(IMAGE), inputs, copy.deepcopy(inputs)) == []


@given(_inputs, _inputs)
def test_every_change_is_found_from_both_sides(olds: dict[str, Any], news: dict[str, Any]) -> None:
    there = {c.top for c in changes(resource_type(IMAGE), olds, news)}
    back = {c.top for c in changes(resource_type(IMAGE), news, olds)}
    assert there == back
