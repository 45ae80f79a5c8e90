"""The shell steps of Azure Pipelines and GitLab CI run as a runner would run them."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.pipelines.conftest import executable
from tests.pipelines.filled import AZURE, GITLAB, GITLAB_CHILD, ROOT, load, run, step

CLONING = f"""#!/bin/sh
if [ "$1" = clone ]; then ln -sfn {ROOT} "$5"; elif [ "$1" != -C ]; then exec {shutil.which("git")} "$@"; fi
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
    (builds / "acg-source").unlink()  # every job has a runner of its own
    shutil.rmtree(builds / "acg")
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
