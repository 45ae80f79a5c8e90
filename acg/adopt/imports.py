"""The file that `pulumi import --file` reads: every resource under the component that a catalog declares it in.

Names in the file have to be unique, and ``logicalName`` is what Pulumi calls the resource: a gallery and its component
have one name, which as the names in the file would make the parent ambiguous.

Source: https://www.pulumi.com/docs/iac/cli/commands/pulumi_import/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from acg.adopt.model import Adoption
from acg.desired.formerly import COMPONENT
from acg.desired.names import address

PROVIDER: Final = "pulumi:providers:azure-native"


def import_file(adoption: Adoption, version: str, providers: Mapping[str, str]) -> dict[str, Any]:
    """The content of the file, parents first.

    Args:
        adoption: What is adopted.
        version: Version of azure-native, which the program registers the resources with.
        providers: URNs of the providers of subscriptions other than the provider's own.
    """
    listed: list[dict[str, Any]] = []
    components: dict[str, str] = {}
    used: dict[str, str] = {}
    for declared in adoption.lowered.resources:
        exists = adoption.managed.get(declared.name)
        if exists is None:
            continue
        key = address(str(declared.path[1]))
        if key not in components:
            components[key] = f"component {key}"
            listed.append({"type": COMPONENT, "name": components[key], "logicalName": key, "component": True})
        entry = {
            "type": declared.type,
            "name": declared.name,
            "id": exists.id,
            "parent": components[key],
            "version": version,
        }
        if isinstance(declared.subscription, str):
            name = provider_name(declared.subscription)
            used[name] = providers[declared.subscription.lower()]
            entry["provider"] = name
        listed.append(entry)
    return {**({"nameTable": used} if used else {}), "resources": listed}


def other_subscriptions(adoption: Adoption) -> list[str]:
    """The subscriptions for which the program registers a provider of their own, in lower case."""
    named = {
        one.subscription.lower()
        for one in adoption.lowered.resources
        if one.name in adoption.managed and isinstance(one.subscription, str)
    }
    return sorted(named)


def provider_name(subscription: str) -> str:
    """What the program calls the provider of a subscription."""
    return f"subscription-{subscription.lower()}"


def provider_urn(subscription: str, stack: str, project: str) -> str:
    """The URN of the provider of a subscription in a stack."""
    return f"urn:pulumi:{stack}::{project}::{PROVIDER}::{provider_name(subscription)}"
