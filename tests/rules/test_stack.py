"""The stack: what belongs to what, and which resource an id means."""

from dataclasses import replace

import pytest

from acg.desired.resource import Derived, Resource
from acg.rules.examples import (
    OTHER_SUBSCRIPTION,
    SUBSCRIPTION,
    UNKNOWN,
    definition,
    gallery,
    resource,
    resource_id,
    version,
    version_id,
)
from acg.rules.index import Alone, Stack, split_token
from acg.rules.verdict import UnknownValueError
from acg.rules.views import Gallery, ImageDefinition, ImageVersion


@pytest.mark.parametrize(
    ("token", "plain", "api"),
    [
        ("azure-native:compute:GalleryImage", "azure-native:compute:GalleryImage", "2024-03-03"),
        ("azure-native:compute/v20250303:GalleryImage", "azure-native:compute:GalleryImage", "2025-03-03"),
        ("azure-native:compute/v20211001preview:Gallery", "azure-native:compute:Gallery", "2021-10-01"),
        ("azure-native:compute/vNext:Gallery", "azure-native:compute/vNext:Gallery", "2024-03-03"),
        ("pulumi:pulumi:Stack", "pulumi:pulumi:Stack", "2024-03-03"),
    ],
)
def test_a_token_tells_its_api_version(token: str, plain: str, api: str):
    assert split_token(token) == (plain, api)


def views(*resources: Resource) -> tuple[Stack, list[Gallery], list[ImageDefinition], list[ImageVersion]]:
    stack = Stack(resources)
    return stack, list(stack.all(Gallery)), list(stack.all(ImageDefinition)), list(stack.all(ImageVersion))


def test_parents_are_found_by_names_in_any_case():
    _, [corp], [ubuntu], [one] = views(gallery("Corp"), definition(gallery="corp"), version(image="UBUNTU"))
    assert one.definition is ubuntu
    assert one.gallery is corp
    assert corp.definitions == (ubuntu,)
    assert ubuntu.versions == (one,)


def test_parents_are_found_by_the_name_of_the_resource_where_names_are_not_known_yet():
    child = replace(version(gallery=UNKNOWN), parent="corp/ubuntu")
    _, _, [ubuntu], [one] = views(definition(), child)
    assert one.definition is ubuntu


def test_another_subscription_or_group_is_another_gallery():
    _, _, [_], [far, aside] = views(
        definition(), version(subscription=OTHER_SUBSCRIPTION), version("1.0.1", resourceGroupName="rg-other")
    )
    assert far.definition is None
    assert aside.definition is None


def test_a_parent_that_is_not_known_yet_is_no_parent_that_is_not_there():
    stack, _, [ubuntu], [one] = views(definition(), version(gallery=UNKNOWN))
    with pytest.raises(UnknownValueError):
        stack.parent(one)
    assert ubuntu.versions == ()


def test_an_id_means_a_resource_in_any_case():
    stack = Stack([resource("Disk", "data"), version()])
    assert stack.find(resource_id("disks", "DATA").upper()) is stack.views[0]
    assert stack.find(version_id("corp/ubuntu/1.0.0")) is stack.views[1]
    assert stack.find(resource_id("snapshots", "data")) is None
    assert stack.find("nonsense") is None


def test_text_means_no_resource_of_the_providers_subscription():
    """That subscription is not known, and galleries that are promoted have the same names in several."""
    stack = Stack([version(subscription=None)])
    assert stack.find(version_id("corp/ubuntu/1.0.0")) is None


@pytest.mark.parametrize("subscription", [None, SUBSCRIPTION])
def test_derived_ids_mean_the_resource_that_they_are_made_for(subscription: str | None):
    stack = Stack(
        [gallery(subscription=subscription), definition(subscription=subscription), version(subscription=subscription)]
    )
    below = "/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/corp/images/ubuntu/versions/1.0.0"
    for derived in (
        Derived("corp/ubuntu/1.0.0"),
        Derived("corp/ubuntu", "{id}/versions/1.0.0"),
        Derived("corp", "{id}/images/ubuntu/versions/1.0.0"),
        Derived("corp", "/subscriptions/{subscription}" + below),
    ):
        found = stack.find(derived)
        assert found is stack.views[2], derived


def test_the_home_of_versions_is_told_apart_without_their_definition():
    stack = Stack([version(), version("1.0.1"), version("1.0.1", image="other")])
    homes = [stack.home(view) for view in stack.views]
    assert homes[0] == homes[1] != homes[2]


def test_a_rule_that_did_not_ask_for_the_stack_cannot_use_it():
    alone = Alone([definition(), version()])
    with pytest.raises(TypeError, match="must ask for the stack"):
        _ = alone.all(ImageVersion)[0].definition
