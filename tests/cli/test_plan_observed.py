"""`acg plan --observed` and `acg latest --observed`: against what exists, with who uses it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acg.cli.main import run
from acg.state.observed import Consumer, ConsumerKind, Coverage, Part, Reading, write_snapshot
from tests.adopt.answers import EMPTY, GALLERY, IMAGE, SOURCE, SUBSCRIPTION, Json, body, image, version

CATALOG = f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    lock: CanNotDelete
    images:
      web:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: web, sku: web}}
        versions:
          1.0.0: {{source: {{managedImage: {SOURCE}}}, targetRegions: [westeurope]}}
"""
NEXT = f"          1.1.0: {{source: {{managedImage: {SOURCE}}}, targetRegions: [westeurope]}}\n"
READ = tuple(Reading(part, GALLERY.split("/providers")[0].lower()) for part in Part)
M, S = ConsumerKind.MACHINE, ConsumerKind.SCALE_SET
CONSUMERS = [
    Consumer(None, S, "westeurope", IMAGE, None, ("1.0.0",), True, SUBSCRIPTION, 3),
    Consumer(None, M, "westeurope", IMAGE, "1.0.0", ("1.0.0",), False, SUBSCRIPTION, 53),
]
ALL = (body(GALLERY), image(), version())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog.yaml").write_text(CATALOG)
    return tmp_path


def observed(folder: Path, *bodies: Json, readings: tuple[Reading, ...] = READ, **more: Any) -> None:
    coverage = Coverage(1, 1, readings=readings)
    (folder / "observed.json").write_text(write_snapshot(replace(EMPTY, **{"coverage": coverage, **more}), bodies))


def planned(capsys: pytest.CaptureFixture[str], code: int = 0) -> Json:
    assert run(["plan", "catalog.yaml", "--observed", "observed.json", "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


def changes(plan: Json) -> list[tuple[str, str, str]]:
    return [(one["resource"]["name"], one["action"], one["reason"]) for one in plan["changes"]]


def test_what_exists_as_declared_does_not_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL)
    plan = planned(capsys)
    assert changes(plan) == []
    assert (plan["base"]["kind"], plan["base"]["name"]) == ("observed", "observed.json")


def test_a_change_says_who_it_touches_and_the_footer_how_fresh_that_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "catalog.yaml").write_text(CATALOG + NEXT)
    observed(folder, *ALL, consumers=CONSUMERS)
    assert run(["plan", "catalog.yaml", "--observed", "observed.json"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "3 scale sets, 3 upgrading automatically" in printed
    assert "against observed.json" in printed
    assert "Azure read 27 Nov 2026 00:00 UTC, completely" in printed
    assert changes(planned(capsys)) == [("corp/web/1.1.0", "create", "new")]


def test_a_reading_with_gaps_makes_counts_at_least(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "catalog.yaml").write_text(CATALOG + NEXT)
    observed(folder, *ALL, consumers=CONSUMERS, coverage=Coverage(1, 2, ("One is missing.",), READ))
    assert run(["plan", "catalog.yaml", "--observed", "observed.json"]) == 0
    assert "1 of 2 subscriptions: counts are “at least”" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("exists", "expected"),
    [
        ([body(GALLERY), image()], [("corp/web/1.0.0", "create", "new")]),
        ([body(GALLERY)], [("corp/web", "create", "new"), ("corp/web/1.0.0", "create", "new")]),
        ([*ALL, version("9.0.0"), image("other")], []),
        ([body(GALLERY, description="By hand."), image(), version()], [("corp", "update", "in-place")]),
        ([body(GALLERY), image(osState="Specialized"), version()],
         [("corp/web", "new-definition-required", "definition-fixed")]),
    ],
)  # fmt: skip
def test_only_what_differs_changes(
    folder: Path, capsys: pytest.CaptureFixture[str], exists: list[Json], expected: list[tuple[str, str, str]]
) -> None:
    observed(folder, *exists)
    plan = planned(capsys, code=1 if "required" in str(expected) else 0)
    assert changes(plan) == expected


@pytest.mark.parametrize(
    ("exists", "part", "scope"),
    [((body(GALLERY), image()), Part.VERSIONS, IMAGE), ((body(GALLERY),), Part.DEFINITIONS, GALLERY)],
)
def test_what_could_not_be_read_is_not_taken_for_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], exists: tuple[Json, ...], part: Part, scope: str
) -> None:
    others = tuple(one for one in READ if one.part is not part)
    observed(folder, *exists, readings=(*others, Reading(part, scope.lower(), "was refused")))
    assert changes(planned(capsys)) == []


def test_with_a_base_the_snapshot_only_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY), consumers=CONSUMERS)
    exported = {"deployment": {"resources": []}}
    (folder / "stack.json").write_text(json.dumps(exported))
    run(["plan", "catalog.yaml", "--observed", "observed.json", "--stack-file", "stack.json", "--format", "json"])
    plan = json.loads(capsys.readouterr().out)
    assert plan["base"]["kind"] == "stack"
    assert "corp" in [one["resource"]["name"] for one in plan["changes"]]
    assert plan["knowledge"]["readAt"].startswith("2026-11-27")


def test_latest_is_that_of_the_versions_that_exist(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL, version("1.4.0"), image("undeclared"), consumers=CONSUMERS)
    assert run(["latest", "catalog.yaml", "--observed", "observed.json"]) == 0
    printed = capsys.readouterr().out
    assert [line.rstrip() for line in printed.splitlines()] == [
        "definition  region      latest  follow        run   higher versions",
        "corp/web    westeurope  1.4.0   3 scale sets  none",
        "",
        "Azure read 27 Nov 2026 00:00 UTC, completely",
    ]


def test_latest_as_json_says_who_follows_and_how_fresh_that_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    observed(folder, *ALL, consumers=CONSUMERS, coverage=Coverage(0, 1, ("One is missing.",), READ))
    assert run(["latest", "catalog.yaml", "--observed", "observed.json", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["azure"] == {
        "readAt": "2026-11-27T00:00:00Z", "subscriptionsRead": 0, "subscriptionsTotal": 1, "gaps": ["One is missing."],
    }  # fmt: skip
    assert found["latest"][0]["follow"] == {"machines": 0, "scaleSets": 3, "selfUpgrading": 3}
    assert found["latest"][0]["run"] == {"machines": 53, "scaleSets": 3, "selfUpgrading": 3}


def test_latest_without_consumers_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL)
    assert run(["latest", "catalog.yaml", "web", "--observed", "observed.json"]) == 0
    printed = capsys.readouterr().out
    assert "not known" in printed
    assert "not completely: counts are “at least”" in printed


def test_a_finding_that_resources_share_is_as_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog has it once, among its defaults; what exists has no lines, and has it for each resource."""
    shared = CATALOG.replace(", targetRegions: [westeurope]", "").replace("    lock: CanNotDelete\n", "")
    shared += f"          1.1.0: {{source: {{managedImage: {SOURCE}}}}}\n"
    (folder / "catalog.yaml").write_text("defaults: {targetRegions: [westeurope]}\n" + shared)
    (folder / "guardrails.json").write_text('{"minimum-replicas": {"enforcementLevel": "advisory", "replicas": 2}}')
    observed(folder, body(GALLERY), image(), version(), version("1.1.0"))
    arguments = ["plan", "catalog.yaml", "--observed", "observed.json", "--config", "guardrails.json"]
    assert run([*arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert (found["new"], found["fixed"]) == ([], [])
    assert len(found["same"]) == 1
