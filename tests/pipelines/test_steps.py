"""Every shell step of the example pipelines runs, in a repository with two commits, as a runner would run it."""

import json
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.agents import github_commands
from tests.pipelines.filled import ACTION, AZURE, COMMIT, GITHUB, GITLAB, GITLAB_CHILD, ROOT, STACKS, load, run, step

HOSTILE = "::error::hunter2 @octocat"
IMAGE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/a"
CATALOG = f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    description: {json.dumps(HOSTILE)}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen2}}
        versions:
          1.0.0:
            source: {{managedImage: {IMAGE}}}
            targetRegions: [{{name: westeurope, storageAccountType: Standard_ZRS}}]
"""
REFUSED = CATALOG.replace("Standard_ZRS", "Premium_LRS")
PIP = """
import pathlib, sys
pathlib.Path(sys.prefix, "asked").write_text(" ".join(sys.argv[1:]))
"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def executable(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose second commit has a change that Azure refuses, and folders named as modules that run."""
    folder = tmp_path / "repository"
    (folder / "galleries").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / "galleries/corp.yaml").write_text(CATALOG)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / "galleries/corp.yaml").write_text(REFUSED)
    for name in ("venv", "pip", "acg", "sysconfig", "json"):
        (folder / f"{name}.py").write_text("raise SystemExit('the pull request was run')")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "two")
    return folder


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner's folder, and a `python` whose environments have this one's packages and install nothing."""
    folder = tmp_path / "runner"
    (folder / "bin").mkdir(parents=True)
    packages = sysconfig.get_path("purelib")
    executable(folder / "bin/python", f"""#!/bin/sh
set -e
test "$1 $2 $3" = "-I -m venv"
{sys.executable} -I -m venv --without-pip "$4"
lib="$("$4/bin/python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo {packages} > "$lib/packages.pth"
cat > "$lib/pip.py" <<'EOF'
{PIP}
EOF
""")  # fmt: skip
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def github(runner: Path) -> dict[str, str]:
    for name in ("summary", "output"):
        (runner / name).touch()
    return {
        "RUNNER_TEMP": str(runner),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_ACTIONS": "true",
        "GITHUB_BASE_REF": "main",
    }


def outputs(runner: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (runner / "output").read_text().splitlines())


def action(name: str) -> str:
    return step(load(ACTION)["runs"]["steps"], name)


def planned(repository: Path, runner: Path, github: dict[str, str], **inputs: str) -> dict[str, str]:
    installed = run(action("Install acg"), repository, {**github, "ACTION": str(ROOT)})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    given = {"CATALOG": "galleries", "STACK": "prod", "BASE": "main", **inputs}
    result = run(action("Plan"), repository, {**github, **given})
    assert result.returncode == 0, result.stdout + result.stderr
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("::stop-commands::")
    assert last == f"::{first.rpartition('::')[2]}::"
    assert github_commands("\n".join(result.stdout.splitlines()[1:-1])) == []
    return outputs(runner)


def test_the_action_plans_what_the_pull_request_changes(repository, runner, github):
    found = planned(repository, runner, github)
    assert "--require-hashes" in (runner / "acg/asked").read_text()
    assert (found["exit-code"], found["status"]) == ("1", "refused")
    assert "Not ready to merge" in (runner / "summary").read_text()
    assert sorted(file.name for file in Path(found["folder"]).iterdir()) == [
        "plan.html", "plan.json", "plan.md", "plan.sarif",
    ]  # fmt: skip
    assert run(action("Fail if something is refused"), repository, {"CODE": found["exit-code"]}).returncode == 1
    assert run(action("Fail if something is refused"), repository, {"CODE": "0"}).returncode == 0


def test_a_pull_request_that_changes_nothing_passes(repository, runner, github):
    git(repository, "checkout", "--quiet", "main")
    found = planned(repository, runner, github)
    assert (found["exit-code"], found["status"]) == ("0", "unchanged")


TWO = (
    CATALOG
    + f"""\
  "corp$(touch hacked)":
    name: other
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen2}}
        versions:
          2.0.0: {{source: {{managedImage: {IMAGE}}}}}
