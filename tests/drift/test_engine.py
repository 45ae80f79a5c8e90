"""Drift of a deployed stack: read from Azure, ended by the printed edits and commands, and gone."""

import json
import shlex
import subprocess
from collections.abc import Iterator

import httpx
import pytest
import yaml

from acg.catalog.edit import apply_edits
from acg.catalog.edit.model import Edit, put
from acg.cli.main import run
from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER
from tests.embedded import Embedded
from tests.program.stack import FIRST, UBUNTU, Stack, catalog, counts, definition, done, version

pytestmark = pytest.mark.engine

GALLERY = f"/subscriptions/{FIRST}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
IMAGE = f"{GALLERY}/images/ubuntu"


@pytest.fixture
def stack(azure: Embedded, monkeypatch: pytest.MonkeyPatch) -> Stack:
    for name, value in azure.addresses.environment.items():
        if name.startswith("ACG_") or name.endswith("SUBSCRIPTION_ID"):
            monkeypatch.setenv(name, value)
    found = Stack(azure)
    monkeypatch.chdir(found.folder)
    versions = {number: version(tags={"owner": "us"}) for number in ("1.0.0", "1.1.0", "1.2.0")}
    found.declare(catalog({"ubuntu": definition(versions)}))
    found.up()
    return found


def others(azure: Embedded, **change: object) -> None:
    """Let somebody else change or delete a resource."""
    token = {TOKEN_HEADER: (azure.folder / "azure" / TOKEN_FILE).read_text()}
    httpx.post(f"{azure.addresses.arm}/sandbox/drift", json=change, headers=token).raise_for_status()


def drift(capsys: pytest.CaptureFixture[str], code: int) -> list[dict]:
    """What `acg drift` finds, reading Azure now."""
    assert run(["drift", "catalog.yaml", "--live", "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert found["unknown"] == []
    return found["drifts"]


def test_what_is_printed_ends_it_in_the_stack_too(
    stack: Stack, azure: Embedded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drift(capsys, 0) == []
    others(azure, id=f"{IMAGE}/versions/1.0.0", change={"tags": {"owner": "them", "cost": "7"}})
    others(azure, id=IMAGE, change={"properties": {"description": "Ours."}})
    others(azure, id=f"{IMAGE}/versions/1.1.0", delete=True)
    profile = {"targetRegions": [{"name": "westeurope"}], "storageAccountType": "Standard_LRS"}
    properties = {"storageProfile": {"source": {"id": UBUNTU}}, "publishingProfile": profile}
    azure.arm("PUT", f"{IMAGE}/versions/2.0.0", {"location": "westeurope", "properties": properties}).raise_for_status()

    found = drift(capsys, 1)
    assert [(one["kind"], one["resource"]["version"]) for one in found] == [
        ("different", None),
        ("different", "1.0.0"),
        ("different", "1.0.0"),
        ("missing", "1.1.0"),
        ("undeclared", "2.0.0"),
    ]
    text = (stack.folder / "catalog.yaml").read_text()
    stack.declare(apply_edits(text, list(edits(found))))
    commands = [command for one in found for command in one["proposal"]["commands"]]
    imports = [command for command in commands if command.startswith("pulumi import ")]
    assert len(imports) == 1
    shell(stack, imports[0])
    assert {*commands} - {*imports} == {"pulumi up --refresh"}
    output = azure.pulumi("up", "--refresh", "--yes", "--skip-preview", cwd=stack.folder)
    assert done(output, "created") == ["corp/ubuntu/1.1.0"]
    assert "2.0.0 creat" not in output
    assert drift(capsys, 0) == []
    assert set(counts(stack.up())) == {"unchanged"}


def edits(found: list[dict]) -> Iterator[Edit]:
    """The edits that snippets show: whole keys of the mapping that their path leads to."""
    for one in found:
        for snippet in one["proposal"]["snippets"]:
            for key, value in yaml.safe_load(snippet["yaml"]).items():
                yield put((*snippet["path"], str(key)), value)


def shell(stack: Stack, command: str) -> None:
    """Run a printed command as a shell does."""
    words = shlex.split(command)
    assert words[:2] == ["pulumi", "import"]
    environment = stack.azure.environment(stack.folder)
    path = f"{stack.azure.engine.folder}:{environment['PATH']}"
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=stack.folder,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
