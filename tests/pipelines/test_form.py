"""The example pipelines and the action are what their hosts accept, and what a careful reviewer would accept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipelines.filled import (
    ACTION,
    AZURE,
    AZURE_REFRESH,
    GITHUB,
    GITLAB,
    GITLAB_CHILD,
    GITLAB_REFRESH,
    ROOT,
    STACKS,
    filled,
    load,
)

BIN = Path(sys.executable).parent
GO = Path.home() / "go/bin/actionlint"
ACTIONLINT = next((one for one in (BIN / "actionlint", GO) if one.exists()), None)
workflows = pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that has the workflows and the action."""
    folder = tmp_path_factory.mktemp("pipelines")
    (folder / ".github/workflows").mkdir(parents=True)
    for file in GITHUB:
        (folder / ".github/workflows" / file.name).write_text(filled(file))
    (folder / "action.yml").write_text(filled(ACTION))
    (folder / ".github/actions/stacks").mkdir(parents=True)
    (folder / ".github/actions/stacks/action.yml").write_text(filled(STACKS))
    (folder / "azure.yml").write_text(filled(AZURE))
    (folder / "azure-refresh.yml").write_text(filled(AZURE_REFRESH))
    (folder / "acg-refresh.yml").write_text(filled(GITLAB_REFRESH))
    (folder / "gitlab.yml").write_text(filled(GITLAB))
    (folder / "acg-plan.yml").write_text(filled(GITLAB_CHILD))
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def accepted(*command: object, cwd: Path) -> None:
    result = subprocess.run([str(one) for one in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_finds_nothing(repository):
    accepted(BIN / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".", cwd=repository)


def test_actionlint_finds_nothing(repository):
    assert ACTIONLINT, "make test installs actionlint, with the Go that this project needs"
    shellcheck = BIN / "shellcheck"
    accepted(ACTIONLINT, "-no-color", "-shellcheck", shellcheck, cwd=repository)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [f".github/workflows/{file.name}" for file in GITHUB]),
        ("vendor.github-actions", ["action.yml", ".github/actions/stacks/action.yml"]),
        ("vendor.azure-pipelines", ["azure.yml", "azure-refresh.yml"]),
        ("vendor.gitlab-ci", ["gitlab.yml", "acg-plan.yml", "acg-refresh.yml"]),
    ],
)
def test_the_hosts_schemas_accept_them(repository, schema, files):
    # One pattern of Azure Pipelines' own schema is none to an engine that is as strict as JavaScript's.
    engine = ("--regex-variant", "python")
    accepted(BIN / "check-jsonschema", *engine, "--builtin-schema", schema, *files, cwd=repository)


@pytest.mark.parametrize("file", [*GITHUB, ACTION, STACKS], ids=lambda file: file.parent.name + file.stem)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(file):
    for line in re.findall(r"uses: (.*)", filled(file)):
        assert re.fullmatch(
            r"contoso/pulumi-acg[/.\w]*@[0-9a-f]{40}|[\w-]+(?:/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+.*", line
        )


@pytest.mark.parametrize("name", ["comment", "deploy", "plan"])
def test_acg_init_writes_the_same_workflow(name):
    template = ROOT / "acg/new_project/files/github/workflows" / f"{name}.yml"
    assert template.read_text() == (ROOT / "examples/pipelines/github" / template.name).read_text()


@workflows
def test_a_workflow_has_no_permission_that_a_job_does_not_ask_for(file):
    allowed = {
        "stacks": {"contents": "read"},
        "plans": {"actions": "read"},
        "plan": {"contents": "read"},
        "comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
        "preview": {"contents": "read", "id-token": "write"},
        "deploy": {"contents": "read", "id-token": "write"},
        "refresh": {"contents": "write", "pull-requests": "write", "id-token": "write"},
    }
    workflow = load(file)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == allowed[name]
        assert "concurrency" in job


@workflows
def test_no_workflow_runs_what_a_pull_request_brings_with_credentials(file):
    workflow, text = load(file), filled(file)
    assert "pull_request_target" not in workflow["on"]
    if "pull_request" in workflow["on"]:
        assert "secrets." not in text
        assert "id-token" not in text
    if "workflow_run" in workflow["on"]:
        assert "head_sha" not in re.sub(r"COMMIT: \$\{\{ .*head_sha \}\}", "", text)
    assert "persist-credentials: true" not in text


@pytest.mark.parametrize("file", [*GITHUB, ACTION, STACKS], ids=lambda file: file.parent.name + file.stem)
def test_no_script_has_an_expression_in_it(file):
    document = load(file)
    steps = document["runs"]["steps"] if "runs" in document else [
        one for job in document["jobs"].values() for one in job["steps"]
    ]  # fmt: skip
    for one in steps:
        assert "${{" not in one.get("run", "")


@pytest.mark.parametrize("file", [ACTION, STACKS], ids=["plan", "stacks"])
def test_an_action_documents_every_input_and_output(file):
    document = load(file)
    for one in (*document["inputs"].values(), *document["outputs"].values()):
        assert one["description"]


@pytest.mark.parametrize("file", [AZURE, GITLAB, GITLAB_CHILD], ids=["azure", "gitlab", "gitlab-child"])
def test_shellcheck_finds_nothing(file, tmp_path):
    document = load(file)
    scripts = (
        [one["bash"] for job in document["jobs"] for one in job["steps"] if "bash" in one]
        if "jobs" in document
        else [script for job in document.values() if "script" in job for script in job["script"]]
    )
    assert scripts
    for script in scripts:
        (tmp_path / "script.sh").write_text(script)
        accepted(BIN / "shellcheck", "--shell", "bash", tmp_path / "script.sh", cwd=ROOT)
