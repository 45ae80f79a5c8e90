"""What is listed, what is assumed of it, and what is left out and why."""

from typing import Any

import pytest

from acg.sources import Needed, Wanted, needed_by
from tests.sources.catalogs import ACCOUNT, AWAY, BLOBS, BUILD, COMPUTE, HOME, PUBLIC, catalog, definition, lowered

IMAGE = {"source": {"managedImage": f"{COMPUTE}/images/golden"}}
CORP = f"/subscriptions/{HOME}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/corp"
SHARED = f"/SharedGalleries/{AWAY}-SHARED/Images/base/Versions/1.0.0"


def needed(images: dict[str, Any], subscription: str | None = None, **gallery: Any) -> Needed:
    return needed_by(lowered(catalog(images, **gallery)), subscription)


def listed(found: Needed) -> dict[str, Wanted]:
    return {str(one.id): one for one in found.resources}


def test_groups_and_subscriptions_are_listed_before_what_is_in_them():
    found = needed({"one": definition(IMAGE)})
    assert found.subscriptions == (HOME, AWAY)
    assert list(listed(found)) == [
        f"/subscriptions/{HOME}/resourceGroups/rg-images",
        BUILD,
        f"{COMPUTE}/images/golden",
    ]


def test_what_the_catalog_creates_is_not_listed():
    document = catalog({"one": definition(IMAGE), "two": definition({"source": {"version": "corp/one/1.0.0"}})})
    document["resourceGroups"] = {"rg-images": {"location": "uksouth", "subscription": HOME}}
    by_id = f"/subscriptions/{HOME}/resourceGroups/RG-images/providers/Microsoft.Compute/galleries/corp/images/one"
    document["galleries"]["corp"]["images"]["three"] = definition({"source": {"version": f"{by_id}/versions/1.0.0"}})
    assert list(listed(needed_by(lowered(document)))) == [BUILD, f"{COMPUTE}/images/golden"]


@pytest.mark.parametrize(
    ("image", "assumed"),
    [
        (definition({**IMAGE, "osDisk": {"expectedSizeGB": 30}}), []),
        (definition(IMAGE), ["30 GB"]),
        (definition(IMAGE, osType="Windows"), ["127 GB"]),
        (definition({**IMAGE, "dataDisks": [{"lun": 3, "hostCaching": "None"}]}), ["30 GB", "32 GB with LUN 3"]),
    ],
)
def test_what_nobody_declares_is_said(image: dict[str, Any], assumed: list[str]):
    assert listed(needed({"one": image}))[f"{COMPUTE}/images/golden"].assumed == assumed


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        (definition(IMAGE), definition(IMAGE), []),
        (
            definition(IMAGE),
            definition(IMAGE, osType="Windows"),
            ["corp/one/1.0.0 and corp/two/1.0.0 differ about the operating system"],
        ),
        (
            definition(IMAGE),
            definition({**IMAGE, "location": "ukwest", "targetRegions": ["ukwest"]}),
            ["corp/one/1.0.0 needs it in uksouth, corp/two/1.0.0 in ukwest"],
        ),
        (
            definition({**IMAGE, "osDisk": {"expectedSizeGB": 30}}),
            definition({**IMAGE, "osDisk": {"expectedSizeGB": 64}}),
            ["corp/one/1.0.0 expects 30 GB of the operating system disk, corp/two/1.0.0 64 GB"],
        ),
    ],
)
def test_what_no_one_source_can_be_is_said(first: dict[str, Any], second: dict[str, Any], conflict: list[str]):
    found = listed(needed({"one": first, "two": second}))[f"{COMPUTE}/images/golden"]
    assert found.conflicts == conflict
    assert list(found.by) == ["corp/one/1.0.0", "corp/two/1.0.0"]


def test_a_version_of_another_gallery_is_in_every_region_that_asks_for_it():
    source = {"source": {"version": f"{COMPUTE}/galleries/shared/images/base/versions/5.2.0"}}
    west = {**source, "location": "ukwest", "targetRegions": ["ukwest"]}
    found = listed(needed({"one": definition(source), "two": definition(west)}))
    version = found[f"{COMPUTE}/galleries/shared/images/base/versions/5.2.0"]
    assert version.conflicts == []
    targets = version.body["properties"]["publishingProfile"]["targetRegions"]
    assert [target["name"] for target in targets] == ["uksouth", "ukwest"]


def test_a_community_gallery_is_published_under_its_name_from_a_place_that_is_made_up():
    source = {"source": {"communityVersion": f"/communityGalleries/{PUBLIC}/images/base/versions/9.4.0"}}
    found = needed({"one": definition(source)})
    (gallery,) = [one for one in found.resources if one.id.kind == "gallery"]
    assert gallery.body["properties"]["sharingProfile"]["communityGalleryInfo"]["publicNames"] == [PUBLIC]
    assert gallery.assumed == [f"the subscription and group of {PUBLIC}"]
    assert gallery.id.subscription in found.subscriptions


