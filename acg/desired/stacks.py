"""One catalog in several stacks: each stack deploys some of the galleries and knows the others.

A lab plan belongs to the stack of its gallery. One whose gallery no stack deploys, or that has none, belongs to the
stack that names it in ``acg:labPlans``.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from acg.catalog.models import Catalog
from acg.errors import Problem
from acg.suggest import suggest

if TYPE_CHECKING:
    from acg.desired.labs.attached import Attached


class Share(NamedTuple):
    """What of a catalog a stack's configuration names, and whether it is protected there."""

    galleries: Collection[str] | None = None
    """Keys in ``acg:galleries``; None if the stack deploys all."""
    lab_plans: Collection[str] = ()
    """Keys in ``acg:labPlans``."""
    protect: bool | None = None
    """``acg:protect``; None leaves it to the catalog."""

    @classmethod
    def of(cls, config: Mapping[str, object]) -> Self:
        """The share that a configuration names, each list as text or as a list."""
        galleries, plans = (_keys(config.get(f"acg:{name}")) for name in ("galleries", "labPlans"))
        return cls(galleries, plans or (), _SWITCH.get(str(config.get("acg:protect")).lower()))

    def there(self, catalog: Catalog | None) -> "Share":
        """The share without what a catalog does not have yet."""
        known, plans = (catalog.galleries, catalog.lab_plans) if catalog else ({}, {})
        galleries = None if self.galleries is None else [key for key in self.galleries if key in known]
        return Share(galleries, [key for key in self.lab_plans if key in plans], self.protect)


ALL: Final = Share()
"""The whole catalog."""


_SWITCH: Final = {"true": True, "false": False}


def _keys(given: object) -> list[str] | None:
    if isinstance(given, list):
        return [str(key) for key in given]
    return gallery_keys(given) if isinstance(given, str) else None


class Mine:
    """What of a catalog one stack deploys."""

    def __init__(
        self, catalog: Catalog, galleries: Collection[str] | None = None, lab_plans: Collection[str] | None = None
    ) -> None:
        """Name the galleries, all of them by default; and the lab plans, which matters where galleries are named."""
        self._catalog = catalog
        self.galleries = galleries
        self.lab_plans = lab_plans or ()
        self.is_all = galleries is None

    def has_gallery(self, key: str) -> bool:
        """Whether the stack deploys a gallery."""
        return self.galleries is None or key in self.galleries

    def has_plan(self, key: str) -> bool:
        """Whether the stack deploys a lab plan."""
        if self.galleries is None:
            return True
        place = _place(self._catalog, key)
        if place is not None and place.is_declared:
            return place.key in self.galleries
        return key in self.lab_plans or (place is not None and place.key in self.galleries)

    def has(self, section: str, key: str) -> bool:
        """Whether the stack deploys what is declared in that part of the catalog under that key."""
        return self.has_gallery(key) if section == "galleries" else section == "labPlans" and self.has_plan(key)


def _place(catalog: Catalog, plan: str) -> "Attached | None":
    from acg.desired.labs.attached import attached  # few catalogs have lab plans

    return attached(catalog, catalog.lab_plans[plan])


def deployed_gallery(catalog: Catalog, key: str) -> str | None:
    """Key of the gallery of a lab plan, if a stack of the catalog deploys it."""
    place = _place(catalog, key)
    return None if place is None or not place.is_declared else place.key


def gallery_keys(text: str) -> list[str]:
    """The keys in a configuration's ``acg:galleries`` or ``acg:labPlans``: a JSON list, or keys with commas between."""
    import json

    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, list):
        return [str(key) for key in found]
    return [key for part in text.split(",") if (key := part.strip())]


def group_users(catalog: Catalog) -> dict[str, list[tuple[str, str]]]:
    """The galleries and lab plans in each resource group that the catalog creates, by section and key."""
    users: dict[str, list[tuple[str, str]]] = {key: [] for key in catalog.resource_groups}
    for section, entries in (("galleries", catalog.galleries), ("labPlans", catalog.lab_plans)):
        for key, entry in entries.items():
            if isinstance(entry.resource_group, str) and entry.resource_group in users:
                users[entry.resource_group].append((section, key))
    return users


def problems(catalog: Catalog, mine: Mine) -> Iterator[Problem]:
    """Why a stack cannot deploy what it names alone."""
    for key in mine.galleries or ():
        if key not in catalog.galleries:
            yield _unknown("galleries", "gallery", key, catalog.galleries)
    for key in mine.lab_plans:
        if key not in catalog.lab_plans:
            yield _unknown("labPlans", "lab plan", key, catalog.lab_plans)
        elif (gallery := deployed_gallery(catalog, key)) and not mine.has_gallery(gallery):
            yield _of_another_stack(key, gallery)
    if mine.is_all:
        return
    for group, users in group_users(catalog).items():
        own = [key for section, key in users if mine.has(section, key)]
        others = [key for section, key in users if not mine.has(section, key)]
        if own and others:
            yield Problem(
                code="ACG011",
                message=f"resource group {group} is created for what several stacks deploy: this one deploys "
                f"{', '.join(own)}, another {', '.join(others)}",
                why="Each stack would create the group, and the first to be destroyed would delete it for all.",
                fix="Deploy all of these by one stack, or remove the group here and create it elsewhere.",
                path=("resourceGroups", group),
            )
        elif not users:
            yield Problem(
                code="ACG011",
                message=f"resource group {group} is the group of no gallery and no lab plan, so no stack would "
                "create it",
                fix="Remove it, or create it elsewhere.",
                path=("resourceGroups", group),
            )


def _unknown(setting: str, what: str, key: str, known: Collection[str]) -> Problem:
    near = suggest(key, known)
    some = f"Name some of {', '.join(known)}." if known else f"Remove acg:{setting}."
    return Problem(
        code="ACG014",
        message=f"the stack's acg:{setting} names {key!r}; this catalog has no such {what}",
        fix=f"Did you mean {near[0]}?" if near else some,
    )


def _of_another_stack(plan: str, gallery: str) -> Problem:
    return Problem(
        code="ACG011",
        message=f"the stack's acg:labPlans names {plan}, whose gallery {gallery} another stack deploys",
        why="A lab plan is deployed with its gallery: it needs a role on the gallery first, and goes before it.",
        fix=f"Remove {plan} from acg:labPlans, or add {gallery} to acg:galleries.",
    )
