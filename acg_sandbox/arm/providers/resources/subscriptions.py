"""Subscriptions, and the regions that they may use."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.regions import REGIONS


def subscriptions(call: Call) -> Answer:
    """GET ``/subscriptions``."""
    return Answer(200, {"value": [_subscription(call, one) for one in call.state.subscriptions]})


def tenants(call: Call) -> Answer:
    """GET ``/tenants``."""
    tenant = call.state.settings.tenant
    one = {"id": f"/tenants/{tenant}", "tenantId": tenant, "displayName": "Embedded", "tenantCategory": "Home"}
    return Answer(200, {"value": [one]})


def subscription(call: Call) -> Answer:
    """GET ``/subscriptions/{id}``."""
    return Answer(200, _subscription(call, call.address.names[0]))


def _subscription(call: Call, guid: str) -> dict[str, Any]:
    tenant = call.state.settings.tenant
    name = f"Embedded {guid[:8]}"
    return {
        "id": f"/subscriptions/{guid}",
        "subscriptionId": guid,
        "tenantId": tenant,
        "displayName": name,
        "state": "Enabled",
    }


def locations(call: Call) -> Answer:
    """GET ``/subscriptions/{id}/locations``."""
    guid = call.address.names[0]
    value: list[dict[str, Any]] = []
    for name, region in REGIONS.items():
        pair = [{"name": region["pair"]}] if region["pair"] else []
        mappings = [{"logicalZone": str(n + 1), "physicalZone": f"{name}-az{n + 1}"} for n in range(region["zones"])]
        entry: dict[str, Any] = {
            "id": f"/subscriptions/{guid}/locations/{name}",
            "name": name,
            "type": "Region",
            "displayName": region["displayName"],
            "regionalDisplayName": f"({region['geographyGroup']}) {region['displayName']}",
            "metadata": {
                "regionType": "Physical",
                "geography": region["geography"],
                "geographyGroup": region["geographyGroup"],
                "pairedRegion": pair,
            },
        }
        if mappings:
            entry["availabilityZoneMappings"] = mappings
        value.append(entry)
    return Answer(200, {"value": value})