def test_a_signature_in_the_address_of_a_vhd_is_not_repeated():
    disk = {"vhd": f"{BLOBS}/os.vhd?sv=2024&sig=canary", "storageAccount": ACCOUNT}
    found = listed(needed({"one": definition({"osDisk": disk})}))
    assert found[ACCOUNT].body["blobs"] == [{"uri": f"{BLOBS}/os.vhd", "sizeInBytes": 30 << 30}]
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ({"source": {"version": SHARED}}, "this is the id of a shared gallery image version"),
        ({"source": {"managedImage": f"{COMPUTE}/disks/os"}}, "this is the id of a managed disk"),
        ({"source": {"managedImage": "golden"}}, "the id does not begin with a slash"),
        (
            {"source": {"version": f"{COMPUTE}/galleries/g/images/i/versions/latest"}},
            "this is the id of a latest image",
        ),
        ({"osDisk": {"vhd": f"{BLOBS}/os.vhd"}}, "the version names no storage account for it"),
        (
            {"source": {"managedImage": f"{COMPUTE.replace('rg-build', 'rg-own')}/images/golden"}},
            "it would be in resource group rg-own, which this catalog creates",
        ),
        (
            {"source": {"version": f"{CORP}/images/one/versions/0.9.0"}},
            "it would be in gallery corp, which this catalog creates",
        ),
    ],
)
def test_what_is_left_out_has_a_reason(version: dict[str, Any], why: str):
    document = catalog({"one": definition(version)})
    document["resourceGroups"] = {"rg-own": {"location": "uksouth", "subscription": AWAY}}
    found = needed_by(lowered(document))
    assert [one.why for one in found.left_out if one.by == "corp/one/1.0.0"] == [found.left_out[0].why]
    assert found.left_out[0].why.startswith(why)
    assert list(listed(found)) == [f"/subscriptions/{HOME}/resourceGroups/rg-images"]


def test_what_exists_already_is_needed_too():
    external = {"publishedBy": "external", "targetRegions": ["uksouth", "ukwest"], "osDisk": {"expectedSizeGB": 20}}
    image = definition({}, existing=True)
    image["versions"] = {"1.0.0": external}
    found = listed(needed({"one": image}, existing=True))
    gallery = f"/subscriptions/{HOME}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/corp"
    assert list(found) == [
        gallery.partition("/providers")[0],
        gallery,
        f"{gallery}/images/one",
        f"{gallery}/images/one/versions/1.0.0",
    ]
    assert found[f"{gallery}/images/one"].body["properties"]["identifier"]["sku"] == "one"
    assert found[f"{gallery}/images/one"].assumed == []
    version = found[f"{gallery}/images/one/versions/1.0.0"].body["properties"]
    assert version["storageProfile"]["osDiskImage"]["sizeInGB"] == 20
    assert [one["name"] for one in version["publishingProfile"]["targetRegions"]] == ["uksouth", "ukwest"]


def test_an_external_version_of_a_definition_that_is_created_cannot_exist_yet():
    found = needed({"one": definition({"publishedBy": "external"})})
    assert [one.why for one in found.left_out] == [
        "it is in an image definition that this catalog creates, so it cannot exist before the first deployment"
    ]


def test_the_providers_subscription_is_asked_for_where_it_is_needed():
    group = {"one": definition(IMAGE)}
    without = needed_by(lowered(catalog(group, subscription=None)))
    assert [(one.what, one.by) for one in without.left_out] == [("resource group rg-images", "corp")]
    assert "--subscription" in without.left_out[0].why
    given = needed_by(lowered(catalog(group, subscription=None)), HOME)
    assert given.left_out == ()
    assert f"/subscriptions/{HOME}/resourceGroups/rg-images" in listed(given)


def test_a_subscription_that_is_only_offered_is_not_needed():
    assert needed({"one": definition(IMAGE)}, "cccccccc-0000-4000-8000-000000000003").subscriptions == (HOME, AWAY)


def test_a_lab_plan_needs_its_group_and_the_gallery_that_it_names():
    document = catalog({"one": definition(IMAGE)})
    gallery = f"{COMPUTE}/galleries/classroom"
    document["labPlans"] = {
        "away": {"resourceGroup": "rg-labs", "subscription": AWAY, "location": "uksouth", "gallery": gallery},
        "own": {"resourceGroup": "rg-images", "subscription": HOME, "location": "uksouth", "gallery": "corp"},
        "there": {"resourceGroup": "rg-old", "subscription": AWAY, "existing": True},
    }
    found = listed(needed_by(lowered(document)))
    assert {"lab-plan@away"} == set(found[gallery].by) == set(found[f"/subscriptions/{AWAY}/resourceGroups/rg-labs"].by)
    assert f"/subscriptions/{AWAY}/resourceGroups/rg-old" not in found
