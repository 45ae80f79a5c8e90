"""What must exist before a request can be about it: the resource group, the parent, the resource itself."""

from __future__ import annotations

from typing import NoReturn

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import RequestError, error
from acg_sandbox.arm.state.address import Address
from acg_sandbox.arm.state.store import Resource


def group_key(address: Address) -> str:
    """The key of the resource group that an address lies in."""
    return f"/subscriptions/{address.subscription}/resourcegroups/{address.group}".lower()


def require_group(call: Call) -> None:
    """Refuse a path through a resource group that does not exist, and writes into one that is on its way out."""
    address = call.address
    if not address.group:
        return
    group = call.state.store.get(group_key(address))
    if group is None:
        raise by_gateway(error("rg-not-found", rg=address.group))
    if group.properties.get("provisioningState") == "Deleting" and call.method in {"PUT", "PATCH"}:
        raise by_gateway(error("rg-deleting", rg=address.group))


def require_parent(call: Call) -> None:
    """Refuse a path through a group or a parent resource that does not exist."""
    require_group(call)
    address = call.address
    parent = address.path.rsplit("/", 1)[0] if address.tail else address.parent
    nested = len(address.names) > (0 if address.tail else 1)
    if nested and call.state.store.get(parent.lower()) is None:
        if call.method == "GET":
            not_found(call.at(parent))
        raise by_gateway(error("parent-not-found", parent=parent.rsplit("/", 1)[1]))


def require_resource(call: Call) -> Resource:
    """The resource that the path names, or ARM's 404."""
    found = call.state.seen(call.address.key, reading=call.method == "GET")
    if found is None:
        require_group(call)
        not_found(call)
    return found


def not_found(call: Call) -> NoReturn:
    """Raise ARM's own 404 for the resource that the path names."""
    address = call.address
    kind, name = call.spelled(address.type), "/".join(address.names)
    raise by_gateway(error("resource-not-found", type=kind, name=name, rg=address.group))


def by_gateway(problem: RequestError) -> RequestError:
    """Mark a refusal as one that ARM gave itself, without asking the provider."""
    problem.headers["x-ms-failure-cause"] = "gateway"
    return problem
