"""Machines that cannot be captured as a managed image, and managed images that hold no security data."""

from typing import Any

from tests.acg_sandbox.arm.conftest import MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.sources import from_disks, machine, prepared, put_from, system_disk


def captured(arm: Arm, source: str, location: str = "westeurope", **properties: Any) -> Refused:
    body = {"location": location, "properties": {"sourceVirtualMachine": {"id": source}, **properties}}
    return arm.refused("PUT", MANAGED_IMAGE + "2", body)


@refusal("managed-image-not-generalized")
def machine_that_is_not_generalized(arm: Arm) -> Refused:
    prepared(arm)
    return captured(arm, machine(arm, generalized=False), hyperVGeneration="V2")


@refusal("managed-image-generation")
def machine_of_generation_2_by_default(arm: Arm) -> Refused:
    prepared(arm)
    return captured(arm, machine(arm))


@refusal("managed-image-location")
def machine_elsewhere(arm: Arm) -> Refused:
    prepared(arm)
    return captured(arm, machine(arm), "northeurope", hyperVGeneration="V2")


@refusal("confidential-source-kind")
def managed_image_for_confidential_machines(arm: Arm) -> Refused:
    prepared(arm)
    return put_from(arm, arm.golden(), features=[{"name": "SecurityType", "value": "ConfidentialVM"}])


@refusal("managed-image-source-change")
def managed_image_of_another_machine(arm: Arm) -> Refused:
    prepared(arm)
    arm.golden(MANAGED_IMAGE + "2")
    return captured(arm, machine(arm), hyperVGeneration="V2")


@refusal("confidential-regions")
def confidential_image_in_another_region(arm: Arm) -> Refused:
    prepared(arm)
    arm.gallery()
    arm.definition(features=[{"name": "SecurityType", "value": "ConfidentialVM"}])
    return arm.refused("PUT", VERSION, version(from_disks(system_disk(arm)), "westeurope", "northeurope"))


@refusal("confidential-regions")
def confidential_image_brought_to_another_region(arm: Arm) -> Refused:
    prepared(arm)
    arm.gallery()
    arm.definition(features=[{"name": "SecurityType", "value": "ConfidentialVM"}])
    arm.put(VERSION, version(from_disks(system_disk(arm))))
    return arm.refused("PUT", VERSION, version(from_disks(system_disk(arm)), "westeurope", "northeurope"))
