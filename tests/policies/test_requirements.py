"""``pulumi install`` in the pack's folder is all that a clone needs: it runs pip there on ``requirements.txt``."""

import tomllib
from pathlib import Path

import pytest
import yaml

from tests.policies.conftest import POLICIES

HOME = POLICIES.parent


def lines(folder):
    return [line for line in (folder / "requirements.txt").read_text().splitlines() if not line.startswith("#")]


PARTS = (POLICIES, HOME / "components")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_pack_and_plugin_run_with_what_the_project_was_tested_with(part: Path):
    assert lines(part)[:-1] == lines(HOME)[:-1]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_last_line_installs_the_project_from_the_parts_folder(part: Path):
    """pip counts a path from the working directory, which for a pack or a plugin is its own folder."""
    assert lines(HOME)[-1] == "-e ."
    assert lines(part)[-1] == "-e .."
    assert (part / ".." / "pyproject.toml").exists()


def test_program_and_pack_share_a_virtual_environment():
    project = yaml.safe_load((HOME / "Pulumi.yaml").read_text())["runtime"]["options"]
    pack = yaml.safe_load((POLICIES / "PulumiPolicy.yaml").read_text())["runtime"]["options"]
    assert (POLICIES / pack["virtualenv"]).resolve() == (HOME / project["virtualenv"]).resolve()
    assert pack["toolchain"] == project["toolchain"]


def test_the_pack_has_the_projects_version():
    project = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
    assert yaml.safe_load((POLICIES / "PulumiPolicy.yaml").read_text())["version"] == project["version"]
