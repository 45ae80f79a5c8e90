"""``/providers``: the namespaces of this endpoint, all of them registered, and the types in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.provider import Registry, Route
from acg_sandbox.arm.protocol.refusals import error
from acg_sandbox.arm.protocol.regions import REGIONS

_ANY_VERSION = ("2024-11-01", "2024-07-01", "2024-03-01")  # shown for types that take any date
_EXPAND = frozenset({"$expand"})


def namespace_routes(registry: Callable[[], Registry]) -> tuple[Route, ...]:
    """The routes of a registry that is there when requests come."""

    def listed(call: Call) -> Answer:
        names = sorted({kind.type.split("/")[0] for kind in registry().types.values()})
        return Answer(200, {"value": [_namespace(call, registry(), name) for name in names]})

    def one(call: Call) -> Answer:
        wanted = call.address.type.lower()
        for kind in registry().types.values():
            if kind.type.lower().startswith(f"{wanted}/"):
                return Answer(200, _namespace(call, registry(), kind.type.split("/")[0]))
        raise error("namespace-unknown", namespace=call.address.type)

    return (
        Route("providers", listed, options=_EXPAND),
        Route(r"[\w.]+", one, options=_EXPAND),
        Route(r"[\w.]+/(register|unregister)", one, frozenset({"POST"})),
    )


def _namespace(call: Call, registry: Registry, name: str) -> dict[str, Any]:
    regions = [region["displayName"] for region in REGIONS.values()]
    types = [
        {
            "resourceType": kind.type.partition("/")[2],
            "locations": regions if kind.has_location else [],
            "apiVersions": sorted(registry.versions_of(kind) or _ANY_VERSION, reverse=True),
            "capabilities": "SupportsTags, SupportsLocation" if kind.has_location else "None",
        }
        for kind in registry.types.values()
        if kind.type.split("/")[0] == name
    ]
    return {
        "id": f"/subscriptions/{call.address.subscription}/providers/{name}",
        "namespace": name,
        "registrationPolicy": "RegistrationRequired",
        "registrationState": "Registered",
        "resourceTypes": types,
    }
