"""Definitions that Azure refuses, and sources that do not fit them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import SECOND
from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.scene import Scene
from tests.agreement.sources import PLAN, compute_id

Draw = st.DrawFn
Json = dict[str, Any]


@mutation
def two_security_types(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    scene.image["securityType"] = "TrustedLaunch"
    scene.image["features"] = {draw(st.sampled_from(["SecurityType", "securitytype"])): "TrustedLaunchSupported"}


@mutation
def security_type_of_generation_1(draw: Draw, scene: Scene) -> None:
    scene.use("image of generation 1")
    kinds = ["TrustedLaunch", "TrustedLaunchSupported", "ConfidentialVM", "confidentialvmsupported"]
    scene.image["securityType"] = draw(st.sampled_from(kinds))


@mutation
def security_type_and_source(draw: Draw, scene: Scene) -> None:
    scene.use(draw(st.sampled_from(["disk", "disk and data", "generalized machine", "machine by id"])))
    scene.image["securityType"] = draw(st.sampled_from(["TrustedLaunchSupported", "trustedLaunchSupported"]))


@mutation
def security_type_and_source_by_likeness(draw: Draw, scene: Scene) -> None:
    """The rule warns: the refusal was seen with another security type only."""
    scene.use(draw(st.sampled_from(["disk", "generalized machine"])))
    kinds = ["ConfidentialVMSupported", "TrustedLaunchAndConfidentialVmSupported"]
    scene.image["securityType"] = draw(st.sampled_from(kinds))


@mutation
def managed_image_of_a_security_type(draw: Draw, scene: Scene) -> None:
    """Refused of confidential machines; legitimate as far as is known with Trusted Launch."""
    scene.use("image")
    scene.image["securityType"] = draw(st.sampled_from(["ConfidentialVM", "confidentialvm", "TrustedLaunch"]))


@mutation
def security_type_of_a_newer_api(draw: Draw, scene: Scene) -> None:
    """Legitimate: from API 2025-03-03 on generation 2 and TrustedLaunchSupported are the default."""
    scene.use("image")
    scene.edit(lambda inputs: inputs.pop("hyperVGeneration", None), "GalleryImage", api="2025-03-03")


@mutation
def security_type_by_default_and_source(draw: Draw, scene: Scene) -> None:
    """The rule warns: nobody has written that the default is refused as well."""
    scene.use("disk")
    scene.edit(lambda inputs: inputs.pop("features", None), "GalleryImage", api="2025-03-03")


@mutation
def arm64_of_generation_1(draw: Draw, scene: Scene) -> None:
    scene.use("image of generation 1")
    scene.image["architecture"] = draw(st.sampled_from(["Arm64", "arm64"]))


@mutation
def feature_values(draw: Draw, scene: Scene) -> None:
    features = [
        {"IsHibernateSupported": "Maybe"},
        {"SecurityType": "VeryTrusted"},
        {"DiskControllerTypes": "SCSI, SATA"},
        {"isSecureBootSupported": "yes"},
    ]
    for key in ("hibernation", "diskControllerTypes", "securityType"):
        scene.image.pop(key, None)
    scene.image["features"] = draw(st.sampled_from(features))


@mutation
def recommended_range(draw: Draw, scene: Scene) -> None:
    scene.image["recommended"] = {draw(st.sampled_from(["vCPUs", "memory"])): {"min": 8, "max": 4}}


@mutation
def plan_in_part(draw: Draw, scene: Scene) -> None:
    """Legitimate, and useless: the rule warns."""
    scene.use("image")
    scene.gallery.pop("sharingProfile", None)
    scene.image["plan"] = draw(st.sampled_from([{"name": "basic"}, {"publisher": "fabrikam", "product": "os"}, {}]))


@mutation
def plan_of_a_version_of_the_catalog(draw: Draw, scene: Scene) -> None:
    scene.use("specialized image")
    scene.gallery.pop("sharingProfile", None)
    scene.gallery["images"]["other"] = _like(scene) | {"plan": PLAN} | _made_from(scene)


@mutation
def plan_of_a_version_of_the_catalog_but_for_case(draw: Draw, scene: Scene) -> None:
    """Legitimate as far as is known: the rule warns."""
    scene.use("specialized image")
    scene.gallery.pop("sharingProfile", None)
    scene.image["plan"] = PLAN
    spelt = {key: value.upper() for key, value in PLAN.items()}
    scene.gallery["images"]["other"] = _like(scene) | {"plan": spelt} | _made_from(scene)


@mutation
def plan_of_a_machine_of_the_program(draw: Draw, scene: Scene) -> None:
    _specialized(scene, machine(scene, plan=PLAN))
    scene.image["plan"] = {**PLAN, "name": "other"}


@mutation
def plan_that_a_machine_of_the_program_lacks(draw: Draw, scene: Scene) -> None:
    """Undecided: a machine from a disk may have descended from an image with a plan, and lost it."""
    _specialized(scene, machine(scene))
    scene.image["plan"] = PLAN


@unforeseeable("plan-mismatch")
def plan_of_a_machine_that_exists(draw: Draw, scene: Scene) -> None:
    scene.use("machine with a plan")
    scene.gallery.pop("sharingProfile", None)
    del scene.image["plan"]


@mutation
def traits_of_a_version_of_the_catalog(draw: Draw, scene: Scene) -> None:
    scene.use("specialized image")
    wrong = [{"osType": "Windows"}, {"osState": "Generalized"}, {"hyperVGeneration": "V1"}, {"architecture": "Arm64"}]
    scene.gallery["images"]["other"] = _like(scene) | draw(st.sampled_from(wrong)) | _made_from(scene)


@mutation
def traits_of_an_image_of_the_program(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    os_disk: Json = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    inputs: Json = {"hyperVGeneration": "V2"}
    match draw(st.integers(0, 3)):
        case 0:
            os_disk["osType"] = "Windows"
        case 1:
            os_disk["osState"] = "Specialized"
        case 2:
            inputs["hyperVGeneration"] = "V1"
        case _:
            pass  # legitimate
    scene.version["source"] = {
        "managedImage": scene.declare("Image", "built", storageProfile={"osDisk": os_disk}, **inputs)
    }


@mutation
def traits_of_a_disk_of_the_program(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    inputs: Json = {"osType": "Linux", "hyperVGeneration": "V2"}
    wrong: list[Json] = [
        {"osType": "Windows"},
        {"hyperVGeneration": "V1"},
        {"supportedCapabilities": {"architecture": "Arm64"}},
        {},
    ]
    inputs |= draw(st.sampled_from(wrong))
    kind, name = draw(st.sampled_from([("Disk", "disk"), ("Snapshot", "snapshot")]))
    made = scene.declare(kind, "built", creationData={"createOption": "Empty"}, diskSizeGB=30, **inputs)
    scene.version["osDisk"] = {name: made}


@mutation
def traits_of_a_machine_of_the_program(draw: Draw, scene: Scene) -> None:
    wrong = draw(st.sampled_from(["osType", "hyperVGeneration", "architecture", None]))
    inputs: Json = {"osType": "Linux", "hyperVGeneration": "V2", "supportedCapabilities": {"architecture": "x64"}}
    if wrong == "osType":
        inputs["osType"] = "Windows"
    elif wrong == "hyperVGeneration":
        inputs["hyperVGeneration"] = "V1"
    elif wrong == "architecture":
        inputs["supportedCapabilities"] = {"architecture": "Arm64"}
    disk = scene.declare("Disk", "attached", creationData={"createOption": "Empty"}, diskSizeGB=30, **inputs)
    os_disk = {"createOption": "Attach", "managedDisk": {"id": disk}}
    _specialized(scene, scene.declare("VirtualMachine", "web", storageProfile={"osDisk": os_disk}))


@unforeseeable("os-state-mismatch")
def state_of_a_machine_of_the_program(draw: Draw, scene: Scene) -> None:
    """Whether a machine is generalized is an action; none of those that a program has just made is."""
    _specialized(scene, machine(scene))
    scene.image["osState"] = "Generalized"


@unforeseeable("gen-mismatch")
def generation_that_a_disk_of_the_program_does_not_tell(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    made = scene.declare("Disk", "built", creationData={"createOption": "Empty"}, diskSizeGB=30, osType="Linux")
    scene.version["osDisk"] = {"disk": made}


@unforeseeable("os-type-mismatch")
def system_of_an_image_that_exists(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    scene.image["osType"] = "Windows"


@unforeseeable("architecture-mismatch")
def architecture_of_a_snapshot_that_exists(draw: Draw, scene: Scene) -> None:
    scene.use("snapshot for Arm64")
    scene.image["architecture"] = "x64"


@mutation
def system_on_a_data_disk(draw: Draw, scene: Scene) -> None:
    """Legitimate: only the first disk's system is that of the image."""
    scene.use("disk")
    scene.version["dataDisks"] = [{"lun": 0, "snapshot": compute_id("snapshots", f"arm-{scene.home}")}]


