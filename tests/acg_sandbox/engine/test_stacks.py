"""A stack's settings live outside the project, and the project's own file is never written."""

import os
from pathlib import Path

import pytest
import yaml

from acg_sandbox.engine.errors import SettingsError
from acg_sandbox.engine.stacks import SALT, prepare_stack


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "deeper").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("{name: galleries, runtime: python}")
    (folder / "Pulumi.dev.yaml").write_text("config:\n  acg:protect: true\n")
    return folder


def settings(tmp_path: Path, project: Path) -> dict[str, object]:
    return yaml.safe_load(prepare_stack(tmp_path, project, "dev").copy.read_text())


def age(file: Path, seconds: int) -> None:
    moment = file.stat().st_mtime_ns + seconds * 1_000_000_000
    os.utime(file, ns=(moment, moment))


def test_the_stack_is_selected_with_a_copy_of_its_settings(tmp_path: Path, project: Path):
    before = (project / "Pulumi.dev.yaml").read_bytes()
    assert prepare_stack(tmp_path, project, "dev").environment["PULUMI_STACK"] == "dev"
    assert settings(tmp_path, project) == {"encryptionsalt": SALT, "config": {"acg:protect": True}}
    assert (project / "Pulumi.dev.yaml").read_bytes() == before


def test_a_stack_without_settings_gets_some(tmp_path: Path, project: Path):
    (project / "Pulumi.dev.yaml").unlink()
    assert settings(tmp_path, project) == {"encryptionsalt": SALT}
    assert not (project / "Pulumi.dev.yaml").exists()


def test_settings_of_the_project_that_changed_count(tmp_path: Path, project: Path):
    settings(tmp_path, project)
    (project / "Pulumi.dev.yaml").write_text("config:\n  acg:protect: false\n")
    age(project / "Pulumi.dev.yaml", 1)
    assert settings(tmp_path, project)["config"] == {"acg:protect": False}


def test_what_pulumi_config_set_stays_until_then(tmp_path: Path, project: Path):
    copy = prepare_stack(tmp_path, project, "dev").copy
    copy.write_text(copy.read_text().replace("true", "false"))
    assert settings(tmp_path, project)["config"] == {"acg:protect": False}


def test_a_stack_that_exists_is_left_alone(tmp_path: Path, project: Path):
    prepare_stack(tmp_path, project, "dev")
    (checkpoint,) = (tmp_path / "pulumi").rglob("dev.json")
    checkpoint.write_text("full of resources")
    prepare_stack(tmp_path, project, "dev")
    assert checkpoint.read_text() == "full of resources"


def test_what_a_command_sets_is_written_into_the_projects_file(tmp_path: Path, project: Path):
    file = project / "Pulumi.dev.yaml"
    file.write_text("config:\n  acg:protect: true  # for now\n")
    file.chmod(0o640)
    stack = prepare_stack(tmp_path, project, "dev")
    stack.copy.write_text(stack.copy.read_text().replace("true", "false"))
    assert stack.write_back() == f"{file} has the changed settings."
    assert file.read_text() == "config:\n  acg:protect: false  # for now\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_a_command_sets_in_a_stack_without_a_file_makes_one(tmp_path: Path, project: Path):
    stack = prepare_stack(tmp_path, project, "other")
    stack.copy.write_text(stack.copy.read_text() + "config:\n  acg:protect: false\n")
    stack.write_back()
    assert (project / "Pulumi.other.yaml").read_text() == "config:\n  acg:protect: false\n"


def test_a_command_that_sets_nothing_writes_nothing(tmp_path: Path, project: Path):
    stack = prepare_stack(tmp_path, project, "other")
    assert stack.write_back() == ""
    assert not (project / "Pulumi.other.yaml").exists()


SECRET = {"secure": "v1:abc"}


def test_secrets_that_are_set_here_stay_here(tmp_path: Path, project: Path):
    before = (project / "Pulumi.dev.yaml").read_bytes()
    stack = prepare_stack(tmp_path, project, "dev")
    stack.copy.write_text(yaml.safe_dump({"encryptionsalt": SALT, "config": {"acg:password": SECRET}}))
    assert str(stack.copy) in stack.write_back()
    assert (project / "Pulumi.dev.yaml").read_bytes() == before
    (project / "Pulumi.dev.yaml").write_text("config:\n  acg:protect: false\n")
    age(project / "Pulumi.dev.yaml", 1)
    assert settings(tmp_path, project)["config"] == {"acg:protect": False, "acg:password": SECRET}


@pytest.mark.parametrize(
    "manager",
    [
        {"encryptionsalt": "v1:another:v1:one"},
        {"secretsprovider": "azurekeyvault://vault/keys/k", "encryptedkey": "abc"},
    ],
)
def test_the_secrets_of_a_project_that_is_deployed_elsewhere_are_left_out(
    tmp_path: Path, project: Path, manager: dict[str, str]
):
    config = {"acg:protect": True, "acg:password": SECRET, "acg:nested": {"list": [{"deep": SECRET}]}}
    file = project / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump({**manager, "config": config}))
    stack = prepare_stack(tmp_path, project, "dev")
    assert yaml.safe_load(stack.copy.read_text()) == {"encryptionsalt": SALT, "config": {"acg:protect": True}}
    assert stack.left_out == ("acg:nested", "acg:password")
    stack.copy.write_text(stack.copy.read_text().replace("true", "false"))
    assert str(stack.copy) in stack.write_back()
    assert manager.items() <= yaml.safe_load(file.read_text()).items()


def test_settings_may_lie_in_a_folder_of_their_own(tmp_path: Path, project: Path):
    (project / "Pulumi.yaml").write_text("{name: galleries, runtime: python, stackConfigDir: stacks}")
    (project / "stacks").mkdir()
    (project / "Pulumi.dev.yaml").rename(project / "stacks" / "Pulumi.dev.yaml")
    assert settings(tmp_path, project)["config"] == {"acg:protect": True}


@pytest.mark.parametrize("name", ["/elsewhere/p", "../p", "..", ".", "", "a b", "a" * 101, "a\nb"])
def test_a_projects_name_cannot_lead_out_of_the_state_folder(tmp_path: Path, project: Path, name: str):
    (project / "Pulumi.yaml").write_text(yaml.safe_dump({"name": name, "runtime": "python"}))
    with pytest.raises(SettingsError, match="the name in"):
        prepare_stack(tmp_path / "state", project, "dev")
    assert not (tmp_path / "state").exists()


def test_what_is_written_is_for_its_owner_alone(tmp_path: Path, project: Path):
    state = tmp_path / "state"
    prepare_stack(state, project, "dev")
    files = [path for path in state.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
