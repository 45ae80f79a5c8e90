"""Each resource that exists as a part of a catalog: what it says of its own, or that it exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from pydantic import BaseModel

from acg.adopt.defaults import Node, Spread, spread
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
from acg.adopt.model import Form, LeftOut
from acg.adopt.sayable import unsayable
from acg.catalog.models import Gallery, ImageDefinition, ImageVersion, ResourceGroup
from acg.desired.resource import Resource
from acg.plan.identity import Identity, Kind
from acg.plan.state import State, kind_of

Unusable = Callable[[Resource], str | None]
"""Why a resource cannot be managed, as a sentence; None if it can."""

_NO_SOURCE = "Its source cannot be written in a catalog."


class Nodes:
    """Makes nodes of a catalog, and notes what cannot be managed."""

    def __init__(
        self,
        state: State,
        keys: Keys,
        *,
        addresses: Mapping[str, str],
        external: Sequence[str] = (),
        unusable: Unusable = lambda _: None,
        subscription: str | None = None,
        formerly: bool = False,
    ) -> None:
        """Make nodes of what exists.

        Args:
            state: What exists.
            keys: What it is called in the catalog.
            addresses: Addresses in the catalog of versions, by their ids as Azure spells them.
            external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
            unusable: Why a resource cannot be managed.
            subscription: The provider's.
            formerly: Whether the resources' names are URNs of a stack.
        """
        self.state = state
        self.keys = keys
        self.left: dict[str, LeftOut] = {}
        """What is not managed, by the name of the resource."""
        self.others: set[str] = set()
        """Names of the versions that others publish."""
        self._addresses = addresses
        self._external = tuple(pattern.lower() for pattern in external)
        self._unusable = unusable
        self._subscription = subscription
        self._formerly = formerly

    def leave(self, resource: Resource, reason: str) -> None:
        """Note that a resource is not managed."""
        declared = kind_of(resource) in (Kind.GALLERY, Kind.DEFINITION, Kind.VERSION)
        self.left[resource.name] = LeftOut(self._identity(resource).title, reason, declared, resource.name)

    def _identity(self, resource: Resource) -> Identity:
        return self.state.identity(resource)

    def group(self, group: Resource) -> Node | None:
        """A resource group; None if it cannot be managed, for a catalog names no group that exists."""
        form = {"location": group.inputs.get("location"), **self._elsewhere(self._identity(group))}
        own = self._own(group, ResourceGroup, lambda: form)
        return None if own is None else Node(own, self._tags(group))

    def _elsewhere(self, one: Identity) -> Form:
        """The subscription, where it is not the one of most galleries."""
        return {"subscription": one.subscription} if one.subscription not in (None, self._subscription) else {}

    def gallery(self, gallery: Resource) -> Node:
        """A gallery with all that is in it."""
        one = self._identity(gallery)
        key = self.keys.own[gallery.name]
        renamed = {"name": one.gallery} if one.gallery != key else {}
        head = {**renamed, "resourceGroup": one.resource_group, **self._elsewhere(one)}
        images = self.keys.children(gallery, Kind.DEFINITION)
        own = self._own(gallery, Gallery, lambda: {**head, **gallery_form(gallery.inputs)})
        if own is None:
            location = gallery.inputs.get("location")
            own = {"existing": True, **head, **({"location": location} if location else {})}
        children = {self.keys.own[image.name]: self.image(image, gallery.inputs.get("location")) for image in images}
        return Node({**own, **self._lock(gallery)}, self._tags(gallery), children=children)

    def _lock(self, gallery: Resource) -> Form:
        for lock in self.keys.children(gallery, Kind.LOCK):
            if lock.name in self.left:
                continue
            if gallery.name not in self.left:
                level, notes = lock.inputs["level"], lock.inputs.get("notes")
                return {"lock": {"level": level, "notes": notes} if notes else level}
            self.leave(lock, "Its gallery is not managed.")
        return {}

    def image(self, image: Resource, location: Any) -> Node:
        """A definition with its versions; ``location`` is that of its gallery."""
        own = self._own(image, ImageDefinition, lambda: {**_place(image, location), **image_form(image.inputs)})
        if own is None:
            identifier = image.inputs.get("identifier")
            own = {"existing": True, **_place(image, location), **({"identifier": identifier} if identifier else {})}
        place = image.inputs.get("location", location)
        versions = {
            self.keys.own[one.name]: self.version(one, place) for one in self.keys.children(image, Kind.VERSION)
        }
        return Node(own, self._tags(image), children=versions)

    def version(self, version: Resource, location: Any) -> Node:
        """A version; ``location`` is that of its definition."""
        where = self._identity(version)
        named = f"{where.gallery}/{where.definition}".lower()
        by_others = any(fnmatchcase(named, pattern) for pattern in self._external)
        own = None if by_others else self._own(version, ImageVersion, lambda: self._version_form(version, location))
        if by_others:
            self.others.add(version.name)
        goes = _spread(version)
        if own is None:
            return Node({**_place(version, location), **external_form(version)}, None, goes)
        return Node(own, self._tags(version), goes)

    def _version_form(self, version: Resource, location: Any) -> Form | None:
        form = version_form(version)
        if form is None:
            return None
        source = form.get("source") or {}
        if (address := self._addresses.get(source.get("version", ""))) is not None:
            form = {**form, "source": {"version": address}}
        return {**_place(version, location), **form}

    def _own(self, resource: Resource, model: type[BaseModel], make: Callable[[], Form | None]) -> Form | None:
        """What a resource says of its own; None if it cannot be managed, with the reason noted."""
        if resource.name in self.left:
            return None
        reason = self._unusable(resource)
        form = make() if reason is None else None
        if reason is None:
            reason = _NO_SOURCE if form is None else unsayable(form, model, resource.inputs.get("tags") or {})
        if reason is not None:
            self.leave(resource, reason)
            return None
        if form is not None and self._formerly:
            form["formerly"] = resource.name
        return form

    def _tags(self, resource: Resource) -> dict[str, str] | None:
        return None if resource.name in self.left else dict(resource.inputs.get("tags") or {})


def _place(resource: Resource, inherited: Any) -> Form:
    location = resource.inputs.get("location")
    return {"location": location} if location is not None and location != inherited else {}


def _spread(version: Resource) -> Spread:
    return spread(regions_form(version.inputs), replicas(version.inputs), storage_type(version.inputs))