@mutation
def nvme(draw: Draw, scene: Scene) -> None:
    disk = {"osType": "Linux", "createOption": "Attach"}
    disk |= {"managedDisk": {"id": compute_id("disks", f"web-os-{scene.home}")}}
    profile = {"osDisk": disk, "diskControllerType": "NVMe"}
    _specialized(scene, scene.declare("VirtualMachine", "fast", storageProfile=profile))
    scene.image.pop("diskControllerTypes", None)


@unforeseeable("cmk-cross-sub")
def encrypted_disk_of_another_subscription_that_exists(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    scene.version["osDisk"] = {"disk": compute_id("disks", f"secret-{scene.home}", SECOND)}


def machine(scene: Scene, subscription: str | None = None, **inputs: Any) -> str:
    """A machine of the program with a Linux of its own; its id."""
    disk = {"osType": "Linux", "createOption": "Attach"}
    disk |= {"managedDisk": {"id": compute_id("disks", f"web-os-{scene.home}")}}
    more = {} if subscription is None else {"subscription": subscription}
    return scene.declare("VirtualMachine", "web", storageProfile={"osDisk": disk}, **more, **inputs)


def _specialized(scene: Scene, source: str) -> None:
    """Make the version from a machine of the program, with a definition that fits."""
    scene.use("specialized image")
    scene.gallery.pop("sharingProfile", None)
    scene.version["source"] = {"virtualMachine": source}


def _like(scene: Scene) -> Json:
    """A definition for what a version of the scene's has."""
    keys = ("osType", "osState", "hyperVGeneration", "architecture", "plan")
    identifier = {"publisher": "contoso", "offer": "servers", "sku": "other"}
    return {key: scene.image[key] for key in keys if key in scene.image} | {"identifier": identifier}


def _made_from(scene: Scene) -> Json:
    """Versions of another definition, made from the scene's version."""
    return {"versions": {"1.0.0": {"source": {"version": scene.version_name}}}}
