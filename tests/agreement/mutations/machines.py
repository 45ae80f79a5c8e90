"""Machines, scale sets and disks of the program that are made from the catalog's version."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import SECOND
from tests.agreement.mutations import mutation
from tests.agreement.scene import Scene
from tests.agreement.sources import COMMUNITY, PLAN, set_id

Draw = st.DrawFn
Json = dict[str, Any]
SHARED = "/SharedGalleries/33333333-3333-3333-3333-333333333333-GOLDEN/Images/base/Versions/1.0.0"
PROFILE = {"computerName": "web", "adminUsername": "azureuser"}


def _prepare(scene: Scene, source: str = "image") -> None:
    scene.alone(source)
    scene.gallery.pop("sharingProfile", None)
    scene.version.pop("excludeFromLatest", None)
    scene.targets()
    scene.name_subscription()


def _machine(scene: Scene, image: str, *, profile: Json | None = PROFILE, **inputs: Any) -> None:
    reference = {"storageProfile": {"imageReference": {"id": image}}}
    given = {} if profile is None else {"osProfile": profile}
    scene.declare("VirtualMachine", "user", after=True, **reference, **given, **inputs)


def _scale_set(scene: Scene, image: str, *, profile: Json | None, **inputs: Any) -> None:
    machine: Json = {"storageProfile": {"imageReference": {"id": image}}}
    if profile is not None:
        machine["osProfile"] = profile
    scene.declare("VirtualMachineScaleSet", "users", after=True, virtualMachineProfile=machine, **inputs)


@mutation
def machine_of_an_image(draw: Draw, scene: Scene) -> None:
    """Legitimate: a version by number or the latest one, from a replica in the machine's region."""
    _prepare(scene)
    scene.targets("swedencentral")
    image = draw(st.sampled_from([scene.image_id, scene.version_id, f"{scene.image_id}/versions/latest"]))
    _machine(scene, image, location=draw(st.sampled_from([scene.home, "Sweden Central"])))


@mutation
def machine_where_no_replica_is(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    _machine(scene, draw(st.sampled_from([scene.image_id, scene.version_id])), location="westus")


@mutation
def machine_of_the_latest_where_all_are_excluded(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    if draw(st.booleans()):
        scene.version["excludeFromLatest"] = True
    else:
        scene.targets(home={"excludeFromLatest": True})
    _machine(scene, scene.image_id)


@mutation
def machine_of_an_excluded_version(draw: Draw, scene: Scene) -> None:
    """Legitimate: the region's own word wins, and a number needs no latest."""
    _prepare(scene)
    scene.version["excludeFromLatest"] = True
    if draw(st.booleans()):
        scene.targets(home={"excludeFromLatest": False})
        _machine(scene, scene.image_id)
    else:
        _machine(scene, scene.version_id)


@mutation
def machine_with_the_wrong_profile(draw: Draw, scene: Scene) -> None:
    specialized = draw(st.booleans())
    _prepare(scene, "specialized image" if specialized else "image")
    _machine(scene, scene.image_id, profile=PROFILE if specialized else None)


@mutation
def machine_with_the_right_profile(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    _prepare(scene, "specialized image")
    _machine(scene, scene.version_id, profile=None)


@mutation
def scale_set_with_the_wrong_profile(draw: Draw, scene: Scene) -> None:
    specialized = draw(st.booleans())
    _prepare(scene, "specialized image" if specialized else "image")
    profile = {"computerNamePrefix": "web", "adminUsername": "azureuser"}
    _scale_set(scene, scene.image_id, profile=profile if specialized else None)


@mutation
def scale_set_of_an_image(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    _prepare(scene)
    _scale_set(scene, scene.image_id, profile={"computerNamePrefix": "web", "adminUsername": "azureuser"})


@mutation
def machine_of_another_subscription(draw: Draw, scene: Scene) -> None:
    """Refused where the image is encrypted with keys of its own subscription, otherwise legitimate."""
    _prepare(scene)
    if draw(st.booleans()):
        scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home)}}})
    _machine(scene, scene.version_id, subscription=SECOND)


@mutation
def machine_of_the_wrong_security_type(draw: Draw, scene: Scene) -> None:
    _prepare(scene, "specialized image")
    for_trusted, has = draw(st.sampled_from([(True, "Standard"), (True, None), (False, "TrustedLaunch")]))
    if for_trusted:
        scene.image["securityType"] = "TrustedLaunch"
    _machine(scene, scene.image_id, profile=None, **({} if has is None else {"securityProfile": {"securityType": has}}))


