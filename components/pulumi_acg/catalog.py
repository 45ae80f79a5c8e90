"""A whole catalog at once, for programs: every gallery is a component, whatever refers to whatever."""

from collections import defaultdict
from collections.abc import Collection

import pulumi

from acg.azure import kinds
from acg.catalog.reader import Reading
from acg.desired import Resource, lower
from acg.desired.formerly import former_type
from acg.desired.regions import added_regions
from acg.desired.stacks import gallery_keys
from acg.errors import CatalogError
from acg.text import inert
from pulumi_acg._patches import await_outputs_together, run_lean
from pulumi_acg._providers import Providers
from pulumi_acg._refuse import refuse
from pulumi_acg._register import Register, aliases
from pulumi_acg.gallery import TYPE, Gallery


def declare(
    reading: Reading,
    *,
    protect: bool | None = None,
    galleries: str | Collection[str] | None = None,
    opts: pulumi.ResourceOptions | None = None,
) -> dict[str, Gallery]:
    """Register everything that a catalog declares, and run the rest of the program without what it can do without.

    Args:
        reading: what was read of the catalog.
        protect: the stack's switch, which wins over the catalog's; what is retired is not protected all the same.
        galleries: keys of the galleries that this stack deploys, all of them by default; the others exist already, for
            another stack deploys them. Text is that of a configuration: ``platform, workloads`` or a JSON list.
        opts: options of every gallery; providers and transformations reach the resources beneath.

    Returns:
        The deployed galleries by their keys.

    Raises:
        CatalogError: the catalog cannot be used; nothing is registered. Carries every problem.
        Refused: Azure would refuse it, or the team forbids it; nothing is registered. Carries every finding.
    """
    chosen = gallery_keys(galleries) if isinstance(galleries, str) else galleries
    lowered = lower(reading, protect=protect, galleries=chosen)
    if problems := (*reading.problems, *lowered.problems):
        raise CatalogError(problems)
    for note in reading.left_out:
        pulumi.log.warn(inert(note))
    refuse(lowered)
    run_lean()
    resources = [one for one in lowered.resources if chosen is None or _stack(one, chosen)]
    lowered.places.put(resources)
    inside: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        if resource.type != kinds.RESOURCE_GROUP:
            inside[str(resource.path[1])].append(resource)
    register = Register(Providers(None, ""))
    declared: dict[str, Gallery] = {}
    regions = added_regions(lowered.places.catalog)
    for resource in resources:
        key = str(resource.path[1])
        if resource.type == kinds.RESOURCE_GROUP:
            register.add(resource, None, resource.name)
            continue
        if key not in declared:
            gallery = next(one for one in inside[key] if one.type == kinds.GALLERY)
            former = gallery.formerly if former_type(gallery) == TYPE else None
            declared[key] = Gallery._of_catalog(gallery.name, inside[key], regions, _with_aliases(opts, former))
        if resource.managed:
            register.add(resource, declared[key], resource.name)
    for key, component in declared.items():
        component._finish(inside[key], register)
    await_outputs_together()
    return declared


def _stack(resource: Resource, galleries: Collection[str]) -> bool:
    """Whether a resource is a group or belongs to one of a stack's galleries."""
    return resource.type == kinds.RESOURCE_GROUP or resource.path[1] in galleries


def _with_aliases(opts: pulumi.ResourceOptions | None, former: str | None) -> pulumi.ResourceOptions | None:
    return (
        opts if former is None else pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(aliases=aliases(former)))
    )
