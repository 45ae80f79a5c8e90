"""A whole catalog at once, for programs: every gallery is a component, whatever refers to whatever."""

from collections import defaultdict

import pulumi

from acg.azure import kinds
from acg.catalog.reader import Reading
from acg.desired import Resource, lower
from acg.desired.regions import added_regions
from acg.errors import CatalogError
from pulumi_acg._lean import run_lean
from pulumi_acg._providers import Providers
from pulumi_acg._refuse import refuse
from pulumi_acg._register import Register
from pulumi_acg.gallery import Gallery


def declare(
    reading: Reading, *, protect: bool | None = None, opts: pulumi.ResourceOptions | None = None
) -> dict[str, Gallery]:
    """Register everything that a catalog declares, and run the rest of the program without what it can do without.

    Args:
        reading: what was read of the catalog.
        protect: the stack's switch, which wins over the catalog's; what is retired is not protected all the same.
        opts: options of every gallery; providers and transformations reach the resources beneath.

    Returns:
        The galleries by their keys.

    Raises:
        CatalogError: the catalog cannot be used; nothing is registered. Carries every problem.
        Refused: Azure would refuse it, or the team forbids it; nothing is registered. Carries every finding.
    """
    lowered = lower(reading, protect=protect)
    if problems := (*reading.problems, *lowered.problems):
        raise CatalogError(problems)
    refuse(lowered)
    run_lean()
    resources = lowered.resources
    inside: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        if resource.type != kinds.RESOURCE_GROUP:
            inside[str(resource.path[1])].append(resource)
    register = Register(Providers(None, ""))
    galleries: dict[str, Gallery] = {}
    regions = added_regions(lowered.places.catalog)
    for resource in resources:
        key = str(resource.path[1])
        if resource.type == kinds.RESOURCE_GROUP:
            register.add(resource, None, resource.name)
            continue
        if key not in galleries:
            name = next(one.name for one in inside[key] if one.type == kinds.GALLERY)
            galleries[key] = Gallery._of_catalog(name, inside[key], regions, opts)
        if resource.managed:
            register.add(resource, galleries[key], resource.name)
    for key, gallery in galleries.items():
        gallery._finish(inside[key], register)
    return galleries
