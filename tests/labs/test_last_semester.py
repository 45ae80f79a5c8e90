"""The last semester of a university's labs, in the real engine: what was saved outlives them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from typing import Any, NamedTuple

import pytest
import yaml

from acg.azure.lab_services import PLANS_APPLICATION, object_id_command
from tests.embedded import Embedded
from tests.program.stack import FIRST, ROOT, Stack

pytestmark = pytest.mark.engine

GROUP = f"/subscriptions/{FIRST}/resourceGroups/rg-labs/providers"
GALLERIES = f"{GROUP}/Microsoft.Compute/galleries"
LABS = f"{GROUP}/Microsoft.LabServices"
PLAN = f"{LABS}/labPlans/lp-computing"
API = "2023-06-07"
REGIONS = ["westeurope", "northeurope"]
DOC = (ROOT / "docs/labs.md").read_text()


class Step(NamedTuple):
    """A command of docs/labs.md, with what it is said to print."""

    command: str
    printed: str


def steps() -> list[Step]:
    """The commands of the page in their order."""
    blocks = re.findall(r"```console\n(.*?)```", DOC, re.DOTALL)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Step(*part.split("\n", 1)) for part in parts]


class Semester:
    """A stack of the product's own program, and `acg labs` beside it."""

    def __init__(self, azure: Embedded) -> None:
        self.azure = azure
        self.stack = Stack(azure).sibling("labs")
        (self.stack.folder / "examples").mkdir()
        for name in ("labs.yaml", "lab.json"):
            shutil.copy(ROOT / "examples" / name, self.stack.folder / "examples")
        self.catalog: dict[str, Any] = yaml.safe_load((ROOT / "examples/labs.yaml").read_text())
        self.catalog["defaults"]["protect"] = False
        self.catalog["galleries"]["archive"] = {
            "resourceGroup": "rg-labs",
            "location": "westeurope",
            "defaults": {"targetRegions": REGIONS},
            "images": {},
        }

    def up(self) -> str:
        self.stack.declare(self.catalog)
        return self.stack.up()

    def labs(self, *arguments: str, catalog: str = "catalog.yaml", code: int = 0) -> str:
        name, *rest = arguments
        return self.run([sys.executable, "-m", "acg", "labs", name, catalog, *rest], code)

    def run(self, command: list[str], code: int = 0) -> str:
        """Run a command as `acg-sandbox exec` does."""
        environment = self.azure.environment(self.stack.folder, self.stack.name)
        done = subprocess.run(
            command, cwd=self.stack.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def follow(self, step: Step) -> str:
        """Do as the page says, and see what it says; lines after an ellipsis are left out there."""
        prefix = "acg-sandbox exec -- "
        assert step.command.startswith(prefix)
        program, *arguments = shlex.split(step.command.removeprefix(prefix))
        if program == "pulumi":
            return self.azure.pulumi(*arguments, cwd=self.stack.folder, stack=self.stack.name)
        found = {"acg": [sys.executable, "-m", "acg"]}.get(program, [program])
        printed = self.run([*found, *arguments], 2 if "not saved" in step.printed else 0)
        assert printed.startswith(step.printed.removesuffix("…\n")), printed
        return printed

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

    # attach, publish, offer, teach, save what became of the template: as the page has it
    ask_entra, *commands = steps()
    assert ask_entra.command == object_id_command(PLANS_APPLICATION)  # which nothing here can answer
    printed = [semester.follow(step) for step in commands]
    semester.paste(next(text for text in printed if "outlives the labs" in text))
    saved = [one["path"] for one in azure.requests("POST", "/saveImage")]
    assert len(saved) == 1  # the last command of the page is refused without a request
    copied = semester.catalog["galleries"]["archive"]["images"]["statistics"]["versions"]["1.2.1"]
    copied["targetRegions"] = REGIONS  # the page's catalog has no gallery of the team's own, and so no regions either
    semester.stack.set("acg:catalog", "catalog.yaml")
    semester.stack.declare(semester.catalog)
    semester.paste(semester.labs("save", "lp-computing", "stats-101", "--new", "term-end", "--yes"))

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
    assert not semester.exists(PLAN, API)
    assert not semester.exists(f"{GALLERIES}/teaching")

    # the copies are there, replicated
    for path in copies:
        version = azure.arm("GET", path).json()["properties"]
        regions = [one["name"] for one in version["publishingProfile"]["targetRegions"]]
        assert (version["provisioningState"], regions) == ("Succeeded", ["West Europe", "North Europe"])
