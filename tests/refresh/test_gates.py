"""Gates: passed, failed or undecided, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from acg.azure.version_number import VersionNumber
from acg.catalog.models.refresh import Gate
from acg.refresh.azure import Azure, Where
from acg.refresh.steps.gates import Subject, judge
from acg.state.observed import Facts, Upgrade, Validation
from tests.refresh.world import SET, SUBSCRIPTION, UBUNTU, build, catalog, snapshot, version

DOCUMENT = catalog({"1.1.0": version("ubuntu-1", {"northeurope": "2026-11-20"})})
WHERE = Where(SUBSCRIPTION, "rg", "corp", "ubuntu")


def outcome(gate: dict[str, Any], *, tags: Any = None, results: Any = None, **seen: Any) -> str:
    """What a gate comes to for 1.1.0 on 27 November; without tags its source is gone."""
    azure = Azure(snapshot(DOCUMENT, **seen))
    source = None if tags is None else build("ubuntu-1", tags=tags)
    number = VersionNumber.parse("1.1.0")
    subject = Subject("corp/ubuntu/1.1.0", number, source, azure.image(WHERE), (build("ubuntu-1").id,))
    gates = {"g": Gate.model_validate(gate)}
    [result] = judge(["g"], gates, subject, azure, results or {}, date(2026, 11, 27))
    return f"{result.outcome}: {result.why}"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"ok": "yes", "scan": "clean"}, "passed: the source has ok: yes, scan: clean"),
        ({"ok": "yes"}, "undecided: the source has no tag scan"),
        ({"ok": "no", "scan": "clean"}, "failed: the source has the tag ok: no"),
        (None, "undecided: the source is gone or was not read"),
    ],
)
def test_tags_of_the_source(tags: Any, expected: str) -> None:
    assert outcome({"sourceTag": {"ok": "yes", "scan": "clean"}}, tags=tags) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"corp/ubuntu/1.1.0": "passed"}, "passed: r.json says so"),
        ({"corp/ubuntu/1.1.0": "failed"}, "failed: r.json says so"),
        ({build("ubuntu-1").id.upper(): "passed"}, "passed: r.json says so"),
        ({"corp/ubuntu/1.0.0": "passed"}, "undecided: r.json says nothing about it"),
        ({"corp/ubuntu/1.1.0": "running"}, "undecided: r.json says neither passed nor failed"),
        ("cannot be read: no such file", "undecided: r.json cannot be read: no such file"),
        (None, "undecided: r.json was not read"),
    ],
)
def test_a_result_file(content: Any, expected: str) -> None:
    assert outcome({"resultFile": "r.json"}, results={"r.json": content}) == expected


@pytest.mark.parametrize(
    ("validations", "expected"),
    [
        (None, "undecided: Azure has not run validation TrustedLaunch on it"),
        ((Validation("Other", "Succeeded"),), "undecided: Azure has not run validation TrustedLaunch on it"),
        ((Validation("TrustedLaunch", "InProgress"),), "undecided: validation TrustedLaunch is InProgress"),
        ((Validation("trustedlaunch", "Succeeded"),), "passed: validation TrustedLaunch succeeded"),
        ((Validation("TrustedLaunch", "Failed"),), "failed: validation TrustedLaunch failed"),
    ],
)
def test_a_validation_that_azure_runs(validations: Any, expected: str) -> None:
    facts = {"1.1.0": Facts(validations=validations)}

    assert outcome({"executedValidation": "TrustedLaunch"}, facts=facts) == expected


def upgrade(status: str = "Completed", *, day: int = 25, **fields: Any) -> Upgrade:
    base: dict[str, Any] = {"image": UBUNTU, "version": "1.1.0", "failed": 0, "rolled_back": 0}
    moment = datetime(2026, 11, day, tzinfo=UTC)
    return Upgrade(status, moment, moment, **{**base, **fields})


@pytest.mark.parametrize(
    ("history", "gate", "expected"),
    [
        ([upgrade()], {}, "passed: 1 scale set upgraded"),
        ([upgrade(failed=1)], {}, "failed: 1 of web failed"),
        ([upgrade(failed=1)], {"failed": 1}, "passed: 1 scale set upgraded"),
        ([upgrade(rolled_back=2)], {"rolledBack": 1}, "failed: 2 of web rolled back"),
        ([upgrade("Faulted")], {}, "failed: the upgrade of web is Faulted"),
        ([upgrade("RollingForward")], {}, "undecided: the upgrade of web is RollingForward"),
        ([upgrade("Cancelled")], {}, "undecided: the upgrade of web is Cancelled"),
        ([upgrade(failed=None)], {}, "undecided: Azure does not say how the upgrade of web ended"),
        ([upgrade(version="1.0.0")], {}, "undecided: web has not upgraded to it"),
        ([upgrade(image=f"{UBUNTU}-arm")], {}, "undecided: web has not upgraded to it"),
        ([upgrade(image=f"{UBUNTU}/versions/1.1.0", version=None)], {}, "passed: 1 scale set upgraded"),
        ([upgrade(day=1)], {"within": "P14D"}, "undecided: web has not upgraded to it within P14D"),
        ([upgrade(day=13)], {"within": "P14D"}, "passed: 1 scale set upgraded"),
        ([upgrade(), upgrade("Faulted", day=20)], {}, "passed: 1 scale set upgraded"),
        ([], {}, "undecided: web has not upgraded to it"),
        (None, {}, "undecided: the upgrades of web were not read"),
    ],
)
def test_upgrades_of_a_scale_set(history: Any, gate: Any, expected: str) -> None:
    upgrades = {} if history is None else {SET: history}

    assert outcome({"scaleSets": [SET], **gate}, upgrades=upgrades) == expected


def test_one_scale_set_that_failed_outweighs_others_that_are_undecided() -> None:
    others = f"{SET}-2"

    assert outcome({"scaleSets": [others, SET]}, upgrades={SET: [upgrade(failed=3)]}) == "failed: 3 of web failed"
    assert outcome({"scaleSets": [others, SET]}, upgrades={SET: [upgrade()]}).startswith("undecided: the upgrades of")
