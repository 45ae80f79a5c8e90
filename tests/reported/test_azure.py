"""Faults of the embedded Azure: requests over HTTP, and what the real service was reported to answer to the last."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from acg_sandbox.launcher.azure import embedded_azure

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/GROUP"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
GALLERY = f"{COMPUTE}/galleries/GROUP"
IMAGE = f"{GALLERY}/images/ubuntu"
VERSION = f"{IMAGE}/versions/1.0.0"
MANAGED, DISK, SNAPSHOT = (f"{COMPUTE}/{kind}/built" for kind in ("images", "disks", "snapshots"))
MACHINE, SCALE_SET = f"{COMPUTE}/virtualMachines/web", f"{COMPUTE}/virtualMachineScaleSets/web"
AUTHORIZATION = "providers/Microsoft.Authorization"
GRANT = f"{GALLERY}/{AUTHORIZATION}/roleAssignments/aaaaaaaa-0000-0000-0000-000000000001"
READER = f"/{AUTHORIZATION}/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"

Request = tuple[str, str, dict[str, Any]]


def put(path: str, **properties: Any) -> Request:
    """A request that creates or changes something."""
    return "PUT", path, {"location": "westeurope", "properties": properties}


def definition(**more: Any) -> Request:
    """An image definition."""
    identifier = {"publisher": "contoso", "offer": "linux", "sku": "ubuntu"}
    given = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2", "identifier": identifier}
    return put(IMAGE, **{**given, **more})


def tagged(**features: str) -> Request:
    """A definition with features."""
    return definition(features=[{"name": name, "value": value} for name, value in features.items()])


def version(storage: dict[str, Any] | None = None, **region: Any) -> Request:
    """A version in one region, made from the managed image unless something else is given."""
    profile = {"targetRegions": [{"name": "westeurope", **region}]}
    return put(VERSION, publishingProfile=profile, storageProfile=storage or {"source": {"id": MANAGED}})


def boots(image: str, **more: Any) -> dict[str, Any]:
    """What a machine has that boots an image."""
    return {"storageProfile": {"imageReference": {"id": image}}, "osProfile": {"computerName": "web"}, **more}


EMPTY = [put(GROUP), put(GALLERY)]
BUILT = put(
    MANAGED,
    hyperVGeneration="V2",
    storageProfile={"osDisk": {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}},
)
SYSTEM = {"osType": "Linux", "hyperVGeneration": "V2", "diskSizeGB": 30, "creationData": {"createOption": "Empty"}}
PUBLISHED = [*EMPTY, definition(), BUILT, version()]
FROM_DISK, FROM_SNAPSHOT = ({"osDiskImage": {"source": {"id": path}}} for path in (DISK, SNAPSHOT))
TRUSTED = [*EMPTY, tagged(SecurityType="TrustedLaunch"), put(DISK, **SYSTEM), version(FROM_DISK)]
AUTOMATIC = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}


@dataclass(frozen=True)
class Row:
    """What is there, what is asked for, and the answer."""

    name: str
    before: Sequence[Request]
    request: Request
    status: int
    says: str = ""


ROWS = [
    Row(
        "an image of another OS state (azure-cli#24972)",
        [*EMPTY, definition(osState="Specialized"), BUILT],
        version(),
        400,
        "has a different OS state ['Generalized'] than the parent gallery image OS state ['Specialized'].",
    ),
    Row(
        "a change of features that nobody allowed names the feature",
        [*EMPTY, definition()],
        tagged(DiskControllerTypes="SCSI,NVMe"),
        409,
        "Changing property 'DiskControllerTypes' is not allowed.",
    ),
    Row(
        "a region whose storage type is no longer written (azure-powershell#9911)",
        [*EMPTY, definition(), BUILT, version(storageAccountType="Standard_ZRS")],
        version(regionalReplicaCount=3),
        409,
        "Please specify 'Standard_ZRS' as the storage account type for this region.",
    ),
    Row(
        "a snapshot of an ordinary disk into a definition that supports Trusted Launch",
        [
            *EMPTY,
            tagged(SecurityType="TrustedLaunchSupported"),
            put(DISK, **SYSTEM),
            put(SNAPSHOT, creationData={"createOption": "Copy", "sourceResourceId": DISK}),
        ],
        version(FROM_SNAPSHOT),
        201,
    ),
    Row(
        "a disk with security data into a definition that merely supports it",
        [
            *EMPTY,
            tagged(SecurityType="TrustedLaunchSupported"),
            put(DISK, **SYSTEM, securityProfile={"securityType": "TrustedLaunch"}),
        ],
        version(FROM_DISK),
        400,
        "contains TrustedLaunch security data",
    ),
    Row(
        "a machine without Trusted Launch (terraform-provider-azurerm#23148)",
        TRUSTED,
        put(MACHINE, **boots(VERSION)),
        400,
        "only supports creation of VMs and VM Scale Sets with 'TrustedLaunch' security type.",
    ),
    Row(
        "automatic upgrades of a pinned version (terraform-provider-azurerm#11398)",
        PUBLISHED,
        put(SCALE_SET, upgradePolicy=AUTOMATIC, virtualMachineProfile=boots(VERSION)),
        400,
        "must use Platform or Gallery Image with version set to 'latest'.",
    ),
    Row(
        "a scale set that goes from a managed image to the gallery (azure-docs#92371)",
        [*PUBLISHED, put(SCALE_SET, virtualMachineProfile=boots(MANAGED))],
        put(SCALE_SET, virtualMachineProfile=boots(IMAGE)),
        409,
        "The Image type for a Virtual Machine Scale Set may not be changed.",
    ),
    Row(
        "a reader who is taken away under a lock",
        [
            *EMPTY,
            put(GRANT, roleDefinitionId=READER, principalId="aaaaaaaa-0000-0000-0000-000000000002"),
            put(f"{GROUP}/{AUTHORIZATION}/locks/keep", level="CanNotDelete"),
        ],
        ("DELETE", GRANT, {}),
        409,
        "Please remove the lock and try again.",
    ),
]


@pytest.fixture(scope="module")
def arm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        embedded_azure(tmp_path_factory.mktemp("azure")) as addresses,
        httpx.Client(base_url=addresses.arm, params={"api-version": "2024-03-03"}, timeout=30) as client,
    ):
        yield client


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace(" ", "-"))
def test_the_answer_is_azures(arm: httpx.Client, row: Row) -> None:
    group = f"rg{ROWS.index(row)}"

    def ask(method: str, path: str, body: dict[str, Any]) -> httpx.Response:
        content = json.dumps(body).replace("GROUP", group)
        headers = {"Content-Type": "application/json"}
        return arm.request(method, path.replace("GROUP", group), content=content, headers=headers)

    for request in row.before:
        answer = ask(*request)
        assert answer.status_code in (200, 201, 202), answer.text
    answer = ask(*row.request)
    assert answer.status_code == row.status, answer.text
    assert row.says in answer.text
