"""In a clone, the engine itself makes the environment in which the program, the plugin and the pack run."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.embedded import Embedded

ROOT = Path(__file__).resolve().parents[2]


def copy_of_the_checkout(to: Path) -> Path:
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    return to


@pytest.fixture
def schema_of_a_clone(azure: Embedded, tmp_path: Path) -> tuple[Path, str]:
    """A clone in which the plugin was the first that was used, and what asking for its schema printed."""
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    printed = azure.pulumi("package", "get-schema", str(checkout / "components"), cwd=checkout, PIP_NO_COMPILE="1")
    return checkout, printed


@pytest.mark.engine
def test_plugin_pack_and_program_can_be_the_first_that_is_used_in_a_clone(
    azure: Embedded, schema_of_a_clone: tuple[Path, str]
) -> None:
    checkout, printed = schema_of_a_clone
    schema = json.loads(printed[printed.index("{") :])
    kinds = {"Gallery", "ImageDefinition", "ImageVersion", "LabPlan"}
    assert {f"acg:index:{kind}" for kind in kinds} == set(schema["resources"])
    azure.pulumi("install", "--no-plugins", "--cwd", str(checkout / "policies"), cwd=checkout, PIP_NO_COMPILE="1")
    azure.pulumi("install", "--no-plugins", cwd=checkout, PIP_NO_COMPILE="1")
    azure.pulumi("up", "--yes", "--skip-preview", "--policy-pack", "policies", cwd=checkout)
