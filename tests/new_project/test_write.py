"""`acg init` writes all of a project, or nothing of it."""

import json
import os
from pathlib import Path

import pytest

from acg.cli.main import run
from acg.new_project import origin, project_files
from tests.pipelines.filled import COMMIT


def tree(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "northwind"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_it_is_written_into_the_current_folder(here: Path, capsys: pytest.CaptureFixture[str]):
    (here / "README.md").write_text("Ours.")
    assert run(["init"]) == 0
    expected = {str(path): text for path, text in project_files("northwind").items()}
    assert tree(here) == {"README.md": "Ours.", **expected}
    printed = capsys.readouterr().out
    assert printed.startswith("Pulumi.yaml\n")
    assert "Check it:                     acg check galleries\n" in printed
    assert "OWNER/pulumi-acg and COMMIT" in printed


def test_it_is_written_into_a_folder_that_is_made(here: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["init", "deep/our images"]) == 0
    assert "name: our-images\n" in (here / "deep/our images/Pulumi.yaml").read_text()
    assert "cd 'deep/our images' && acg check galleries\n" in capsys.readouterr().out


@pytest.mark.parametrize("there", [["guardrails.json"], ["Pulumi.yaml", "galleries/corp.yaml"]])
def test_what_is_there_is_not_overwritten(here: Path, capsys: pytest.CaptureFixture[str], there: list[str]):
    for name in there:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text("mine")
    assert run(["init"]) == 2
    assert tree(here) == dict.fromkeys(there, "mine")
    error = capsys.readouterr().err
    assert f"are there already: {', '.join(there)}\n" in error
    assert "Fix: name a folder without them: acg init FOLDER" in error


def test_a_file_is_not_a_folder(here: Path, capsys: pytest.CaptureFixture[str]):
    (here / "images").write_text("mine")
    assert run(["init", "images"]) == 2
    assert capsys.readouterr().err.startswith("acg: images is not a folder\n")


def test_a_failure_half_way_leaves_nothing_behind(here: Path, capsys: pytest.CaptureFixture[str]):
    (here / "requirements.txt").symlink_to("nowhere/requirements.txt")  # the last to be written, and not seen as a file
    assert run(["init"]) == 2
    assert tree(here) == {}
    assert os.path.lexists(here / "requirements.txt")
    assert "requirements.txt cannot be written: file exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("noted", "folder", "owner"),
    [
        ("", False, True),
        (json.dumps({"url": "file:///srv/pulumi-acg", "dir_info": {}}), True, True),
        (
            json.dumps({"url": "https://github.com/contoso/pulumi-acg", "vcs_info": {"commit_id": COMMIT}}),
            False,
            False,
        ),
    ],
    ids=["release", "folder", "commit"],
)
def test_what_is_left_to_fill_in_is_said(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    noted: str,
    folder: bool,
    owner: bool,
):
    monkeypatch.setattr(origin, "_noted", lambda: noted)
    assert run(["init"]) == 0
    printed = capsys.readouterr().out
    assert ("write in requirements.txt where others get it" in printed) == folder
    assert ("OWNER/pulumi-acg and COMMIT" in printed) == owner
    assert (f"contoso/pulumi-acg@{COMMIT}" in (here / ".github/workflows/plan.yml").read_text()) != owner
