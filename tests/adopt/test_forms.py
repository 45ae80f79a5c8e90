"""The lowering backwards: what a resource says of its own in a catalog."""

from typing import Any

import pytest

from acg.adopt.forms import day, gallery_form, image_form, regions_form, version_form
from acg.azure import kinds
from acg.desired.resource import Resource

SOURCE = (
    "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/disks/system"
)


def feature(name: str, value: str, since: str | None = None) -> dict[str, str]:
    return {"name": name, "value": value, **({"startsAtVersion": since} if since else {})}


@pytest.mark.parametrize(
    ("features", "form"),
    [
        ([], {}),
        ([feature("SecurityType", "TrustedLaunch")], {"securityType": "TrustedLaunch"}),
        ([feature("securitytype", "TrustedLaunch")], {"securityType": "TrustedLaunch"}),
        ([feature("SecurityType", "Standard")], {"features": {"SecurityType": "Standard"}}),
        ([feature("IsHibernateSupported", "False")], {"hibernation": False}),
        ([feature("IsHibernateSupported", "true")], {"features": {"IsHibernateSupported": "true"}}),
        ([feature("DiskControllerTypes", "SCSI, NVMe")], {"diskControllerTypes": ["SCSI", "NVMe"]}),
        ([feature("DiskControllerTypes", "SCSI,NVMe")], {"features": {"DiskControllerTypes": "SCSI,NVMe"}}),
        (
            [feature("SecurityType", "TrustedLaunch", "1.2.0"), feature("New", "x", "1.2.0")],
            {"securityType": "TrustedLaunch", "features": {"New": "x"}, "startsAtVersion": "1.2.0"},
        ),
        (
            [feature("SecurityType", "TrustedLaunch", "1.2.0"), feature("IsHibernateSupported", "True")],
            {
                "hibernation": True,
                "features": {"SecurityType": {"value": "TrustedLaunch", "startsAtVersion": "1.2.0"}},
            },
        ),
        (
            [feature("SecurityType", "TrustedLaunch"), feature("New", "x", "1.2.0")],
            {"securityType": "TrustedLaunch", "features": {"New": {"value": "x", "startsAtVersion": "1.2.0"}}},
        ),
    ],
)
def test_features(features: list[dict[str, str]], form: dict[str, Any]) -> None:
    assert image_form({"features": features}) == form


@pytest.mark.parametrize(
    ("inputs", "form"),
    [
        ({"architecture": "x64", "hyperVGeneration": "V1"}, {"hyperVGeneration": "V1"}),
        ({"architecture": "Arm64"}, {"architecture": "Arm64"}),
        ({"description": ""}, {}),
        ({"purchasePlan": {"name": "n"}}, {"plan": {"name": "n"}}),
        ({"disallowed": {"diskTypes": []}}, {}),
        ({"disallowed": {"diskTypes": ["Standard_LRS"]}}, {"disallowedDiskTypes": ["Standard_LRS"]}),
        ({"endOfLifeDate": "2030-06-30T00:00:00+00:00"}, {"endOfLifeDate": "2030-06-30"}),
    ],
)
def test_definitions(inputs: dict[str, Any], form: dict[str, Any]) -> None:
    assert image_form(inputs) == form


@pytest.mark.parametrize(
    ("inputs", "form"),
    [
        ({"sharingProfile": {"permissions": "Private"}, "identity": {"type": "None"}}, {}),
        ({"sharingProfile": {"permissions": "Groups"}}, {"sharingProfile": {"permissions": "Groups"}}),
        ({"softDeletePolicy": {"isSoftDeleteEnabled": True}}, {"softDeletePolicy": {"isSoftDeleteEnabled": True}}),
    ],
)
def test_galleries(inputs: dict[str, Any], form: dict[str, Any]) -> None:
    assert gallery_form(inputs) == form


@pytest.mark.parametrize(
    ("inputs", "form"),
    [
        ({"publishingProfile": {"replicationMode": "Full", "excludeFromLatest": False}}, {}),
        ({"publishingProfile": {"replicationMode": "Shallow"}}, {"replicationMode": "Shallow"}),
        ({"publishingProfile": {"excludeFromLatest": True}}, {"excludeFromLatest": True}),
        (
            {
                "safetyProfile": {
                    "allowDeletionOfReplicatedLocations": False,
                    "blockDeletionBeforeEndOfLife": True,
                }
            },
            {"safetyProfile": {"blockDeletionBeforeEndOfLife": True}},
        ),
        (
            {"storageProfile": {"osDiskImage": {"source": {"id": SOURCE}, "hostCaching": "None", "sizeInGB": 30.0}}},
            {"osDisk": {"disk": SOURCE, "hostCaching": "None", "expectedSizeGB": 30}},
        ),
        (
            {
                "storageProfile": {
                    "source": {"virtualMachineId": SOURCE.replace("disks", "virtualMachines")},
                    "osDiskImage": {"hostCaching": "ReadWrite", "sizeInGB": 30},
                    "dataDiskImages": [{"lun": 3, "hostCaching": "None", "sizeInGB": 8}],
                }
            },
            {
                "source": {"virtualMachine": SOURCE.replace("disks", "virtualMachines")},
                "osDisk": {"hostCaching": "ReadWrite", "expectedSizeGB": 30},
                "dataDisks": [{"lun": 3, "hostCaching": "None", "expectedSizeGB": 8}],
            },
        ),
    ],
)
def test_versions(inputs: dict[str, Any], form: dict[str, Any]) -> None:
    assert version_form(Resource(kinds.VERSION, "v", inputs)) == form


@pytest.mark.parametrize(
    ("profile", "regions"),
    [
        (
            {"replicaCount": 2, "targetRegions": [{"name": "West Europe", "regionalReplicaCount": 2}]},
            [{"name": "westeurope"}],
        ),
        (
            {"targetRegions": [{"name": "West Europe", "regionalReplicaCount": 2}]},
            [{"name": "westeurope", "regionalReplicaCount": 2}],
        ),
        (
            {"targetRegions": [{"name": "eastus", "storageAccountType": "Standard_LRS", "excludeFromLatest": False}]},
            [{"name": "eastus"}],
        ),
        (
            {"excludeFromLatest": True, "targetRegions": [{"name": "eastus", "excludeFromLatest": False}]},
            [{"name": "eastus", "excludeFromLatest": False}],
        ),
        ({}, [{"name": "westeurope"}]),
    ],
)
def test_regions_say_what_differs_from_their_version(profile: dict[str, Any], regions: list[dict[str, Any]]) -> None:
    assert regions_form({"location": "westeurope", "publishingProfile": profile}) == regions


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2030-06-30", "2030-06-30"),
        ("2030-06-30T00:00:00+00:00", "2030-06-30"),
        ("2030-06-30T00:00:00Z", "2030-06-30"),
        ("2030-06-30T12:00:00Z", "2030-06-30T12:00:00Z"),
        ("2030-06-30T00:00:00+02:00", "2030-06-30T00:00:00+02:00"),
        ("some day", "some day"),
        (None, None),
    ],
)
def test_a_day_is_written_as_one(text: str | None, written: str | None) -> None:
    assert day(text) == written
