"""A whole catalog at once, for programs: every gallery and lab plan is a component, whatever refers to whatever."""

from collections import defaultdict
from collections.abc import Collection

import pulumi

from acg.azure import kinds
from acg.catalog.reader import Reading
from acg.desired import Resource, lower, names
from acg.desired.formerly import COMPONENT, LAB_PLAN, former_type
from acg.desired.regions import added_regions
from acg.desired.stacks import gallery_keys
from acg.errors import CatalogError
from acg.text import inert
from pulumi_acg._patches import await_outputs_together, run_lean
from pulumi_acg._providers import Providers
from pulumi_acg._refuse import refuse
from pulumi_acg._register import Register, aliases
from pulumi_acg.gallery import Gallery
from pulumi_acg.lab_plan import LabPlan


class Declared(dict[str, Gallery]):
    """The deployed galleries of a catalog by their keys."""

    lab_plans: dict[str, LabPlan]
    """The deployed lab plans by their keys."""


def declare(
    reading: Reading,
    *,
    protect: bool | None = None,
    galleries: str | Collection[str] | None = None,
    lab_plans: str | Collection[str] | None = None,
    opts: pulumi.ResourceOptions | None = None,
) -> Declared:
    """Register everything that a catalog declares, and run the rest of the program without what it can do without.

    Args:
        reading: what was read of the catalog.
        protect: the stack's switch, which wins over the catalog's; what is retired is not protected all the same.
        galleries: keys of the galleries that this stack deploys, all of them by default; the others exist already, for
            another stack deploys them. Text is that of a configuration: ``platform, workloads`` or a JSON list.
        lab_plans: keys of lab plans that this stack deploys although it does not deploy their gallery.
        opts: options of every gallery and lab plan; providers and transformations reach the resources beneath.

    Returns:
        The deployed galleries by their keys, and the lab plans.

    Raises:
        CatalogError: the catalog cannot be used; nothing is registered. Carries every problem.
        Refused: Azure would refuse it, or the team forbids it; nothing is registered. Carries every finding.
    """
    chosen = gallery_keys(galleries) if isinstance(galleries, str) else galleries
    plans = gallery_keys(lab_plans) if isinstance(lab_plans, str) else lab_plans
    lowered = lower(reading, protect=protect, galleries=chosen, lab_plans=plans)
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
        if (key := _gallery(resource)) is not None:
            inside[key].append(resource)
    register = Register(Providers(None, ""))
    declared = Declared()
    declared.lab_plans = {}
    regions = added_regions(lowered.places.catalog)
    for resource in resources:
        if resource.type == kinds.RESOURCE_GROUP:
            register.add(resource, None, resource.name)
        elif resource.type == kinds.LAB_PLAN and resource.managed:
            declared.lab_plans[str(resource.path[1])] = LabPlan._of_catalog(
                resource, register, _with_aliases(opts, _former(resource, LAB_PLAN))
            )
        if (key := _gallery(resource)) is None:
            continue
        if key not in declared:
            gallery = next(one for one in inside[key] if one.type == kinds.GALLERY)
            aliased = _with_aliases(opts, _former(gallery, COMPONENT))
            declared[key] = Gallery._of_catalog(gallery.name, inside[key], regions, aliased)
        if resource.managed:
            register.add(resource, declared[key], resource.name)
    for key, component in declared.items():
        component._finish(inside[key], register)
    await_outputs_together()
    return declared


def _gallery(resource: Resource) -> str | None:
    """Key of the gallery that a resource is, is in or is on; None for groups, lab plans and lab accounts."""
    if resource.type in (kinds.RESOURCE_GROUP, kinds.LAB_PLAN, kinds.LAB_ACCOUNT):
        return None
    return names.catalog_path(resource.name)[1]


def _stack(resource: Resource, galleries: Collection[str]) -> bool:
    """Whether a resource belongs to one of a stack's galleries, or to none."""
    return (key := _gallery(resource)) is None or key in galleries


def _former(resource: Resource, component: str) -> str | None:
    """What Pulumi knew the component of a resource by."""
    return resource.formerly if former_type(resource) == component else None


def _with_aliases(opts: pulumi.ResourceOptions | None, former: str | None) -> pulumi.ResourceOptions | None:
    return (
        opts if former is None else pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(aliases=aliases(former)))
    )
