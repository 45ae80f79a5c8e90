"""One catalog in several stacks: each stack deploys some of the galleries and knows the others."""

from collections.abc import Collection, Iterator

from acg.catalog.models import Catalog
from acg.errors import Problem
from acg.suggest import suggest


def gallery_keys(text: str) -> list[str]:
    """The keys in a configuration's ``acg:galleries``. What is no JSON list is taken for keys with commas between."""
    import json

    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, list):
        return [str(key) for key in found]
    return [key for part in text.split(",") if (key := part.strip())]


def group_users(catalog: Catalog) -> dict[str, list[str]]:
    """The galleries in each resource group that the catalog creates, by key."""
    users: dict[str, list[str]] = {key: [] for key in catalog.resource_groups}
    for key, gallery in catalog.galleries.items():
        if isinstance(gallery.resource_group, str) and gallery.resource_group in users:
            users[gallery.resource_group].append(key)
    return users


def problems(catalog: Catalog, mine: Collection[str]) -> Iterator[Problem]:
    """Why a stack cannot deploy these galleries alone."""
    for key in mine:
        if key not in catalog.galleries:
            yield _unknown(key, catalog)
    for group, users in group_users(catalog).items():
        own = [key for key in users if key in mine]
        others = [key for key in users if key not in mine]
        if own and others:
            yield Problem(
                code="ACG011",
                message=f"resource group {group} is created for galleries of several stacks: this one deploys "
                f"{', '.join(own)}, another {', '.join(others)}",
                why="Each stack would create the group, and the first to be destroyed would delete it for all.",
                fix="Deploy these galleries by one stack, or remove the group here and create it elsewhere.",
                path=("resourceGroups", group),
            )
        elif not users:
            yield Problem(
                code="ACG011",
                message=f"resource group {group} is the group of no gallery, so no stack would create it",
                fix="Remove it, or create it elsewhere.",
                path=("resourceGroups", group),
            )


def _unknown(key: str, catalog: Catalog) -> Problem:
    near = suggest(key, catalog.galleries)
    return Problem(
        code="ACG014",
        message=f"the stack's acg:galleries names {key!r}; this catalog has no such gallery",
        fix=f"Did you mean {near[0]}?" if near else f"Name some of {', '.join(catalog.galleries)}.",
    )
