"""Management locks: refuse deletes, or all writes, at their scope and below it."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import refuse

_LOCKS = "/providers/microsoft.authorization/locks"


def _scopes(key: str) -> list[str]:
    """Every scope that a path lies in, itself included: subscription, group, resource, child resource."""
    parts = key.strip("/").split("/")
    ends = [2, 4, *range(8, len(parts) + 1, 2)]
    return ["/" + "/".join(parts[:end]) for end in ends if end <= len(parts)]


def require_free(call: Call, verb: str) -> None:
    """Refuse a ``write`` or ``delete`` that a lock at the path or above it forbids."""
    store = call.state.store
    if not store.any_of("microsoft.authorization/locks"):
        return
    found: list[str] = []
    for scope in _scopes(call.address.key):
        for lock in store.collection(scope + _LOCKS, "", 50):
            level = lock.properties.get("level")
            if level == "ReadOnly" or (level == "CanNotDelete" and verb == "delete"):
                found.append(lock.address.scope)
    if found:
        refuse("scope-locked", scope=call.address.path, verb=verb, locks=",".join(dict.fromkeys(found)))


def require_free_below(call: Call) -> None:
    """Refuse the delete of a scope that holds a locked resource."""
    inside = [r for r in call.state.store.below(call.address.key) if r.address.type == "microsoft.authorization/locks"]
    if inside:
        refuse("nested-resource-lock", scope=call.address.path, locks=",".join(r.address.scope for r in inside))
