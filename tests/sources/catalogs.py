"""Catalogs whose sources exist nowhere, in two subscriptions that nobody knows; one kind of source each."""

from typing import Any

from acg.catalog.models import Catalog
from acg.desired import Resource, lower

HOME = "aaaaaaaa-0000-4000-8000-000000000001"
AWAY = "bbbbbbbb-0000-4000-8000-000000000002"
BUILD = f"/subscriptions/{AWAY}/resourceGroups/rg-build"
COMPUTE = f"{BUILD}/providers/Microsoft.Compute"
ACCOUNT = f"{BUILD}/providers/Microsoft.Storage/storageAccounts/northwindvhds"
BLOBS = "https://northwindvhds.blob.core.windows.net/vhds"
PUBLIC = "northwind-0a1b2c3d-8c3e-4f0a-9a43-1f2c7f6f1c9a"
PLAN = {"name": "pro", "publisher": "contoso", "product": "ubuntu-pro"}
SETS = f"/subscriptions/{HOME}/resourceGroups/rg-keys/providers/Microsoft.Compute/diskEncryptionSets"


def definition(version: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "northwind", "offer": "images", "sku": "one"},
        "versions": {"1.0.0": {"targetRegions": ["uksouth"], **version}},
        **fields,
    }


def catalog(images: dict[str, Any], **gallery: Any) -> dict[str, Any]:
    """A catalog of one gallery; definitions get an SKU of their own."""
    for name, image in images.items():
        image["identifier"] = {**image["identifier"], "sku": name}
    corp = {"subscription": HOME, "resourceGroup": "rg-images", "location": "uksouth", "images": images, **gallery}
    return {"galleries": {"corp": corp}}


def lowered(document: dict[str, Any]) -> list[Resource]:
    return lower(Catalog.model_validate(document)).usable()


KINDS: dict[str, dict[str, Any]] = {
    "managed-image": definition({"source": {"managedImage": f"{COMPUTE}/images/golden"}}),
    "managed-image-with-plan": definition({"source": {"managedImage": f"{COMPUTE}/images/pro"}}, plan=PLAN),
    "managed-image-windows": definition(
        {
            "source": {"managedImage": f"{COMPUTE}/images/windows"},
            "osDisk": {"expectedSizeGB": 127},
            "dataDisks": [{"lun": 0, "expectedSizeGB": 256}],
        },
        osType="Windows",
        hyperVGeneration="V1",
    ),
    "managed-image-in-other-letters": definition(
        {"source": {"managedImage": f"{COMPUTE}/images/letters"}},
        osType="windows",
        osState="generalized",
        hyperVGeneration="v2",
        architecture="X64",
    ),
    "machine": definition({"source": {"virtualMachine": f"{COMPUTE}/virtualMachines/golden"}}, plan=PLAN),
    "machine-specialized": definition(
        {"source": {"virtualMachine": f"{COMPUTE}/virtualMachines/developer"}, "osDisk": {"expectedSizeGB": 64}},
        osState="Specialized",
        architecture="Arm64",
    ),
    "other-version": definition(
        {"source": {"version": f"{COMPUTE}/galleries/shared/images/base/versions/5.2.0"}},
        hyperVGeneration="V1",
        plan=PLAN,
    ),
    "community-version": definition(
        {"source": {"communityVersion": f"/CommunityGalleries/{PUBLIC}/Images/base/Versions/9.4.0"}}
    ),
    "disk": definition(
        {
            "osDisk": {"disk": f"{COMPUTE}/disks/os", "expectedSizeGB": 48},
            "dataDisks": [{"lun": 1, "disk": f"{COMPUTE}/disks/data", "expectedSizeGB": 512}],
        },
        architecture="Arm64",
    ),
    "snapshot": definition(
        {
            "osDisk": {"snapshot": f"{COMPUTE}/snapshots/os"},
            "dataDisks": [{"lun": 0, "snapshot": f"{COMPUTE}/snapshots/data"}],
        },
        plan=PLAN,
    ),
    "vhd": definition(
        {
            "osDisk": {"vhd": f"{BLOBS}/os.vhd", "storageAccount": ACCOUNT, "expectedSizeGB": 40},
            "dataDisks": [{"lun": 0, "vhd": f"{BLOBS}/data.vhd", "storageAccount": ACCOUNT}],
        }
    ),
    "encrypted": definition(
        {
            "source": {"managedImage": f"{COMPUTE}/images/encrypted"},
            "targetRegions": [
                {"name": region, "encryption": {"osDiskImage": {"diskEncryptionSetId": f"{SETS}/{region}"}}}
                for region in ("uksouth", "ukwest")
            ],
        }
    ),
}
"""A definition with a version, by kind of source."""
