"""Commands that acg prints to hand resources over, run as printed: nothing of it touches Azure."""

import json
import subprocess
import sys
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from acg_sandbox.engine.find import Engine
from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, counts, version
from tests.program.test_stacks import two_galleries

pytestmark = pytest.mark.engine

ACG = Path(sys.executable).with_name("acg")


class Handed(Stack):
    """A deployed stack, beside which acg and what it prints are run."""

    def run(self, *command: str, code: int = 0) -> str:
        environment = self.azure.environment(self.folder)
        environment["PATH"] = f"{Path(self.azure.engine.pulumi).parent}:{environment['PATH']}"
        for name in ("PULUMI_STACK", "PULUMI_OPTION_CONFIG_FILE"):
            environment.pop(name, None)
        result = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert result.returncode == code, result.stdout + result.stderr
        return result.stdout

    def planned(self) -> list[dict[str, Any]]:
        """What `acg plan` refuses, against the stack as it is."""
        state, out = self.folder.parent / "state.json", self.folder.parent / "plan.json"
        state.write_text(self.azure.pulumi("stack", "export", cwd=self.folder, stack=self.name))
        arguments = ("plan", "catalog.yaml", "--stack", self.name, "--stack-file", str(state), "--out", f"json:{out}")
        subprocess.run([ACG, *arguments], cwd=self.folder, capture_output=True, check=False)
        return json.loads(out.read_text())["changes"]

    def changed(self) -> list[tuple[str, str]]:
        return [(one["action"], one["resource"]["name"].rpartition("::")[2]) for one in self.planned()]

    def hand_over(self, action: str, names: list[str]) -> None:
        """Run the commands of every proposal as they are printed."""
        changes = self.planned()
        assert [(one["action"], one["resource"]["name"].rpartition("::")[2]) for one in changes] == [
            (action, name) for name in names
        ]
        for change in changes:
            for command in change["proposal"]["commands"]:
                self.run("bash", "-eo", "pipefail", "-c", command)

    def writes(self) -> int:
        """How many requests changed something in Azure so far."""
        return sum(entry["method"] not in ("GET", "HEAD") for entry in self.azure.requests())


@pytest.fixture(scope="module")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Handed, dict[str, Any]]]:
    from acg_sandbox.launcher.azure import embedded_azure

    folder = tmp_path_factory.mktemp("handed-over")
    with embedded_azure(folder / "azure") as addresses:
        stack = Handed(Embedded(addresses, engine, folder))
        document = two_galleries()
        document["defaults"]["protect"] = True
        base, apps = document["galleries"].values()
        base["images"]["ubuntu"]["versions"]["1.1.0"] = version()
        apps["readers"] = ["7d3c1c5e-0d5f-4c39-9f0e-2a1b6a3f9c10"]
        for place in (base, apps, *document["resourceGroups"].values()):
            place["subscription"] = FIRST
        stack.declare(document)
        stack.up()
        yield stack, document


def test_what_is_released_and_adopted_again_stays_as_it_is(deployed: tuple[Handed, dict[str, Any]]) -> None:
    stack, document = deployed
    before = stack.writes()
    gallery = document["galleries"]["base"]
    versions = gallery["images"]["ubuntu"]["versions"]
    # Another gallery's version is made from 1.0.0, and the gallery has a definition in it that is still managed.
    for version_ in versions.values():
        version_["publishedBy"] = "external"
    gallery["existing"] = True
    group = document["resourceGroups"].pop("rg-base")
    names = ["resource-group@rg-base", "base", "base/ubuntu/1.0.0", "base/ubuntu/1.1.0"]
    stack.declare(document)
    stack.hand_over("release", names)
    assert stack.changed() == [], stack.planned()
    assert set(counts(stack.up())) <= {"unchanged", "updated"}  # the component knows what it refers to

    for version_ in versions.values():
        del version_["publishedBy"]
    del gallery["existing"]
    document["resourceGroups"]["rg-base"] = group
    stack.declare(document)
    stack.hand_over("adopt", names)
    assert not any(change["refusedBy"] for change in stack.planned())
    assert set(counts(stack.up())) <= {"unchanged", "updated"}
    assert stack.changed() == [], stack.planned()
    assert stack.writes() == before


def test_a_stack_is_split_and_each_part_has_what_it_had(deployed: tuple[Handed, dict[str, Any]]) -> None:
    stack, document = deployed
    stack.declare(document)
    before = stack.writes()
    stack.run("bash", "-c", stack.run(str(ACG), "stacks", "catalog.yaml", "--split", stack.name))
    apps = copy(stack)
    apps.name = "apps"
    for part, has in ((stack, "base"), (apps, "apps")):
        exported = json.loads(stack.azure.pulumi("stack", "export", cwd=stack.folder, stack=part.name))
        components = [one for one in exported["deployment"]["resources"] if one["type"] == "acg:index:Gallery"]
        assert [one["urn"].rpartition("::")[2] for one in components] == [has]
        assert part.changed() == []
        assert set(counts(part.up())) == {"unchanged"}
    assert stack.writes() == before
