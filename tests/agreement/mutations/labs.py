"""Lab plans that the catalog's gallery is attached to, and labs that a program makes from its images."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg.azure import kinds
from acg.desired.resource import Resource
from acg_sandbox.arm import PLATFORM
from tests.agreement.mutations import mutation
from tests.agreement.scene import Scene
from tests.agreement.sources import GROUP

Draw = st.DrawFn
Json = dict[str, Any]
PLAN = f"/subscriptions/{PLATFORM}/resourceGroups/{GROUP}/providers/Microsoft.LabServices/labPlans/lp-computing"


def _plan(scene: Scene, key: str = "lp-computing", **more: Any) -> None:
    scene.alone("image")
    scene.gallery.pop("sharingProfile", None)
    scene.targets()
    scene.name_subscription()
    plan = {"resourceGroup": GROUP, "subscription": PLATFORM, "location": scene.home, "gallery": scene.gallery_key}
    scene.catalog["labPlans"] = {key: {**plan, **more}}


def _lab(scene: Scene, image: Json, location: str | None = None) -> None:
    inputs = {
        "labName": "statistics-101",
        "resourceGroupName": GROUP,
        "location": location or scene.home,
        "labPlanId": PLAN,
        "autoShutdownProfile": {"shutdownOnDisconnect": "Disabled"},
        "connectionProfile": {"clientRdpAccess": "Public"},
        "securityProfile": {"openAccess": "Disabled"},
        "virtualMachineProfile": {
            "createOption": "TemplateVM",
            "imageReference": image,
            "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 2},
            "usageQuota": "PT0S",
            "adminUser": {"username": "teacher"},
        },
    }
    lab = Resource(kinds.LAB, "lab", inputs, subscription=PLATFORM)
    lab.depends_on = ("lab-plan@lp-computing", scene.version_name)
    scene.after.append(lab)


def _identifier(scene: Scene) -> Json:
    return {key: scene.image["identifier"][key] for key in ("publisher", "offer", "sku")}


@mutation
def lab_of_a_definition(draw: Draw, scene: Scene) -> None:
    """Legitimate: what labs take is the definition, whichever images the plan offers."""
    _plan(scene)
    scene.catalog["labPlans"]["lp-computing"]["images"] = draw(st.sampled_from([[], [scene.image_key]]))
    _lab(scene, {"id": scene.image_id})


@mutation
def lab_of_a_version(draw: Draw, scene: Scene) -> None:
    _plan(scene)
    _lab(scene, {"id": draw(st.sampled_from([scene.version_id, f"{scene.image_id}/versions/latest"]))})


@mutation
def lab_of_a_definition_by_its_parts(draw: Draw, scene: Scene) -> None:
    _plan(scene)
    _lab(scene, _identifier(scene))


@mutation
def lab_plan_with_another_name(draw: Draw, scene: Scene) -> None:
    """The rule warns of what some source allows."""
    _plan(scene, draw(st.sampled_from(["lp computing", "lp*", "lp,1", "a" * 261, "a" * 101, "lp-é"])))


@mutation
def lab_plan_of_no_gallery(draw: Draw, scene: Scene) -> None:
    _plan(scene)
    scene.catalog["labPlans"]["lp-computing"]["gallery"] = draw(st.sampled_from([scene.image_id, scene.version_id]))
