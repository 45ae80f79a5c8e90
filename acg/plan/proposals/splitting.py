"""Commands that split a stack: each gallery goes to a stack of its own, and Azure stays as it is."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from acg.azure import kinds
from acg.catalog.models import Catalog
from acg.desired import names
from acg.desired.formerly import COMPONENT
from acg.desired.stacks import deployed_gallery, group_users
from acg.plan.proposals.commands import looked_up
from acg.plan.waves import Stack
from acg.text import inert

_LAB_PLAN: Final = "acg:index:LabPlan"
"""Type of the component of a lab plan, which goes with its gallery."""


def splitting(stacks: Sequence[Stack], catalog: Catalog, stack: str) -> list[str]:
    """The lines of a shell, with what they are for as comments; none where there is nothing to split.

    Args:
        stacks: The stacks that are wanted. One of the name of the old stack stays in it, otherwise the first.
        catalog: The catalog, which all of them deploy.
        stack: The stack that deploys all galleries today.
    """
    if len(stacks) < 2:
        return []
    stays = next((one for one in stacks if one.name == stack), stacks[0])
    old = shlex.quote(stack)
    lines = [
        f"# Stack {inert(stack)} keeps {inert(_keys(stays))}.",
        "# Nothing changes in Azure. Let nobody deploy meanwhile.",
        "set -e",
    ]
    free = [key for key in catalog.lab_plans if deployed_gallery(catalog, key) is None]
    others = [one for one in stacks if one is not stays]
    for one in others:
        new = shlex.quote(one.name)
        lines += [
            f"# {inert(one.name)}",
            f"pulumi stack init {new} --copy-config-from {old} --no-select",
            f"pulumi config set acg:galleries {shlex.quote(_keys(one))} --stack {new}",
            f"pulumi state move --yes --source {old} --dest {new} {' '.join(_moved(one, catalog, stack))}",
        ]
    lines += [
        "# What stays",
        f"pulumi config set acg:galleries {shlex.quote(_keys(stays))} --stack {old}",
        *(f"pulumi config set acg:labPlans {shlex.quote(', '.join(free))} --stack {old}" for _ in free[:1]),
        "# Each stack has what it had",
        *(
            f"pulumi preview --expect-no-changes --stack {name}"
            for name in (old, *(shlex.quote(it.name) for it in others))
        ),
    ]
    return lines


def _keys(one: Stack) -> str:
    return ", ".join(one.galleries)


def _moved(one: Stack, catalog: Catalog, stack: str) -> Iterator[str]:
    """What `pulumi state move` takes: the components, with all that is below them, and the groups made for them."""
    for key in one.galleries:
        yield looked_up(COMPONENT, names.address(key), stack)
    for group, users in group_users(catalog).items():
        if any(section == "galleries" and key in one.galleries for section, key in users):
            yield looked_up(kinds.RESOURCE_GROUP, names.resource_group(group), stack)
    for key in catalog.lab_plans:
        if deployed_gallery(catalog, key) in one.galleries:
            yield looked_up(_LAB_PLAN, names.lab_plan(key), stack)
