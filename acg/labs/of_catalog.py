"""What a catalog wants of its lab plans and lab accounts, with the ids that Azure knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from acg.azure import kinds
from acg.azure.regions import canonical
from acg.catalog.placeholder import Placeholder
from acg.desired.lower import Lowered
from acg.desired.resource import Derived, Place, Resource
from acg.errors import Problem
from acg.labs.wanted import Home, Kind, Wanted

_KINDS: Final = {kinds.LAB_PLAN: Kind.PLAN, kinds.LAB_ACCOUNT: Kind.ACCOUNT}
_NAMES: Final = {Kind.PLAN: "labPlanName", Kind.ACCOUNT: "labAccountName"}


class Asked(NamedTuple):
    """The plans and accounts of a catalog, and what keeps some from being asked for in Azure."""

    wanted: tuple[Wanted, ...]
    problems: tuple[Problem, ...]


class _UnknownError(Exception):
    """Something that Azure has to be asked by is not in the catalog."""

    def __init__(self, what: str, fix: str) -> None:
        self.what = what
        self.fix = fix
        super().__init__(what)


def wanted(lowered: Lowered, subscription: str | None) -> Asked:
    """The plans and accounts that a catalog declares.

    Args:
        lowered: The catalog, without problems.
        subscription: Used wherever the catalog names none.
    """
    by_name = {one.name: one for one in lowered.resources}
    attached: set[str] = set()
    found: list[Wanted] = []
    problems: list[Problem] = []
    plans = [one for one in lowered.resources if one.type in _KINDS]
    for one in plans:
        gallery = one.inputs.get("sharedGalleryId")
        attached |= {gallery.resource} if isinstance(gallery, Derived) else set()
    home = _home(lowered, attached)
    for one in plans:
        try:
            found.append(_wanted(one, by_name, subscription, home))
        except _UnknownError as unknown:
            problems.append(_problem(one, unknown, lowered.locate(one, ())))
    return Asked(tuple(found), tuple(problems))


def _wanted(one: Resource, by_name: dict[str, Resource], subscription: str | None, home: Home | None) -> Wanted:
    kind = _KINDS[one.type]
    gallery = one.inputs.get("sharedGalleryId")
    own = by_name[gallery.resource] if isinstance(gallery, Derived) else None
    key = None if own is None else str(own.path[1])
    id_ = _gallery_id(own, subscription) if own is not None else _text(gallery, "the id of its gallery")
    if own is None and id_ is not None:
        own = next((each for each in by_name.values() if _is(each, id_, subscription)), None)
        key = None if own is None else str(own.path[1])
    location = one.inputs.get("location")
    return Wanted(
        kind=kind,
        key=str(one.path[1]),
        name=str(_text(one.inputs[_NAMES[kind]], "its name")),
        subscription=_subscription(one, subscription),
        resource_group=str(_text(one.inputs["resourceGroupName"], "its resource group")),
        location=canonical(location) if isinstance(location, str) else None,
        gallery=id_,
        gallery_key=key,
        images=one.offered,
        known={} if own is None else _known(own, by_name.values()),
        home=home,
    )


def _gallery_id(own: Resource, subscription: str | None) -> str:
    return kinds.KINDS[kinds.GALLERY].id(
        [str(_text(own.inputs["galleryName"], "the name of its gallery"))],
        subscription=_subscription(own, subscription),
        group=str(_text(own.inputs["resourceGroupName"], "the resource group of its gallery")),
    )


def _is(one: Resource, id_: str, subscription: str | None) -> bool:
    if one.type != kinds.GALLERY:
        return False
    try:
        return _gallery_id(one, subscription).lower() == id_.lower()
    except _UnknownError:
        return False


def _known(gallery: Resource, resources: Iterable[Resource]) -> dict[str, frozenset[str]]:
    """The gallery's definitions, each with its versions."""
    versions: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for one in resources:
        if one.type == kinds.IMAGE and one.parent == gallery.name:
            names[one.name] = str(one.inputs["galleryImageName"]).lower()
            versions.setdefault(one.name, set())
        elif one.type == kinds.VERSION and one.parent is not None:
            versions.setdefault(one.parent, set()).add(str(one.inputs["galleryImageVersionName"]))
    return {name: frozenset(versions[key]) for key, name in names.items()}


def _home(lowered: Lowered, attached: set[str]) -> Home | None:
    """The first gallery of the catalog's own that no labs use: copies of what labs save are safe there."""
    resources = lowered.resources
    for one in resources:
        if one.type == kinds.GALLERY and one.managed and one.name not in attached:
            images = {own.name: own for own in resources if own.parent == one.name and own.type == kinds.IMAGE}
            keys = frozenset(str(image.path[3]) for image in images.values())
            location = one.inputs.get("location")
            home = location if isinstance(location, str) else None
            regions = _replicated(images, resources) or _by_default(lowered, str(one.path[1]))
            return Home(str(one.path[1]), home, regions or (() if home is None else (home,)), keys)
    return None


def _replicated(images: Mapping[str, Resource], resources: Iterable[Resource]) -> tuple[str, ...]:
    """Where the first version of the gallery is replicated to."""
    for one in resources:
        if one.type == kinds.VERSION and one.parent in images:
            targets = (one.inputs.get("publishingProfile") or {}).get("targetRegions") or ()
            return tuple(target["name"] for target in targets if isinstance(target.get("name"), str))
    return ()


def _by_default(lowered: Lowered, key: str) -> tuple[str, ...]:
    """Where versions of a gallery are replicated to that do not say so themselves."""
    catalog = lowered.places.catalog
    if catalog is None:
        return ()
    for defaults in (catalog.galleries[key].defaults, catalog.defaults):
        if defaults is not None and defaults.target_regions:
            return tuple(canonical(one.name) for one in defaults.target_regions if isinstance(one.name, str))
    return ()


def _subscription(one: Resource, default: str | None) -> str:
    own = _text(one.subscription, "its subscription")
    if (found := own or default) is None:
        raise _UnknownError("its subscription", "Give it a subscription, or set AZURE_SUBSCRIPTION_ID.")
    return found


def _text(value: Any, what: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Placeholder):
        raise _UnknownError(what, "Write it out in the catalog: this command has no stack that could tell.")
    return str(value)


def _problem(one: Resource, unknown: _UnknownError, place: Place | None) -> Problem:
    return Problem(
        "ACG014",
        f"{_KINDS[one.type]} {one.path[1]} cannot be asked for in Azure: {unknown.what} is not in the catalog",
        unknown.fix,
        file=place.file if place else None,
        line=place.line if place else None,
        column=place.column if place else None,
        path=one.path,
    )
