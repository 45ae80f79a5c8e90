"""Machines that cannot be captured as a managed image, and managed images that hold no security data."""

from typing import Any

from tests.acg_sandbox.arm.conftest import MANAGED_IMAGE, Arm
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.sources import machine, prepared, put_from


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
