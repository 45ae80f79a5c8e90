"""Labs, each with its one template machine ``0``."""

from __future__ import annotations

import re
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import not_found, require_resource
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.providers.labs.images import is_listed, os_type
from acg_sandbox.arm.providers.labs.models import SURFACES
from acg_sandbox.arm.providers.labs.offered import taken
from acg_sandbox.arm.providers.labs.refusals import refuse
from acg_sandbox.arm.providers.labs.resource import LabResource
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import Resource

_FIXED = ("createOption", "imageReference", "sku", "adminUser", "nonAdminUser")
_TEMPLATE = re.compile(r"\s*properties/vmtype\s+eq\s+'template'\s*", re.IGNORECASE)


class Labs(LabResource):
    """``Microsoft.LabServices/labs``."""

    type = "Microsoft.LabServices/labs"
    surface = SURFACES["lab"]
    seconds = Seconds(create=600.0, update=6.0, delete=60.0)

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        profile = properties["virtualMachineProfile"]
        plan = _plan(call, properties.get("labPlanId"))
        regions = {canonical(region) for region in plan.properties.get("allowedRegions", [plan.body["location"]])}
        if canonical(resource.body["location"]) not in regions:
            refuse("labs-region-not-allowed", name=plan.body["name"], region=resource.body["location"])
        reference = profile["imageReference"]
        name = _image(reference)
        if not is_listed(call, plan, name):
            refuse("labs-image-not-found", path=f"{plan.body['id']}/images/{name}")
        profile["osType"] = os_type(call, plan, name)
        definition = call.state.store.get(str(reference.get("id", "")).lower())
        version = taken(call.state, definition) if definition is not None else None
        if version is not None:
            reference["exactVersion"] = version.body["name"]
        properties["state"] = "Draft"
        properties.setdefault("securityProfile", {})["registrationCode"] = "lab-registration"
        for user in ("adminUser", "nonAdminUser"):
            profile.get(user, {}).pop("password", None)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        sent = (body.get("properties") or {}).get("virtualMachineProfile") or {}
        before = old.properties["virtualMachineProfile"]
        for member in _FIXED:
            if member in sent and _known(sent[member]) != _known(before.get(member)):
                refuse("labs-lab-fixed", property=f"virtualMachineProfile.{member}", name=old.body["name"])
        resource = super().changed(call, old, body, patch=patch)
        resource.properties["virtualMachineProfile"] = before | {
            key: value for key, value in sent.items() if key not in _FIXED
        }
        resource.properties["state"] = old.properties["state"]
        return resource


def machines(call: Call) -> Answer:
    """GET of the machines of a lab, or of one: there is no other than the template."""
    address = call.address
    lab = require_resource(call.at(address.path.rsplit("/", 1 if address.tail else 2)[0]))
    template = {
        "properties": {
            "provisioningState": "Succeeded",
            "state": "Stopped",
            "connectionProfile": {
                "privateIpAddress": "10.0.0.4",
                "adminUsername": lab.properties["virtualMachineProfile"]["adminUser"]["username"],
            },
            "vmType": "Template",
        },
        "id": f"{lab.body['id']}/virtualMachines/0",
        "name": "0",
        "type": "Microsoft.LabServices/labs/virtualMachines",
    }
    if lab.properties["virtualMachineProfile"]["createOption"] == "Image":
        template["properties"]["vmType"] = "User"  # a lab made without a template has machines of users only
    if address.tail is None:
        if address.name != "0":
            not_found(call)
        return Answer(200, template)
    asked = next((value for key, value in call.query.items() if key.lower() == "$filter"), None)
    if asked is not None and not _TEMPLATE.fullmatch(asked):
        refuse("parameter-invalid", parameter="$filter")
    wanted = asked is None or template["properties"]["vmType"] == "Template"
    return Answer(200, {"value": [template] if wanted else []})


def _plan(call: Call, wanted: object) -> Resource:
    plan = call.state.store.get(str(wanted or "").lower())
    if plan is None or plan.address.type != "microsoft.labservices/labplans":
        refuse("labs-plan-not-found", id=wanted)
    return plan


def _image(reference: dict[str, Any]) -> str:
    """The name by which the plan is asked for an image: of an id its last part, whatever it is the id of."""
    if reference.get("id"):
        return parse(reference["id"]).name
    return ".".join(str(reference.get(part, "")) for part in ("publisher", "offer", "sku"))


def _known(value: Any) -> Any:
    """What of a value is comparable: what the service adds and what it never shows are left out."""
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key not in {"exactVersion", "password", "capacity"}}
    return value
