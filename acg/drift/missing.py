"""What is declared and is not in Azure, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterator

from acg.catalog.edit.model import put
from acg.desired.resource import Resource
from acg.drift.fields import removed
from acg.drift.model import Drift, DriftKind
from acg.drift.sides import REFRESHED, Sides
from acg.plan.classify.words import counted
from acg.plan.identity import Kind
from acg.plan.state import arm_id, kind_of
from acg.state.observed import NOT_ASKED, Part, SoftDeleted, is_absent

_PARTS = {
    Kind.RESOURCE_GROUP: Part.GROUPS,
    Kind.GALLERY: Part.GALLERIES,
    Kind.DEFINITION: Part.DEFINITIONS,
    Kind.VERSION: Part.VERSIONS,
    Kind.LOCK: Part.LOCKS,
}


class Missing:
    """Looks for what is declared and not found."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self._unknown: dict[tuple[str | None, str], list[str]] = {}
        """Titles of what may be missing or not, by what they live in and why."""
        self._absent = {one.name for one in sides.new}
        self._bin = {one.id.lower(): one for one in sides.snapshot.soft_deleted}

    def drifts(self) -> Iterator[Drift]:
        """One for each thing that is missing; what is in it is counted with it."""
        for resource in self.sides.new:
            parent = self.sides.after.parent(resource)
            if parent is not None and parent.name in self._absent:
                continue
            if (why := self.why_unknown(resource)) is not None:
                titles = self._unknown.setdefault((resource.parent, why), [])
                titles.append(self.sides.after.identity(resource).title)
            else:
                yield self._missing(resource)

    def unknown(self) -> Iterator[str]:
        """What may be missing or not, and why, in sentences; once `drifts` has looked."""
        for (_, why), (first, *others) in self._unknown.items():
            subject = f"{first} and {len(others):,} more exist" if others else f"{first} exists"
            yield f"Whether {subject} is not known: {why}."

    def why_unknown(self, resource: Resource) -> str | None:
        """Why nobody knows whether it exists; None if it is known not to."""
        kind = kind_of(resource)
        scope = self._scope(resource)
        if kind is None or scope is None:
            return "the catalog does not name its subscription"
        why = self.sides.snapshot.coverage.why_unknown(_PARTS[kind], scope)
        if why is None or is_absent(why):
            return None
        return "it was not asked for" if why == NOT_ASKED else f"the request {why}"

    def _scope(self, resource: Resource) -> str | None:
        """Id of what tells whether it exists: of what it lives in, or its own."""
        if (parent := self.sides.after.parent(resource)) is not None:
            return self.sides.exists_as[parent.name].id
        one = self.sides.after.identity(resource)
        subscription = one.subscription or self.sides.subscription
        return None if subscription is None else arm_id(one, subscription)

    def _missing(self, resource: Resource) -> Drift:
        sides = self.sides
        inside = self._inside(resource)
        summary = f"is declared and does not exist{inside}"
        deleted = self._deleted(resource)
        if not resource.managed:
            alone = not any(one.managed for one in sides.after.children.get(resource.name, ()))
            edits = removed(resource) if alone else []
            proposal = sides.proposal("It is declared as existing: remove it, or have it created.", edits)
        elif deleted is not None:
            end = "" if deleted.gone_at is None else f" until {deleted.gone_at:%Y-%m-%d %H:%M} UTC"
            text = f"It is in the bin{end}: declare that it is to be restored, and deploy."
            proposal = sides.proposal(text, [put((*resource.path, "restore"), True)], REFRESHED)
        else:
            text = "An update that looks at Azure first creates it; a declaration that is removed ends it, too."
            proposal = sides.update(text, self._scope(resource))
        place = sides.after.locate(resource)
        return Drift(DriftKind.MISSING, sides.after.identity(resource), summary, place=place, proposal=proposal)

    def _inside(self, resource: Resource) -> str:
        found = {Kind.DEFINITION: 0, Kind.VERSION: 0}
        below = list(self.sides.after.children.get(resource.name, ()))
        while below:
            one = below.pop()
            kind = kind_of(one)
            if kind is not None and kind in found:
                found[kind] += 1
            below += self.sides.after.children.get(one.name, ())
        parts = [counted(number, kind.value) for kind, number in found.items() if number]
        return f", with {' and '.join(parts)} in it" if parts else ""

    def _deleted(self, resource: Resource) -> SoftDeleted | None:
        if kind_of(resource) is not Kind.VERSION or not self._bin:
            return None
        number = self.sides.after.identity(resource).version
        return self._bin.get(f"{self._scope(resource)}/versions/{number}".lower())
