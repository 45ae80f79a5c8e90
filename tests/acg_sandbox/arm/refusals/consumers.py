"""Machines, scale sets and disks that are made from image versions."""

from typing import Any

from acg_sandbox.arm import SECOND
from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, IMAGE, MANAGED_IMAGE, VERSION, Arm, definition, version
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.encryption import SET, prepared, target
from tests.acg_sandbox.arm.refusals.sources import PLAN, from_disks, system_disk

CONSUMER = f"{COMPUTE}/virtualMachines/web"
SCALE_SET = f"{COMPUTE}/virtualMachineScaleSets/web"
PROFILE = {"computerName": "web"}


def booted(image: str = IMAGE, location: str = "westeurope", **properties: Any) -> dict[str, Any]:
    """A machine's body."""
    return {"location": location, "properties": {"storageProfile": {"imageReference": {"id": image}}, **properties}}


def scaled(image: str, **profile: Any) -> dict[str, Any]:
    machine = {"storageProfile": {"imageReference": {"id": image}}, **profile}
    return {"location": "westeurope", "properties": {"virtualMachineProfile": machine}}


@refusal("image-not-in-region")
def not_replicated_there(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, booted(VERSION, "northeurope", osProfile=PROFILE))


@refusal("image-not-in-region")
def every_version_excluded(arm: Arm) -> Refused:
    arm.published()
    arm.ask("PATCH", VERSION, {"properties": {"publishingProfile": {"excludeFromLatest": True}}})
    return arm.refused("PUT", CONSUMER, booted(osProfile=PROFILE))


@refusal("parameter-missing")
def generalized_without_profile(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, booted())


@refusal("parameter-not-allowed")
def specialized_with_profile(arm: Arm) -> Refused:
    specialized(arm)
    return arm.refused("PUT", CONSUMER, booted(f"{GALLERY}/images/spec", osProfile=PROFILE))


def specialized(arm: Arm) -> None:
    """A second definition, specialized, with a version."""
    arm.published()
    identifier = {"publisher": "contoso", "offer": "linux", "sku": "spec"}
    arm.put(f"{GALLERY}/images/spec", definition(osState="Specialized", identifier=identifier))
    arm.golden(MANAGED_IMAGE + "2", osState="Specialized")
    arm.put(f"{GALLERY}/images/spec/versions/1.0.0", version(MANAGED_IMAGE + "2"))


