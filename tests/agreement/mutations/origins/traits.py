"""Sources that are too large, encrypted or with security data."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import SECOND
from tests.agreement.mutations import mutation
from tests.agreement.mutations.definitions import machine
from tests.agreement.mutations.origins import disk
from tests.agreement.scene import Scene
from tests.agreement.sources import (
    BLOBS,
    compute_id,
    set_id,
)

Draw = st.DrawFn
Json = dict[str, Any]


@mutation
def disk_too_large(draw: Draw, scene: Scene) -> None:
    """Over 2 TB, declared or told by a disk of the program."""
    scene.use("disk")
    scene.full()
    if draw(st.booleans()):
        scene.version["dataDisks"] = [{"lun": 0, **disk(scene, "huge"), "expectedSizeGB": 4096}]
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
        scene.version["dataDisks"] = [{"lun": 0, **disk(scene, "huge"), "expectedSizeGB": 4096}]
        scene.version["replicationMode"] = "Shallow"
        scene.targets()


@mutation
def data_disk_above_1_tb(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    scene.full()
    scene.version["dataDisks"] = [{"lun": 0, **disk(scene, "large"), "expectedSizeGB": 1500}]


@mutation
def disk_of_unknown_size_too_large(draw: Draw, scene: Scene) -> None:
    """Undecided: nobody said how large the disk is."""
    scene.use("disk")
    scene.full()
    scene.version["osDisk"] = disk(scene, "huge")
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
def managed_image_of_a_machine(draw: Draw, scene: Scene) -> None:
    """Refused elsewhere and of another generation; that the machine is not generalized, no declaration shows."""
    managed = {"id": compute_id("disks", f"web-os-{scene.home}")}
    profile = {"osDisk": {"osType": "Linux", "createOption": "Attach", "managedDisk": managed}}
    running = scene.declare("VirtualMachine", "running", storageProfile=profile)
    made: Json = {"hyperVGeneration": draw(st.sampled_from(["V1", "V2"]))}
    if draw(st.booleans()):
        made["location"] = "northeurope"
    scene.declare("Image", "captured", sourceVirtualMachine={"id": running}, **made)


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