"""
)


def test_the_stacks_of_a_catalog_are_a_matrix(repository, runner, github):
    steps = load(STACKS)["runs"]["steps"]
    installed = run(step(steps, "Install acg"), repository, {**github, "ACTION": str(STACKS.parent)})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert "--require-hashes" in (runner / "acg/asked").read_text()
    script = step(steps, "List the stacks")
    (repository / "galleries/corp.yaml").write_text(TWO)
    assert run(script, repository, {**github, "CATALOG": "galleries", "PREFIX": "prod-"}).returncode == 0
    assert json.loads(outputs(runner)["stacks"]) == [{"stack": "prod-corp"}, {"stack": "prod-corp$(touch hacked)"}]
    assert not (repository / "hacked").exists()
    for catalog in ("nowhere", "--help"):
        (runner / "output").write_text("")
        assert run(script, repository, {**github, "CATALOG": catalog, "PREFIX": ""}).returncode != 0
        assert outputs(runner) == {}


def test_only_what_can_be_a_plan_of_a_stack_is_commented_on(repository, runner, github):
    workflow = load(next(file for file in GITHUB if file.stem == "comment"))
    names = [
        "acg-plan-prod-b",
        "acg-plan-prod-a",
        "other",
        "acg-plan-$(x)",
        "acg-plan-",
        "acg-plan--x",
        "acg-plan-prod-a",
    ]
    pages = [{"artifacts": [{"name": name} for name in part]} for part in (names[:3], names[3:])]
    executable(runner / "bin/gh", f'#!/bin/sh\necho "$@" > {runner}/gh\ncat {runner}/pages\n')
    (runner / "pages").write_text("".join(json.dumps(page) for page in pages))
    given = {**github, "GH_TOKEN": "token", "REPOSITORY": "contoso/images", "RUN": "7"}
    script = step(workflow["jobs"]["plans"]["steps"], "List the plans")
    result = run(script, repository, given)
    assert result.returncode == 0, result.stderr
    assert "repos/contoso/images/actions/runs/7/artifacts" in (runner / "gh").read_text()
    assert json.loads(outputs(runner)["stacks"]) == [{"stack": "prod-a"}, {"stack": "prod-b"}]
    (runner / "pages").write_text("no JSON")
    assert run(script, repository, given).returncode != 0


@pytest.mark.parametrize("catalog", ["nowhere", "$(touch hacked)", "--help"])
def test_an_unusable_input_fails_the_check_and_makes_no_comment(repository, runner, github, catalog):
    run(action("Install acg"), repository, {**github, "ACTION": str(ROOT)})
    result = run(action("Plan"), repository, {**github, "CATALOG": catalog, "STACK": "", "BASE": "main"})
    assert result.returncode != 0
    assert outputs(runner) == {}
    assert not (repository / "hacked").exists()


def test_the_comment_is_written_anew_from_the_artifact(repository, runner, github, tmp_path):
    folder = Path(planned(repository, runner, github)["folder"])
    (runner / "artifact").mkdir()
    workflow = load(next(file for file in GITHUB if file.stem == "comment"))
    steps = workflow["jobs"]["comment"]["steps"]
    given = {**github, "STACK": "prod", "COMMIT": COMMIT}
    shutil.copy(folder / "plan.json", runner / "artifact/plan.json")
    shutil.rmtree(runner / "acg")
    base = tmp_path / "base"
    base.mkdir()
    (base / "acg").symlink_to(ROOT)
    installed = run(step(steps, "Install acg"), base, github)
    assert installed.returncode == 0, installed.stderr
    result = run(step(steps, "Write the comment"), base, given)
    assert result.returncode == 0, result.stderr
    text = (runner / "comment.md").read_text()
    assert text.startswith("<!-- acg:plan catalog=galleries stack=prod -->")
    assert "Not ready to merge" in text
    assert f"Commit {COMMIT}" in text
    assert outputs(runner)["unchanged"] == "false"
    for hostile in ("{}", '{"version": 1}', "<b>@octocat</b>"):
        (runner / "artifact/plan.json").write_text(hostile)
        assert run(step(steps, "Write the comment"), base, given).returncode != 0
    other = json.loads((folder / "plan.json").read_text()) | {"stack": "prod2"}
    (runner / "artifact/plan.json").write_text(json.dumps(other))
    assert run(step(steps, "Write the comment"), base, given).returncode != 0
    (runner / "artifact/plan.json").unlink()
    (runner / "artifact/plan.json").symlink_to(folder / "plan.json")
    assert run(step(steps, "Write the comment"), base, given).returncode != 0


CLONING = f"""#!/bin/sh
if [ "$1" = clone ]; then ln -s {ROOT} "$5"; elif [ "$1" != -C ]; then exec {shutil.which("git")} "$@"; fi
"""
CURL = f"""#!{sys.executable}
import json, os, sys
arguments = sys.argv[1:]
method = arguments[arguments.index("--request") + 1] if "--request" in arguments else "GET"
url = next(one for one in arguments if one.startswith("https://"))
body = next((json.load(open(one[1:])) for one in arguments if one.startswith("@") and one.endswith(".json")), None)
header = open(arguments[arguments.index("--header") + 1][1:]).read()
with open(os.environ["ASKED"], "a") as asked:
    asked.write(json.dumps([method, url, body, header]) + "\\n")
