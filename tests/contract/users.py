"""Whoever shows what the rules find: each takes a row and tells what it shows."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from acg.catalog.reader import read_catalog
from acg.cli.main import run
from acg.desired import lower
from acg.desired.metadata import carry
from acg.desired.regions import added_regions
from acg.desired.resource import Resource as Desired
from acg.errors import Refused
from acg.path import dotted
from acg.rules import Finding
from acg.testing import Pack, Report, Resource, load_pack, start_pack
from tests.components.mocked import run as run_program
from tests.contract.rows import Found, Row

POLICIES = Path(__file__).parents[2] / "policies"
COMPONENT = "acg:index:Gallery"


def project(row: Row, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Pulumi project with the row's catalog and settings, in which everything then runs."""
    (folder / "Pulumi.yaml").write_text("name: project\n")
    if row.catalog is not None:
        (folder / "catalog.yaml").write_text(row.catalog)
    if row.guardrails:
        (folder / "guardrails.json").write_text(json.dumps(row.guardrails))
    if row.own_rule is not None:
        (folder / "rules").mkdir()
        (folder / "rules" / "small_gallery.py").write_text(row.own_rule)
        monkeypatch.setenv("ACG_RULES", str(folder / "rules"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PWD", str(folder))
    return folder


def command_line(row: Row, folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> set[Found]:
    """`acg check` on the catalog."""
    return _checked(capsys, str(folder / "catalog.yaml"), *options)


def stack_file(row: Row, folder: Path, capsys: pytest.CaptureFixture[str]) -> set[Found]:
    """`acg check --stack-file` on what a deployment of the row leaves in the state."""
    file = folder / "state.json"
    file.write_text(json.dumps({"version": 3, "deployment": {"resources": list(_state(row, folder))}}))
    return _checked(capsys, "--stack-file", str(file))


def components(row: Row, folder: Path) -> set[Found]:
    """A program that hands the catalog to the components. They show errors; warnings are the pack's to show."""
    from pulumi_acg import declare

    refused: list[Refused] = []

    def program() -> None:
        try:
            declare(read_catalog(folder / "catalog.yaml"))
        except Refused as error:
            refused.append(error)

    run_program(program)
    findings: Any = refused[0].findings if refused else ()
    return {found for one in findings for found in _of_finding(one)}


def pack(row: Row, folder: Path, *, is_served: bool = False) -> set[Found]:
    """The policy pack on what the engine shows of the row: in this process, or over gRPC in one of its own."""
    with (start_pack if is_served else load_pack)(POLICIES) as loaded:
        return _shown(loaded, row, folder)


def _checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[Found]:
    code = run(["check", *arguments, "--format", "json"])
    out = json.loads(capsys.readouterr().out)
    found = of_json(out)
    assert code == (1 if any(one.severity == "error" for one in found) else 0), out
    return found


def of_json(out: Mapping[str, Any]) -> set[Found]:
    """What `acg check --format json` prints."""
    return {
        Found(one["code"], resource.rsplit("::", 1)[-1], one["path"] if severity not in _PATHLESS else "", severity)
        for key, of in (("findings", None), ("undecided", "undecided"), ("suppressed", "suppressed"))
        for one in out[key]
        for severity in [of or one["severity"]]
        for resource in _resources(one, of)
    }


def _resources(one: Mapping[str, Any], of: str | None) -> list[str]:
    """All that a finding is about; of what is undecided the pack names the first and counts the others."""
    if of == "undecided" and one["also"]:
        return [f"{one['resource']} and {len(one['also'])} more"]
    return [one["resource"], *one["also"]]


_PATHLESS = ("undecided", "suppressed")


def _of_finding(finding: Finding) -> Iterator[Found]:
    for resource in (finding.resource, *finding.also):
        yield Found(finding.rule.code, resource, dotted(finding.path), finding.severity)


def _desired(row: Row, folder: Path) -> tuple[list[Desired], dict[str, Any]]:
    """What a deployment has of a row, and what the components carry beside it."""
    if row.catalog is None:
        return list(row.resources), {}
    lowered = lower(read_catalog(folder / "catalog.yaml"))
    assert not lowered.problems
    return lowered.resources, carry("corp", lowered.resources, regions=added_regions(lowered.places.catalog))


def _state(row: Row, folder: Path) -> list[Mapping[str, Any]]:
    desired, carried = _desired(row, folder)
    urn = "urn:pulumi:stack::project::{}::{}".format
    parent = urn(COMPONENT, "corp") if carried else ""
    urns = {one.name: urn(one.type, one.name) for one in desired}
    entries: list[Mapping[str, Any]] = [{"urn": parent, "type": COMPONENT, "inputs": carried}] if carried else []
    return [
        *entries,
        *(
            {
                "urn": urn(one.type, one.name),
                "type": one.type,
                "custom": True,
                "parent": parent,
                "inputs": one.inputs,
                "outputs": row.outputs.get(one.name, one.inputs),
                "dependencies": [urns[name] for name in one.depends_on if name in urns],
                **({"id": one.id} if one.id else {}),
            }
            for one in desired
        ),
    ]


def _shown(loaded: Pack, row: Row, folder: Path) -> set[Found]:
    desired, carried = _desired(row, folder)
    parent = Resource(COMPONENT, carried, name="corp") if carried else None
    made: dict[str, Resource] = {}
    for one in desired:
        made[one.name] = Resource(
            one.type,
            one.inputs,
            name=one.name,
            parent=parent,
            outputs=row.outputs.get(one.name),
            depends_on=[made[name] for name in one.depends_on if name in made],
        )
    return of_report(loaded.run(*([parent] if parent else []), *made.values()))


LINE = re.compile(
    r"(?:\S+: )?(?P<code>ACG\d{3}) (?:(?P<open>not checked yet for (?P<first>\S+?(?: and [\d,]+ more)?): )"
    r"|(?P<title>\S+) .*?(?: \(at (?P<path>[^()]+)\))?$)"
)


def of_report(report: Report) -> set[Found]:
    """What a pack shows, read as people read it."""
    found: set[Found] = set()
    for one in report:
        head, *rest = one.message.splitlines()
        match = LINE.match(head)
        assert match is not None, one.message
        is_suppressed = bool(rest) and rest[0].startswith("suppressed until ")
        found.add(of_line(match, "suppressed" if is_suppressed else one.level))
    return found


def of_line(match: re.Match[str], level: str) -> Found:
    """The first line of what a pack shows, at a level of Pulumi's or suppressed."""
    if match["open"]:
        return Found(match["code"], match["first"], "", "undecided")
    severity = {"mandatory": "error", "advisory": "warning"}.get(level, level)
    return Found(match["code"], match["title"], "" if severity in _PATHLESS else match["path"] or "", severity)
