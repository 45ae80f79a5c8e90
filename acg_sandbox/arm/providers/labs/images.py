"""The images of a lab plan: those of the Marketplace, and those of the attached gallery that labs are offered."""

from __future__ import annotations

from typing import Any, Final

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.providers.labs.offered import definitions
from acg_sandbox.arm.providers.labs.refusals import refuse
from acg_sandbox.arm.state.store import Resource

PAGE: Final = 200
_STATES: Final = ("Enabled", "Disabled")

MARKETPLACE: Final = (
    ("canonical", "0001-com-ubuntu-server-focal", "20_04-lts", "Linux", "Ubuntu Server 20.04 LTS", "Canonical"),
    ("microsoftwindowsdesktop", "windows-11", "win11-23h2-pro", "Windows", "Windows 11 Pro", "Microsoft"),
)
"""Marketplace images that every plan lists: publisher, offer, SKU, system, title, author."""


def plan_images(call: Call) -> Answer:
    """GET of ``labPlans/{plan}/images``, a page of 200 at a time, or of one image; PATCH and PUT of one."""
    address = call.address
    plan = require_resource(call.at(address.path.rsplit("/", 1 if address.tail else 2)[0]))
    if address.tail is not None:
        return _page(call, plan)
    name = address.name.lower()
    found = next((body for body in _all(call, plan) if body["name"].lower() == name), None)
    if found is None:
        refuse("labs-image-not-found", path=address.path)
    if call.method in {"PATCH", "PUT"}:
        state = (call.body().get("properties") or {}).get("enabledState")
        if state not in _STATES:
            refuse("value-not-allowed", value=state, parameter="enabledState", allowed=",".join(_STATES))
        plan.hidden.setdefault("images", {})[name] = state
        call.state.store.put(plan)
        found["properties"]["enabledState"] = state
    return Answer(200, found)


def _page(call: Call, plan: Resource) -> Answer:
    token = next((value for key, value in call.query.items() if key.lower() == "$skiptoken"), "0")
    if not token.isdecimal():
        refuse("parameter-invalid", parameter="$skipToken")
    found, start = _all(call, plan), int(token)
    body: dict[str, Any] = {"value": found[start : start + PAGE]}
    if start + PAGE < len(found):
        link = f"{call.host}{call.address.path}?api-version={call.api}&$skipToken={start + PAGE}"
        body = {"nextLink": link, **body}
    return Answer(200, body)


def is_listed(call: Call, plan: Resource, name: str) -> bool:
    """Whether the plan has an image of that name."""
    return any(body["name"].lower() == name.lower() for body in _all(call, plan))


def os_type(call: Call, plan: Resource, name: str) -> str:
    """The system of an image that the plan lists."""
    return next(b["properties"]["osType"] for b in _all(call, plan) if b["name"].lower() == name.lower())


def _all(call: Call, plan: Resource) -> list[dict[str, Any]]:
    bodies = [_marketplace(plan, *row) for row in MARKETPLACE]
    gallery = plan.properties.get("sharedGalleryId")
    if gallery:
        offered = definitions(call.state, gallery, (plan.body["location"],))
        bodies += [_of_gallery(plan, definition) for definition, _ in offered]
    states = plan.hidden.get("images", {})
    for body in bodies:  # an image that nobody has enabled has no such member
        if state := states.get(body["name"].lower()):
            body["properties"]["enabledState"] = state
    return bodies


def _body(plan: Resource, name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "properties": {"provisioningState": "Succeeded", **properties},
        "id": f"{plan.body['id']}/images/{name}",
        "name": name,
        "type": "Microsoft.LabServices/labPlans/images",
    }


def _marketplace(
    plan: Resource, publisher: str, offer: str, sku: str, system: str, title: str, author: str
) -> dict[str, Any]:
    properties = {
        "displayName": title,
        "description": title,
        "author": author,
        "osType": system,
        "plan": sku,
        "termsStatus": "Enabled",
        "offer": offer,
        "publisher": publisher,
        "sku": sku,
        "version": "latest",
        "osState": "Generalized",
    }
    return _body(plan, f"{publisher}.{offer}.{sku}", properties)


def _of_gallery(plan: Resource, definition: Resource) -> dict[str, Any]:
    properties = {
        "displayName": definition.body["name"],
        "description": definition.properties.get("description"),
        "osType": definition.properties["osType"],
        "offer": None,
        "publisher": None,
        "sku": None,
        "version": None,
        "osState": definition.properties["osState"],
        "sharedGalleryId": definition.body["id"],
    }
    return _body(plan, definition.body["name"], properties)
