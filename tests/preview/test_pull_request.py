"""The example of a pull request from beginning to end: planned, previewed, fixed, and deployed as reviewed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from acg_sandbox.engine.find import Engine
from tests.embedded import Embedded
from tests.pipelines.filled import GITHUB, ROOT, load, run, step
from tests.program.stack import SOURCES

pytestmark = pytest.mark.engine

ACG = Path(sys.executable).with_name("acg")
IMAGE = f"{SOURCES}/images/ubuntu-2404-20260901"
CATALOG = f"""\
resourceGroups:
  rg: {{location: westeurope}}
galleries:
  platform:
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu-2404:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen2}}
        versions:
          1.1.0:
            source: {{managedImage: {IMAGE}}}
            osDisk: {{expectedSizeGB: 30}}
            targetRegions:
              - {{name: westeurope, regionalReplicaCount: 3, storageAccountType: Standard_ZRS}}
              - {{name: northeurope, regionalReplicaCount: 2, storageAccountType: Standard_ZRS}}
              - {{name: eastus2, excludeFromLatest: true}}
  workloads:
    resourceGroup: rg
    location: westeurope
"""
NEW = f"""\
          1.2.0:
            source: {{managedImage: {IMAGE}}}
            osDisk: {{expectedSizeGB: 30}}
            targetRegions:
              - {{name: westeurope, regionalReplicaCount: 3, storageAccountType: Standard_ZRS}}
              - {{name: northeurope, regionalReplicaCount: 2, storageAccountType: Standard_ZRS}}
