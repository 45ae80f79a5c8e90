"""Sources of image versions: kind, existence, region, and what must agree with the definition."""

from typing import Any

from acg_sandbox.arm import SECOND
from tests.acg_sandbox.arm.conftest import COMPUTE, GROUP, IMAGE, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals import Refused, refusal

DISK = f"{COMPUTE}/disks/os"
DATA = f"{COMPUTE}/disks/data"
MACHINE = f"{COMPUTE}/virtualMachines/vm"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/vhds"
BLOB = "https://vhds.blob.core.windows.net/images/linux.vhd"
PLAN = {"name": "gen2", "publisher": "contoso", "product": "linux"}
SNAPSHOT = f"{COMPUTE}/snapshots/os"
GUARDED = {"securityType": "TrustedLaunch"}
TRUSTED = [{"name": "SecurityType", "value": "TrustedLaunchSupported"}]


def disk(arm: Arm, path: str = DISK, location: str = "westeurope", **properties: Any) -> str:
    base = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 30}
    arm.put(path, {"location": location, "properties": base | properties}, api="2024-03-02")
    return path


def system_disk(arm: Arm, **properties: Any) -> str:
    return disk(arm, **{"osType": "Linux", "hyperVGeneration": "V2"} | properties)


def machine(arm: Arm, disks: dict[str, Any] | None = None, *, generalized: bool = True, **members: Any) -> str:
    """A VM with one disk, stopped and generalized."""
    managed = {"osType": "Linux", "diskSizeGB": 30, "managedDisk": {"id": system_disk(arm)}}
    profile = {"osDisk": managed} | (disks or {})
    arm.put(MACHINE, {"location": "westeurope", "properties": {"storageProfile": profile}, **members}, api="2024-07-01")
    if generalized:
        arm.ask("POST", f"{MACHINE}/generalize", api="2024-07-01")
    return MACHINE


def guarded_machine(os_disk: str) -> dict[str, Any]:
    """The body of a Trusted Launch machine."""
    profile = {"osDisk": {"osType": "Linux", "diskSizeGB": 30, "managedDisk": {"id": os_disk}}}
    return {"location": "westeurope", "properties": {"storageProfile": profile, "securityProfile": GUARDED}}


def account(arm: Arm, blobs: dict[str, int] | None = None) -> str:
    arm.put(ACCOUNT, {"location": "westeurope", "sku": {"name": "Standard_LRS"}}, api="2024-01-01")
    if blobs is not None:
        found = arm.azure.state.store.get(ACCOUNT.lower())
        assert found is not None
        found.hidden["blobs"] = blobs
        arm.azure.state.store.put(found)
    return ACCOUNT


def put_from(arm: Arm, source: str | dict[str, Any], *regions: Any, **traits: Any) -> Refused:
    arm.gallery()
    arm.definition(**traits)
    return arm.refused("PUT", VERSION, version(source, *regions))


def prepared(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})


def from_disks(first: str | dict[str, Any], *data: tuple[int, str | dict[str, Any]]) -> dict[str, Any]:
    def source(one: str | dict[str, Any]) -> dict[str, Any]:
        return {"id": one} if isinstance(one, str) else one

    images = [{"lun": lun, "source": source(one)} for lun, one in data]
    return {"osDiskImage": {"source": source(first)}} | ({"dataDiskImages": images} if images else {})


@refusal("one-source")
def no_source(arm: Arm) -> Refused:
    return put_from(arm, {})


@refusal("one-source")
def source_at_the_top_and_of_a_data_disk(arm: Arm) -> Refused:
    prepared(arm)
    disk(arm, DATA)
    return put_from(arm, {"source": {"id": arm.golden()}, "dataDiskImages": [{"lun": 0, "source": {"id": DATA}}]})


@refusal("one-source")
def source_at_both_levels(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, {"source": {"id": arm.golden()}} | from_disks(system_disk(arm)))


@refusal("one-source")
def two_whole_sources(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, {"source": {"id": arm.golden(), "virtualMachineId": machine(arm)}})


@refusal("one-source")
def blob_and_disk_at_once(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, from_disks({"id": system_disk(arm), "uri": BLOB, "storageAccountId": account(arm)}))


@refusal("source-not-found")
def source_missing(arm: Arm) -> Refused:
    return put_from(arm, MANAGED_IMAGE)


@refusal("source-not-found")
def source_in_another_region(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, arm.golden(location="northeurope"))


@refusal("source-not-found")
def version_not_replicated_here(arm: Arm) -> Refused:
    arm.published()
    target = {
        "publishingProfile": {"targetRegions": [{"name": "northeurope"}]},
        "storageProfile": {"source": {"id": VERSION}},
    }
    return arm.refused("PUT", f"{IMAGE}/versions/2.0.0", {"location": "northeurope", "properties": target})


