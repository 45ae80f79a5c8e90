"""Saving the template machine of a lab, as the portal's Export and `saveImage` do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from acg_sandbox.arm import PLATFORM
from tests.acg_sandbox.arm.conftest import GALLERY
from tests.acg_sandbox.arm.labs.school import LAB, LABS, MACHINE, PLAN, School, lab_body


@pytest.fixture
def school() -> School:
    return School()


@pytest.fixture
def lab(school: School) -> School:
    """A school with a lab of the image ``intro``."""
    image = school.image("intro")
    school.version("intro", "1.0.0")
    school.labs("PUT", LAB, lab_body(id=image))
    return school


def test_a_new_name_makes_a_specialized_definition_with_one_version_in_the_region_of_the_plan(lab: School) -> None:
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"name": "term-end", "labVirtualMachineId": MACHINE})
    assert answer.status_code == 202
    made = lab.get(f"{GALLERY}/images/term-end")["properties"]
    version = lab.get(f"{GALLERY}/images/term-end/versions/1.0.0")["properties"]
    assert (made["osState"], made["osType"], made["hyperVGeneration"]) == ("Specialized", "Linux", "V2")
    assert [one["name"] for one in version["publishingProfile"]["targetRegions"]] == ["West Europe"]
    assert version["storageProfile"]["osDiskImage"]["sizeInGB"] == 64


def test_an_existing_name_makes_the_next_version(lab: School) -> None:
    lab.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    assert lab.get(f"{GALLERY}/images/intro/versions/1.0.1")["properties"]["provisioningState"] == "Succeeded"


def test_saving_takes_ten_minutes() -> None:
    slow = School(pace=1.0)
    slow.clock.pass_(10_000)
    image = slow.image("intro")
    slow.clock.pass_(10_000)
    slow.version("intro", "1.0.0")
    slow.clock.pass_(10_000)
    slow.labs("PUT", LAB, lab_body(id=image))
    slow.clock.pass_(10_000)
    answer = slow.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    link = answer.headers["Azure-AsyncOperation"]
    slow.clock.pass_(609)
    assert slow.ask("GET", link).json()["status"] == "InProgress"
    slow.clock.pass_(2)
    assert slow.ask("GET", link).json()["status"] == "Succeeded"


@pytest.mark.parametrize(
    ("spoil", "body", "status"),
    [
        (lambda s: s.plan(), {"name": "x"}, 409),
        (lambda s: None, {"name": "Test Image"}, 400),
        (lambda s: s.image("general", state="Generalized"), {"name": "general"}, 409),
        (lambda s: s.image("windows", system="Windows"), {"name": "windows"}, 409),
        (lambda s: None, {"name": "x", "labVirtualMachineId": f"{LABS}/labs/none/virtualMachines/0"}, 404),
        (lambda s: None, {"name": "x", "labVirtualMachineId": f"{LAB}/virtualMachines/7"}, 404),
    ],
    ids=["no gallery", "no name for a definition", "Generalized", "another system", "no lab", "no template"],
)
def test_what_cannot_be_saved_is_refused(
    lab: School, spoil: Callable[[School], Any], body: dict[str, Any], status: int
) -> None:
    spoil(lab)
    before = lab.azure.state.store.count("microsoft.compute/galleries/images/versions", PLATFORM, "westeurope")
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"labVirtualMachineId": MACHINE, **body})
    after = lab.azure.state.store.count("microsoft.compute/galleries/images/versions", PLATFORM, "westeurope")
    assert (answer.status_code, after) == (status, before)


def test_a_lab_of_another_plan_is_not_saved(lab: School) -> None:
    other = f"{LABS}/labPlans/other"
    lab.labs("PUT", other, {"location": "westeurope", "properties": {"sharedGalleryId": GALLERY}})
    answer = lab.labs("POST", f"{other}/saveImage", {"name": "x", "labVirtualMachineId": MACHINE})
    assert answer.status_code == 409


def test_a_save_that_fails_leaves_a_failed_version(lab: School) -> None:
    lab.strike(fault="fail", path="/saveImage$", code="InternalError")
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    state = lab.ask("GET", answer.headers["Location"]).json()
    assert (state["status"], state["error"]["code"]) == ("Failed", "InternalError")
    assert lab.get(f"{GALLERY}/images/intro/versions/1.0.1")["properties"]["provisioningState"] == "Failed"
