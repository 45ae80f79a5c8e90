"""The definitions that a plan touches, each with its versions on both sides."""

from __future__ import annotations

from typing import NamedTuple

from acg.azure import kinds
from acg.desired.resource import Resource
from acg.plan.classify.match import Matched
from acg.plan.identity import Identity, Kind
from acg.plan.state import State, token


class Touched(NamedTuple):
    """A definition of which a version or the definition itself differs."""

    identity: Identity
    before: list[Resource]
    """Its versions before."""
    after: list[Resource]
    stays: bool
    """Whether the definition is there after."""
    location: str | None

    def changed_pairs(self) -> list[tuple[Resource | None, Resource | None]]:
        """Those of `pairs` that differ, by number."""
        return sorted((pair for pair in self.pairs() if _differ(*pair)), key=_number)

    def pairs(self) -> list[tuple[Resource | None, Resource | None]]:
        """Each version on both sides, by its number."""
        names = {key: (one, None) for one in self.before if (key := _key(one))}
        found: dict[str, tuple[Resource | None, Resource | None]] = dict(names)
        for one in self.after:
            if key := _key(one):
                found[key] = (found.get(key, (None, None))[0], one)
        return list(found.values())


def _number(pair: tuple[Resource | None, Resource | None]) -> tuple[tuple[int, ...], str]:
    """Orders versions as Azure does, whatever the order on their side."""
    version = pair[1] or pair[0]
    key = None if version is None else _key(version)
    parts = (key or "").split(".")
    return tuple(int(part) if part.isdecimal() else -1 for part in parts), key or ""


def _differ(one: Resource | None, other: Resource | None) -> bool:
    return one is None or other is None or one.inputs != other.inputs or one.managed != other.managed


def touched(matched: Matched, before: State, after: State) -> list[Touched]:
    """The definitions that differ in anything, by the names of their galleries and their own."""
    keys: dict[tuple[str, str], Identity] = {}
    differing = [(before, pair.before) for pair in matched.pairs] + [(after, pair.after) for pair in matched.pairs]
    differing += [(before, one) for one in matched.gone] + [(after, one) for one in matched.new]
    for state, resource in differing:
        one = state.identity(resource)
        if one.kind in (Kind.VERSION, Kind.DEFINITION) and one.gallery and one.definition:
            key = (one.gallery.lower(), one.definition.lower())
            keys[key] = one._replace(kind=Kind.DEFINITION, version=None, name=_definition_name(one))
    sides = (_versions(state, keys) for state in (before, after))
    old, new = sides
    definitions = {_definition(after, one): one for one in after.resources if token(one) == kinds.IMAGE}
    known = {_definition(before, one) for one in before.resources if token(one) == kinds.IMAGE}
    found: list[Touched] = []
    for key, identity in sorted(keys.items()):
        own = definitions.get(key)
        if own is not None and not own.managed and key not in known and not old.get(key):
            continue  # it exists, and nothing says what it had: another stack deploys it, or it was not named before
        if own is not None:
            identity = after.identity(own)
        location = own.inputs.get("location") if own else None
        stays = own is not None or bool(new.get(key))
        found.append(Touched(identity, old.get(key, []), new.get(key, []), stays, location))
    return found


def _versions(state: State, keys: dict[tuple[str, str], Identity]) -> dict[tuple[str, str], list[Resource]]:
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in state.resources:
        if token(resource) == kinds.VERSION and (key := _definition(state, resource)) in keys:
            found.setdefault(key, []).append(resource)
    return found


def _definition(state: State, resource: Resource) -> tuple[str, str]:
    names = state.azure(resource).names
    return (names[0] or "", names[1] or "")


def _definition_name(one: Identity) -> str:
    return one.name.rsplit("/", 1)[0] if one.kind is Kind.VERSION and "::" not in one.name else one.name


def _key(version: Resource) -> str | None:
    number = version.inputs.get("galleryImageVersionName")
    return number.lower() if isinstance(number, str) else None
