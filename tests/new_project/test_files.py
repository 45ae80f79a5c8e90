"""What `acg init` writes: the files are those that the product itself uses, pinned to what it was tested with."""

import json
import re
from pathlib import Path, PurePosixPath

import pytest
import yaml

from acg import __version__
from acg.cli.main import run
from acg.new_project import project_files
from acg.new_project.origin import Origin
from tests.pipelines.filled import COMMIT, ROOT, filled

FILES = {str(path): text for path, text in project_files("images").items()}
WORKFLOWS = [path for path in FILES if path.endswith(".yml")]
GITHUB = Origin("https://github.com/contoso/pulumi-acg.git", COMMIT)


def pins(text: str) -> set[str]:
    return set(re.findall(r"^[\w-]+==\S+", text, re.MULTILINE))


def test_a_project_has_everything_that_a_start_needs():
    assert set(FILES) == {
        ".gitignore",
        ".github/workflows/comment.yml",
        ".github/workflows/deploy.yml",
        ".github/workflows/plan.yml",
        "Pulumi.yaml",
        "__main__.py",
        "galleries/corp.yaml",
        "guardrails.json",
        "requirements.txt",
    }


def test_the_program_is_the_products_own():
    assert FILES["__main__.py"] == (ROOT / "__main__.py").read_text()


def test_the_requirements_are_this_version_and_what_it_was_tested_with():
    assert pins(FILES["requirements.txt"]) == {
        f"pulumi-acg=={__version__}",
        *pins((ROOT / "requirements.txt").read_text()),
    }


def test_the_settings_are_those_that_the_products_own_project_has():
    described = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    assert set(yaml.safe_load(FILES["Pulumi.yaml"])["config"]) <= set(described)
    assert all(key in FILES["Pulumi.yaml"] for key in described)


def test_the_catalog_passes_its_own_guardrails_without_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name in ("Pulumi.yaml", "guardrails.json", "galleries/corp.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FILES[name])
    assert run(["check", str(tmp_path / "galleries"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


@pytest.mark.parametrize(
    ("folder", "project"),
    [
        ("images", "images"),
        ("Our Images (new)", "Our-Images-new"),
        ("2026", "2026"),
        ("true", "true"),
        ("...", "images"),
        ("für-alle", "f-r-alle"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_project_is_called_as_its_folder_as_far_as_pulumi_allows(folder: str, project: str):
    assert yaml.safe_load(project_files(folder)[PurePosixPath("Pulumi.yaml")])["name"] == project


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_copy_from_github_fills_the_workflows_in(workflow: str):
    example = ROOT / "examples/pipelines/github" / PurePosixPath(workflow).name
    text = project_files("images", GITHUB)[PurePosixPath(workflow)]
    assert text == filled(example)
    assert "OWNER" not in text


@pytest.mark.parametrize("url", ["https://git.example/team/acg", "ssh://git@git.example/team/acg"])
def test_a_copy_from_elsewhere_is_required_from_there(url: str):
    written = project_files("images", Origin(url, COMMIT))
    requirements = written[PurePosixPath("requirements.txt")]
    assert f"\npulumi-acg @ git+{url}@{COMMIT}\n" in requirements
    assert "pulumi-acg==" not in requirements
    assert "OWNER/pulumi-acg" in written[PurePosixPath(".github/workflows/plan.yml")]


@pytest.mark.parametrize(
    ("noted", "origin"),
    [
        ({"url": GITHUB.url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, GITHUB),
        ({"url": "file:///home/me/pulumi-acg", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None),
        ({"url": "https://me:secret@git.example/acg", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None),
        ({"url": "file:///home/me/pulumi-acg", "dir_info": {"editable": True}}, None),
        ({"url": GITHUB.url, "vcs_info": {"commit_id": "main\n- uses: evil"}}, None),
        ({"url": "https://git.example/a b", "vcs_info": {"commit_id": COMMIT}}, None),
        ([], None),
    ],
)
def test_only_a_commit_that_others_can_reach_is_an_origin(noted: object, origin: Origin | None):
    assert Origin.noted(json.dumps(noted)) == origin


def test_what_is_no_json_is_no_origin():
    assert Origin.noted("{") is None
