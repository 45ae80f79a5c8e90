"""Microsoft.Management: the one management group that there is, the root, which has all subscriptions beneath it."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.management.refusals import TABLE, refuse


def descendants(call: Call) -> Answer:
    """GET ``/providers/Microsoft.Management/managementGroups/{id}/descendants``.

    Source of its form: https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants
    """
    root = call.state.settings.tenant
    if call.address.name.lower() != root.lower():
        refuse("management-group-not-found", name=call.address.name)
    parent = {"id": f"/providers/Microsoft.Management/managementGroups/{root}"}
    value = [
        {
            "id": f"/subscriptions/{one}",
            "type": "/subscriptions",
            "name": one,
            "properties": {"displayName": f"Embedded {one[:8]}", "parent": parent},
        }
        for one in call.state.subscriptions
    ]
    return Answer(200, {"value": value})


PROVIDER = ResourceProvider(
    routes=(
        Route(
            r"microsoft\.management/managementgroups/descendants",
            descendants,
            options=frozenset({"$top"}),
            open=True,
        ),
    ),
    refusals=TABLE,
)
