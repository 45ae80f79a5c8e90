"""Sources that Azure refuses: of the wrong kind, twice, elsewhere, too large, encrypted."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import SECOND
from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.mutations.definitions import machine
from tests.agreement.scene import Scene
from tests.agreement.sources import (
    ACCOUNT,
    BLOBS,
    COMMUNITY,
    SHARED_VERSION,
    compute_id,
    set_id,
)

Draw = st.DrawFn
Json = dict[str, Any]


def _disk(scene: Scene, name: str = "data", kind: str = "disk") -> Json:
    return {kind: compute_id(f"{kind}s", f"{name}-{scene.home}")}


def _vhd(name: str) -> Json:
    return {"vhd": f"{BLOBS}/{name}.vhd", "storageAccount": ACCOUNT}


@mutation
def one_source(draw: Draw, scene: Scene) -> None:
    """None, several, or sources for some of the disks."""
    scene.use("image")
    image = scene.version.pop("source")
    given: list[Json] = [
        {},
        {"source": image, "osDisk": _disk(scene, "os")},
        {"source": image, "dataDisks": [{"lun": 0, **_disk(scene)}]},
        {"source": {**image, "communityVersion": COMMUNITY}},
        {"source": {**image, "virtualMachine": compute_id("virtualMachines", f"web-{scene.home}")}},
        {"dataDisks": [{"lun": 0, **_disk(scene)}]},
        {"osDisk": _disk(scene, "os"), "dataDisks": [{"lun": 0}]},
        {"osDisk": {**_vhd("os"), **_disk(scene, "os")}},
        {"source": {}},
    ]
    scene.version |= draw(st.sampled_from(given))


@mutation
def one_machine_named_twice(draw: Draw, scene: Scene) -> None:
    """Legitimate: either input may name a machine."""
    scene.use("generalized machine")
    found = scene.version["source"]["virtualMachine"]
    scene.version["source"]["managedImage"] = found.upper().replace("/SUBSCRIPTIONS", "/subscriptions")


@mutation
def disks_described_beside_a_whole_source(draw: Draw, scene: Scene) -> None:
    """Legitimate: only what is named ``source`` is one."""
    scene.use("image with data disks")
    scene.version["osDisk"] = {"hostCaching": "ReadOnly", "expectedSizeGB": 127}
    scene.version["dataDisks"] = [{"lun": draw(st.sampled_from([0, 3])), "hostCaching": "None"}]


@mutation
def luns(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    one, other = draw(st.sampled_from([(0, 0), (-1, 0), (63, 63)]))
    scene.version["dataDisks"] = [{"lun": one, **_disk(scene)}, {"lun": other, **_disk(scene, kind="snapshot")}]


@mutation
def luns_above_63(draw: Draw, scene: Scene) -> None:
    """Legitimate as far as is known: the rule warns."""
    scene.use("disk")
    scene.version["dataDisks"] = [{"lun": 64, **_disk(scene)}]


@mutation
def source_used_twice(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    upper = {"disk": _disk(scene)["disk"].replace("data", "DATA")}
    disks: list[list[Json]] = [
        [{"lun": 0, **_disk(scene)}, {"lun": 1, **_disk(scene)}],
        [{"lun": 0, **_disk(scene)}, {"lun": 1, **upper}],
        [{"lun": 0, **_disk(scene, "os")}],
        [{"lun": 0, **_vhd("data")}, {"lun": 1, **_vhd("data")}],
    ]
    scene.version["dataDisks"] = draw(st.sampled_from(disks))


@mutation
def vhd_without_account(draw: Draw, scene: Scene) -> None:
    scene.use("VHD")
    del scene.version["osDisk"]["storageAccount"]


@mutation
def source_id(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    whole = [
        "golden",
        "images/golden",
        compute_id("disks", f"os-{scene.home}"),
        compute_id("galleries", "golden"),
        set_id(scene.home),
        "https://portal.azure.com/",
    ]
    match draw(st.integers(0, 4)):
        case 0:
            scene.version["source"] = {"managedImage": draw(st.sampled_from(whole))}
        case 1:
            scene.version["source"] = {"virtualMachine": compute_id("images", f"linux-{scene.home}")}
        case 2:
            scene.version["source"] = {"communityVersion": SHARED_VERSION}
        case 3:
            scene.use("disk")
            scene.version["osDisk"] = {"disk": compute_id("images", f"linux-{scene.home}")}
        case _:
            scene.use("VHD")
            scene.version["osDisk"]["storageAccount"] = compute_id("disks", f"os-{scene.home}")


@mutation
def source_id_of_a_definition(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    scene.version["source"] = {"managedImage": SHARED_VERSION.split("/versions/")[0]}


@mutation
def source_id_of_the_latest(draw: Draw, scene: Scene) -> None:
    """Undecided: what the service makes of such ids is not documented."""
    scene.use("image")
    scene.version["source"] = {"managedImage": SHARED_VERSION.replace("1.0.0", "latest")}


@mutation
def source_id_of_a_community_image(draw: Draw, scene: Scene) -> None:
    """Undecided, as that of the latest version."""
    scene.use("image")
    scene.version["source"] = {"communityVersion": COMMUNITY.split("/Versions/")[0]}


@mutation
def source_elsewhere(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    where = draw(st.sampled_from(["swedencentral", "Sweden Central"]))
    made: Json = {"osType": "Linux", "hyperVGeneration": "V2", "diskSizeGB": 30, "location": where}
    scene.version["osDisk"] = {"disk": scene.declare("Disk", "far", creationData={"createOption": "Empty"}, **made)}


@mutation
def version_elsewhere(draw: Draw, scene: Scene) -> None:
    other = _another(draw, scene, "swedencentral")
    scene.targets("northeurope")
    assert other["targetRegions"]


@mutation
def version_with_a_replica_here(draw: Draw, scene: Scene) -> None:
    """Legitimate: a version is found wherever it has a replica."""
    _another(draw, scene, "Sweden Central")
    scene.targets("swedencentral")


@unforeseeable("source-not-found")
def source_that_does_not_exist(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    kind = draw(st.sampled_from(["images", "virtualMachines"]))
    scene.version["source"] = {"managedImage": compute_id(kind, "missing")}


@mutation
def disk_too_large(draw: Draw, scene: Scene) -> None:
    """Over 2 TB, declared or told by a disk of the program."""
    scene.use("disk")
    scene.full()
    if draw(st.booleans()):
        scene.version["dataDisks"] = [{"lun": 0, **_disk(scene, "huge"), "expectedSizeGB": 4096}]
    else:
        made = scene.declare("Disk", "vast", creationData={"createOption": "Empty"}, diskSizeGB=2049)
        scene.version["dataDisks"] = [{"lun": 0, "disk": made}]


@mutation
def disk_as_large_as_allowed(draw: Draw, scene: Scene) -> None:
    """Legitimate: 1 TB for data disks, 2 TB for that of the system, 32 TB in Shallow replication."""
    scene.use("disk")
    scene.full()
    traits: Json = {"osType": "Linux", "hyperVGeneration": "V2", "creationData": {"createOption": "Empty"}}
    if draw(st.booleans()):
        scene.version["osDisk"] = {"disk": scene.declare("Disk", "wide", diskSizeGB=2048, **traits)}
        full = scene.declare("Snapshot", "full", diskSizeGB=1024, creationData={"createOption": "Empty"})
        scene.version["dataDisks"] = [{"lun": 0, "snapshot": full}]
    else:
        scene.version["dataDisks"] = [{"lun": 0, **_disk(scene, "huge"), "expectedSizeGB": 4096}]
        scene.version["replicationMode"] = "Shallow"
        scene.targets()


@mutation
def data_disk_above_1_tb(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    scene.full()
    scene.version["dataDisks"] = [{"lun": 0, **_disk(scene, "large"), "expectedSizeGB": 1500}]


@mutation
def disk_of_unknown_size_too_large(draw: Draw, scene: Scene) -> None:
    """Undecided: nobody said how large the disk is."""
    scene.use("disk")
    scene.full()
    scene.version["osDisk"] = _disk(scene, "huge")
    scene.image["hyperVGeneration"] = "V1"


@mutation
def machine_disks(draw: Draw, scene: Scene) -> None:
    ultra = scene.declare(
        "Disk", "ultra", sku={"name": "UltraSSD_LRS"}, diskSizeGB=64, creationData={"createOption": "Empty"}
    )
    managed = {"id": compute_id("disks", f"web-os-{scene.home}")}
    first: Json = {"osType": "Linux", "createOption": "Attach", "managedDisk": managed}
    profiles: list[Json] = [
        {"osDisk": {"osType": "Linux", "createOption": "FromImage", "diffDiskSettings": {"option": "Local"}}},
        {"osDisk": {"osType": "Linux", "createOption": "Attach", "vhd": {"uri": f"{BLOBS}/os.vhd"}}},
        {"osDisk": first, "dataDisks": [{"lun": 0, "createOption": "Attach", "managedDisk": {"id": ultra}}]},
        {"osDisk": {**first, "managedDisk": {**managed, "storageAccountType": "UltraSSD_LRS"}}},
    ]
    scene.use("specialized image")
    made = scene.declare("VirtualMachine", "odd", storageProfile=draw(st.sampled_from(profiles)))
    scene.version["source"] = {"virtualMachine": made}


@mutation
def source_with_security_data(draw: Draw, scene: Scene) -> None:
    """A disk of a Trusted Launch machine, behind a definition that merely supports Trusted Launch."""
    scene.alone("disk")
    scene.gallery.pop("sharingProfile", None)
    scene.image["securityType"] = "TrustedLaunchSupported"
    made = scene.declare(
        "Disk",
        "guarded",
        osType="Linux",
        hyperVGeneration="V2",
        diskSizeGB=30,
        creationData={"createOption": "Empty"},
        securityProfile={"securityType": "TrustedLaunch"},
    )
    scene.version["osDisk"] = {"disk": made}


@mutation
def managed_image_of_a_trusted_launch_machine(draw: Draw, scene: Scene) -> None:
    profile = {"osDisk": {"osType": "Linux", "createOption": "FromImage"}}
    guarded = scene.declare(
        "VirtualMachine", "guarded", storageProfile=profile, securityProfile={"securityType": "TrustedLaunch"}
    )
    scene.declare("Image", "captured", sourceVirtualMachine={"id": guarded}, hyperVGeneration="V2")


@mutation
def encrypted_version_as_source(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    scene.gallery.pop("sharingProfile", None)
    scene.full()
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home)}}})
    scene.image["versions"] = {scene.number: scene.version, "7.7.7": {"source": {"version": scene.version_name}}}


@mutation
def encrypted_disk_of_another_subscription(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    keys = {"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": set_id(scene.home, SECOND)}
    made: Json = {"osType": "Linux", "hyperVGeneration": "V2", "diskSizeGB": 30, "encryption": keys}
    data = {"createOption": "Empty"}
    secret = scene.declare("Disk", "secret", subscription=SECOND, creationData=data, **made)
    scene.version["osDisk"] = {"disk": secret}


@mutation
def source_of_another_subscription(draw: Draw, scene: Scene) -> None:
    """Legitimate, as long as no customer's key is in the way."""
    scene.version["source"] = {"virtualMachine": machine(scene, SECOND)}
    for key in ("osDisk", "dataDisks"):
        scene.version.pop(key, None)
    scene.image |= {"osType": "Linux", "osState": "Specialized", "hyperVGeneration": "V2", "architecture": "x64"}
    for key in ("plan", "securityType", "features"):
        scene.image.pop(key, None)
    scene.full()
    scene.targets()


@mutation
def vhd_of_odd_size(draw: Draw, scene: Scene) -> None:
    made = {"createOption": "Upload", "uploadSizeBytes": (30 << 30) + 512 + 1024}
    scene.declare("Disk", "uploaded", creationData=made, osType="Linux")


def _another(draw: Draw, scene: Scene, where: str) -> Json:
    """A version of another region, made from the scene's, which lives at home."""
    scene.use("image")
    scene.full()
    other: Json = {"location": where, "source": {"version": scene.version_name}, "targetRegions": [where]}
    scene.gallery.pop("sharingProfile", None)
    scene.image["versions"] = {scene.number: scene.version, "8.8.8": other}
    return other
