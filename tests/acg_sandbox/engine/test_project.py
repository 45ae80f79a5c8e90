"""Which project and stack a command is about."""

from pathlib import Path

import pytest

from acg_sandbox.engine.errors import SettingsError
from acg_sandbox.engine.project import project_folder, target_of


@pytest.mark.parametrize(
    ("command", "stack"),
    [
        (["pulumi", "up"], "dev"),
        (["pulumi", "up", "-s", "prod"], "prod"),
        (["pulumi", "up", "--stack", "prod"], "prod"),
        (["pulumi", "up", "--stack=prod"], "prod"),
        (["pulumi", "up", "-sprod"], "prod"),
        (["pulumi", "-s", "test", "up", "-s", "prod"], "prod"),
        (["/usr/bin/pulumi", "config", "set", "-s", "organization/p/prod", "k", "v"], "prod"),
        (["pulumi", "config", "set", "k", "--", "-s", "prod"], "dev"),
        (["pulumi", "up", "--show-config"], "dev"),
        (["pulumi", "up", "-s"], "dev"),
        (["grep", "-s", "prod"], "dev"),
    ],
)
def test_the_stack_is_the_one_that_the_command_names(command: list[str], stack: str, tmp_path: Path):
    assert target_of(command, tmp_path, None).stack == stack


def test_the_commands_option_wins_over_the_environment_and_that_over_dev(tmp_path: Path):
    assert target_of(["pulumi", "up", "-s", "prod"], tmp_path, "test").stack == "prod"
    assert target_of(["pulumi", "up"], tmp_path, "test").stack == "test"
    assert target_of(["sh"], tmp_path, "").stack == "dev"


@pytest.mark.parametrize("name", ["..", "a/..", "a b", "x" * 101, "x\n"])
def test_a_name_that_cannot_be_a_stacks_is_refused(name: str, tmp_path: Path):
    with pytest.raises(SettingsError, match="the stack's name is "):
        target_of(["pulumi", "up", "-s", name], tmp_path, None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "deeper").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("{name: galleries, runtime: python}")
    return folder


def test_the_project_is_found_from_within(project: Path):
    assert project_folder(project / "deeper") == project
    assert project_folder(project / "deeper" / "..") == project
    assert project_folder(project.parent) is None


@pytest.mark.parametrize("option", [["-C", "project"], ["-Cproject"], ["--cwd", "project"], ["--cwd=project/deeper"]])
def test_the_project_is_the_one_of_the_folder_that_the_command_names(option: list[str], project: Path, tmp_path: Path):
    assert target_of(["pulumi", *option, "up"], tmp_path, None).project == project
    assert target_of(["pulumi", "up"], tmp_path, None).project is None