@mutation
def machine_of_the_right_security_type(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    _prepare(scene, "specialized image")
    scene.image["securityType"] = draw(st.sampled_from(["TrustedLaunch", "TrustedLaunchSupported"]))
    _machine(scene, scene.image_id, profile=None, securityProfile={"securityType": "TrustedLaunch"})


@mutation
def machine_of_a_size_for_another_architecture(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    _machine(scene, scene.image_id, hardwareProfile={"vmSize": draw(st.sampled_from(["Standard_D2ps_v5"]))})


@mutation
def machine_of_a_size_for_another_generation(draw: Draw, scene: Scene) -> None:
    source, sizes = draw(
        st.sampled_from(
            [
                ("image of generation 1", ["Standard_D8s_v6", "Standard_NC24ads_A100_v4"]),
                ("image", ["Standard_D1_v2", "Standard_D2_v3", "Standard_A4_v2"]),
            ]
        )
    )
    _prepare(scene, source)
    scene.image["diskControllerTypes"] = ["SCSI", "NVMe"]
    size = draw(st.sampled_from(sizes))
    if draw(st.booleans()):
        _machine(scene, scene.image_id, hardwareProfile={"vmSize": size})
    else:
        profile = {"computerNamePrefix": "web", "adminUsername": "azureuser"}
        _scale_set(scene, scene.image_id, profile=profile, sku={"name": size})


@mutation
def machine_of_a_late_size(draw: Draw, scene: Scene) -> None:
    """Legitimate where the definition names NVMe, a warning otherwise."""
    _prepare(scene)
    if draw(st.booleans()):
        scene.image["diskControllerTypes"] = ["SCSI", "NVMe"]
    _machine(scene, scene.image_id, hardwareProfile={"vmSize": "Standard_D8s_v6"})


@mutation
def machine_of_a_size_for_another_security_type(draw: Draw, scene: Scene) -> None:
    """Refused, but for the pairs that fit."""
    _prepare(scene, "specialized image")
    scene.image["securityType"] = "TrustedLaunchAndConfidentialVmSupported"
    sizes = ["Standard_D2as_v5", "Standard_DC2as_v5", "Standard_DC16ads_cc_v5", "Standard_NCC40ads_H100_v5"]
    size = draw(st.sampled_from(sizes))
    has = draw(st.sampled_from([None, "Standard", "TrustedLaunch", "ConfidentialVM"]))
    security = {} if has is None else {"securityProfile": {"securityType": has}}
    _machine(scene, scene.image_id, profile=None, hardwareProfile={"vmSize": size}, **security)


@mutation
def machine_that_boots_from_another_controller(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    scene.image["diskControllerTypes"] = ["SCSI"]
    storage = {"imageReference": {"id": scene.image_id}, "diskControllerType": "NVMe"}
    scene.declare("VirtualMachine", "user", after=True, storageProfile=storage, osProfile=PROFILE)


@mutation
def machine_without_the_plan(draw: Draw, scene: Scene) -> None:
    _prepare(scene, "machine with a plan")
    plan = draw(st.sampled_from([None, {**PLAN, "name": "other"}]))
    _machine(scene, scene.image_id, profile=None, **({} if plan is None else {"plan": plan}))


@mutation
def machine_with_the_plan(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    _prepare(scene, "machine with a plan")
    _machine(scene, scene.image_id, profile=None, plan=PLAN)


@mutation
def machine_with_a_smaller_disk(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    scene.version["osDisk"] = {"expectedSizeGB": scene.source.sizes[None]}
    disk = {"createOption": "FromImage", "diskSizeGB": scene.source.sizes[None] - 1}
    storage = {"imageReference": {"id": scene.version_id}, "osDisk": disk}
    scene.declare("VirtualMachine", "user", after=True, storageProfile=storage, osProfile=PROFILE)


@mutation
def machine_with_a_smaller_data_disk(draw: Draw, scene: Scene) -> None:
    """Refused below the size of the image's disk."""
    _prepare(scene, "image with data disks")
    scene.version["dataDisks"] = [{"lun": 0, "expectedSizeGB": 256}, {"lun": 3, "expectedSizeGB": 1024}]
    disks = [
        {"lun": lun, "createOption": "FromImage", "diskSizeGB": draw(st.sampled_from([255, 1024]))} for lun in (0, 3)
    ]
    storage = {"imageReference": {"id": scene.version_id}, "dataDisks": disks}
    scene.declare("VirtualMachine", "user", after=True, storageProfile=storage, osProfile=PROFILE)


@mutation
def machine_that_lists_data_disks(draw: Draw, scene: Scene) -> None:
    """Legitimate with each of the image's; otherwise only a plan knows that the machine is new."""
    _prepare(scene, "disk and data")
    luns = draw(st.sampled_from([[], [0], [0, 7], [0, 3, 7], [1]]))
    disks: list[Json] = [
        {"lun": lun, **({"createOption": "FromImage"} if lun in {0, 7} else {"createOption": "Empty", "diskSizeGB": 8})}
        for lun in luns
    ]
    storage = {"imageReference": {"id": scene.version_id}, "dataDisks": disks}
    scene.declare("VirtualMachine", "user", after=True, storageProfile=storage, osProfile=PROFILE)


@mutation
def machine_of_an_image_that_others_share(draw: Draw, scene: Scene) -> None:
    """Legitimate by the input for such images, refused by another."""
    _prepare(scene)
    shared = {"id": scene.version_id, "communityGalleryImageId": COMMUNITY, "sharedGalleryImageId": SHARED}
    key, of = draw(st.tuples(st.sampled_from([*shared]), st.sampled_from([*shared])))
    storage = {"imageReference": {key: shared[of]}}
    scene.declare("VirtualMachine", "user", after=True, storageProfile=storage, osProfile=PROFILE)


@mutation
def scale_set_that_upgrades_automatically(draw: Draw, scene: Scene) -> None:
    """Legitimate with the latest version, refused with a pinned one."""
    _prepare(scene)
    image = draw(st.sampled_from([scene.version_id, scene.image_id]))
    policy = {"mode": "Rolling", "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}
    _scale_set(scene, image, profile={"computerNamePrefix": "web", "adminUsername": "azureuser"}, upgradePolicy=policy)


@mutation
def disk_of_an_image(draw: Draw, scene: Scene) -> None:
    """A LUN that the version has, or one that it lacks."""
    _prepare(scene, draw(st.sampled_from(["disk", "disk and data"])))
    lun = draw(st.sampled_from([None, 0, 1, 7]))
    reference: Json = {"id": scene.version_id} | ({} if lun is None else {"lun": lun})
    made = {"createOption": "FromImage", "galleryImageReference": reference}
    scene.declare("Disk", "exported", after=True, creationData=made)
