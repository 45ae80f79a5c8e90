"""What image versions can be made from: what exists before a catalog is deployed, and its traits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from acg_sandbox.arm import PLATFORM, SECOND

GROUP = "rg-golden"
HOMES = ("westeurope", "eastus2")
"""Regions that have sources of every kind."""

SETS = ("westeurope", "northeurope", "eastus2")
"""Regions that have a disk encryption set."""

PLAN = {"name": "pro-gen2", "publisher": "fabrikam", "product": "appliance"}
BLOBS = "https://goldenvhds.blob.core.windows.net/vhds"
COMMUNITY = (
    "/CommunityGalleries/almalinux-6f1b52d2-8c3e-4f0a-9a43-1f2c7f6f1c9a/Images/almalinux-9/Versions/9.4.20260801"
)

Json = dict[str, Any]


def compute_id(kind: str, name: str, subscription: str = PLATFORM, group: str = GROUP) -> str:
    return f"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute/{kind}/{name}"


def set_id(region: str, subscription: str = PLATFORM) -> str:
    """Disk encryption set of a region."""
    return compute_id("diskEncryptionSets", f"des-{region}", subscription)


ACCOUNT = f"/subscriptions/{PLATFORM}/resourceGroups/{GROUP}/providers/Microsoft.Storage/storageAccounts/goldenvhds"
SHARED_VERSION = compute_id("galleries", "golden/images/base/versions/1.0.0", SECOND)


@dataclass(frozen=True)
class Source:
    """What a version can be made from, and what its definition must then be. What a kind does not tell is None."""

    version: Json
    """The members of a version of a catalog that name it."""
    os_type: str | None = "Linux"
    os_state: str | None = None
    generation: str | None = "V2"
    architecture: str | None = "x64"
    plan: Json | None = None
    takes_plan: bool = False
    """Whether Azure does not compare the plan, so that the definition may have any."""
    takes_supported: bool = True
    """Whether it fits security types whose names end in Supported."""
    takes_keys: bool = True
    """Whether a version of it can be encrypted with customer keys."""
    luns: tuple[int, ...] = ()
    sizes: dict[int | None, int] = field(default_factory=lambda: {None: 30})


def sources(home: str) -> dict[str, Source]:
    """The sources that versions of a region can be made from, by name."""

    def disk(name: str) -> Json:
        return {"disk": compute_id("disks", f"{name}-{home}")}

    def snapshot(name: str) -> Json:
        return {"snapshot": compute_id("snapshots", f"{name}-{home}")}

    def vhd(name: str) -> Json:
        return {"vhd": f"{BLOBS}/{name}.vhd", "storageAccount": ACCOUNT}

    def image(name: str) -> Json:
        return {"source": {"managedImage": compute_id("images", f"{name}-{home}")}}

    def machine(name: str) -> Json:
        return {"source": {"virtualMachine": compute_id("virtualMachines", f"{name}-{home}")}}

    data = ({"lun": 0, **disk("data")}, {"lun": 7, **snapshot("data")})
    return {
        "image": Source(image("linux"), os_state="Generalized", architecture=None, takes_plan=True),
        "image with data disks": Source(
            image("windows"),
            os_type="Windows",
            os_state="Generalized",
            architecture=None,
            takes_plan=True,
            luns=(0, 3),
            sizes={None: 127, 0: 256, 3: 1024},
        ),
        "image of generation 1": Source(
            image("old"), os_state="Generalized", generation="V1", architecture=None, takes_plan=True
        ),
        "specialized image": Source(image("special"), os_state="Specialized", architecture=None, takes_plan=True),
        "generalized machine": Source(machine("web"), os_state="Generalized", takes_supported=False),
        "machine by id": Source(
            {"source": {"managedImage": compute_id("virtualMachines", f"web-{home}")}},
            os_state="Generalized",
            takes_supported=False,
        ),
        "machine with a plan": Source(
            machine("bought"), os_type="Windows", os_state="Specialized", plan=PLAN, takes_supported=False
        ),
        "disk": Source({"osDisk": disk("os")}, takes_plan=True, takes_supported=False),
        "disk and data": Source(
            {"osDisk": {**disk("os"), "hostCaching": "ReadWrite"}, "dataDisks": [*data]},
            takes_plan=True,
            takes_supported=False,
            luns=(0, 7),
            sizes={None: 30, 0: 512, 7: 64},
        ),
        "snapshot for Arm64": Source(
            {"osDisk": snapshot("arm")}, architecture="Arm64", takes_plan=True, takes_supported=False
        ),
        "VHD": Source(
            {"osDisk": vhd("os")}, os_type=None, generation=None, architecture=None, takes_plan=True, takes_keys=False
        ),
        "VHDs": Source(
            {"osDisk": vhd("os"), "dataDisks": [{"lun": 1, **vhd("data")}, {"lun": 2, **vhd("Data")}]},
            os_type=None,
            generation=None,
            architecture=None,
            takes_plan=True,
            takes_keys=False,
            luns=(1, 2),
            sizes={None: 30, 1: 30, 2: 30},
        ),
        "version": Source({"source": {"version": SHARED_VERSION}}, os_state="Generalized", takes_keys=False),
        **(
            {
                "community version": Source(
                    {"source": {"communityVersion": COMMUNITY}}, os_state="Generalized", takes_keys=False
                )
            }
            if home == "westeurope"
            else {}
        ),
    }


def seeded() -> Iterator[Json]:
    """What exists before a catalog is deployed, as the list that the embedded Azure starts with takes it."""
    yield {"id": f"/subscriptions/{PLATFORM}/resourceGroups/{GROUP}", "location": "westeurope"}
    yield {"id": ACCOUNT, "location": "westeurope", "sku": {"name": "Standard_LRS"}, "properties": {}}
    for region in SETS:
        for subscription in (PLATFORM, SECOND):
            yield {"id": set_id(region, subscription), "location": region, "properties": {}}
    for home in HOMES:
        yield from _of(home)
    yield from _shared_version()


def _of(home: str) -> Iterator[Json]:
    def resource(kind: str, name: str, properties: Json, **more: Any) -> Json:
        return {"id": compute_id(kind, f"{name}-{home}"), "location": home, "properties": properties, **more}

    def image(name: str, generation: str = "V2", data: tuple[Json, ...] = (), **os_disk: Any) -> Json:
        first = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30, **os_disk}
        profile = {"osDisk": first, "dataDisks": [*data]}
        return resource("images", name, {"hyperVGeneration": generation, "storageProfile": profile})

    def machine(name: str, os_type: str, os_state: str, **more: Any) -> Json:
        disk = {"osType": os_type, "managedDisk": {"id": compute_id("disks", f"{name}-os-{home}")}}
        properties = {"osState": os_state, "hyperVGeneration": "V2", "storageProfile": {"osDisk": disk}}
        return resource("virtualMachines", name, properties, **more)

    def os_disk(os_type: str, architecture: str) -> Json:
        capabilities = {"architecture": architecture}
        return {"osType": os_type, "hyperVGeneration": "V2", "diskSizeGB": 30, "supportedCapabilities": capabilities}

    yield image("linux")
    yield image("old", "V1")
    yield image("special", osState="Specialized")
    data = ({"lun": 0, "diskSizeGB": 256}, {"lun": 3, "diskSizeGB": 1024})
    yield image("windows", data=data, osType="Windows", diskSizeGB=127)
    yield resource("disks", "os", os_disk("Linux", "x64"))
    yield resource("disks", "web-os", os_disk("Linux", "x64"))
    yield resource("disks", "bought-os", os_disk("Windows", "x64"))
    yield resource("snapshots", "arm", os_disk("Linux", "Arm64"))
    yield resource("disks", "data", {"diskSizeGB": 512})
    yield resource("snapshots", "data", {"diskSizeGB": 64})
    yield resource("disks", "large", {"diskSizeGB": 1500})
    yield resource("disks", "huge", {"diskSizeGB": 4096})
    secret = {**os_disk("Linux", "x64"), "encryption": {"diskEncryptionSetId": set_id(home, SECOND)}}
    yield {**resource("disks", "secret", secret), "id": compute_id("disks", f"secret-{home}", SECOND)}
    yield machine("web", "Linux", "Generalized")
    yield machine("bought", "Windows", "Specialized", plan=PLAN)


def _shared_version() -> Iterator[Json]:
    """A version of another subscription, with replicas in all homes, that lives in one of them."""
    gallery = SHARED_VERSION.split("/images/")[0]
    image = SHARED_VERSION.split("/versions/")[0]
    yield {"id": gallery, "location": HOMES[0], "properties": {}}
    identifier = {"publisher": "contoso", "offer": "golden", "sku": "base"}
    traits = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2", "architecture": "x64"}
    yield {"id": image, "location": HOMES[0], "properties": {**traits, "identifier": identifier}}
    targets = [{"name": home, "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"} for home in HOMES]
    properties = {"publishingProfile": {"targetRegions": targets}, "storageProfile": {"osDiskImage": {"sizeInGB": 30}}}
    yield {"id": SHARED_VERSION, "location": HOMES[0], "properties": properties}
