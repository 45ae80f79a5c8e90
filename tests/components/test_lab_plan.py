"""LabPlan: one at a time in a program, and all of a catalog."""

from typing import Any

import pulumi
import pytest
from pulumi_acg import ArgsError, Gallery, LabPlan, declare

from acg.azure import kinds
from acg.catalog.reader import read_files
from tests.components.mocked import ID, run

GALLERY_ID = f"{ID}teaching"
PLAN: Any = {"resource_group": "rg", "location": "westeurope"}

CATALOG = b"""
resourceGroups:
  rg: {location: westeurope}
galleries:
  teaching: {resourceGroup: rg, location: westeurope, images: {intro: {existing: true}}}
labPlans:
  lp: {resourceGroup: rg, location: westeurope, gallery: teaching, images: [intro], servicePrincipal: someone}
  there: {resourceGroup: rg, gallery: teaching, existing: true}
labAccounts:
  la: {resourceGroup: rg, gallery: teaching}
"""


def plan(**more: Any) -> Any:
    return {**PLAN, **more}


def test_a_plan_is_called_after_its_component_unless_it_has_a_name() -> None:
    def program() -> None:
        LabPlan("lp", PLAN)
        LabPlan("second", plan(name="lp-2", images=["intro"], gallery_id=GALLERY_ID))

    found = run(program)
    assert found.inputs("lp") == {
        "resourceGroupName": "rg",
        "labPlanName": "lp",
        "location": "westeurope",
        "allowedRegions": ["westeurope"],
    }
    assert found.inputs("second")["labPlanName"] == "lp-2"
    assert found.inputs("second")["sharedGalleryId"] == GALLERY_ID
    assert found.inputs("second", "acg:index:LabPlan") == {"offers": {".": ["intro"]}}
    assert found.outputs["lp"] == {"labPlanId": f"{ID}lp"}
    assert found.of("lp").protect


def test_the_gallery_may_be_an_output_and_the_role_comes_first() -> None:
    def program() -> None:
        gallery = Gallery("teaching", {"resource_group": "rg", "location": "westeurope"})
        LabPlan("lp", plan(gallery_id=gallery.gallery_id, service_principal="someone"))

    found = run(program)
    role = found.inputs("lp@lab-services/owner/someone")
    assert role["scope"] == GALLERY_ID
    assert role["principalId"] == "someone"
    assert role["roleDefinitionId"].endswith("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")
    assert found.inputs("lp")["sharedGalleryId"] == GALLERY_ID
    assert any(one.endswith("::lp@lab-services/owner/someone") for one in found.of("lp").dependencies)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (plan(gallery_id="teaching"), "galleryId: is not the id of a gallery"),
        (
            plan(service_principal="someone"),
            "servicePrincipal: asks for a role on a gallery, and there is no galleryId",
        ),
        (
            plan(gallery_id=GALLERY_ID, service_principal={"object_id": "someone", "role": "Reader"}),
            "servicePrincipal.role: role 'Reader' does not let Azure Lab Services use a gallery",
        ),
        (plan(images=["intro"]), "images: lp offers images, and has no gallery"),
        (plan(gallery="teaching"), "gallery: is not known here; did you mean gallery_id?"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_registered(args: Any, said: str) -> None:
    def program() -> None:
        with pytest.raises(ArgsError, match=said):
            LabPlan("lp", args)

    assert run(program).requests == []


def test_a_catalog_declares_a_component_for_each_plan_that_is_not_there_yet() -> None:
    made: Any = {}

    def program() -> None:
        declared = declare(read_files([("labs.yaml", CATALOG)], "labs.yaml"))
        made.update(galleries=list(declared), plans=list(declared.lab_plans))

    found = run(program)
    assert made == {"galleries": ["teaching"], "plans": ["lp"]}
    assert [(one.type, one.name) for one in found.requests if "labservices" in one.type or "LabPlan" in one.type] == [
        ("acg:index:LabPlan", "lab-plan@lp"),
        (kinds.LAB_PLAN, "lab-plan@lp"),
    ]
    assert found.inputs("lab-plan@lp", "acg:index:LabPlan") == {
        "declaredIn": {".": "labs.yaml"},
        "offers": {".": ["intro"]},
    }
    native = found.of("lab-plan@lp")
    assert {urn.rpartition("::")[2] for urn in native.dependencies} == {
        "resource-group@rg",
        "teaching",
        "teaching@lab-services/owner/someone",
    }
    role = found.of("teaching@lab-services/owner/someone")
    assert role.parent.endswith("acg:index:Gallery::teaching")


def test_the_role_is_known_in_a_preview() -> None:
    def program() -> None:
        LabPlan("lp", plan(gallery_id=pulumi.Output.from_input(GALLERY_ID), service_principal="someone"))

    assert run(program, preview=True).inputs("lp@lab-services/owner/someone")["scope"] == GALLERY_ID
