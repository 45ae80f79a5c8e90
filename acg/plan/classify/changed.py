"""Resources that are on both sides: what of them changes, and what each change means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from acg.azure import kinds
from acg.azure.dates import moment
from acg.path import Path
from acg.plan.classify.compare import by_letter, compare
from acg.plan.classify.effective import effective
from acg.plan.classify.inputs import definition_reason, gallery_reason, lab_plan_reason, version_reason
from acg.plan.classify.match import Pair
from acg.plan.classify.reasons import ON_GALLERIES, change
from acg.plan.classify.words import counted, sentence
from acg.plan.identity import EXTENSIONS, Kind
from acg.plan.model import KEYED, Action, Change, InputChange, RefusedBy
from acg.plan.parts import part
from acg.plan.state import State, kind_of, token

_NAMES = frozenset({"resourceGroupName", "galleryName", "galleryImageName", "galleryImageVersionName", "labPlanName"})


def changed(pair: Pair, before: State, after: State, today: date) -> Iterator[Change]:
    """The changes of one resource's inputs, one for each reason; by today Azure takes an end of life or refuses it."""
    kind = kind_of(pair.after)
    found = list(differences(pair, before, after))
    if kind is not None and kind in EXTENSIONS:
        if found:
            yield _made(ON_GALLERIES[kind], found, pair, before, after)
        return
    is_empty = not before.children.get(pair.before.name)
    groups: dict[str, list[InputChange]] = {}
    old = effective(token(pair.before), before.resolved(pair.before.inputs))
    for one in found:
        word = reason_of(one, kind, old, pair.after.inputs, today)
        if word == "definition-fixed" and is_empty and _is_replaced(pair, before, after):
            word = "definition-replaced"
        groups.setdefault(word, []).append(one)
    for word, inputs in groups.items():
        yield _made(word, inputs, pair, before, after)
    letters = [one for one in replaced_inputs(pair, before, after) if not any(_covers(other, one) for other in found)]
    if letters:
        yield _spelled(letters, pair, before, after)


def reason_of(
    one: InputChange, kind: Kind | None, before: Mapping[str, Any], after: Mapping[str, Any], today: date
) -> str:
    """The reason word for a change of an input.

    Args:
        one: The input, in effective form.
        kind: What the resource is; not one that is on another.
        before: Its effective inputs before.
        after: Those that are sent after, as they are.
        today: Decides about ends of life: Azure takes none that is not ahead.
    """
    if one.path[-1] == "endOfLifeDate" and _is_past(one.after, today):
        return "end-of-life-past"
    match kind:
        case Kind.VERSION:
            return version_reason(one, before, after)
        case Kind.DEFINITION:
            return definition_reason(one, after)
        case Kind.GALLERY:
            return gallery_reason(one, after)
        case Kind.LAB_PLAN:
            return lab_plan_reason(one)
        case _:
            return "location-changed" if one.path == ("location",) else "in-place"


def differences(pair: Pair, before: State, after: State) -> Iterator[InputChange]:
    """The inputs that mean something else to Azure than before, names excepted."""
    trees = (
        effective(token(one), state.resolved(one.inputs)) for one, state in ((pair.before, before), (pair.after, after))
    )
    one, two = ({key: value for key, value in tree.items() if key not in _NAMES} for tree in trees)
    if kind_of(pair.after) in EXTENSIONS:
        for tree in (one, two):
            for key in ("scope", "roleAssignmentName", "roleDefinitionId", "lockName"):
                tree.pop(key, None)
    if kind_of(pair.after) is Kind.LAB_PLAN:
        for tree, resource in ((one, pair.before), (two, pair.after)):
            tree["images"] = None if resource.offered is None else [*resource.offered]
    return compare(one, two)


def no_effect(pair: Pair, before: State, after: State) -> Counter[str]:
    """Why a resource that changes nothing in Azure differs: its order, its spelling, or what it writes out."""
    if kind_of(pair.after) in EXTENSIONS:
        return Counter()  # they differ by the name of what they are on
    one, two = before.resolved(pair.before.inputs), after.resolved(pair.after.inputs)
    if one == two:
        return Counter(["handling"] if pair.before.waits != pair.after.waits else [])
    return Counter(["default-written" if _keys(one) != _keys(two) else "spelling-or-order"])


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {f"{key}.{inner}" for key, one in value.items() for inner in _keys(one)}
    return {inner for one in value for inner in _keys(one)} if isinstance(value, list) else set()


