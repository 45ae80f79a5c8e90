"""What the components share: from args to resources, with every problem before the first registration."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pulumi

from acg.catalog.models import Catalog, Gallery
from acg.desired import Resource, lower
from acg.errors import InputError, Problem
from acg.rules import Finding
from pulumi_acg._given import ArgsError, Given, property_path
from pulumi_acg._refuse import findings
from pulumi_acg._register import Register


def lazy(compute: Callable[[Any], Any]) -> Any:
    """An output that is put together when somebody asks for it.

    Other languages read a component's outputs from its annotations, and a function cannot have annotations.
    """
    return cached_property(compute)


def lowered(given: Given[Any], key: str, gallery: Gallery, inside: tuple[str, ...]) -> list[Resource]:
    """What a gallery lowers to.

    Args:
        given: what the program gave.
        key: the gallery's key.
        gallery: the gallery, which may only be the parent of what was given.
        inside: keys that lead to what was given, in the gallery.

    Raises:
        ArgsError: carries every problem that only the whole shows, or everything that the rules refuse.
    """
    return lowered_catalog(given, Catalog(galleries={key: gallery}), ("galleries", key, *inside))


def lowered_catalog(given: Given[Any], catalog: Catalog, inside: tuple[str, ...]) -> list[Resource]:
    """What a catalog lowers to that holds what the program gave, at a path.

    Raises:
        ArgsError: carries every problem that only the whole shows, or everything that the rules refuse.
    """
    found, skip = lower(catalog, protect=_switch(given)), len(inside)
    if found.problems:
        raise ArgsError(
            given.component, ((property_path(it.path[skip:]), f"{it.message}. {it.fix}") for it in found.problems)
        )
    try:
        errors = findings(found)
    except InputError as error:
        raise ArgsError(given.component, (("settings", _reason(problem)) for problem in error.problems)) from None
    if errors:
        by_name = {resource.name: resource for resource in found.resources}
        raise ArgsError(
            given.component,
            ((property_path(found.places.path_of(by_name[it.resource], it.path)[skip:]), _told(it)) for it in errors),
        )
    return found.resources


def _switch(given: Given[Any]) -> bool | None:
    """acg:protect, the stack's switch, which wins over what args say, as it does over a catalog."""
    config = pulumi.Config("acg")
    try:
        return None if config.get("protect") == "as-declared" else config.get_bool("protect")
    except pulumi.ConfigTypeError as error:
        raise ArgsError(given.component, [("settings", str(error))]) from None


def _reason(problem: Problem) -> str:
    """A problem of the settings, on one line."""
    place = f"{problem.place}: " if problem.place else ""
    return f"{place}{problem.code} {problem.name}: {problem.message}. {problem.fix}"


def _told(finding: Finding) -> str:
    """A finding as the reason why args cannot be used."""
    return f"{finding.rule.code} {finding.rule.name}: {finding.message}. {finding.fix}"


def renamed(before: str, after: str) -> Callable[[str], str]:
    """Names with another beginning: what the lowering calls after the catalog's keys is called after the component."""
    return lambda name: after + name.removeprefix(before)


def add_all(
    resources: list[Resource], register: Register, component: pulumi.Resource, called: Callable[[str], str]
) -> None:
    """Register what is neither existing already nor published by others."""
    for resource in resources:
        if resource.managed:
            register.add(resource, component, called(resource.name))


def known(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs without those that cannot be known."""
    return {name: value for name, value in outputs.items() if value is not None}
