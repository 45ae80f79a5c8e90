"""A stack's settings live outside the project, and the project's own file is never written."""

import os
from pathlib import Path

import pytest
import yaml

from acg_sandbox.engine.stacks import SALT, prepare_stack, project_folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "deeper").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("{name: galleries, runtime: python}")
    (folder / "Pulumi.dev.yaml").write_text("config:\n  acg:protect: true\n")
    return folder


def settings(tmp_path: Path, project: Path) -> dict[str, object]:
    return yaml.safe_load(Path(prepare_stack(tmp_path, project, "dev")["PULUMI_OPTION_CONFIG_FILE"]).read_text())


def age(file: Path, seconds: int) -> None:
    moment = file.stat().st_mtime_ns + seconds * 1_000_000_000
    os.utime(file, ns=(moment, moment))


def test_the_stack_is_selected_with_a_copy_of_its_settings(tmp_path: Path, project: Path):
    before = (project / "Pulumi.dev.yaml").read_bytes()
    assert prepare_stack(tmp_path, project, "dev")["PULUMI_STACK"] == "dev"
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
    copy = Path(prepare_stack(tmp_path, project, "dev")["PULUMI_OPTION_CONFIG_FILE"])
    copy.write_text(copy.read_text().replace("true", "false"))
    assert settings(tmp_path, project)["config"] == {"acg:protect": False}


def test_a_stack_that_exists_is_left_alone(tmp_path: Path, project: Path):
    prepare_stack(tmp_path, project, "dev")
    (checkpoint,) = (tmp_path / "pulumi").rglob("dev.json")
    checkpoint.write_text("full of resources")
    prepare_stack(tmp_path, project, "dev")
    assert checkpoint.read_text() == "full of resources"


def test_the_project_is_found_from_within(project: Path):
    assert project_folder(project / "deeper") == project
    assert project_folder(project.parent) is None
