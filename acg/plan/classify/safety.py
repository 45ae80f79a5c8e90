"""What decides over deletions and access, beside the inputs: protection, suppressions, guardrails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from acg.desired.resource import Resource, Suppressed
from acg.plan.classify.coming import galleries_in
from acg.plan.classify.match import Pair
from acg.plan.classify.reasons import change
from acg.plan.classify.words import counted, listing, value
from acg.plan.identity import Identity, Kind
from acg.plan.model import Change, InputChange
from acg.plan.state import State
from acg.rules.guardrails import Guardrails


def protection(pairs: Iterable[Pair], before: State, after: State) -> Iterator[Change]:
    """Protection that is lifted or added, reported once for a resource and all that takes it over."""
    moved = {pair.after.name: pair for pair in pairs if pair.before.protect != pair.after.protect}
    below: dict[str, int] = {}
    tops: list[Pair] = []
    for pair in moved.values():
        top = pair.after
        while (parent := after.parent(top)) is not None and _moves_alike(moved.get(parent.name), pair):
            top = parent
        if top is pair.after:
            tops.append(pair)
        else:
            below[top.name] = below.get(top.name, 0) + 1
    for pair in tops:
        yield _protection(pair, below.get(pair.after.name, 0), before, after)


def _moves_alike(one: Pair | None, other: Pair) -> bool:
    return one is not None and one.after.protect == other.after.protect


def _protection(pair: Pair, below: int, before: State, after: State) -> Change:
    declared = after.declared(pair.after)
    retired = declared is not None and declared.retire
    word = "protection-added" if pair.after.protect else "retired" if retired else "protection-lifted"
    verb = "is protected from deletion" if pair.after.protect else "may be deleted from now on"
    summary = f"{verb}, with {counted(below, 'resource')} in it" if below else verb
    one = after.identity(pair.after)
    if one.kind is Kind.RESOURCE_GROUP and not pair.after.protect and (inside := galleries_in(after, one)):
        summary = f"{verb}, and with it {listing(inside)}"
    return change(
        word,
        one,
        f"{summary} (retire: true)" if word == "retired" else summary,
        inputs=(InputChange(("protect",), pair.before.protect, pair.after.protect),),
        before=before.locate(pair.before),
        after=after.locate(pair.after, ("retire",) if retired else ("protect",)),
        protected=pair.before.protect,
    )


def suppressions(pair: Pair, before: State, after: State) -> Iterator[Change]:
    """Suppressions of a resource that are new, gone or changed."""
    yield from _suppressions(pair.before.suppressed, pair.after.suppressed, pair, before, after)


def new_suppressions(resource: Resource, after: State) -> Iterator[Change]:
    """Suppressions of a resource that is new."""
    for one in resource.suppressed:
        yield _suppression(after.identity(resource), None, one)._replace(after=after.locate(resource, ("suppress",)))


def _suppressions(
    old: Iterable[Suppressed], new: Iterable[Suppressed], pair: Pair, before: State, after: State
) -> Iterator[Change]:
    one, two = ({suppressed.rule: suppressed for suppressed in listed} for listed in (old, new))
    for rule in sorted({*one, *two}):
        if one.get(rule) != two.get(rule):
            made = _suppression(after.identity(pair.after), one.get(rule), two.get(rule))
            place = after.locate(pair.after, ("suppress",))
            yield made._replace(before=before.locate(pair.before, ("suppress",)), after=place)


def _suppression(resource: Identity, old: Suppressed | None, new: Suppressed | None) -> Change:
    rule = (new or old or Suppressed("", "", "")).rule
    summary = f"no longer suppresses {rule}" if new is None else f"suppresses {rule} until {new.until}: {new.reason}"
    inputs = (InputChange(("suppress", rule), _as_dict(old), _as_dict(new)),)
    return change("suppression", resource, summary, inputs=inputs)


def _as_dict(one: Suppressed | None) -> dict[str, str] | None:
    return None if one is None else {"reason": one.reason, "until": one.until}


def guardrails(before: Guardrails, after: Guardrails) -> Iterator[Change]:
    """Levels, settings and suppressions of guardrails.json that differ."""
    one, two = _flat(before), _flat(after)
    whole = Identity(Kind.GUARDRAILS, after.file or before.file or "guardrails.json")
    for path in sorted({*one, *two}):
        if one.get(path) != two.get(path):
            inputs = (InputChange(path, one.get(path), two.get(path)),)
            summary = f"changes {'.'.join(path)} from {value(one.get(path))} to {value(two.get(path))}"
            yield change("guardrail", whole, summary, inputs=inputs)


def _flat(settings: Guardrails) -> Mapping[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {
        (rule, "enforcementLevel"): str(level) for rule, level in settings.levels.items()
    }
    for rule, model in settings.values.items():
        given = model.model_dump(by_alias=True, exclude_unset=True, mode="json")
        found |= {(rule, key): one for key, one in given.items()}
    for urn, listed in settings.suppressions.items():
        found |= {("suppressions", urn, one.rule): _as_dict(one) for one in listed}
    return found
