"""Commands of Pulumi that hand a resource over between a stack and the world outside, without touching Azure."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from typing import Any, Final

from acg.azure import kinds
from acg.desired.formerly import COMPONENT, LAB_PLAN
from acg.desired.resource import Resource
from acg.plan.identity import Identity
from acg.plan.state import State, arm_id, token

SUBSCRIPTION: Final = "SUBSCRIPTION"
"""Placeholder in a command for what the catalog does not know."""

_FORGET: Final = (
    "del(.deployment.resources[] | select(.urn == $urn))"
    " | (.deployment.resources[].dependencies | arrays) -= [$urn]"
    " | (.deployment.resources[].propertyDependencies | objects | .[] | arrays) -= [$urn]"
)
"""Takes a resource out of an exported stack, and out of what depends on it. Pulumi's own `state delete` takes what
depends on it away as well."""


def import_commands(resource: Resource, identity: Identity, stack: str | None = None) -> tuple[str, ...]:
    """The line that takes an existing resource into the stack, below the component of its gallery.

    Args:
        resource: The resource as the catalog declares it.
        identity: What Azure calls it.
        stack: The stack; None for the selected one.
    """
    id_ = resource.id or arm_id(identity, identity.subscription or SUBSCRIPTION)
    if token(resource) == kinds.LAB_PLAN:
        return _with_component(resource, id_, stack)
    words = ["pulumi import", *map(shlex.quote, (token(resource), resource.name, id_))]
    if token(resource) != kinds.RESOURCE_GROUP:
        gallery = resource.name.partition("/")[0]
        # The names before = are made up: with the resource's own name there it would be its own parent.
        words.append(f"--parent component={looked_up(COMPONENT, gallery, stack)}")
    if isinstance(resource.subscription, str):
        provider = f"subscription-{resource.subscription}"
        words.append(f"--provider provider={looked_up('pulumi:providers:azure-native', provider, stack)}")
    words += [*chosen(stack), *([] if resource.protect else ["--protect=false"]), "--generate-code=false", "--yes"]
    return (" ".join(words),)


def _with_component(resource: Resource, id_: str, stack: str | None) -> tuple[str, ...]:
    """The lines that take a lab plan into the stack, together with the component that it is alone in."""
    plan = {"type": token(resource), "name": resource.name, "id": id_, "parent": "component"}
    component = {"type": LAB_PLAN, "name": "component", "logicalName": resource.name, "component": True}
    content: dict[str, Any] = {"resources": [component, plan]}
    named = "jq -n"
    if isinstance(resource.subscription, str):
        plan["provider"] = "provider"
        urn = looked_up("pulumi:providers:azure-native", f"subscription-{resource.subscription}", stack)
        content["nameTable"] = {"provider": "URN"}
        named += f" --arg urn {urn}"
    filtered = shlex.quote(json.dumps(content).replace('"URN"', "$urn"))
    protect = [] if resource.protect else ["--protect=false"]
    options = " ".join([*chosen(stack), *protect, "--generate-code=false", "--yes"])
    return f"{named} {filtered} > import.json", f"pulumi import --file import.json {options}"


def release_commands(resource: Resource, before: State, stack: str | None = None) -> tuple[str, ...]:
    """The lines that take a resource out of the stack and leave it, and all that depends on it, in Azure."""
    urn = (
        shlex.quote(resource.name)
        if resource.name.startswith("urn:")
        else looked_up(token(resource), resource.name, stack)
    )
    of = " ".join(["", *chosen(stack)])
    if _has_dependents(resource, before):
        filtered = f"jq --arg urn {urn} {shlex.quote(_FORGET)}"
        return (f"pulumi stack export{of} | {filtered} | pulumi stack import{of}",)
    unprotect = [f"pulumi state unprotect {urn}{of} --yes"] if resource.protect else []
    return (*unprotect, f"pulumi state delete {urn}{of} --yes")


def _has_dependents(resource: Resource, before: State) -> bool:
    """Whether something in the stack comes after it: what is in it, what is made from it, the lock of its gallery.

    Where nobody knows what comes after what, it may be anything.
    """
    return not before.ordered or any(
        other.managed and (resource.name in other.depends_on or before.parent(other) is resource)
        for other in before.resources
    )


def looked_up(type_: str, name: str, stack: str | None) -> str:
    """A word of a shell that is the URN of a resource, looked up in the stack."""
    namespace, _, class_ = type_.rpartition(":")
    version = "[^:]*" if type_.startswith("azure-native:") else ""  # azure-native:compute/v20240303:Gallery
    pattern = shlex.quote(f"urn:.*{namespace}{version}:{class_}::{_escaped(name)}$")
    return f'"$({" ".join(["pulumi stack --show-urns", *chosen(stack)])} | grep -o {pattern})"'


def _escaped(name: str) -> str:
    """A name as grep takes it to the letter."""
    return re.sub(r"([.\[\]*^$\\])", r"\\\1", name)


def chosen(stack: str | None) -> Iterable[str]:
    """The option that names a stack."""
    return () if stack is None else ("--stack", shlex.quote(stack))
