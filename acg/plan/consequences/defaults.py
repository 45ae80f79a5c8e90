"""Edits of ``defaults`` that reach versions which are published already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from acg.catalog.edit.model import Edit, put
from acg.catalog.edit.snippet import block
from acg.catalog.models import Catalog, ImageVersion
from acg.desired.resource import Resource
from acg.path import Path, dotted
from acg.plan.classify.changed import differences, input_path
from acg.plan.classify.coming import number_of
from acg.plan.classify.match import Matched, Pair
from acg.plan.consequences.replicas import Copied
from acg.plan.effects import DefaultsChange
from acg.plan.identity import Kind
from acg.plan.parts import part
from acg.plan.proposals.catalog_form import with_short_regions
from acg.plan.state import State, kind_of

_FIELDS = {"endOfLifeAfter": "endOfLifeDate"}
"""Fields of ``defaults`` that a version has under another name."""


def defaults_changes(
    matched: Matched, before: State, after: State, copies: Iterable[Copied]
) -> Iterator[DefaultsChange]:
    """Each field of ``defaults`` whose change reaches published versions."""
    if before.catalog is None or after.catalog is None:
        return
    reached: dict[Path, list[Pair]] = {}
    for pair in matched.pairs:
        if kind_of(pair.after) is Kind.VERSION and pair.before.managed and pair.after.managed:
            for path in _sources(pair, before, after):
                reached.setdefault(path, []).append(pair)
    by_name = {copy.identity.name: copy for copy in copies}
    for path, pairs in sorted(reached.items(), key=lambda item: dotted(item[0])):
        names = {pair.after.name for pair in pairs}
        grown = [by_name[name] for name in sorted(names) if name in by_name]
        yield DefaultsChange(
            dotted(path),
            before.at(path),
            after.at(path),
            tuple(after.identity(pair.after) for pair in pairs),
            sum(_added(copy) for copy in grown),
            sum(copy.size is None for copy in grown),
            _pin_text(pins := tuple(_pins(path, pairs, after))),
            pins,
        )


def _sources(pair: Pair, before: State, after: State) -> set[Path]:
    """The fields of ``defaults`` from which changed inputs of a version come, before or after."""
    found: set[Path] = set()
    for one in differences(pair, before, after):
        for state, resource in ((after, pair.after), (before, pair.before)):
            path = state.path_of(resource, input_path(resource.inputs, one.path))
            if "defaults" in path[:5] and "versions" not in path:
                field = path[: path.index("defaults") + 2]
                if _given(before.catalog, field) != _given(after.catalog, field):
                    found.add(field)
    return found


def _given(catalog: Catalog | None, path: Path) -> Any:
    """What a catalog says at a path of its models; None: nothing."""
    node: Any = catalog
    for key in path:
        if isinstance(node, BaseModel):
            names = {field.alias or name: name for name, field in type(node).model_fields.items()}
            node = getattr(node, names.get(str(key), ""), None)
        else:
            node = node.get(key) if isinstance(node, dict) else None
    return node


def _added(copy: Copied) -> int:
    return sum(max(copy.after.get(key, 0) - copy.before.get(key, 0), 0) for key in copy.after) * (copy.size or 0)


def _pins(path: Path, pairs: list[Pair], after: State) -> Iterator[Edit]:
    """Edits that write the old value into all versions but the newest of each definition."""
    newest: dict[str | None, Resource] = {}
    for pair in pairs:
        top = newest.get(pair.after.parent)
        if top is None or _number(after, pair.after) > _number(after, top):
            newest[pair.after.parent] = pair.after
    field = _FIELDS.get(str(path[-1]), str(path[-1]))
    for pair in pairs:
        if newest[pair.after.parent] is not pair.after:
            written, old = _pin(pair, field, after)
            if old is not None:
                yield put(
                    (*pair.after.path, written),
                    with_short_regions(old),
                    "A published version keeps what it was published with.",
                )


_BY_REGION = {"replicaCount": "regionalReplicaCount", "storageAccountType": "storageAccountType"}
"""Fields of a version that outweigh those of the regions that it inherits."""


def _pin(pair: Pair, field: str, after: State) -> tuple[str, Any]:
    """The field of a version to write, and its value."""
    old, key = old_value(pair.before, field), _BY_REGION.get(field)
    regions = old_value(pair.before, "targetRegions") or ()
    declared = after.declared(pair.after)
    inherits = isinstance(declared, ImageVersion) and declared.target_regions is None
    if key is None or not inherits or not any(key in region for region in regions):
        return field, old
    return "targetRegions", [{**region, key: region.get(key, old)} for region in regions]


def _pin_text(pins: tuple[Edit, ...]) -> str | None:
    """What to write, once for all versions that get the same."""
    versions: dict[str, list[str]] = {}
    for edit in pins:
        text = block({str(edit.path[-1]): edit.value})
        versions.setdefault(text, []).append("/".join(str(key) for key in edit.path[1:-1:2]))
    parts = (f"# in {', '.join(names)}:\n{text}" for text, names in versions.items())
    return "".join(parts) or None


def old_value(version: Resource, field: str) -> Any:
    """What a version was given for a field that it inherits, in the form of the catalog."""
    profile = part(version.inputs, "publishingProfile")
    value = profile.get(field) if field not in ("location", "tags") else version.inputs.get(field)
    return 1 if value is None and field == "replicaCount" else value


def _number(state: State, resource: Resource) -> tuple[int, ...]:
    number = number_of(state.identity(resource))
    return (number.major, number.minor, number.patch) if number else ()
