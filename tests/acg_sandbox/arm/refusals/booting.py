"""Machines and scale sets that cannot boot the image that they name."""

from typing import Any

from tests.acg_sandbox.arm.conftest import IMAGE, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.consumers import CONSUMER, PROFILE, SCALE_SET, booted, scaled, trusted
from tests.acg_sandbox.arm.refusals.sources import DATA, disk, from_disks, system_disk


def of_size(name: str, **properties: Any) -> dict[str, Any]:
    return booted(osProfile=PROFILE, hardwareProfile={"vmSize": name}, **properties)


@refusal("machine-architecture")
def arm_size(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, of_size("Standard_B2pts_v2"))


@refusal("machine-generation")
def early_size_of_an_image_of_generation_2(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, of_size("Standard_D1_v2"))


@refusal("machine-generation")
def late_scale_set_of_an_image_of_generation_1(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition(hyperVGeneration="V1")
    first = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    arm.put(MANAGED_IMAGE, {"location": "westeurope", "properties": {"storageProfile": {"osDisk": first}}})
    arm.put(VERSION, version())
    return arm.refused("PUT", SCALE_SET, {**scaled(IMAGE, osProfile=PROFILE), "sku": {"name": "Standard_D2ads_v6"}})


@refusal("machine-disk-controller")
def late_size_of_an_image_without_nvme(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, of_size("Standard_D8s_v6"))


@refusal("machine-disk-controller")
def nvme_of_an_image_without_it(arm: Arm) -> Refused:
    arm.published()
    body = of_size("Standard_E8bds_v5")
    body["properties"]["storageProfile"]["diskControllerType"] = "NVMe"
    return arm.refused("PUT", CONSUMER, body)


@refusal("machine-size-security")
def confidential_size_without_a_security_type(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, of_size("Standard_DC2as_v5"))


@refusal("machine-size-security")
def confidential_machine_of_an_ordinary_size(arm: Arm) -> Refused:
    trusted(arm, "ConfidentialVM")
    confidential = {"securityType": "ConfidentialVM"}
    return arm.refused("PUT", CONSUMER, of_size("Standard_D2as_v5", securityProfile=confidential))


def with_data(arm: Arm) -> None:
    """A version with a data disk of 100 GB at LUN 3."""
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(from_disks(system_disk(arm), (3, disk(arm, DATA, diskSizeGB=100)))))


def listing(*disks: dict[str, Any]) -> dict[str, Any]:
    body = booted(VERSION, osProfile=PROFILE)
    body["properties"]["storageProfile"]["dataDisks"] = [*disks]
    return body


@refusal("machine-data-disks")
def empty_list_of_data_disks(arm: Arm) -> Refused:
    with_data(arm)
    return arm.refused("PUT", CONSUMER, listing())


@refusal("machine-data-disks")
def data_disk_at_another_lun(arm: Arm) -> Refused:
    with_data(arm)
    return arm.refused("PUT", CONSUMER, listing({"lun": 0, "createOption": "Empty", "diskSizeGB": 8}))


@refusal("machine-disk-size")
def data_disk_smaller_than_its_image(arm: Arm) -> Refused:
    with_data(arm)
    return arm.refused("PUT", CONSUMER, listing({"lun": 3, "createOption": "FromImage", "diskSizeGB": 99}))


COMMUNITY = "/CommunityGalleries/rocky-dc1c6aa6/Images/Rocky-9-x86_64/Versions/9.4.20240509"


@refusal("image-reference-id")
def image_of_the_community_as_id(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, booted(COMMUNITY, osProfile=PROFILE))


@refusal("image-reference-id")
def scale_set_of_an_image_of_the_community_as_id(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", SCALE_SET, scaled(COMMUNITY, osProfile=PROFILE))


@refusal("image-reference-kind")
def disk_as_an_image(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, booted(DATA, osProfile=PROFILE))


@refusal("image-not-found")
def managed_image_that_is_not_there(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, booted(f"{MANAGED_IMAGE}-2", osProfile=PROFILE))


@refusal("image-not-found")
def managed_image_of_another_region(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", CONSUMER, {**booted(MANAGED_IMAGE, osProfile=PROFILE), "location": "northeurope"})


@refusal("image-reference-shared")
def own_version_as_one_that_others_share(arm: Arm) -> Refused:
    arm.published()
    body = booted(osProfile=PROFILE)
    body["properties"]["storageProfile"]["imageReference"] = {"sharedGalleryImageId": VERSION}
    return arm.refused("PUT", CONSUMER, body)
