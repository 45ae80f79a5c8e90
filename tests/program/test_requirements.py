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


@pytest.mark.engine
def test_the_plugin_can_be_the_first_that_is_used_in_a_clone(azure: Embedded, tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    printed = azure.pulumi("package", "get-schema", str(checkout / "components"), cwd=checkout, PIP_NO_COMPILE="1")
    schema = json.loads(printed[printed.index("{") :])
    kinds = {"Gallery", "ImageDefinition", "ImageVersion", "LabPlan"}
    assert {f"acg:index:{kind}" for kind in kinds} == set(schema["resources"])


@pytest.mark.engine
def test_the_pack_can_be_the_first_that_is_used_in_a_clone_and_the_program_follows(
    azure: Embedded, tmp_path: Path
) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    azure.pulumi("install", "--no-plugins", "--cwd", str(checkout / "policies"), cwd=checkout, PIP_NO_COMPILE="1")
    azure.pulumi("install", "--no-plugins", cwd=checkout, PIP_NO_COMPILE="1")
    azure.pulumi("up", "--yes", "--skip-preview", "--policy-pack", "policies", cwd=checkout)