@refusal("machine-plan")
def machine_without_the_plan(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition(purchasePlan=PLAN)
    arm.golden()
    arm.put(VERSION, version())
    return arm.refused("PUT", CONSUMER, booted(osProfile=PROFILE))


@refusal("des-other-subscription-vm")
def encrypted_image_of_another_subscription(arm: Arm) -> Refused:
    source = prepared(arm)
    arm.put(VERSION, version(source, target("westeurope", SET)))
    theirs = f"/subscriptions/{SECOND}/resourceGroups/rg"
    arm.put(theirs, {"location": "westeurope"})
    path = f"{theirs}/providers/Microsoft.Compute/virtualMachines/web"
    return arm.refused("PUT", path, booted(osProfile=PROFILE))


@refusal("linked-subscription")
def image_of_another_tenant(arm: Arm) -> Refused:
    arm.gallery()
    theirs = IMAGE.replace("11111111-1111", "44444444-4444")
    return arm.refused("PUT", CONSUMER, booted(theirs, osProfile=PROFILE))


@refusal("vmss-os-state")
def scale_set_to_the_other_state(arm: Arm) -> Refused:
    specialized(arm)
    arm.put(SCALE_SET, scaled(IMAGE, osProfile=PROFILE))
    return arm.refused("PUT", SCALE_SET, scaled(f"{GALLERY}/images/spec"))


@refusal("parameter-invalid")
def disk_from_a_lun_that_is_not_there(arm: Arm) -> Refused:
    arm.published()
    made = {"createOption": "FromImage", "galleryImageReference": {"id": VERSION, "lun": 3}}
    return arm.refused("PUT", f"{COMPUTE}/disks/d", {"location": "westeurope", "properties": {"creationData": made}})


@refusal("generalized-start")
def generalized_machine_started(arm: Arm) -> Refused:
    arm.published()
    arm.put(CONSUMER, booted(osProfile=PROFILE))
    arm.ask("POST", f"{CONSUMER}/generalize")
    return arm.refused("POST", f"{CONSUMER}/start")


def trusted(arm: Arm, kind: str = "TrustedLaunch") -> None:
    """A version that boots machines of one security type only."""
    arm.gallery()
    arm.definition(features=[{"name": "SecurityType", "value": kind}])
    arm.put(VERSION, version(from_disks(system_disk(arm))))


@refusal("machine-security-type")
def machine_without_trusted_launch(arm: Arm) -> Refused:
    trusted(arm)
    return arm.refused("PUT", CONSUMER, booted(osProfile=PROFILE))


@refusal("machine-security-type")
def standard_machine_from_a_confidential_image(arm: Arm) -> Refused:
    trusted(arm, "ConfidentialVM")
    standard = {"securityType": "Standard"}
    return arm.refused("PUT", CONSUMER, booted(osProfile=PROFILE, securityProfile=standard))


@refusal("machine-security-type")
def scale_set_without_trusted_launch(arm: Arm) -> Refused:
    trusted(arm)
    return arm.refused("PUT", SCALE_SET, scaled(IMAGE, osProfile=PROFILE))


@refusal("machine-trusted-launch")
def trusted_launch_machine_from_an_ordinary_image(arm: Arm) -> Refused:
    arm.published()
    guarded = {"securityType": "TrustedLaunch"}
    return arm.refused("PUT", CONSUMER, booted(osProfile=PROFILE, securityProfile=guarded))


@refusal("machine-disk-size")
def os_disk_smaller_than_its_image(arm: Arm) -> Refused:
    arm.published()
    body = booted(osProfile=PROFILE)
    body["properties"]["storageProfile"]["osDisk"] = {"createOption": "FromImage", "diskSizeGB": 29}
    return arm.refused("PUT", CONSUMER, body)


def upgrading(image: dict[str, Any]) -> dict[str, Any]:
    """A scale set that upgrades its operating system automatically."""
    body = scaled("", osProfile=PROFILE)
    body["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"] = image
    body["properties"]["upgradePolicy"] = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}
    return body


@refusal("automatic-upgrade-pinned")
def automatic_upgrade_of_one_version(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", SCALE_SET, upgrading({"id": VERSION}))


@refusal("automatic-upgrade-pinned")
def automatic_upgrade_of_a_managed_image(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", SCALE_SET, upgrading({"id": MANAGED_IMAGE}))


@refusal("automatic-upgrade-pinned")
def automatic_upgrade_of_one_community_version(arm: Arm) -> Refused:
    arm.published()
    return arm.refused(
        "PUT", SCALE_SET, upgrading({"communityGalleryImageId": "/CommunityGalleries/c/Images/i/Versions/1.0.0"})
    )


@refusal("automatic-upgrade-pinned")
def automatic_upgrade_switched_on_later(arm: Arm) -> Refused:
    arm.published()
    arm.put(SCALE_SET, scaled(VERSION, osProfile=PROFILE))
    return arm.refused("PUT", SCALE_SET, upgrading({"id": VERSION}))


@refusal("scale-set-image-type")
def scale_set_from_a_managed_image_to_the_gallery(arm: Arm) -> Refused:
    arm.published()
    arm.put(SCALE_SET, scaled(MANAGED_IMAGE, osProfile=PROFILE))
    return arm.refused("PUT", SCALE_SET, scaled(IMAGE, osProfile=PROFILE))


@refusal("scale-set-image-type")
def scale_set_from_the_marketplace_to_the_gallery(arm: Arm) -> Refused:
    arm.published()
    body = scaled("", osProfile=PROFILE)
    ubuntu = {"publisher": "Canonical", "offer": "ubuntu", "sku": "24_04", "version": "latest"}
    body["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"] = ubuntu
    arm.put(SCALE_SET, body)
    return arm.refused("PATCH", SCALE_SET, scaled(IMAGE, osProfile=PROFILE))
