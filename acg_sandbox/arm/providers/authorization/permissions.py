"""What a caller may do: everything, for nobody is ever refused for lack of a role."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Answer, Call


def permissions(call: Call) -> Answer:
    """GET ``…/providers/Microsoft.Authorization/permissions``."""
    everything = {"actions": ["*"], "notActions": [], "dataActions": [], "notDataActions": []}
    return Answer(200, {"value": [everything]})
