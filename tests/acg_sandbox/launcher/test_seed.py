"""A team's own subscriptions and sources in the embedded Azure, from the command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.seed import read_seeds
from tests.acg_sandbox.launcher.test_commands import CHECKOUT, Sandbox

pytestmark = pytest.mark.engine

OWN = "bbbbbbbb-0000-4000-8000-000000000001"
IMAGE = f"/subscriptions/{OWN}/resourceGroups/rg-own/providers/Microsoft.Compute/images/ubuntu"
RESOURCES = [
    {
        "id": IMAGE,
        "location": "westeurope",
        "properties": {
            "hyperVGeneration": "V2",
            "storageProfile": {"osDisk": {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}},
        },
    }
]
ASK = "import httpx, os, sys; print(httpx.get(os.environ['SANDBOX_ARM'] + sys.argv[1]).status_code)"


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path / "state")


def status(sandbox: Sandbox, path: str, *options: str) -> int:
    asked = sandbox.run("exec", *options, "--", sys.executable, "-c", ASK, f"{path}?api-version=2024-03-03")
    return int(asked.stdout)


def test_what_a_file_lists_exists_with_its_group_and_subscription(sandbox: Sandbox, tmp_path: Path):
    assert status(sandbox, IMAGE) == 404
    file = tmp_path / "sources.yaml"
    file.write_text(yaml.safe_dump(RESOURCES))
    assert sandbox.run("seed", "--from", str(file)).stdout == "made 1 of 1 resources; 0 existed already\n"
    assert status(sandbox, IMAGE) == 200
    assert status(sandbox, IMAGE.partition("/providers")[0]) == 200
    commented = [{**one, "comment": "for readers"} for one in RESOURCES]
    (tmp_path / "more.json").write_text(
        json.dumps({"subscriptions": [OWN], "resources": commented, "notes": ["for readers, too"], "locks": [1]})
    )
    assert sandbox.run("seed", "--from", str(tmp_path / "more.json")).stdout == (
        "made 0 of 1 resources; 1 existed already; left aside: locks\n"
    )


def test_a_subscription_that_was_named_once_stays(sandbox: Sandbox):
    groups = f"/subscriptions/{OWN}/resourceGroups"
    assert status(sandbox, groups) == 404
    assert status(sandbox, groups, "--subscription", OWN) == 200
    assert status(sandbox, groups) == 200


@pytest.mark.parametrize(("method", "hint"), [("put", True), ("get", False)])
def test_a_command_that_fails_for_lack_of_a_resource_names_what_makes_it(sandbox: Sandbox, method: str, hint: bool):
    path = f"/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/none{IMAGE.partition('rg-own')[2]}"
    ask = (
        f"import httpx, os; url = os.environ['SANDBOX_ARM'] + '{path}?api-version=2024-03-03'; "
        f"exit(httpx.request('{method}', url, json={{'location': 'westeurope'}}).status_code == 404)"
    )
    failed = sandbox.run("exec", "--", sys.executable, "-c", ask)
    assert failed.returncode == 1
    assert ("acg-sandbox seed --from FILE" in failed.stderr) == hint


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[", "cannot be read"),
        ("text", "is neither a list of resources nor"),
        ("{galleries: {}}", "is neither a list of resources nor"),
        ("{resources: 5}", "are lists"),
        ("[5]", "each resource must be an object with an id"),
        ("[{id: /subscriptions/x/resourceGroups/rg}]", "'x' is not the id of a subscription"),
        (f"[{{id: /subscriptions/{OWN}/providers/Microsoft.Nothing/things/a}}]", "are not emulated"),
        ("{subscriptions: [5]}", "5 is not the id of a subscription"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(sandbox: Sandbox, tmp_path: Path, text: str, reason: str):
    (tmp_path / "sources.yaml").write_text(text)
    refused = sandbox.run("seed", "--from", str(tmp_path / "sources.yaml"))
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"error: {tmp_path}/sources.yaml: ")
    assert reason in refused.stderr
    assert "Fix: " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_deployment_into_an_unknown_subscription_names_the_option(sandbox: Sandbox, tmp_path: Path):
    project = tmp_path / "project"
    project.mkdir()
    options = {"virtualenv": sys.prefix}
    runtime = {"name": "python", "options": options}
    (project / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "p", "runtime": runtime}))
    (project / "Pulumi.dev.yaml").write_text(yaml.safe_dump({"config": {"azure-native:subscriptionId": OWN}}))
    (project / "__main__.py").write_text(
        "from pulumi_azure_native import resources\nresources.ResourceGroup('rg', location='westeurope')\n"
    )

    def up(*options: str) -> "subprocess.CompletedProcess[str]":
        command = ["exec", *options, "--", "pulumi", "up", "--yes", "--skip-preview"]
        python = (sys.executable, "-P", "-m", "acg_sandbox")
        return subprocess.run([*python, *command], cwd=project, capture_output=True, text=True, check=False)

    refused = up()
    assert refused.returncode != 0
    assert f"acg-sandbox exec --subscription {OWN}" in refused.stderr
    assert "acg-sandbox seed --from FILE" in refused.stderr
    assert up("--subscription", OWN).returncode == 0
    assert CHECKOUT not in project.parents


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "nowhere.yaml: does not exist."), (b"\xff\xfe", "nowhere.yaml: is not UTF-8.")],
    ids=["missing", "UTF-16"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes | None, reason: str):
    file = tmp_path / "nowhere.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LauncherError, match=re.escape(reason)):
        read_seeds(file)
