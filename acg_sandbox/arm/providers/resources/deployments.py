"""``Microsoft.Resources/deployments``: not built, and said so in Azure's shape."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import refuse

METHODS = frozenset({"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"})


def deployments(call: Call) -> Answer:
    """Refuse template deployments; what a template would create can be created by itself."""
    refuse("deployments-not-emulated")
