"""The whole set that is checked, indexed once: what belongs to what, and which resource an id means."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from acg.desired.resource import Derived, Resource
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import View
from acg.rules.views.definition import ImageDefinition
from acg.rules.views.gallery import Gallery
from acg.rules.views.group import ResourceGroup
from acg.rules.views.lazy import lazy
from acg.rules.views.replication import Replications
from acg.rules.views.sources import Disk, DiskEncryptionSet, ManagedImage, ScaleSet, Snapshot, VirtualMachine
from acg.rules.views.version import ImageVersion

T = TypeVar("T")
V = TypeVar("V", bound=View)

VIEWS: dict[str, type[View]] = {
    view.TYPE: view
    for view in (
        ResourceGroup,
        Gallery,
        ImageDefinition,
        ImageVersion,
        Disk,
        Snapshot,
        ManagedImage,
        VirtualMachine,
        ScaleSet,
        DiskEncryptionSet,
    )
}
"""The types that rules look at."""

DEFAULT_API = "2024-03-03"
"""API version that azure-native 3.29 sends for a type token without one."""

PARENTS: dict[type[View], type[View]] = {ImageVersion: ImageDefinition, ImageDefinition: Gallery}

_ABOVE: dict[type[View], tuple[tuple[str, str], ...]] = {
    ImageDefinition: (("galleries", "galleryName"),),
    ImageVersion: (("galleries", "galleryName"), ("images", "galleryImageName")),
}
"""Types in an id above a resource's own, each with the input that names it."""

_NOBODY = "-"
"""Stands for the provider's subscription, so that no id that a program knows as text names it."""


@cache
def split_token(token: str) -> tuple[str, str]:
    """Type token without its version, and the API version: ``…:compute/v20250303:GalleryImage`` -> 2025-03-03."""
    package, _, rest = token.partition(":")
    module, _, name = rest.partition(":")
    module, _, version = module.partition("/v")
    digits = version[:8]
    if len(digits) != 8 or not digits.isdigit():
        return token, DEFAULT_API
    return f"{package}:{module}:{name}", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


class Stack:
    """All resources of one check. Built once; what a rule asks of it is a look-up."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.replications = Replications()
        self._once: dict[Callable[[Stack], Any], Any] = {}
        self.views: list[View] = []
        """What rules look at, in the order given; resources of other types are left out."""
        add = self.views.append
        for resource in resources:
            plain, api = split_token(resource.type)
            view = VIEWS.get(plain)
            if view is not None:
                add(view(resource, self, api))

    def once(self, compute: Callable[[Stack], T]) -> T:
        """What a rule computes over the whole stack, computed when it is first asked for."""
        found = self._once.get(compute)
        if found is None:
            found = self._once[compute] = compute(self)
        return found

    def all(self, kind: type[V]) -> Sequence[V]:
        """All resources of a type, those that exist already included."""
        return self._by_type.get(kind, ())  # pyright: ignore[reportReturnType]

    def parent(self, view: View) -> View | None:
        """The gallery of a definition or the definition of a version, where the stack has it.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        named = self._by_name.get(view.resource.parent) if view.resource.parent else None
        wanted = PARENTS.get(type(view))
        if named is not None and type(named) is wanted:
            return named
        return None if wanted is None else self._ids[view.subscription is None].get(_above(view))

    def home(self, view: View) -> Hashable:
        """What tells the gallery of a definition, or the definition of a version, from all others, in the stack or not.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        parent = self.parent(view)
        return _above(view) if parent is None else id(parent)

    def children(self, view: View) -> Sequence[View]:
        """The definitions of a gallery or the versions of a definition. Those with unknown parents belong to none."""
        return self._children.get(id(view), ())

    def find(self, reference: str | Derived) -> View | None:
        """The resource that an id means, where the stack has it.

        An id names a subscription. Resources of the provider's subscription, which is not known here, are therefore
        found only by the ids that they will have, not by text: another subscription may have the same names.
        """
        if isinstance(reference, str):
            return self._ids[False].get(reference.lower())
        base = self._by_name.get(reference.resource)
        if base is None or reference.template == "{id}":
            return base
        try:
            text = reference.template.format(id=_id(base), subscription=base.subscription or _NOBODY)
        except UnknownValueError:
            return None
        return self._ids[base.subscription is None].get(text.lower())

    @lazy
    def _by_type(self) -> dict[type[View], list[View]]:
        found: dict[type[View], list[View]] = {}
        for view in self.views:
            found.setdefault(type(view), []).append(view)
        return found

    @lazy
    def _by_name(self) -> dict[str, View]:
        return {view.resource.name: view for view in self.views}

    @lazy
    def _ids(self) -> _Ids:
        return _Ids(self.views)

    @lazy
    def _children(self) -> dict[int, list[View]]:
        found: dict[int, list[View]] = {}
        for view in self.views:
            if type(view) not in PARENTS:
                continue
            try:
                parent = self.parent(view)
            except UnknownValueError:
                continue
            if parent is not None:
                found.setdefault(id(parent), []).append(view)
        return found


class _Ids:
    """Resources by id in lower case: those of the provider's subscription, which is not known, apart from the others.

    Each half is put together when it is first asked for: a catalog that names no subscription needs none.
    """

    def __init__(self, views: Sequence[View]) -> None:
        self._views = views

    def __getitem__(self, is_provider: bool) -> dict[str, View]:
        return self._provider if is_provider else self._others

    @lazy
    def _provider(self) -> dict[str, View]:
        return _by_id(view for view in self._views if view.resource.subscription is None)

    @lazy
    def _others(self) -> dict[str, View]:
        return _by_id(view for view in self._views if view.resource.subscription is not None)


def _by_id(views: Iterable[View]) -> dict[str, View]:
    found: dict[str, View] = {}
    for view in views:
        try:
            found.setdefault(_id(view), view)
        except UnknownValueError:
            continue
    return found


class Alone(Stack):
    """A stack of one, for rules that one resource decides: whoever asks it for others has not said so."""

    def parent(self, view: View) -> View | None:
        raise TypeError("a rule that looks at other resources must ask for the stack")

    def children(self, view: View) -> Sequence[View]:
        raise TypeError("a rule that looks at other resources must ask for the stack")

    def find(self, reference: str | Derived) -> View | None:
        raise TypeError("a rule that looks at other resources must ask for the stack")


def _id(view: View) -> str:
    """Id of a resource in lower case; of one without a name yet, what nobody asks for."""
    name = view.name
    return f"{_above(view)}/{view.ARM}/{name}".lower() if name is not None else f"-/{view.resource.name}"


def _above(view: View) -> str:
    """Id of what a resource lives in, in lower case: a definition, a gallery, or the resource provider in its group."""
    subscription = view.subscription or _NOBODY
    above = "".join(f"/{kind}/{view.text(key)}" for kind, key in _ABOVE.get(type(view), ()))
    path = f"/subscriptions/{subscription}/resourceGroups/{view.resource_group}/providers/Microsoft.Compute{above}"
    return path.lower()
