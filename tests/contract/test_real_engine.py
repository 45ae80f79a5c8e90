"""The contract with the real Pulumi CLI: what its previews and audits show is what `acg check` says."""

import json
import re
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.contract import users
from tests.contract.rows import (
    FAILING,
    FIRST,
    NEW_REGION,
    Found,
    Row,
    catalog,
    outside,
    suppressing,
    version,
)
from tests.embedded import Embedded
from tests.policies.test_real_engine import COMPONENTS, RAW, SOURCES

pytestmark = pytest.mark.engine

PACK = ["--policy-pack", str(users.POLICIES)]

ADVICE = Row(
    "advice of every sort, which stops nothing",
    (
        Found("ACG091", FIRST, "suppress[0]", "warning"),
        Found("ACG702", FIRST, "publishingProfile.endOfLifeDate", "warning"),
        Found("ACG951", "corp", "location", "warning"),
        *outside(FIRST),
    ),
    catalog(
        version(
            targetRegions="[westeurope, westeuropa]",
            endOfLifeDate="2020-01-01",
            suppress=suppressing("ACG103", "2020-01-01"),
        ),
        NEW_REGION,
    ),
    guardrails={"small-gallery": "advisory", "own-rules": {"folders": ["rules"]}},
    own_rule=FAILING,
)


def shown(output: str) -> set[Found]:
    """What the CLI prints of a pack."""
    found: set[Found] = set()
    level = ""
    for line in map(str.strip, output.splitlines()):
        if heading := re.match(r"- \[(mandatory|advisory)\]", line):
            level = heading[1]
        elif match := users.LINE.match(line):
            found.add(users.of_line(match, level))
    return found


def test_a_preview_shows_what_the_command_line_says(
    azure: Embedded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Nobody names guardrails.json, which names the folder of the team's own rules."""
    folder = azure.project(COMPONENTS, name="project")
    settings = (folder / "Pulumi.yaml").read_text()
    users.project(ADVICE, folder, monkeypatch)
    monkeypatch.delenv("ACG_RULES")
    (folder / "Pulumi.yaml").write_text(settings)
    output = azure.pulumi("preview", *PACK, cwd=folder)
    assert shown(output) == set(ADVICE.found), output
    assert users.command_line(ADVICE, folder, capsys, "--config", "guardrails.json") == set(ADVICE.found)


def test_an_audit_shows_what_the_command_line_says_of_the_same_state(
    azure: Embedded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """The disk of the version is named by its whole id and by nothing else."""
    disk = SOURCES.replace("rg-sources", "rg") + "/disks/data"
    program = RAW.replace("NUMBER", "1.0.0").replace("SIZE", "1_025").replace("data.id", f'"{disk}"')
    program = program.replace("compute.GalleryImageVersion(", "import pulumi\ncompute.GalleryImageVersion(")
    program = program.rstrip().removesuffix(")") + "    opts=pulumi.ResourceOptions(depends_on=[data]),\n)\n"
    folder = azure.project(program)
    azure.pulumi("up", "--yes", "--skip-preview", cwd=folder)
    state = tmp_path / "state.json"
    azure.pulumi("stack", "export", "--file", str(state), cwd=folder)

    audited = shown(azure.pulumi("policy", "analyze", "--file", str(state), *PACK, cwd=folder, fails=True))
    assert run(["check", "--stack-file", str(state), "--no-config", "--format", "json"]) == 1
    checked = users.of_json(json.loads(capsys.readouterr().out))
    assert Found("ACG501", "first", "storageProfile.dataDiskImages[0]", "error") in checked
    assert audited == checked
