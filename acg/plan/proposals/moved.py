"""The way out of a definition that is to move: it stays where it was, and copies of its versions are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from acg.catalog.edit.model import Edit, put
from acg.catalog.models import ImageVersion
from acg.desired.resource import Resource
from acg.plan.identity import Identity, Kind
from acg.plan.proposals.catalog_form import declared_form, restored
from acg.plan.state import State, kind_of


def left_behind(target: Identity, gone: Iterable[Resource], before: State) -> Resource | None:
    """The definition that disappears and has the name of one that appears."""
    wanted = (target.definition or "").lower()
    for resource in gone:
        is_managed = resource.managed and kind_of(resource) is Kind.DEFINITION
        if is_managed and (before.identity(resource).definition or "").lower() == wanted:
            return resource
    return None


def copying(old: Resource, new: Resource, before: State, after: State) -> list[Edit]:
    """Edits that put a definition back and make the versions of the new one from its own; none if that is not known.

    Args:
        old: The definition that disappears.
        new: The one that appears in another gallery.
        before: The side of the first.
        after: The side of the second.
    """
    declared = before.declared(old)
    form = declared_form(declared) if declared is not None else None
    gallery = after.catalog.galleries.get(str(old.path[1])) if after.catalog and old.path else None
    if form is None or gallery is None or gallery.existing or not new.path:
        return []
    return [put(old.path, form), *_copies(old, new, before, after)]


def _copies(old: Resource, new: Resource, before: State, after: State) -> Iterator[Edit]:
    numbers = {before.identity(one).version: one for one in before.children.get(old.name, ())}
    for version in after.children.get(new.name, ()):
        original = numbers.get(after.identity(version).version)
        declared = after.declared(version)
        if original is None or not version.managed or not isinstance(declared, ImageVersion):
            continue
        sizes = version.expected_sizes
        fields: dict[str, Any] = {
            "source": {"version": original.name},
            "osDisk": {"expectedSizeGB": sizes[None]} if None in sizes else None,
            "dataDisks": [
                {"lun": lun, "expectedSizeGB": size} for lun, size in sorted(sizes.items(), key=str) if lun is not None
            ]
            or None,
        }
        yield from restored(version.path, declared, fields, "A copy has the content of the version that stays.")