@refusal("source-not-found-2")
def blob_missing(arm: Arm) -> Refused:
    prepared(arm)
    account(arm, {"images/other.vhd": 1 << 30})
    return put_from(arm, from_disks({"uri": BLOB, "storageAccountId": ACCOUNT}))


@refusal("source-not-found")
def community_gallery_missing(arm: Arm) -> Refused:
    return put_from(arm, {"source": {"communityGalleryImageId": "/CommunityGalleries/x-1/Images/y/Versions/1.0.0"}})


@refusal("source-id-format")
def no_id(arm: Arm) -> Refused:
    return put_from(arm, "golden")


@refusal("source-kind")
def disk_as_whole_source(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, system_disk(arm))


@refusal("disk-source-kind")
def image_as_disk(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, from_disks(arm.golden()))


@refusal("lun-duplicate")
def lun_twice(arm: Arm) -> Refused:
    prepared(arm)
    disk(arm, DATA)
    return put_from(arm, from_disks(system_disk(arm), (1, DATA), (1, DATA + "2")))


@refusal("source-duplicate")
def disk_twice(arm: Arm) -> Refused:
    prepared(arm)
    disk(arm, DATA)
    return put_from(arm, from_disks(system_disk(arm), (0, DATA), (1, DATA.upper())))


@refusal("same-blob")
def blob_twice(arm: Arm) -> Refused:
    prepared(arm)
    blob = {"uri": BLOB, "storageAccountId": account(arm)}
    return put_from(arm, {"osDiskImage": {"source": blob}, "dataDiskImages": [{"lun": 0, "source": blob}]})


@refusal("os-state-mismatch")
def generalized_into_specialized(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, arm.golden(), osState="Specialized")


@refusal("os-state-mismatch")
def machine_not_generalized(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, machine(arm, generalized=False))


@refusal("gen-mismatch")
def generation_2_into_1(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, arm.golden(), hyperVGeneration="V1")


@refusal("os-type-mismatch")
def linux_into_windows(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, arm.golden(), osType="Windows")


@refusal("architecture-mismatch")
def arm_into_x64(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, from_disks(system_disk(arm, supportedCapabilities={"architecture": "Arm64"})))


@refusal("plan-mismatch")
def machine_with_a_plan(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, machine(arm, plan=PLAN))


@refusal("plan-mismatch")
def definition_with_another_plan(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, machine(arm, plan=PLAN), purchasePlan=PLAN | {"name": "gen1"})


@refusal("ephemeral")
def ephemeral_os_disk(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, machine(arm, {"osDisk": {"osType": "Linux", "diffDiskSettings": {"option": "Local"}}}))


@refusal("unmanaged")
def unmanaged_disk(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, machine(arm, {"osDisk": {"osType": "Linux", "vhd": {"uri": BLOB}}}))


@refusal("ultra")
def ultra_disk(arm: Arm) -> Refused:
    prepared(arm)
    fast = {"lun": 0, "managedDisk": {"id": disk(arm, DATA), "storageAccountType": "UltraSSD_LRS"}}
    return put_from(arm, machine(arm, {"dataDisks": [fast]}))


@refusal("source-throttle")
def source_busy(arm: Arm) -> Refused:
    prepared(arm)
    arm.strike(fault="source-throttle", path="/versions/")
    return put_from(arm, arm.golden())


@refusal("cmk-cross-sub")
def encrypted_source_of_another_subscription(arm: Arm) -> Refused:
    other = f"/subscriptions/{SECOND}/resourceGroups/theirs"
    arm.put(other, {"location": "westeurope"})
    theirs = f"{other}/providers/Microsoft.Compute/disks/os"
    key = {"diskEncryptionSetId": f"{other}/providers/Microsoft.Compute/diskEncryptionSets/des"}
    disk(arm, theirs, osType="Linux", hyperVGeneration="V2", encryption=key)
    return put_from(arm, from_disks(theirs))


@refusal("source-immutable")
def other_disk_on_update(arm: Arm) -> Refused:
    prepared(arm)
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(from_disks(system_disk(arm))))
    disk(arm, DATA)
    return arm.refused("PUT", VERSION, version(from_disks(DATA)))


@refusal("data-disk-change")
def disk_added_on_update(arm: Arm) -> Refused:
    prepared(arm)
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(from_disks(system_disk(arm))))
    return arm.refused("PUT", VERSION, version(from_disks(DISK, (0, disk(arm, DATA)))))


@refusal("vhd-size")
def blob_not_of_whole_megabytes(arm: Arm) -> Refused:
    prepared(arm)
    account(arm, {"images/linux.vhd": (1 << 30) + 512})
    first = {"osType": "Linux", "osState": "Generalized", "blobUri": BLOB}
    body = {"location": "westeurope", "properties": {"storageProfile": {"osDisk": first}}}
    return arm.refused("PUT", MANAGED_IMAGE, body)