"""
CHANGED = (
    CATALOG.replace("regionalReplicaCount: 3, storageAccountType: Standard_ZRS", "storageAccountType: Premium_LRS", 1)
    .replace("              - {name: eastus2, excludeFromLatest: true}\n", "")
    .replace("northeurope, regionalReplicaCount: 2", "northeurope, regionalReplicaCount: 4")
    .replace("  workloads:\n", f"{NEW}  teams:\n    name: workloads\n")
)
FIXED = CATALOG.replace("  workloads:\n", f"{NEW}  workloads:\n").replace(
    "northeurope, regionalReplicaCount: 2", "northeurope, regionalReplicaCount: 4", 1
)


class Repository:
    """A deployed program in a Git repository."""

    def __init__(self, azure: Embedded) -> None:
        self.azure = azure
        self.folder = azure.project((ROOT / "__main__.py").read_text(), {"acg:catalog": "galleries"}, name="acg")
        (self.folder / "galleries").mkdir()
        (self.folder / ".acg").mkdir()
        (self.folder / ".acg/.venv").symlink_to(sys.prefix)
        (self.folder / ".acg/policies").symlink_to(ROOT / "policies")
        (self.folder / ".gitignore").write_text(".acg\n")
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True).stdout.strip()

    def commit(self, catalog: str) -> None:
        (self.folder / "galleries/corp.yaml").write_text(catalog)
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "x")

    def acg(self, *arguments: str, code: int) -> str:
        result = subprocess.run(
            [ACG, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == code, result.stdout + result.stderr
        return result.stdout

    @property
    def environment(self) -> dict[str, str]:
        return self.azure.environment(self.folder)

    def deploy(self, name: str, runner: Path) -> subprocess.CompletedProcess[str]:
        """Run a step of the deploying workflow."""
        workflow = load(next(file for file in GITHUB if file.stem == "deploy"))
        given = {"RUNNER_TEMP": str(runner), "GITHUB_STEP_SUMMARY": str(runner / "summary"), "PULUMI_STACK": "dev"}
        return run(step(workflow["jobs"]["deploy"]["steps"], name), self.folder, {**self.environment, **given})


@pytest.fixture(scope="module")
def repository(engine: Engine, tmp_path_factory: pytest.TempPathFactory):
    from acg_sandbox.launcher.azure import embedded_azure

    folder = tmp_path_factory.mktemp("pull-request")
    with embedded_azure(folder / "azure") as addresses:
        found = Repository(Embedded(addresses, engine, folder))
        found.commit(CATALOG)
        found.azure.pulumi("up", "--yes", "--skip-preview", cwd=found.folder)
        yield found


def summary(document: dict) -> list[tuple[str, str | None]]:
    return sorted((change["action"], change["resource"]["name"].split("::", 3)[-1]) for change in document["changes"])


def test_the_comment_refuses_both_and_names_the_line_that_makes_the_rename_harmless(repository, tmp_path):
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.commit(CHANGED)
    text = repository.acg("plan", "galleries", "--base", "main", "--format", "markdown", code=1)
    assert "**Not ready to merge:" in text
    assert "`Standard_ZRS` to `Premium_LRS`" in text
    assert "source: {version: platform/ubuntu-2404/1.1.0}" in text
    assert "allowDeletionOfReplicatedLocations" in text
    assert "formerly: workloads" in text
    assert "| North Europe, West Europe | `1.1.0` | **`1.2.0`** |" in text
    assert "`platform/ubuntu-2404 1.2.0`" in text.partition("#### Accepted")[2]
    previewed = tmp_path / "preview.json"
    repository.acg("preview", "--out", f"json:{previewed}", code=1)
    planned = tmp_path / "plan.json"
    repository.acg("plan", "galleries", "--base", "main", "--out", f"json:{planned}", code=1)
    by_engine, by_plan = json.loads(previewed.read_text()), json.loads(planned.read_text())
    assert summary(by_engine) == summary(by_plan)
    assert by_engine["effects"]["latest"] == by_plan["effects"]["latest"]
    assert by_engine["digests"] == by_plan["digests"]


def test_the_deployment_expects_what_was_reviewed(repository, tmp_path):
    repository.git("checkout", "--quiet", "-B", "fixed", "main")
    repository.commit(FIXED)
    planned = repository.deploy("Plan from the deployed commit", tmp_path)
    assert planned.returncode == 0, planned.stdout + planned.stderr
    assert "1.2.0" in planned.stdout
    previewed = repository.deploy("Preview, and stop if it is something else", tmp_path)
    assert previewed.returncode == 0, previewed.stdout + previewed.stderr
    assert "Everything is as reviewed." in (tmp_path / "summary").read_text()
    # Somebody changes the catalog between the review and the deployment.
    (repository.folder / "galleries/corp.yaml").write_text(
        FIXED.replace("regionalReplicaCount: 4", "regionalReplicaCount: 5")
    )
    stopped = repository.deploy("Preview, and stop if it is something else", tmp_path)
    assert stopped.returncode == 1
    assert "would change otherwise than reviewed" in stopped.stdout
    repository.git("checkout", "--quiet", ".")
    deployed = repository.deploy("Deploy", tmp_path)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert "deleted" not in deployed.stdout
    again = repository.deploy("Plan from the deployed commit", tmp_path)
    assert "No changes" in again.stdout


def test_the_summary_of_a_trusted_branch_has_the_preview(repository, tmp_path):
    repository.git("checkout", "--quiet", "-B", "trusted", "main")
    repository.commit(FIXED)
    repository.azure.pulumi("up", "--yes", "--skip-preview", cwd=repository.folder)
    workflow = load(next(file for file in GITHUB if file.stem == "preview"))
    script = step(workflow["jobs"]["preview"]["steps"], "Preview")
    given = {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "STACK": "dev"}
    result = run(script, repository.folder, {**os.environ, **repository.environment, **given})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "No changes" in (tmp_path / "summary").read_text()


def test_the_readme_shows_what_is_printed(repository):
    repository.git("checkout", "--quiet", "-B", "readme", "main")
    repository.commit(CHANGED)
    printed = repository.acg("plan", "galleries", "--base", "main", "--format", "markdown", code=1)
    shown = (
        (ROOT / "README.md").read_text().partition("(shortened), and the page beside it:\n\n")[2].partition("\n\n!")[0]
    )
    lines = [line.removeprefix(">").strip() for line in shown.splitlines()]
    assert len(lines) > 8
    for line in filter(None, lines):
        text = line.partition(" (`platform.yaml:")[0].removesuffix("(`platform.yaml:34`)")
        assert text in printed, line
