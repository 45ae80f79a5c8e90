"""A lab plan lives through its changes: attached, moved, detached, imported, and destroyed in order."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, counts, definition, version

pytestmark = pytest.mark.engine

API = "2023-06-07"
GROUP = f"/subscriptions/{FIRST}/resourceGroups/rg"
GALLERIES = f"{GROUP}/providers/Microsoft.Compute/galleries"
PLAN = f"{GROUP}/providers/Microsoft.LabServices/labPlans/lp"
LAB = f"{GROUP}/providers/Microsoft.LabServices/labs/statistics-101"
SERVICE = "7d3f9b52-4c1e-4a86-b0f7-2e9c5d8a1f40"


def school(gallery: str | None, **of_gallery: Any) -> dict[str, Any]:
    """A catalog of two galleries, and a plan that one of them is attached to, or none."""
    at: dict[str, Any] = {"resourceGroup": "rg", "location": "westeurope"}
    attached = {"gallery": gallery, "servicePrincipal": SERVICE} if gallery else {}
    images = {"intro": definition({"1.0.0": version(osDisk={"expectedSizeGB": 30})})}
    return {
        "resourceGroups": {"rg": {"location": "westeurope"}},
        "galleries": {"teaching": {**at, "images": images, **of_gallery}, "archive": at},
        "labPlans": {"lp": {**at, "supportInfo": {"url": "https://help.university.example"}, **attached}},
    }


def written(azure: Embedded, since: int, *kinds: str) -> list[str]:
    """What was sent to resources of these types, in order: ``PUT labPlans``."""
    found: list[str] = []
    for entry in azure.requests()[since:]:
        kind = entry["path"].rstrip("/").split("/")[-2]
        if entry["method"] in ("PUT", "DELETE") and kind in kinds:
            found.append(f"{entry['method']} {kind} of {_on(entry['path'])}")
    return found


def _on(path: str) -> str:
    parts = path.split("/")
    return parts[parts.index("galleries") + 1] if "galleries" in parts else parts[-1]


def attached(azure: Embedded) -> str | None:
    """Name of the gallery that the plan has attached."""
    found = azure.arm("GET", PLAN, api_version=API).json()["properties"].get("sharedGalleryId")
    return found.rpartition("/")[2] if found else None


def test_a_plan_is_attached_moved_and_detached(azure: Embedded) -> None:
    stack = Stack(azure, **{"acg:protect": "false"})
    stack.declare(school("teaching"))
    stack.up()
    assert attached(azure) == "teaching"
    roles = ("roleAssignments", "labPlans")
    assert written(azure, 0, *roles) == ["PUT roleAssignments of teaching", "PUT labPlans of lp"]

    since = len(azure.requests())
    stack.declare(school("archive"))
    assert counts(stack.up()) == {"created": 1, "updated": 1, "deleted": 1, "unchanged": 9}
    assert attached(azure) == "archive"
    assert written(azure, since, *roles) == [
        "PUT roleAssignments of archive",
        "PUT labPlans of lp",
        "DELETE roleAssignments of teaching",
    ]

    stack.declare(school(None))
    assert counts(stack.up()) == {"updated": 1, "deleted": 1, "unchanged": 9}
    assert attached(azure) is None

    renamed = school(None)
    renamed["labPlans"] = {"lp-computing": {**renamed["labPlans"]["lp"], "name": "lp", "formerly": "lp"}}
    stack.declare(renamed)
    assert set(counts(stack.preview())) == {"unchanged"}, "Pulumi knows it by its former key"


def test_lock_plan_role_and_gallery_go_in_this_order_and_labs_stay(azure: Embedded) -> None:
    stack = Stack(azure, **{"acg:protect": "false"})
    stack.declare(school("teaching", lock="CanNotDelete"))
    stack.up()
    assert azure.arm("PUT", LAB, _lab(), api_version=API).status_code in (200, 201)

    since = len(azure.requests())
    stack.destroy()
    deleted = written(azure, since, "locks", "labPlans", "roleAssignments", "galleries", "labs")
    of_teaching = [one for one in deleted if not one.endswith("archive")]
    assert _in_order(
        of_teaching, "DELETE locks", "DELETE roleAssignments of teaching", "DELETE galleries of teaching"
    ), of_teaching
    assert _in_order(of_teaching, "DELETE labPlans of lp", "DELETE roleAssignments of teaching"), of_teaching
    assert not [one for one in deleted if "labs" in one]


def _in_order(done: Iterable[str], *wanted: str) -> bool:
    listed = list(done)
    places = [next(place for place, one in enumerate(listed) if one.startswith(start)) for start in wanted]
    return places == sorted(places)


def _lab() -> dict[str, Any]:
    return {
        "location": "westeurope",
        "properties": {
            "labPlanId": PLAN,
            "autoShutdownProfile": {"shutdownOnDisconnect": "Disabled"},
            "connectionProfile": {"clientRdpAccess": "Public"},
            "securityProfile": {"openAccess": "Disabled"},
            "virtualMachineProfile": {
                "createOption": "TemplateVM",
                "imageReference": {"id": f"{GALLERIES}/teaching/images/intro"},
                "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 2},
                "usageQuota": "PT0S",
                "adminUser": {"username": "teacher"},
            },
        },
    }


PORTAL: dict[str, Any] = {
    "location": "westeurope",
    "tags": {"faculty": "computing"},
    "properties": {
        "allowedRegions": ["westeurope", "northeurope"],
        "defaultAutoShutdownProfile": {"shutdownOnDisconnect": "Enabled", "disconnectDelay": "PT15M"},
        "defaultConnectionProfile": {"clientSshAccess": "Public", "webSshAccess": "None"},
        "sharedGalleryId": f"{GALLERIES}/teaching",
        "supportInfo": {"email": "labs@university.example", "url": "https://help.university.example"},
    },
}
"""A plan as somebody made it in the portal."""

DECLARED: dict[str, Any] = {
    "galleries": {"teaching": {"resourceGroup": "rg", "subscription": FIRST, "existing": True}},
    "labPlans": {
        "lp": {
            "resourceGroup": "rg",
            "location": "westeurope",
            "gallery": "teaching",
            "images": ["intro"],
            "allowedRegions": ["westeurope", "northeurope"],
            "defaultAutoShutdownProfile": {"shutdownOnDisconnect": "Enabled", "disconnectDelay": "PT15M"},
            "defaultConnectionProfile": {"clientSshAccess": "Public", "webSshAccess": "None"},
            "supportInfo": {"email": "labs@university.example", "url": "https://help.university.example"},
            "tags": {"faculty": "computing"},
        }
    },
}


def test_a_plan_of_the_portal_is_imported_without_losing_a_setting(azure: Embedded) -> None:
    azure.arm("PUT", GROUP, {"location": "westeurope"}, api_version="2024-03-01")
    azure.arm("PUT", f"{GALLERIES}/teaching", {"location": "westeurope"})
    azure.arm("PUT", PLAN, PORTAL, api_version=API)
    before = azure.arm("GET", PLAN, api_version=API).json()
    stack = Stack(azure)
    stack.declare(DECLARED)
    entries = [
        {"type": "acg:index:LabPlan", "name": "component", "logicalName": "lab-plan@lp", "component": True},
        {"type": "azure-native:labservices:LabPlan", "name": "lab-plan@lp", "id": PLAN, "parent": "component"},
    ]
    (stack.folder / "import.json").write_text(json.dumps({"resources": entries}))
    since = len(azure.requests())
    azure.pulumi("import", "--file", "import.json", "--yes", "--generate-code=false", cwd=stack.folder)
    assert counts(stack.up()) == {"created": 1, "updated": 1, "unchanged": 2}, "the two components alone"
    assert set(counts(stack.preview())) == {"unchanged"}
    assert written(azure, since, "labPlans") == []
    assert azure.arm("GET", PLAN, api_version=API).json()["properties"] == before["properties"]
