"""The last semester of a university's labs, in the real engine: what was saved outlives them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import yaml

from tests.embedded import Embedded
from tests.program.stack import FIRST, ROOT, Stack

pytestmark = pytest.mark.engine

GROUP = f"/subscriptions/{FIRST}/resourceGroups/rg-labs/providers"
GALLERIES = f"{GROUP}/Microsoft.Compute/galleries"
LABS = f"{GROUP}/Microsoft.LabServices"
PLAN = f"{LABS}/labPlans/lp-computing"
API = "2023-06-07"
LAB = {
    "location": "westeurope",
    "properties": {
        "labPlanId": PLAN,
        "autoShutdownProfile": {"shutdownOnDisconnect": "Disabled"},
        "connectionProfile": {"clientSshAccess": "Public"},
        "securityProfile": {"openAccess": "Disabled"},
        "virtualMachineProfile": {
            "createOption": "TemplateVM",
            "imageReference": {"id": f"{GALLERIES}/teaching/images/statistics"},
            "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 1},
            "usageQuota": "PT10H",
            "adminUser": {"username": "teacher", "password": "canary-password"},
        },
    },
}


class Semester:
    """A stack of the product's own program, and `acg labs` beside it."""

    def __init__(self, azure: Embedded) -> None:
        self.azure = azure
        self.stack = Stack(azure)
        self.catalog: dict[str, Any] = yaml.safe_load((ROOT / "examples/labs.yaml").read_text())
        self.catalog["defaults"]["protect"] = False
        self.catalog["galleries"]["archive"] = {
            "resourceGroup": "rg-labs",
            "location": "westeurope",
            "defaults": {"targetRegions": ["westeurope", "northeurope"]},
            "images": {},
        }

    def up(self) -> str:
        self.stack.declare(self.catalog)
        return self.stack.up()

    def labs(self, *arguments: str, code: int = 0) -> str:
        name, *rest = arguments
        command = (sys.executable, "-m", "acg", "labs", name, "catalog.yaml", *rest)
        environment = self.azure.environment(self.stack.folder)
        done = subprocess.run(
            command, cwd=self.stack.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def status(self) -> dict[str, Any]:
        """The plan's images by name, all as declared."""
        (plan,) = json.loads(self.labs("status", "--format", "json"))["plans"]
        return {one["image"]: one for one in plan["images"]}

    def paste(self, printed: str) -> None:
        """Write into the catalog what a save said to write there."""
        found = yaml.safe_load(printed.split("outlives the labs\n")[1])
        for key, gallery in found["galleries"].items():
            for name, definition in gallery["images"].items():
                own = self.catalog["galleries"][key]["images"].setdefault(name, {"versions": {}})
                own |= {part: value for part, value in definition.items() if part != "versions"}
                own["versions"] |= definition["versions"]

    def exists(self, path: str, api: str = "2024-03-03") -> bool:
        return self.azure.arm("GET", path, api_version=api).status_code == 200


def test_the_last_semester(azure: Embedded) -> None:
    semester = Semester(azure)

    # attach, publish, offer
    semester.up()
    assert "enabled statistics" in semester.labs("apply", "--yes")

    # teach, and save what was made of the template
    assert azure.arm("PUT", f"{LABS}/labs/stats-101", LAB, API).status_code == 201
    semester.paste(semester.labs("save", "lp-computing", "stats-101", "--update", "statistics", "--yes"))
    semester.paste(semester.labs("save", "lp-computing", "stats-101", "--new", "term-end", "--yes"))
    found = semester.status()
    assert (found["statistics"]["taken"], found["statistics"]["labs"], found["term-end"]["taken"]) == (
        "1.2.1",
        1,
        "1.0.0",
    )

    # copy into a gallery that no lab writes to
    semester.up()
    copies = [f"{GALLERIES}/archive/images/{name}" for name in ("statistics/versions/1.2.1", "term-end/versions/1.0.0")]
    assert all(map(semester.exists, copies))

    # delete the labs, detach, and take the service's role off the gallery
    azure.arm("DELETE", f"{LABS}/labs/stats-101", api_version=API)
    plan = semester.catalog["labPlans"]["lp-computing"]
    for key in ("gallery", "images", "servicePrincipal"):
        plan.pop(key, None)
    semester.up()
    assert "sharedGalleryId" not in azure.arm("GET", PLAN, api_version=API).json()["properties"]
    written = [
        (one["method"], one["path"].rsplit("/", 2)[1].lower()) for one in azure.requests() if one["method"] != "GET"
    ]
    assert written[-2:] == [("PUT", "labplans"), ("DELETE", "roleassignments")]

    # delete what labs saved, which nobody else manages; then the plan, and the gallery of the labs last
    for path in ("statistics/versions/1.2.1", "term-end/versions/1.0.0", "term-end"):
        assert azure.arm("DELETE", f"{GALLERIES}/teaching/images/{path}").is_success
    del semester.catalog["labPlans"], semester.catalog["galleries"]["teaching"]
    semester.up()
    deleted = [one["path"].rsplit("/", 2)[1].lower() for one in azure.requests("DELETE")]
    assert deleted.index("labplans") < deleted.index("galleries")

    # the copies are there, replicated
    for path in copies:
        version = azure.arm("GET", path).json()["properties"]
        regions = [one["name"] for one in version["publishingProfile"]["targetRegions"]]
        assert (version["provisioningState"], regions) == ("Succeeded", ["West Europe", "North Europe"])
