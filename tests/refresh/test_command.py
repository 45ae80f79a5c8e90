"""`acg refresh`, `acg rollback` and `acg pin`: what they write, what they say, and how they end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acg.catalog.edit import EditError
from acg.cli import main
from acg.state.observed import write_snapshot
from tests.refresh.world import GROUP, SUBSCRIPTION, snapshot

CATALOG = f"""\
# the platform team's images
refreshPolicies:
  p:
    rings: [{{regions: [northeurope]}}, {{regions: rest, after: P3D}}]
    keep: {{versions: 1}}
defaults:
  location: northeurope
  targetRegions: [northeurope, westeurope]
galleries:
  corp:
    resourceGroup: rg
    subscription: {SUBSCRIPTION}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: "2404"}}
        refresh: {{policy: p, from: {{managedImages: {{resourceGroup: builds, name: "ubuntu-*"}}}}}}
        versions:
          1.0.0:  # the first
            source: {{managedImage: {GROUP}/builds/providers/Microsoft.Compute/images/ubuntu-1}}
            publishedOn: 2026-11-02
"""


def managed_image(name: str, created: str) -> dict[str, Any]:
    return {
        "id": f"{GROUP}/builds/providers/Microsoft.Compute/images/{name}",
        "type": "Microsoft.Compute/images",
        "location": "northeurope",
        "tags": {"build": "431"},
        "systemData": {"createdAt": created},
        "properties": {
            "provisioningState": "Succeeded",
            "hyperVGeneration": "V1",
            "storageProfile": {"osDisk": {"osType": "Linux", "osState": "Generalized"}},
        },
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalog, and an Azure in which a new build waits."""
    (tmp_path / "galleries").mkdir()
    (tmp_path / "galleries" / "corp.yaml").write_text(CATALOG)
    builds = [managed_image("ubuntu-1", "2026-11-01T00:00:00Z"), managed_image("ubuntu-2", "2026-11-26T00:00:00Z")]
    (tmp_path / "observed.json").write_text(write_snapshot(snapshot(), [], builds))
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def acg(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main.run(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


REFRESH = ("refresh", "galleries", "--observed", "observed.json", "--today", "2026-11-27")


def text() -> str:
    return Path("galleries/corp.yaml").read_text()


def test_nothing_is_written_unless_it_is_asked_for(acg: Run) -> None:
    code, out, err = acg(*REFRESH)

    assert (code, err, text()) == (0, "", CATALOG)
    assert out == (
        "galleries on 2026-11-27: 1 new version; nothing is written\n\n"
        "corp/ubuntu: new 1.0.1 from ubuntu-2, build 431; latest in northeurope only\n"
        "  why   newest source, fits the definition, number never used\n"
    )


def test_what_is_written_leaves_all_other_lines_alone(acg: Run) -> None:
    code, _, err = acg(*REFRESH, "--write")
    before, after = CATALOG.splitlines(), text().splitlines()

    assert (code, err) == (0, "acg: wrote galleries/corp.yaml\n")
    assert [line for line in after if line in before] == before
    assert [line.strip() for line in after if line not in before] == [
        "highest: 1.0.1",
        "1.0.1:",
        "location: northeurope",
        f"source: {{managedImage: {GROUP}/builds/providers/Microsoft.Compute/images/ubuntu-2}}",
        "targetRegions: [northeurope]",
        "publishedOn: 2026-11-27",
        "promoted: {northeurope: 2026-11-27}",
        'provenance: {build: "431", created: 2026-11-26T00:00:00Z}',
    ]
    assert acg(*REFRESH, "--write")[1].startswith("galleries on 2026-11-27: no edits; nothing is written\n")


def test_json_tells_a_job_all_of_it(acg: Run) -> None:
    code, out, _ = acg(*REFRESH, "--format", "json", "--group", "corp")
    data = json.loads(out)

    assert code == 0
    assert (data["version"], data["today"], data["kind"], data["group"]) == (1, "2026-11-27", "publish", "corp")
    [decision] = data["decisions"]
    assert decision["action"] == "publish"
    assert decision["source"]["build"] == "431"
    assert decision["edits"][0]["path"][-2:] == ["versions", "1.0.1"]
    assert acg(*REFRESH, "--format", "json", "--declined", decision["id"])[1].count('"cause": "declined"') == 1


def test_markdown_has_its_markers_and_escapes_what_others_wrote(acg: Run, folder: Path) -> None:
    builds = [managed_image("ubuntu-2", "2026-11-26T00:00:00Z")]
    builds[0]["tags"] = {"build": "@team (x) #1"}
    Path("observed.json").write_text(write_snapshot(snapshot(), [], builds))
    code, out, _ = acg(*REFRESH, "--format", "markdown", "--group", "corp")

    assert code == 0
    assert out.startswith("<!-- acg:refresh group=corp kind=publish -->\n<!-- acg:refresh-ids ")
    assert "**1 new version in `corp`.** Nothing is deleted or shrunk here." in out
    row = next(line for line in out.splitlines() if line.startswith("| `corp/ubuntu`"))
    assert "`@team`" in row
    assert "`#1`" in row
    assert "--reason" in out


def test_azure_repos_takes_four_thousand_characters(acg: Run) -> None:
    many = "".join(
        f"      ubuntu{number}:\n        osType: Linux\n        osState: Generalized\n"
        f"        identifier: {{publisher: contoso, offer: ubuntu{number}, sku: x}}\n"
        f'        refresh: {{policy: p, from: {{managedImages: {{resourceGroup: builds, name: "ubuntu-*"}}}}}}\n'
        for number in range(60)
    )
    Path("galleries/corp.yaml").write_text("refreshLimits: {newVersions: 100}\n" + CATALOG + many)
    code, out, _ = acg(*REFRESH, "--format", "markdown", "--flavour", "azure")

    assert code == 0
    assert len(out) <= 4_000
    assert "**61 new versions.**" in out
    assert "of 61 edits are not shown" in out


def test_an_edit_that_breaks_a_rule_is_refused_whole_with_the_finding(acg: Run) -> None:
    Path("guardrails.json").write_text('{"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["westus"]}}')
    Path("galleries/corp.yaml").write_text(CATALOG.replace("targetRegions: [northeurope, westeurope]", "tags: {}"))
    code, _, err = acg(*REFRESH, "--write", "--config", "guardrails.json")

    assert code == 1, err
    assert "the edits would break rules, and nothing is written" in err
    assert "corp/ubuntu/1.0.1" in err
    assert "highest" not in text()


def test_retirements_are_written_by_a_run_of_their_own(acg: Run) -> None:
    acg(*REFRESH, "--write")
    done = text().replace("promoted: {northeurope: 2026-11-27}", "promoted: {northeurope: 2026-11-01}")
    opened = done.replace("targetRegions: [northeurope]", "targetRegions: [northeurope, westeurope]")
    opened = opened.replace("{northeurope: 2026-11-01}", "{northeurope: 2026-11-01, westeurope: 2026-11-05}")
    Path("galleries/corp.yaml").write_text(opened)
    from acg.catalog.reader import read_catalog

    bodies: list[Any] = []
    seen = snapshot(dict(read_catalog("galleries").raw), [], bodies=bodies)
    builds = [managed_image("ubuntu-2", "2026-11-26T00:00:00Z"), managed_image("ubuntu-3", "2026-11-27T00:00:00Z")]
    Path("observed.json").write_text(write_snapshot(seen, bodies, builds))

    assert "1 new version; nothing is written" in acg(*REFRESH)[1]
    assert "in a pull request of its own: 1 exclusion" in acg(*REFRESH)[1]
    assert "1 exclusion; written" in acg(*REFRESH, "--only", "retire", "--write")[1]
    assert "excludeFromLatest: true" in text()
    assert "1.0.2" not in text()


def test_what_is_removed_was_retired_in_the_deployed_commit(acg: Run) -> None:
    retired = CATALOG.replace(
        "            publishedOn: 2026-11-02\n",
        "            publishedOn: 2026-11-02\n            excludeFromLatest: true\n"
        "            endOfLifeDate: 2026-11-20\n            retire: true\n          1.1.0:\n"
        f"            source: {{managedImage: {GROUP}/builds/providers/Microsoft.Compute/images/ubuntu-2}}\n",
    )
    Path("galleries/corp.yaml").write_text(retired)
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    from acg.catalog.reader import read_catalog

    bodies: list[Any] = []
    seen = snapshot(dict(read_catalog("galleries").raw), [], bodies=bodies)
    Path("observed.json").write_text(write_snapshot(seen, bodies))

    assert "the deployment of retire: true" in acg(*REFRESH, "--write")[1]
    assert "1 removal; written" in acg(*REFRESH, "--write", "--deployed", "HEAD")[1]
    assert "# the first" not in text()
    assert "highest: 1.1.0" in text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--today", "soon"), "--today 'soon' is not a day: write it as YYYY-MM-DD"),
        (("--image", "debian"), "--image debian names no image with a refresh in the catalog; those with one are"),
        (("--expedite",), "--expedite wants --image"),
        (("--live",), "give one of --observed and --live"),
        (("--subscription", SUBSCRIPTION), "--subscription says what --live reads"),
        (("--deployed", "HEAD"), "acg: galleries is in no Git repository\n"),
    ],
)
def test_unusable_arguments_end_with_2(acg: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = acg(*REFRESH, *arguments)

    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("command", [("refresh", "galleries"), ("rollback", "galleries", "ubuntu", "--reason", "x")])
def test_a_catalog_with_problems_ends_with_2(acg: Run, command: tuple[str, ...]) -> None:
    Path("galleries/corp.yaml").write_text(CATALOG.replace("policy: p,", "policy: q,"))
    code, _, err = acg(*command)

    assert code == 2
    assert "'q' is none of the catalog's refreshPolicies" in err


def test_without_a_writer_the_edit_is_shown_to_be_made_by_hand(acg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise EditError("the package yaml-edit is not installed")

    monkeypatch.setattr("acg.catalog.edit.edited_files", refuse)
    code, _, err = acg(*REFRESH, "--write")

    assert (code, text()) == (2, CATALOG)
    assert "acg: to be made by hand:\n  in galleries.corp.images.ubuntu.versions\n    1.0.1:\n" in err


def test_a_bad_version_is_rolled_back_with_one_command(acg: Run) -> None:
    acg(*REFRESH, "--write")
    code, out, _ = acg("rollback", "galleries", "ubuntu", "--reason", "boot loop", "--today", "2026-11-28")

    assert code == 0
    assert "corp/ubuntu: revoked 1.0.1\n  latest in northeurope: 1.0.1 -> 1.0.0\n" in out
    assert "who runs it is not known: give a snapshot with --observed" in out
    assert f"az sig image-version update --subscription {SUBSCRIPTION} --resource-group rg" in out
    assert 'revoked: {reason: boot loop, "on": 2026-11-28}' in text()
    assert acg("rollback", "galleries", "ubuntu", "--reason", "again")[0] == 2


@pytest.mark.parametrize("reason", ["", "  ", "boot\u202eloop", "boot\x1bloop", "boot\nloop"])
def test_a_reason_that_a_catalog_could_not_hold_is_refused(acg: Run, reason: str) -> None:
    acg(*REFRESH, "--write")
    before = text()
    code, _, err = acg("rollback", "galleries", "ubuntu", "--reason", reason, "--today", "2026-11-28")

    assert (code, text()) == (2, before)
    assert not reason.strip() or reason not in err
    assert "--reason needs text, in one line and without control characters" in err


def test_pin_writes_what_is_inherited(acg: Run) -> None:
    assert acg("pin", "galleries", "ubuntu")[0] == 0
    assert "            targetRegions: [northeurope, westeurope]\n" in text()
    assert acg("pin", "galleries", "ubuntu")[2] == "acg: nothing is inherited\n"
    assert acg("pin", "galleries", "ubuntu", "9.9.9")[0] == 2


@pytest.mark.parametrize("command", [("pin", "galleries", "ubuntu"), (*REFRESH, "--image"), (*REFRESH, "--deployed")])
def test_no_message_is_a_command_to_a_terminal_or_the_agent_of_a_pipeline(acg: Run, command: tuple[str, ...]) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    code, out, err = acg(*command, "##vso[task.setvariable]\x1b[2J")

    assert (code, out) == (2, "")
    assert r"#\x23vso[task.setvariable]" in err
    assert "\x1b" not in err
