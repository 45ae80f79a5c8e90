"""Lab plans, their images and labs, and saving."""

import json
import tempfile
from pathlib import Path
from typing import Any

from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, Arm
from tests.acg_sandbox.arm.labs.school import API, LAB, LABS, MACHINE, PLAN, School, lab_body
from tests.acg_sandbox.arm.refusals import Refused, refusal

ACCOUNT = f"{LABS}/labaccounts/legacy"


def plan(arm: Arm, path: str = PLAN, **properties: Any) -> Refused:
    arm.gallery()
    return arm.refused("PUT", path, {"location": "westeurope", "properties": properties}, api=API)


def saved(school: School, name: str = "copy", machine: str = MACHINE, path: str = PLAN) -> Refused:
    return school.refused("POST", f"{path}/saveImage", {"name": name, "labVirtualMachineId": machine}, api=API)


def with_lab() -> School:
    school = School()
    image = school.image("intro")
    school.version("intro", "1.0.0")
    assert school.labs("PUT", LAB, lab_body(id=image)).status_code == 201
    return school


@refusal("labs-plan-name")
def name_with_a_space(arm: Arm) -> Refused:
    return plan(arm, f"{LABS}/labPlans/two words")


@refusal("labs-gallery-id")
def an_image_for_a_gallery(arm: Arm) -> Refused:
    return plan(arm, sharedGalleryId=f"{GALLERY}/images/intro")


@refusal("labs-gallery-not-found")
def a_gallery_that_is_not_there(arm: Arm) -> Refused:
    return plan(arm, sharedGalleryId=f"{COMPUTE}/galleries/none")


@refusal("labs-network-fixed")
def another_network(arm: Arm) -> Refused:
    arm.gallery()
    arm.put(PLAN, {"location": "westeurope", "properties": {}}, api=API)
    return plan(arm, defaultNetworkProfile={"subnetId": f"{LABS}/subnet"})


@refusal("labs-image-not-found")
def an_image_that_the_plan_lacks(arm: Arm) -> Refused:
    return School().refused("GET", f"{PLAN}/images/none", api=API)


@refusal("labs-no-gallery")
def saving_without_a_gallery(arm: Arm) -> Refused:
    school = with_lab()
    school.plan()
    return saved(school)


@refusal("labs-image-name")
def saving_under_a_name_with_a_space(arm: Arm) -> Refused:
    return saved(with_lab(), "Test Image")


@refusal("labs-machine-not-found")
def saving_another_machine(arm: Arm) -> Refused:
    return saved(with_lab(), machine=f"{LAB}/virtualMachines/7")


@refusal("labs-other-plan")
def saving_by_another_plan(arm: Arm) -> Refused:
    school = with_lab()
    other = f"{LABS}/labPlans/other"
    school.labs("PUT", other, {"location": "westeurope", "properties": {"sharedGalleryId": GALLERY}})
    return saved(school, path=other)


@refusal("labs-save-mismatch")
def saving_into_a_generalized_definition(arm: Arm) -> Refused:
    school = with_lab()
    school.image("general", state="Generalized")
    return saved(school, "general")


@refusal("labs-plan-not-found")
def a_lab_without_a_plan(arm: Arm) -> Refused:
    school = with_lab()
    body = lab_body(id=f"{GALLERY}/images/intro")
    body["properties"]["labPlanId"] = f"{LABS}/labPlans/none"
    return school.refused("PUT", f"{LABS}/labs/other", body, api=API)


@refusal("labs-region-not-allowed")
def a_lab_in_another_region(arm: Arm) -> Refused:
    body = lab_body(id=f"{GALLERY}/images/intro") | {"location": "northeurope"}
    return with_lab().refused("PUT", f"{LABS}/labs/other", body, api=API)


@refusal("labs-lab-fixed")
def another_image_for_a_lab(arm: Arm) -> Refused:
    school = with_lab()
    school.image("other")
    school.version("other", "1.0.0")
    return school.refused("PUT", LAB, lab_body(id=f"{GALLERY}/images/other"), api=API)


@refusal("labs-account-new")
def a_new_lab_account(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("PUT", ACCOUNT, {"location": "westeurope"}, api="2019-01-01-preview")


@refusal("labs-account-gallery")
def a_second_gallery_for_an_account(arm: Arm) -> Refused:
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as seed:
        json.dump([{"id": path, "location": "westeurope"} for path in (ACCOUNT, GALLERY)], seed)
        seed.flush()
        seeded = Arm(None, seed=Path(seed.name))
    body = {"properties": {"galleryId": GALLERY}}
    seeded.put(f"{ACCOUNT}/sharedgalleries/corp", body, api="2019-01-01-preview")
    return seeded.refused("PUT", f"{ACCOUNT}/sharedgalleries/other", body, api="2019-01-01-preview")
