"""What a catalog becomes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.azure import kinds
from acg.catalog.models import Catalog
from acg.catalog.placeholder import Placeholder
from acg.desired import Derived, lower
from tests.desired.documents import (
    MANAGED_IMAGE,
    gallery,
    image,
    one_gallery,
    one_image,
    one_version,
    problems,
    resources,
)


def test_parents_stand_before_what_lives_in_them() -> None:
    document = {
        "resourceGroups": {"rg": {"location": "westeurope"}},
        "galleries": {"corp": gallery({"ubuntu": image({"1.0.0": {}})}, lock="CanNotDelete", readers=["someone"])},
    }
    assert [(one.type, one.name, one.parent, one.depends_on) for one in resources(document).values()] == [
        (kinds.RESOURCE_GROUP, "resource-group@rg", None, ()),
        (kinds.GALLERY, "corp", None, ("resource-group@rg",)),
        (kinds.IMAGE, "corp/ubuntu", "corp", ()),
        (kinds.VERSION, "corp/ubuntu/1.0.0", "corp/ubuntu", ()),
        (kinds.ROLE_ASSIGNMENT, "corp@reader/someone", "corp", ()),
        (kinds.LOCK, "corp@lock", "corp", ("corp/ubuntu", "corp/ubuntu/1.0.0", "corp@reader/someone")),
    ]


keys = st.text(alphabet="ab/@%", max_size=4)


@given(st.sets(st.tuples(keys, keys, keys), max_size=6), st.sets(keys, max_size=3))
def test_no_two_resources_have_one_name(versions: set[tuple[str, str, str]], groups: set[str]) -> None:
    galleries: dict[str, Any] = {}
    for of_gallery, of_image, number in versions:
        images = galleries.setdefault(of_gallery, gallery(lock="ReadOnly", readers=["b"]))["images"]
        images.setdefault(of_image, image())["versions"][number] = {}
    document = {"galleries": galleries, "resourceGroups": {key: {"location": "a"} for key in groups}}
    lowered = lower(Catalog.model_validate(document)).resources
    assert len({one.name for one in lowered}) == len(lowered)
    per_gallery = 3  # the gallery itself, its lock, its reader
    images = {(of_gallery, of_image) for of_gallery, of_image, _ in versions}
    assert len(lowered) == len(groups) + per_gallery * len(galleries) + len(images) + len(versions)


@pytest.mark.parametrize(
    ("fields", "generation", "security"),
    [
        ({}, "V1", None),
        ({"hyperVGeneration": "V2"}, "V2", None),
        ({"architecture": "Arm64"}, "V2", None),
        ({"architecture": "x64"}, "V1", None),
        ({"securityType": "Standard"}, "V1", None),
        ({"securityType": "standard"}, "V1", None),
        ({"securityType": "TrustedLaunch"}, "V2", "TrustedLaunch"),
        ({"securityType": "ConfidentialVMSupported"}, "V2", "ConfidentialVMSupported"),
        ({"securityType": "TrustedLaunch", "hyperVGeneration": "V1"}, "V1", "TrustedLaunch"),
    ],
)
def test_generation_and_security_type_are_told(fields: dict[str, Any], generation: str, security: str | None) -> None:
    inputs = one_image(**fields).inputs
    assert inputs["hyperVGeneration"] == generation
    assert inputs.get("features") == (None if security is None else [{"name": "SecurityType", "value": security}])


def test_features_are_text_and_in_an_order_of_their_own() -> None:
    inputs = one_image(
        features={"Other": {"value": "x", "startsAtVersion": "3.0.0"}, "IsSecureBootSupported": "True"},
        hibernation=True,
        acceleratedNetworking=False,
        diskControllerTypes=["SCSI", "NVMe"],
        startsAtVersion="2.0.0",
    ).inputs
    assert inputs["features"] == [
        {"name": "IsHibernateSupported", "value": "True", "startsAtVersion": "2.0.0"},
        {"name": "IsAcceleratedNetworkSupported", "value": "False", "startsAtVersion": "2.0.0"},
        {"name": "DiskControllerTypes", "value": "SCSI, NVMe", "startsAtVersion": "2.0.0"},
        {"name": "IsSecureBootSupported", "value": "True", "startsAtVersion": "2.0.0"},
        {"name": "Other", "value": "x", "startsAtVersion": "3.0.0"},
    ]


def test_storage_account_type_is_always_told() -> None:
    assert one_version({}).inputs["publishingProfile"] == {"storageAccountType": "Standard_LRS"}


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("East US 2", "eastus2"),
        ("EastUS2", "eastus2"),
        ("Corp East One", "corpeast"),
        ("corpeast", "corpeast"),
        ("Nowhere At All", "nowhereatall"),
    ],
)
def test_regions_are_sent_by_their_canonical_name(written: str, sent: str) -> None:
    edge = {"name": written, "extendedLocation": {"name": "Microsoft Los Angeles 1"}}
    version = one_version(
        {"location": written, "targetRegions": [written], "targetExtendedLocations": [edge]},
        catalog={"regions": {"corpeast": {"displayName": "Corp East One"}}},
    )
    publishing = version.inputs["publishingProfile"]
    assert version.inputs["location"] == sent
    assert publishing["targetRegions"] == [{"name": sent}]
    assert publishing["targetExtendedLocations"] == [
        {"name": sent, "extendedLocation": {"name": "microsoftlosangeles1"}}
    ]


def test_sources_of_every_kind() -> None:
    whole = {"virtualMachine": "/vm", "managedImage": "/image", "communityVersion": "/community"}
    assert one_version({"source": whole}).inputs["storageProfile"] == {
        "source": {"id": "/image", "virtualMachineId": "/vm", "communityGalleryImageId": "/community"}
    }
    disks = {
        "osDisk": {"snapshot": "/snapshot", "hostCaching": "ReadOnly", "expectedSizeGB": 30},
        "dataDisks": [
            {"lun": 0, "disk": "/disk", "expectedSizeGB": 512},
            {"lun": 2},
            {"lun": 1, "vhd": "https://vhd", "storageAccount": "/account"},
        ],
    }
    version = one_version(disks)
    assert version.inputs["storageProfile"] == {
        "osDiskImage": {"source": {"id": "/snapshot"}, "hostCaching": "ReadOnly"},
        "dataDiskImages": [
            {"lun": 0, "source": {"id": "/disk"}},
            {"lun": 1, "source": {"uri": "https://vhd", "storageAccountId": "/account"}},
            {"lun": 2},
        ],
    }
    assert version.expected_sizes == {None: 30, 0: 512}


def test_sizes_of_the_disks_of_a_whole_source_are_not_sent() -> None:
    sizes = {"osDisk": {"expectedSizeGB": 30}, "dataDisks": [{"lun": 3, "expectedSizeGB": 64}]}
    version = one_version({"source": {"managedImage": MANAGED_IMAGE}, **sizes})
    assert version.inputs["storageProfile"] == {"source": {"id": MANAGED_IMAGE}}
    assert version.expected_sizes == {None: 30, 3: 64}


def test_a_gallery_may_have_another_name_than_its_key() -> None:
    document = {"galleries": {"corp": gallery({"ubuntu": image({"1.0.0": {}})}, name="corp.images")}}
    assert {one.inputs["galleryName"] for one in resources(document).values()} == {"corp.images"}
    assert list(resources(document)) == ["corp", "corp/ubuntu", "corp/ubuntu/1.0.0"]


def test_readers_and_lock_are_told_by_the_gallery_s_id() -> None:
    document = {
        "galleries": {
            "corp": gallery(
                readers=["Principal", {"principalId": "robot", "principalType": "ServicePrincipal"}],
                lock={"level": "ReadOnly", "notes": "frozen"},
            )
        }
    }
    found = resources(document)
    reader = found["corp@reader/principal"].inputs
    assert reader["scope"] == Derived("corp")
    assert reader["principalId"] == "Principal"
    assert "principalType" not in reader
    assert found["corp@reader/robot"].inputs["principalType"] == "ServicePrincipal"
    lock = found["corp@lock"].inputs
    assert lock == {"scope": Derived("corp"), "lockName": "acg", "level": "ReadOnly", "notes": "frozen"}
    one = "/subscriptions/S1/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
    role = reader["roleDefinitionId"].text(one)
    assert role == (
        "/subscriptions/S1/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
    )
    name = reader["roleAssignmentName"]
    assert name.text(one) == name.text(one.upper()), "Azure compares ids without regard to case"
    assert name.text(one) != name.text(one.replace("S1", "S2")), "a name is unique in the tenant"
    assert name.text(one) != found["corp@reader/robot"].inputs["roleAssignmentName"].text(one)


@pytest.mark.parametrize(
    ("document", "unmanaged"),
    [
        ({"corp": gallery({"u": image({"1.0.0": {}})}, existing=True)}, ["corp"]),
        ({"corp": gallery({"u": {"existing": True, "versions": {"1.0.0": {}}}})}, ["corp/u"]),
        ({"corp": gallery({"u": image({"1.0.0": {"publishedBy": "external"}})})}, ["corp/u/1.0.0"]),
    ],
)
def test_what_exists_or_others_publish_is_not_managed(document: dict[str, Any], unmanaged: list[str]) -> None:
    assert [one.name for one in resources({"galleries": document}).values() if not one.managed] == unmanaged


def test_nothing_is_made_up_about_what_is_not_managed() -> None:
    existing = resources({"galleries": {"corp": gallery({"u": {"existing": True}}, existing=True)}})
    assert existing["corp/u"].inputs == {"resourceGroupName": "rg", "galleryName": "corp", "galleryImageName": "u"}
    external = one_version({"publishedBy": "external"})
    assert external.inputs["publishingProfile"] == {}


def test_outputs_stay_where_they_were_given() -> None:
    group, subscription, source, tag = (Placeholder(key) for key in range(4))
    document = {
        "galleries": {
            "corp": gallery(
                {"u": image({"1.0.0": {"source": {"virtualMachine": source}}})},
                resourceGroup=group,
                subscription=subscription,
                tags={"owner": tag},
                readers=[Placeholder(9)],
            )
        }
    }
    found = resources(document)
    version = found["corp/u/1.0.0"]
    assert version.inputs["resourceGroupName"] is group
    assert version.subscription is subscription
    assert version.inputs["storageProfile"]["source"]["virtualMachineId"] is source
    assert found["corp"].inputs["tags"] == {"owner": tag}
    assert found["corp@reader/#0"].inputs["principalId"] == Placeholder(9)


@pytest.mark.parametrize(
    ("version", "create"),
    [
        ({}, "60m"),
        ({"targetRegions": ["a"]}, "60m"),
        ({"targetRegions": ["a", "b", "c"]}, "90m"),
        ({"targetRegions": ["a", "b"], "replicaCount": 3}, "79m"),
        ({"targetRegions": ["a", {"name": "b", "regionalReplicaCount": 10}]}, "84m"),
        ({"targetRegions": ["a"], "targetExtendedLocations": [{"extendedLocationReplicaCount": 2}]}, "76m"),
        (
            {"targetRegions": [{"name": "a", "additionalReplicaSets": [{"regionalReplicaCount": 4}, {}]}]},
            "65m",
        ),
        ({"targetRegions": [{"name": "a", "regionalReplicaCount": 0}]}, "60m"),
    ],
)
def test_the_more_regions_and_replicas_the_longer_the_wait(version: dict[str, Any], create: str) -> None:
    waits = one_version(version).waits
    assert (waits.create, waits.update, waits.delete) == (create, create, "60m")


def test_declared_waits_win_one_by_one() -> None:
    waits = one_version({"timeouts": {"create": "5h"}, "targetRegions": ["a", "b"]}).waits
    assert (waits.create, waits.update, waits.delete) == ("5h", "75m", "60m")
    assert one_gallery(timeouts={"delete": "1h"}).waits.delete == "1h"


def test_a_resource_group_goes_by_its_key() -> None:
    found = resources(
        {
            "resourceGroups": {"images": {"name": "rg-images-prod", "location": "West Europe"}},
            "galleries": {"corp": gallery({"u": image()}, resourceGroup="images")},
        }
    )
    assert found["resource-group@images"].inputs == {"resourceGroupName": "rg-images-prod", "location": "westeurope"}
    assert found["corp"].depends_on == ("resource-group@images",)
    assert found["corp/u"].inputs["resourceGroupName"] == "rg-images-prod"


def test_a_group_of_another_subscription_is_not_the_gallery_s() -> None:
    document = {
        "resourceGroups": {"rg": {"location": "a"}, "same": {"location": "a", "subscription": "S2"}},
        "galleries": {
            "other": gallery(subscription="s2"),
            "same": gallery(resourceGroup="same", subscription="s2"),
        },
    }
    assert problems(document) == [
        "galleries.other.resourceGroup: resource group rg is created in another subscription than gallery other names"
    ]


def test_a_reader_is_named_once() -> None:
    assert problems({"galleries": {"corp": gallery(readers=["a", {"principalId": "A"}])}}) == [
        "galleries.corp.readers.1: A is a reader of the gallery twice"
    ]


def test_suppressions_and_source_paths_travel() -> None:
    rule = {"rule": "ACG402", "reason": "moving house", "until": "2030-01-01"}
    version = one_version({"suppress": [rule]})
    assert [(it.rule, it.reason, it.until) for it in version.suppressed] == [("ACG402", "moving house", "2030-01-01")]
    assert version.path == ("galleries", "corp", "images", "ubuntu", "versions", "1.0.0")
