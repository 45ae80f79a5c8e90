"""The engine's operations against the plan's changes, resource by resource."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from acg.azure import kinds
from acg.plan.identity import Identity, Kind
from acg.plan.model import Action, Plan, RefusedBy
from acg.preview.beside import refusals
from acg.preview.events import Events
from acg.preview.model import Disagreement, EngineRun, Expected, Operation, Step

_SILENT = frozenset({Operation.SAME, Operation.READ})
_EXPECTED: dict[Action, frozenset[Operation]] = {
    Action.CREATE: frozenset({Operation.CREATE}),
    Action.UPDATE: frozenset({Operation.UPDATE}),
    Action.DELETE: frozenset({Operation.DELETE}),
    Action.REPLACE: frozenset({Operation.REPLACE}),
    # azure-native takes most immutable inputs for updates, and the components make some of them replacements
    Action.NEW_VERSION: frozenset({Operation.UPDATE, Operation.REPLACE}),
    Action.NEW_DEFINITION: frozenset({Operation.UPDATE, Operation.REPLACE}),
}
"""What the engine does about an action. The others are about more, or less, than one operation of the engine."""
_TAKES_ALONG: dict[Action, frozenset[Operation]] = {
    Action.REPLACE: frozenset({Operation.REPLACE}),
    Action.NEW_DEFINITION: frozenset({Operation.REPLACE}),
    Action.MOVE: frozenset({Operation.CREATE, Operation.DELETE}),
    Action.RENAME: frozenset({Operation.CREATE, Operation.DELETE}),
}
"""What an action of a plan makes the engine do to what is in the resource as well."""
_WORDS = {
    Operation.CREATE: "creates it",
    Operation.UPDATE: "updates it",
    Operation.DELETE: "deletes it",
    Operation.REPLACE: "replaces it",
    Operation.IMPORT: "imports it",
    Operation.READ: "only reads it",
    Operation.SAME: "leaves it as it is",
    Operation.OTHER: "does something that this version of acg does not know",
}
_BESIDE_PULUMI = frozenset({"lab-images"})
"""Reasons of changes for which azure-native has no input."""
_PATHS = 3


def joined(events: Events, plan: Plan, *, refreshed: bool, expected: tuple[Expected, ...] | None) -> EngineRun:
    """What the engine's preview says beside the plan."""
    judged = [step for step in events.steps.values() if _is_judged(step)]
    finished = events.result == "succeeded"
    return EngineRun(
        refreshed=refreshed,
        succeeded=finished,
        steps=dict(sorted(Counter(step.operation.value for step in judged).items())),
        disagreements=tuple(_disagreements(judged, plan, finished=finished)),
        refusals=tuple(refusals(_beside(events), events.states, events.locks)),
        drifted=tuple(sorted(urn.split("::", 3)[-1] for urn in events.drifted if _is_judged_type(urn))),
        policies=tuple(sorted(events.policies)),
        policy_packs=events.policy_packs,
        errors=events.errors,
        unknown=events.unknown,
        expected=expected,
    )


def declared(steps: Mapping[str, Step]) -> set[str]:
    """URNs of what the program declares: of the rest nothing is heard but that it is deleted."""
    return {urn for urn, step in steps.items() if step.operation is not Operation.DELETE}


def _beside(events: Events) -> dict[str, Step]:
    """The steps of what is no part of the catalog; the plan says what Azure refuses of that."""
    return {urn: step for urn, step in events.steps.items() if not _is_judged(step)}


def _disagreements(steps: Iterable[Step], plan: Plan, *, finished: bool) -> Iterator[Disagreement]:
    by_resource: dict[str, set[Action]] = defaultdict(set)
    titles: dict[str, str] = {}
    for change in plan.changes:
        if change.reason in _BESIDE_PULUMI:
            continue
        key = key_of(change.resource)
        by_resource[key].add(change.action)
        titles[key] = change.resource.title
    seen: set[str] = set()
    edited = {key_of(resource) for resource in plan.edited}
    along = list(_taken_along(plan))
    # Nothing protects these: the plan refuses them because Pulumi would delete and create them.
    new = (Action.NEW_VERSION, Action.NEW_DEFINITION)
    replaced = {key_of(it.resource) for it in plan.changes if it.action in new and it.refused_by is RefusedBy.ACG}
    for step in steps:
        key = step.azure or step.name.lower()
        seen.add(key)
        actions = by_resource.get(key, set())
        if any(action not in _EXPECTED for action in actions):
            continue
        if not actions and step.operation is Operation.UPDATE and key in edited:
            continue
        if any(step.operation in _TAKES_ALONG[action] and f"{key}/".startswith(top) for top, action in along):
            continue
        wanted = {one for action in actions for one in _EXPECTED[action]}
        if key in replaced:
            wanted = {Operation.REPLACE}
        if step.operation in wanted or (not wanted and step.operation in _SILENT):
            continue
        expects = ", ".join(sorted(actions)) or "no change"
        yield Disagreement(titles.get(key, step.name), _does(step), expects)
    if finished:  # a preview that failed does not come to every resource
        for key, actions in by_resource.items():
            if key not in seen and actions <= set(_EXPECTED):
                yield Disagreement(titles[key], "does not mention it", ", ".join(sorted(actions)))


def _taken_along(plan: Plan) -> Iterator[tuple[str, Action]]:
    """Beginnings of the keys of what changes with something around it."""
    for change in plan.changes:
        if change.action in _TAKES_ALONG:
            yield f"{key_of(change.resource)}/", change.action
            if change.action is Action.MOVE:
                left = str(change.inputs[0].before if change.inputs else "")
                yield f"{key_of(change.resource._replace(gallery=left))}/", change.action


def _does(step: Step) -> str:
    if not step.paths:
        return _WORDS[step.operation]
    more = f" and {len(step.paths) - _PATHS:,} more" if len(step.paths) > _PATHS else ""
    return f"{_WORDS[step.operation]} ({', '.join(step.paths[:_PATHS])}{more})"


def key_of(resource: Identity) -> str:
    """What Azure calls a part of a gallery; for others the logical name, which is the end of a URN."""
    if resource.kind in (Kind.GALLERY, Kind.DEFINITION, Kind.VERSION):
        return "/".join(one.lower() for one in (resource.gallery, resource.definition, resource.version) if one)
    return resource.name.split("::", 3)[-1].lower()


_TYPES = frozenset({kinds.RESOURCE_GROUP, kinds.GALLERY, kinds.IMAGE, kinds.VERSION, kinds.LAB_PLAN})
_NAMED = frozenset({kinds.ROLE_ASSIGNMENT, kinds.LOCK})
"""Judged where the catalog declares them, which their names show; a plan speaks of no others."""


def _is_judged(step: Step) -> bool:
    token = kinds.split_token(step.type)[0]
    return token in _TYPES or (token in _NAMED and "@" in step.name)


def _is_judged_type(urn: str) -> bool:
    return _is_judged(Step(urn, Operation.SAME))
