"""Saving the template machine of a lab into the gallery: a new definition, or a new version of one.

The name alone decides which. Numbers are ours (no source says how the service counts): 1.0.0 first, then the next
patch of the highest. The version lives in the plan's region alone; copying it elsewhere is left to its owner.
"""

from __future__ import annotations

import re
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.outcomes import outcome
from acg_sandbox.arm.protocol.regions import canonical, display
from acg_sandbox.arm.providers.labs.offered import taken
from acg_sandbox.arm.providers.labs.refusals import refuse
from acg_sandbox.arm.providers.labs.resource import operation_body, operation_links
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, timestamp

_SECONDS = 610.0  # recorded: 10 min 10 s
SIZE_GB = 127  # of a saved OS disk, where nothing tells the size of the image that the lab was made from
_DEFINITION = re.compile(r"(?=.{1,80}$)[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", re.ASCII)


def save_image(call: Call, plan: Resource) -> Answer:
    """Begin to save; the answer leads to an operation that does not say what was made."""
    asked = call.body()
    gallery = call.state.store.get(str(plan.properties.get("sharedGalleryId", "")).lower())
    if gallery is None:
        refuse("labs-no-gallery", name=plan.body["name"])
    name = str(asked.get("name", ""))
    require_name(name)
    lab = _lab(call, plan, str(asked.get("labVirtualMachineId", "")))
    region = canonical(plan.body["location"])
    version = save(call.state, call.now, gallery, name, lab, [region])
    final = Resource(copied(version.body), copied(version.hidden))
    final.properties["provisioningState"] = "Succeeded"
    end = outcome(call, final)
    seconds = _SECONDS * call.state.settings.pace + end.slower
    operation = call.state.operations.begin(call.now, version, "create", seconds, final, error=end.error, lost=end.lost)
    headers = operation_links(call, operation, region, monitor=True)
    return Answer(202, operation_body(call, operation, region), headers)


def require_name(name: str) -> None:
    """Refuse a name that no image definition can have."""
    if not _DEFINITION.fullmatch(name):
        refuse("labs-image-name", name=name)


def save(state: State, now: float, gallery: Resource, name: str, lab: dict[str, Any], regions: list[str]) -> Resource:
    """The version that is to be, in a definition of that name, which is made where it is missing."""
    definition = state.store.get(f"{gallery.address.key}/images/{name}".lower())
    if definition is None:
        definition = _definition(gallery, name, lab)
        state.store.put(definition)
    found = definition.properties["osState"], definition.properties["osType"]
    wanted = "Specialized", lab["osType"]
    if found != wanted:
        refuse("labs-save-mismatch", name=name, found=" and ".join(found), wanted=" and ".join(wanted))
    number = _next(state, definition)
    body = {
        "name": number,
        "id": f"{definition.body['id']}/versions/{number}",
        "type": "Microsoft.Compute/galleries/images/versions",
        "location": gallery.body["location"],
        "properties": {
            "publishingProfile": {
                "targetRegions": [
                    {"name": display(region), "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"}
                    for region in regions
                ],
                "replicaCount": 1,
                "excludeFromLatest": False,
                "publishedDate": timestamp(now),
                "storageAccountType": "Standard_LRS",
            },
            "storageProfile": {"osDiskImage": {"sizeInGB": lab["sizeInGB"], "hostCaching": "ReadWrite"}},
            "safetyProfile": {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False},
            "provisioningState": "Creating",
        },
    }
    sizes = {"os": {"sizeInGB": lab["sizeInGB"]}, "data": {}}
    return Resource(body, {"region": canonical(gallery.body["location"]), "sizes": sizes, "encrypted": False})


def _definition(gallery: Resource, name: str, lab: dict[str, Any]) -> Resource:
    identifier = {"publisher": "AzureLabServices", "offer": "General", "sku": name}  # Azure/azure-powershell#21033
    body = {
        "name": name,
        "id": f"{gallery.body['id']}/images/{name}",
        "type": "Microsoft.Compute/galleries/images",
        "location": gallery.body["location"],
        "properties": {
            "hyperVGeneration": lab["hyperVGeneration"],
            "architecture": "x64",
            "osType": lab["osType"],
            "osState": "Specialized",
            "identifier": identifier,
            "provisioningState": "Succeeded",
        },
    }
    key = "/".join(identifier.values()).lower()
    return Resource(body, {"region": canonical(gallery.body["location"]), "identifier_key": key})


def _next(state: State, definition: Resource) -> str:
    numbers = [
        tuple(int(part) for part in version.body["name"].split("."))
        for version in state.store.collection(f"{definition.address.key}/versions", "", -1)
    ]
    if not numbers:
        return "1.0.0"
    major, minor, patch = max(numbers)
    return f"{major}.{minor}.{patch + 1}"


def _lab(call: Call, plan: Resource, machine: str) -> dict[str, Any]:
    """What the template machine is: system, generation, size of its disk."""
    address = parse(machine)
    lab = call.state.store.get(machine.lower().rsplit("/virtualmachines/", 1)[0])
    if address.type != "microsoft.labservices/labs/virtualmachines" or address.name != "0" or lab is None:
        refuse("labs-machine-not-found", id=machine)
    if str(lab.properties.get("labPlanId", "")).lower() != plan.address.key:
        refuse("labs-other-plan", lab=lab.body["name"], name=plan.body["name"])
    return machine_of(call, lab)


def machine_of(call: Call, lab: Resource) -> dict[str, Any]:
    """What a lab's machines are, from the image that the lab was made from."""
    profile = lab.properties["virtualMachineProfile"]
    found: dict[str, Any] = {"osType": profile["osType"], "hyperVGeneration": "V2", "sizeInGB": SIZE_GB}
    definition = call.state.store.get(str(profile["imageReference"].get("id", "")).lower())
    if definition is not None:
        found["hyperVGeneration"] = definition.properties.get("hyperVGeneration", "V1")
        version = taken(call.state, definition)
        disk = version.properties["storageProfile"].get("osDiskImage") or {} if version is not None else {}
        found["sizeInGB"] = disk.get("sizeInGB") or SIZE_GB
    return found
