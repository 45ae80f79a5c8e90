"""Gates: passed, failed or undecided; only what passed opens a ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from acg.azure.version_number import VersionNumber
from acg.catalog.models.refresh import Gate
from acg.desired.dates import after
from acg.desired.refresh.lines import parsed
from acg.refresh.azure import Azure, ObservedImage
from acg.state.observed import Source, Upgrade


class Outcome(StrEnum):
    """What a gate came to."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


class GateResult(NamedTuple):
    """A gate's outcome with its reason."""

    name: str
    outcome: Outcome
    why: str

    def __str__(self) -> str:
        return f"gate {self.name} {self.outcome}: {self.why}"


class Subject(NamedTuple):
    """What is judged by gates: a version, or a source that is to become one."""

    title: str
    """gallery/image/number."""
    number: VersionNumber
    source: Source | None
    """What it is made from, as far as that was read."""
    observed: ObservedImage
    source_ids: tuple[str, ...] = ()


def judge(
    names: Iterable[str],
    gates: Mapping[str, Gate],
    subject: Subject,
    azure: Azure,
    results: Mapping[str, Any],
    today: date,
) -> list[GateResult]:
    """What each of the named gates came to."""
    return [GateResult(name, *_judge(gates[name], subject, azure, results, today)) for name in names]


def _judge(gate: Gate, subject: Subject, azure: Azure, results: Mapping[str, Any], today: date) -> tuple[Outcome, str]:
    if gate.source_tag:
        return _tags(gate.source_tag, subject.source)
    if gate.result_file:
        return _result(gate.result_file, results.get(gate.result_file), subject)
    if gate.executed_validation:
        return _validation(gate.executed_validation, subject)
    return _scale_sets(gate, subject, azure, today)


def _tags(wanted: Mapping[str, str], source: Source | None) -> tuple[Outcome, str]:
    if source is None:
        return Outcome.UNDECIDED, "the source is gone or was not read"
    for tag, value in sorted(wanted.items()):
        found = source.tags.get(tag)
        if found is None:
            return Outcome.UNDECIDED, f"the source has no tag {tag}"
        if found != value:
            return Outcome.FAILED, f"the source has the tag {tag}: {found}"
    return Outcome.PASSED, f"the source has {', '.join(f'{tag}: {value}' for tag, value in sorted(wanted.items()))}"


def _result(file: str, content: Any, subject: Subject) -> tuple[Outcome, str]:
    if not isinstance(content, dict):
        return Outcome.UNDECIDED, f"{file} {content if isinstance(content, str) else 'was not read'}"
    by_key = {str(key).lower(): value for key, value in content.items()}
    keys = (subject.title, *subject.source_ids)
    said = next((by_key[key.lower()] for key in keys if key.lower() in by_key), None)
    if said is None:
        return Outcome.UNDECIDED, f"{file} says nothing about it"
    if said in ("passed", "failed"):
        return (Outcome.PASSED if said == "passed" else Outcome.FAILED), f"{file} says so"
    return Outcome.UNDECIDED, f"{file} says neither passed nor failed"


def _validation(kind: str, subject: Subject) -> tuple[Outcome, str]:
    version = subject.observed.versions.get(subject.number)
    done = (version.facts.validations or ()) if version else ()
    mine = [one for one in done if one.type.lower() == kind.lower()]
    if not mine:
        return Outcome.UNDECIDED, f"Azure has not run validation {kind} on it"
    states = {one.status.lower() for one in mine[-1:]}
    if states == {"succeeded"}:
        return Outcome.PASSED, f"validation {kind} succeeded"
    if states == {"failed"}:
        return Outcome.FAILED, f"validation {kind} failed"
    return Outcome.UNDECIDED, f"validation {kind} is {mine[-1].status}"


def _scale_sets(gate: Gate, subject: Subject, azure: Azure, today: date) -> tuple[Outcome, str]:
    """Failure of one scale set is failure, even if others are undecided."""
    outcomes = [_scale_set(gate, id_, subject, azure, today) for id_ in gate.scale_sets or ()]
    for wanted in (Outcome.FAILED, Outcome.UNDECIDED):
        if found := [why for outcome, why in outcomes if outcome is wanted]:
            return wanted, "; ".join(found)
    return Outcome.PASSED, f"{len(outcomes)} scale set{'s' if len(outcomes) != 1 else ''} upgraded"


def _scale_set(gate: Gate, id_: str, subject: Subject, azure: Azure, today: date) -> tuple[Outcome, str]:
    name = id_.rpartition("/")[2]
    history = azure.snapshot.upgrades.get(id_.lower()) if azure.snapshot else None
    if history is None:
        return Outcome.UNDECIDED, f"the upgrades of {name} were not read"
    mine = [one for one in history if _is_to(one, subject) and _is_recent(one, gate.within, today)]
    if not mine:
        return Outcome.UNDECIDED, f"{name} has not upgraded to it{f' within {gate.within}' if gate.within else ''}"
    last = mine[0]
    if last.status.lower() not in ("completed", "faulted"):
        return Outcome.UNDECIDED, f"the upgrade of {name} is {last.status}"
    for what, found, allowed in (
        ("failed", last.failed, gate.failed),
        ("rolled back", last.rolled_back, gate.rolled_back),
    ):
        if found is not None and found > (allowed or 0):
            return Outcome.FAILED, f"{found} of {name} {what}"
    if last.status.lower() == "faulted":
        return Outcome.FAILED, f"the upgrade of {name} is {last.status}"
    if last.failed is None or last.rolled_back is None:
        return Outcome.UNDECIDED, f"Azure does not say how the upgrade of {name} ended"
    return Outcome.PASSED, f"{name} upgraded"


def _is_to(one: Upgrade, subject: Subject) -> bool:
    image = (one.image or "").lower()
    definition, _, number = image.partition("/versions/")
    if definition and subject.observed.id and definition != subject.observed.id:
        return False
    return parsed(one.version or number) == subject.number


def _is_recent(one: Upgrade, within: str | None, today: date) -> bool:
    if within is None:
        return True
    began = one.ended_at or one.started_at
    if began is None:
        return False
    ends = after(began.date(), within)
    return ends is None or ends >= today
