"""The index: what belongs to what, and which resource an id means."""

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
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views import Gallery, ImageDefinition, ImageVersion
from acg.rules.views.tokens import split_token


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


def views(*resources: Resource) -> tuple[ResourceIndex, list[Gallery], list[ImageDefinition], list[ImageVersion]]:
    index = ResourceIndex(resources)
    return index, list(index.all(Gallery)), list(index.all(ImageDefinition)), list(index.all(ImageVersion))


def test_parents_are_found_by_names_in_any_case():
    index, [corp], [ubuntu], [one] = views(gallery("Corp"), definition(gallery="corp"), version(image="UBUNTU"))
    assert index.definition(one) is ubuntu
    assert index.gallery(one) is corp
    assert index.children(corp) == [ubuntu]
    assert index.versions(ubuntu) == [one]


def test_parents_are_found_by_the_name_of_the_resource_where_names_are_not_known_yet():
    child = replace(version(gallery=UNKNOWN), parent="corp/ubuntu")
    index, _, [ubuntu], [one] = views(definition(), child)
    assert index.definition(one) is ubuntu


def test_another_subscription_or_group_is_another_gallery():
    index, _, [_], [far, aside] = views(
        definition(), version(subscription=OTHER_SUBSCRIPTION), version("1.0.1", resourceGroupName="rg-other")
    )
    assert index.definition(far) is None
    assert index.definition(aside) is None


def test_a_parent_that_is_not_known_yet_is_no_parent_that_is_not_there():
    index, _, [ubuntu], [one] = views(definition(), version(gallery=UNKNOWN))
    with pytest.raises(UnknownValueError):
        index.parent(one)
    assert index.versions(ubuntu) == ()


def test_an_id_means_a_resource_in_any_case():
    index = ResourceIndex([resource("Disk", "data"), version()])
    assert index.resolve(resource_id("disks", "DATA").upper()) is index.views[0]
    assert index.resolve(version_id("corp/ubuntu/1.0.0")) is index.views[1]
    assert index.resolve(resource_id("snapshots", "data")) is None
    assert index.resolve("nonsense") is None


def test_text_means_no_resource_of_the_providers_subscription():
    """That subscription is not known, and galleries that are promoted have the same names in several."""
    index = ResourceIndex([version(subscription=None)])
    assert index.resolve(version_id("corp/ubuntu/1.0.0")) is None


@pytest.mark.parametrize("subscription", [None, SUBSCRIPTION])
def test_derived_ids_mean_the_resource_that_they_are_made_for(subscription: str | None):
    index = ResourceIndex(
        [gallery(subscription=subscription), definition(subscription=subscription), version(subscription=subscription)]
    )
    below = "/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/corp/images/ubuntu/versions/1.0.0"
    for derived in (
        Derived("corp/ubuntu/1.0.0"),
        Derived("corp/ubuntu", "{id}/versions/1.0.0"),
        Derived("corp", "{id}/images/ubuntu/versions/1.0.0"),
        Derived("corp", "/subscriptions/{subscription}" + below),
    ):
        found = index.resolve(derived)
        assert found is index.views[2], derived


def test_the_home_of_versions_is_told_apart_without_their_definition():
    index = ResourceIndex([version(), version("1.0.1"), version("1.0.1", image="other")])
    homes = [index.home(view) for view in index.views]
    assert homes[0] == homes[1] != homes[2]
