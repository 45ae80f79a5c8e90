"""A small estate as Azure answers it."""

from typing import Any

Json = dict[str, Any]

SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-000000000001"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"

GALLERY: Json = {
    "id": f"{COMPUTE}/galleries/corp",
    "type": "Microsoft.Compute/galleries",
    "location": "West Europe",
    "properties": {
        "description": "All.",
        "identifier": {"uniqueName": "x"},
        "provisioningState": "Succeeded",
        "sharingProfile": {"permissions": "Groups"},
    },
}
DEFINITION: Json = {
    "id": f"{COMPUTE}/galleries/corp/images/web",
    "type": "Microsoft.Compute/galleries/images",
    "location": "westeurope",
    "properties": {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "architecture": "x64",
        "purchasePlan": {"name": "pro", "publisher": "contoso", "product": "web"},
        "features": [{"name": "SecurityType", "value": "TrustedLaunchSupported"}],
        "provisioningState": "Succeeded",
    },
}
VERSION: Json = {
    "id": f"{COMPUTE}/galleries/corp/images/web/versions/1.0.0",
    "type": "Microsoft.Compute/galleries/images/versions",
    "location": "westeurope",
    "tags": {"build": "7"},
    "properties": {
        "provisioningState": "Failed",
        "publishingProfile": {
            "publishedDate": "2026-11-20T10:00:00.1234567+00:00",
            "targetRegions": [
                {"name": "West Europe", "encryption": {"osDiskImage": {"diskEncryptionSetId": f"{COMPUTE}/x"}}},
                {"name": "North Europe"},
            ],
        },
        "storageProfile": {
            "source": {"id": f"{COMPUTE}/images/web-1"},
            "osDiskImage": {"sizeInGB": 30},
            "dataDiskImages": [{"lun": 1, "sizeInGB": 5}, {"lun": 0}],
        },
        "validationsProfile": {
            "executedValidations": [
                {"type": "TrustedLaunch", "status": "Succeeded", "executionTime": "2026-11-21T00:00:00Z"}
            ]
        },
    },
}
IMAGE: Json = {
    "id": f"{COMPUTE}/images/web-1",
    "type": "Microsoft.Compute/images",
    "location": "westeurope",
    "systemData": {"createdAt": "2026-11-19T08:00:00Z"},
    "tags": {"validated": "true"},
    "properties": {
        "provisioningState": "Succeeded",
        "hyperVGeneration": "V2",
        "sourceVirtualMachine": {"id": f"{COMPUTE}/virtualMachines/build"},
        "storageProfile": {
            "osDisk": {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30},
            "dataDisks": [{"lun": 0, "diskSizeGB": 5}],
        },
    },
}
SNAPSHOT: Json = {
    "id": f"{COMPUTE}/snapshots/web-os",
    "type": "Microsoft.Compute/snapshots",
    "location": "westeurope",
    "properties": {
        "provisioningState": "Succeeded",
        "timeCreated": "2026-11-18T08:00:00Z",
        "osType": "Linux",
        "hyperVGeneration": "V2",
        "supportedCapabilities": {"architecture": "Arm64"},
        "purchasePlan": {"name": "pro", "publisher": "contoso", "product": "web"},
        "securityProfile": {"securityType": "TrustedLaunch"},
        "diskSizeGB": 64,
        "creationData": {"createOption": "Copy", "sourceResourceId": f"{COMPUTE}/disks/data"},
    },
}
DISK: Json = {
    "id": f"{COMPUTE}/disks/data",
    "type": "Microsoft.Compute/disks",
    "location": "westeurope",
    "properties": {"diskSizeGB": 512, "creationData": {"createOption": "Empty"}},
}
