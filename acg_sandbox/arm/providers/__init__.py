"""What is behind Resource Manager: one folder per provider, with its routes, models and refusals."""

from acg_sandbox.arm.protocol.provider import ResourceProvider
from acg_sandbox.arm.protocol.refusals import SHARED, Refusal
from acg_sandbox.arm.providers import (
    authorization,
    compute,
    dev_center,
    gallery,
    labs,
    management,
    resource_graph,
    resources,
    sign_in,
    storage,
)

PROVIDERS: tuple[ResourceProvider, ...] = (
    resources.PROVIDER,
    gallery.PROVIDER,
    compute.PROVIDER,
    storage.PROVIDER,
    authorization.PROVIDER,
    labs.PLANS,
    labs.ACCOUNTS,
    dev_center.PROVIDER,
    management.PROVIDER,
    resource_graph.PROVIDER,
    sign_in.PROVIDER,
)

REFUSALS: dict[str, Refusal] = SHARED.own | {
    key: refusal for provider in PROVIDERS if provider.refusals for key, refusal in provider.refusals.own.items()
}
"""Every refusal of this endpoint by its name."""
