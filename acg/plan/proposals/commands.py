"""Commands of Pulumi that hand a resource over between a stack and the world outside."""

from __future__ import annotations

import shlex

from acg.desired.resource import Resource
from acg.plan.identity import Identity
from acg.plan.state import arm_id, token

SUBSCRIPTION = "SUBSCRIPTION"
"""Placeholder in a command for what the catalog does not know."""


def import_commands(resource: Resource, identity: Identity) -> tuple[str, ...]:
    """The line that takes an existing resource into the stack."""
    id_ = resource.id or arm_id(identity, identity.subscription or SUBSCRIPTION)
    return (shlex.join(["pulumi", "import", token(resource), resource.name, id_]),)


def release_commands(resource: Resource) -> tuple[str, ...]:
    """The lines that take a resource out of the stack and leave it in Azure."""
    if resource.name.startswith("urn:"):
        quoted = shlex.quote(resource.name)
    else:
        end = shlex.quote(f"urn:.*::{resource.name}$")
        quoted = f'"$(pulumi stack --show-urns | grep -o {end})"'
    unprotect = [f"pulumi state unprotect {quoted} --yes"] if resource.protect else []
    return (*unprotect, f"pulumi state delete {quoted} --yes")