def _made(word: str, inputs: list[InputChange], pair: Pair, before: State, after: State) -> Change:
    made = change(
        word,
        after.identity(pair.after),
        sentence(inputs),
        inputs=tuple(inputs),
        before=before.locate(pair.before, input_path(pair.before.inputs, inputs[0].path)),
        after=after.locate(pair.after, input_path(pair.after.inputs, inputs[0].path)),
        protected=pair.before.protect,
    )
    if made.action is Action.REPLACE:
        return replaced(made, pair, before)
    if made.action in (Action.NEW_VERSION, Action.NEW_DEFINITION) and _is_replaced(pair, before, after):
        below = len(before.children.get(pair.before.name, ()))
        what = f"with {counted(below, 'version')} " if made.resource.kind is Kind.DEFINITION else ""
        harm = f"It is not protected: Pulumi would delete it {what}and create it anew."
        return made._replace(refused_by=RefusedBy.ACG, why=f"{made.why} {harm}")
    return made


def _is_past(end: object, today: date) -> bool:
    """Whether an end of life has come for certain: of today, only midnight has."""
    found = moment(end)
    return found is not None and (found.date() < today or (found.date() == today and found.time() == time()))


def _is_replaced(pair: Pair, before: State, after: State) -> bool:
    """Whether Pulumi deletes and creates a resource: for inputs that the components name, where nothing protects it.

    The components name no inputs inside lists; a change of those is an update, which Azure refuses.
    """
    return not pair.before.protect and bool(replaced_inputs(pair, before, after))


def replaced_inputs(pair: Pair, before: State, after: State) -> list[InputChange]:
    """The inputs for which Pulumi makes a new resource, as it compares them: by letter."""
    one, two = before.resolved(pair.before.inputs), after.resolved(pair.after.inputs)
    changes = (change for path in pair.after.replaced_for for change in by_letter(one, two, path))
    return [one for one in changes if one.path[0] not in (*_NAMES, "location")]  # which azure-native itself compares


def _covers(one: InputChange, other: InputChange) -> bool:
    """Whether one of two inputs is in the other, or is the same."""
    return all(first == second for first, second in zip(one.path, other.path, strict=False))


def _spelled(letters: list[InputChange], pair: Pair, before: State, after: State) -> Change:
    """What is written otherwise and means the same to Azure, but not to Pulumi."""
    made = _made("spelled-otherwise", letters, pair, before, after)
    return made._replace(refused_by=RefusedBy.PULUMI) if pair.before.protect else made


def replaced(made: Change, pair: Pair, before: State) -> Change:
    """A replacement, refused where Pulumi protects what it would delete, or where a resource group would go."""
    below = list(descendants(before, pair.before.name))
    protected = pair.before.protect or any(one.protect for one in below)
    refused_by = RefusedBy.PULUMI if protected else None
    if made.resource.kind is Kind.RESOURCE_GROUP:
        refused_by = RefusedBy.ACG
    if below:
        images = sum(token(one) == kinds.IMAGE for one in below)
        versions = sum(token(one) == kinds.VERSION for one in below)
        parts = [counted(images, "definition")] if images else []
        parts += [counted(versions, "version")] if versions else []
        if parts:
            made = made._replace(summary=f"{made.summary}, with {' and '.join(parts)} in it")
    return made._replace(refused_by=refused_by)


def descendants(state: State, name: str) -> Iterator:
    """All resources that live in one, at any depth."""
    for child in state.children.get(name, ()):
        yield child
        yield from descendants(state, child.name)


def input_path(inputs: object, path: Iterable[str]) -> Path:
    """The path of an input as it was sent, elements of lists by index; as far as it was sent at all.

    What a region takes over from its version is where the version says it.
    """
    path = tuple(path)
    if (shared := _shared(inputs, path)) is not None:
        return shared
    found: list[str | int] = []
    node = inputs
    for key in path:
        if isinstance(node, list) and found:
            index = next((place for place, one in enumerate(node) if _is(one, str(found[-1]), key)), None)
            if index is None:
                break
            found.append(index)
            node = node[index]
        elif isinstance(node, dict) and key in node:
            found.append(key)
            node = node[key]
        else:
            if isinstance(node, dict):
                found.append(key)
            break
    return tuple(found)


_SHARED = {"regionalReplicaCount": "replicaCount", **{key: key for key in ("storageAccountType", "excludeFromLatest")}}
"""Keys of a target region, and those of the version from which they are taken over."""


def _shared(inputs: Any, path: tuple[str, ...]) -> Path | None:
    """Where a version says something for all regions that one of them does not say for itself."""
    if len(path) != 4 or path[:2] != ("publishingProfile", "targetRegions") or path[3] not in _SHARED:
        return None
    profile = part(inputs, "publishingProfile")
    regions = profile.get("targetRegions") or ()
    own = next((one for one in regions if _is(one, "targetRegions", path[2])), {})
    key = _SHARED[path[3]]
    return ("publishingProfile", key) if path[3] not in own and key in profile else None


def _is(element: object, listed: str, key: str) -> bool:
    if not isinstance(element, dict) or listed not in KEYED:
        return False
    name = str(element.get(KEYED[listed], ""))
    if listed == "targetExtendedLocations":
        return name.replace(" ", "").lower() == key.partition("/")[0]
    return name.replace(" ", "").lower() == key.lower()
