"""From what exists to a catalog that asks for exactly that.

The catalog that comes of it is lowered again and compared with what exists. What does not come out as it is in Azure is
declared as something that exists, which nothing touches, and is listed with the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from pydantic import BaseModel, ValidationError

from acg.adopt.defaults import Node, Spread, factored, spread
from acg.adopt.forms import (
    external_form,
    gallery_form,
    image_form,
    regions_form,
    replicas,
    storage_type,
    version_form,
)
from acg.adopt.keys import Keys
from acg.adopt.model import Adoption, Form, LeftOut
from acg.catalog.models import Catalog, Gallery, ImageDefinition, ImageVersion, ResourceGroup
from acg.desired.gallery import LOCK
from acg.desired.lower import Lowered, lower
from acg.desired.resource import Resource
from acg.path import Path
from acg.plan.classify.answered import answered_differences
from acg.plan.classify.compare import without_query
from acg.plan.classify.match import Pair
from acg.plan.identity import Identity, Kind
from acg.plan.model import InputChange
from acg.plan.state import State, kind_of

_LISTED = 3
"""How many differences a reason names."""


def adopt(
    resources: Iterable[Resource],
    *,
    external: Sequence[str] = (),
    unusable: Callable[[Resource], str | None] = lambda _: None,
    formerly: bool = False,
) -> Adoption:
    """Make a catalog of what exists.

    Args:
        resources: Resource groups, galleries with their locks, definitions and versions, in azure-native's input form
            with their ids; other kinds are passed over.
        external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
        unusable: Why a resource cannot be managed, as a sentence; None if it can.
        formerly: Whether the resources' names are URNs of a stack, under which Pulumi manages them today.
    """
    return _Adopting(State(resources), external, unusable, formerly).run()


class _Adopting:
    def __init__(
        self,
        state: State,
        external: Sequence[str],
        unusable: Callable[[Resource], str | None],
        formerly: bool,
    ) -> None:
        self.state = state
        self.external = tuple(pattern.lower() for pattern in external)
        self.unusable = unusable
        self.formerly = formerly
        self.left: dict[str, LeftOut] = {}
        """By the name of the resource."""
        self.keys = Keys(state)
        self.others = 0

    def run(self) -> Adoption:
        self.subscription = _main_subscription(self.keys.galleries)
        for lock in self.keys.foreign_locks:
            reason = f"A catalog's lock is called {LOCK}. This one goes on to hold, outside of the catalog."
            self.left[lock.name] = self._left(lock, reason)
        document, lowered = self._declared()
        # What does not come out as it is in Azure is declared as existing; its neighbours may inherit other defaults
        # then, so everything is looked at again.
        while wrong := self._wrong(lowered):
            self.left.update(wrong)
            document, lowered = self._declared()
        existing = {name: self.state.by_name[one] for one, name in self.keys.lowered.items()}
        managed = {one.name: existing[one.name] for one in lowered.resources if one.managed and one.name in existing}
        left = sorted(self.left.values(), key=lambda one: (one.what, one.reason))
        return Adoption(document, lowered, managed, self.others, tuple(left), (), self.subscription)

    def _identity(self, resource: Resource) -> Identity:
        return self.state.identity(resource)

    def _left(self, resource: Resource, reason: str) -> LeftOut:
        declared = kind_of(resource) in (Kind.GALLERY, Kind.DEFINITION, Kind.VERSION)
        return LeftOut(self._identity(resource).title, reason, declared)

    # -- the catalog -----------------------------------------------------------------------------------------------

    def _declared(self) -> tuple[Form, Lowered]:
        self.others = 0
        groups = {self.keys.own[one.name]: self._group(one) for one in self.keys.groups if one.name not in self.left}
        galleries = {self.keys.own[one.name]: self._gallery(one) for one in self.keys.galleries}
        document = factored({key: node for key, node in groups.items() if node is not None}, galleries)
        return document, lower(Catalog.model_validate(document))

    def _group(self, group: Resource) -> Node | None:
        form = {"location": group.inputs.get("location"), **self._elsewhere(self._identity(group))}
        own = self._own(group, ResourceGroup, lambda: form)
        return None if own is None else Node(own, self._tags(group))

    def _elsewhere(self, one: Identity) -> Form:
        """The subscription, where it is not the one of most galleries."""
        return {"subscription": one.subscription} if one.subscription not in (None, self.subscription) else {}

    def _gallery(self, gallery: Resource) -> Node:
        one = self._identity(gallery)
        key = self.keys.own[gallery.name]
        renamed = {"name": one.gallery} if one.gallery != key else {}
        head = {**renamed, "resourceGroup": one.resource_group, **self._elsewhere(one)}
        images = self.keys.children(gallery, Kind.DEFINITION)
        own = self._own(gallery, Gallery, lambda: {**head, **gallery_form(gallery.inputs)})
        if own is None:
            location = gallery.inputs.get("location")
            own = {"existing": True, **head, **({"location": location} if location else {})}
        children = {self.keys.own[image.name]: self._image(image, gallery.inputs.get("location")) for image in images}
        return Node({**own, **self._lock(gallery)}, self._tags(gallery), children=children)

    def _lock(self, gallery: Resource) -> Form:
        for lock in self.keys.children(gallery, Kind.LOCK):
            if lock.name in self.left:
                continue
            if gallery.name not in self.left:
                level, notes = lock.inputs["level"], lock.inputs.get("notes")
                return {"lock": {"level": level, "notes": notes} if notes else level}
            self.left[lock.name] = self._left(lock, "Its gallery is not managed.")
        return {}

    def _image(self, image: Resource, location: Any) -> Node:
        own = self._own(image, ImageDefinition, lambda: {**_place(image, location), **image_form(image.inputs)})
        if own is None:
            identifier = image.inputs.get("identifier")
            own = {"existing": True, **_place(image, location), **({"identifier": identifier} if identifier else {})}
        place = image.inputs.get("location", location)
        versions = {
            self.keys.own[one.name]: self._version(one, place) for one in self.keys.children(image, Kind.VERSION)
        }
        return Node(own, self._tags(image), children=versions)

    def _version(self, version: Resource, location: Any) -> Node:
        where = self._identity(version)
        named = f"{where.gallery}/{where.definition}".lower()
        by_others = any(fnmatchcase(named, pattern) for pattern in self.external)
        own = None if by_others else self._own(version, ImageVersion, lambda: self._version_form(version, location))
        self.others += by_others
        goes = _spread(version)
        if own is None:
            return Node({**_place(version, location), **external_form(version)}, None, goes)
        return Node(own, self._tags(version), goes)

    def _version_form(self, version: Resource, location: Any) -> Form | None:
        form = version_form(version)
        if form is None:
            return None
        source = form.get("source") or {}
        target = self._by_id.get(source["version"]) if "version" in source else None
        if target is not None and target in self.keys.lowered and target not in self.left:
            form = {**form, "source": {"version": self.keys.lowered[target]}}
        return {**_place(version, location), **form}

    @property
    def _by_id(self) -> Mapping[str, str]:
        """Names of versions by their ids to the letter: an address stands for the id as Azure spells it."""
        found: Mapping[str, str] | None = self.__dict__.get("_ids")
        if found is None:
            found = {one.id: one.name for one in self.state.resources if one.id and kind_of(one) is Kind.VERSION}
            self.__dict__["_ids"] = found
        return found

    def _own(self, resource: Resource, model: type[BaseModel], make: Callable[[], Form | None]) -> Form | None:
        """What a resource says of its own; None if it cannot be managed, with the reason noted."""
        if resource.name in self.left:
            return None
        reason = self.unusable(resource)
        form = make() if reason is None else None
        if reason is None:
            reason = "Its source cannot be written in a catalog." if form is None else _unsayable(form, model)
        if reason is not None:
            self.left[resource.name] = self._left(resource, reason)
            return None
        if form is not None and self.formerly:
            form["formerly"] = resource.name
        return form

    def _tags(self, resource: Resource) -> dict[str, str] | None:
        return None if resource.name in self.left else dict(resource.inputs.get("tags") or {})

    # -- the proof -------------------------------------------------------------------------------------------------

    def _wrong(self, lowered: Lowered) -> dict[str, LeftOut]:
        """What the catalog would not ask for as it is."""
        after = State.of(lowered)
        found: dict[str, LeftOut] = {}
        problems = {_declaration(problem.path): f"{problem.message}." for problem in lowered.problems}
        for name, lowered_name in self.keys.lowered.items():
            resource = self.state.by_name[name]
            declared = after.by_name.get(lowered_name)
            if declared is None or not declared.managed:
                continue
            reason = problems.get(declared.path)
            if reason is None and (
                differing := list(answered_differences(Pair(resource, declared), self.state, after))
            ):
                reason = _differing(differing)
            if reason is not None:
                found[name] = self._left(resource, reason)
        return found


def _place(resource: Resource, inherited: Any) -> Form:
    location = resource.inputs.get("location")
    return {"location": location} if location is not None and location != inherited else {}


def _spread(version: Resource) -> Spread:
    return spread(regions_form(version.inputs), replicas(version.inputs), storage_type(version.inputs))


def _main_subscription(galleries: Iterable[Resource]) -> str | None:
    counted = Counter(one.subscription for one in galleries if isinstance(one.subscription, str))
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


def _unsayable(form: Form, model: type[BaseModel]) -> str | None:
    """Why a catalog cannot say this; None if it can."""
    try:
        model.model_validate(form)
    except ValidationError as error:
        return "A catalog cannot say " + _listed(_dotted(it["loc"]) for it in error.errors(include_url=False)) + "."
    return None


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path) or "this"


def _declaration(path: Path) -> Path:
    """The path of the gallery, definition or version that a path leads into."""
    for length, section in ((6, "versions"), (4, "images")):
        if len(path) >= length and path[length - 2] == section:
            return path[:length]
    return path[:2]


def _differing(found: list[InputChange]) -> str | None:
    """Why a resource cannot be managed whose declaration comes out differently; None if it does not."""
    if not found:
        return None
    return f"A catalog cannot say {_listed(without_query(one.dotted) for one in found)} as it is in Azure."


def _listed(names: Iterable[str]) -> str:
    found: list[str] = list(dict.fromkeys(names))
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more
