"""Ids that resources have or will have in Azure, in lower case, and which resource has which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import View
from acg.rules.views.lazy import lazy

PROVIDERS_SUBSCRIPTION = "-"
"""Stands for the provider's subscription, so that no id that a program knows as text names it."""


class ResourcesById:
    """Resources by id: those of the provider's subscription, which is not known, apart from the others.

    Each half is put together when it is first asked for: a catalog that names no subscription needs none.
    """

    def __init__(self, views: Sequence[View]) -> None:
        self._views = views

    @lazy
    def unknown(self) -> frozenset[str]:
        """What stands for a subscription in ids, where that is not known."""
        places = (view.resource for view in self._views if view.resource.subscription is None)
        return frozenset(one.provider or PROVIDERS_SUBSCRIPTION for one in places)

    def find(self, key: str, *, is_providers: bool) -> View | None:
        """The resource with an id in lower case, among those of the provider's subscription or among the others."""
        return (self._of_provider if is_providers else self._others).get(key)

    @lazy
    def _of_provider(self) -> dict[str, View]:
        return _by_id(view for view in self._views if view.resource.subscription is None)

    @lazy
    def _others(self) -> dict[str, View]:
        return _by_id(view for view in self._views if view.resource.subscription is not None)


def id_of(view: View) -> str:
    """Id of a resource in lower case; of one without a name yet, what nobody asks for.

    Raises:
        UnknownValueError: if a name in it is known only after deployment.
    """
    name = view.name
    return f"{above(view)}/{view.ARM}/{name}".lower() if name is not None else f"-/{view.resource.name}"


def above(view: View) -> str:
    """Id of what a resource lives in, in lower case: a definition, a gallery, or the resource provider in its group.

    Raises:
        UnknownValueError: if a name in it is known only after deployment.
    """
    subscription = view.subscription or view.resource.provider or PROVIDERS_SUBSCRIPTION
    row = view.ROW
    parents = "".join(
        f"/{type_}/{view.text(key)}" for type_, key in zip(row.types[:-1], row.name_inputs[:-1], strict=True)
    )
    path = f"/subscriptions/{subscription}/resourceGroups/{view.resource_group}/providers/{row.namespace}{parents}"
    return path.lower()


def _by_id(views: Iterable[View]) -> dict[str, View]:
    found: dict[str, View] = {}
    for view in views:
        try:
            found.setdefault(id_of(view), view)
        except UnknownValueError:
            continue
    return found