answers = json.load(open(os.environ["ANSWERS"]))
print(json.dumps(next((value for part, value in answers.items() if part in url), {{}})) if method == "GET" else "{{}}")
"""


@pytest.fixture
def asked(runner: Path):
    """Requests that a step made."""
    executable(runner / "bin/curl", CURL)

    def found() -> list:
        lines = (runner / "asked.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    return found


def answering(runner: Path, answers: dict) -> dict[str, str]:
    (runner / "answers.json").write_text(json.dumps(answers))
    (runner / "asked.jsonl").write_text("")
    return {"ANSWERS": str(runner / "answers.json"), "ASKED": str(runner / "asked.jsonl")}


def test_azure_pipelines_plans_and_keeps_one_thread(repository, runner, asked):
    listing, job = load(AZURE)["jobs"]
    steps = job["steps"]
    executable(runner / "bin/git", CLONING)
    environment = {"AGENT_TEMPDIRECTORY": str(runner), "TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "main"}
    assert run(step(steps, "Install acg"), repository, environment).returncode == 0
    listed = run(step(listing["steps"], "List the stacks"), repository, environment)
    assert listed.stdout == ('##vso[task.setvariable variable=legs;isOutput=true]{"stack1":{"stack":"prod-corp"}}\n'), (
        listed.stderr
    )
    result = run(step(steps, "Plan"), repository, {**environment, "STACK": "prod"})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "##vso[task.setvariable variable=acgCode]1" in result.stdout
    marker = "<!-- acg:plan catalog=galleries stack=prod -->\n"
    given = {
        **environment, "SYSTEM_COLLECTIONURI": "https://dev.azure.example/contoso/", "SYSTEM_TEAMPROJECTID": "p",
        "BUILD_REPOSITORY_ID": "r", "SYSTEM_PULLREQUEST_PULLREQUESTID": "7", "SYSTEM_ACCESSTOKEN": "token",
    }  # fmt: skip

    def thread(number: int, author: str, content: str) -> dict:
        return {"id": number, "comments": [{"author": {"id": author}, "content": content}]}

    strangers = [
        thread(1, "you", marker),
        thread(2, "me", marker.replace("prod", "prod2")),
        thread(3, "me", f"x {marker}"),
    ]
    me = {"connectionData": {"authenticatedUser": {"id": "me"}}}
    answers = answering(runner, {**me, "threads": {"value": strangers}})
    posted = run(step(steps, "Comment"), repository, {**given, **answers})
    assert posted.returncode == 0, posted.stderr
    method, url, body, header = asked()[-1]
    assert (method, body["status"], header) == ("POST", "active", "Authorization: Bearer token\n")
    assert body["comments"][0]["content"].startswith(marker)
    assert "/pullRequests/7/threads" in url
    answers = answering(runner, {**me, "threads": {"value": [*strangers, thread(4, "me", f"{marker}old")]}})
    assert run(step(steps, "Comment"), repository, {**given, **answers}).returncode == 0
    assert [(one[0], one[1].partition("threads/")[2].partition("?")[0]) for one in asked()[-2:]] == [
        ("PATCH", "4/comments/1"), ("PATCH", "4"),
    ]  # fmt: skip
    assert "token" not in posted.stdout
    assert run(step(steps, "Fail if something is refused"), repository, {"CODE": "1"}).returncode == 1


def test_gitlab_plans_and_keeps_one_note(repository, runner, asked):
    pipeline = load(GITLAB_CHILD)
    builds = runner / "builds"
    builds.mkdir()
    executable(runner / "bin/git", CLONING)
    executable(runner / "bin/apt-get", "#!/bin/sh\n")
    environment = {
        "CI_BUILDS_DIR": str(builds), "STACK": "prod", "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7",
        "ACG_COMMENT_TOKEN": "token",
    }  # fmt: skip
    parent = load(GITLAB)
    for script in parent["acg stacks"]["script"]:
        result = run(script, repository, environment)
        assert result.returncode == 0, result.stdout + result.stderr
    child = yaml.safe_load((repository / "stacks.yml").read_text())
    assert child == {
        "include": [{"local": GITLAB_CHILD.name}],
        ".for-each-stack": {"parallel": {"matrix": [{"STACK": ["prod-corp"]}]}},
    }
    for script in pipeline["acg plan"]["script"]:
        result = run(script, repository, environment)
        assert result.returncode == 0, result.stdout + result.stderr
    assert "Not ready to merge" in (repository / "plan-prod.md").read_text()
    marker = "<!-- acg:plan catalog=galleries stack=prod -->\n"

    def note(number: int, author: int, body: str) -> dict:
        return {"id": number, "author": {"id": author}, "body": body}

    strangers = [note(1, 2, marker), note(2, 1, marker.replace("prod", "prod2")), note(3, 1, f"x {marker}")]
    answers = answering(runner, {"/user": {"id": 1}, "/notes": strangers})
    for script in pipeline["acg comment"]["script"]:
        result = run(script, repository, {**environment, **answers})
        assert result.returncode == 0, result.stdout + result.stderr
    assert asked()[-1][:2] == ["POST", "https://gitlab.example/api/v4/projects/3/merge_requests/7/notes"]
    answers = answering(runner, {"/user": {"id": 1}, "/notes": [*strangers, note(4, 1, f"{marker}old")]})
    assert run(pipeline["acg comment"]["script"][-1], repository, {**environment, **answers}).returncode == 0
    assert asked()[-1][:2] == ["PUT", "https://gitlab.example/api/v4/projects/3/merge_requests/7/notes/4"]
    assert asked()[-1][2]["body"].startswith(marker)
    (refused,) = pipeline["acg refused"]["script"]
    assert run(refused, repository, environment).returncode == 1
