"""What exists before anybody has created anything: a list of ARM resources, planted into a fresh state once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from acg_sandbox.arm.calls import copied, timestamp
from acg_sandbox.arm.capture import known_sizes
from acg_sandbox.arm.ids import GROUP_TYPE, parse
from acg_sandbox.arm.regions import canonical
from acg_sandbox.arm.sources import parse_blob
from acg_sandbox.arm.store import Resource

if TYPE_CHECKING:
    from acg_sandbox.arm.azure import Azure


class SeedError(Exception):
    """The list of seeded resources cannot be used."""


def plant(azure: Azure) -> None:
    """Create the seeded resources, and the groups they lie in, unless this state was seeded before.

    An entry is what GET shows: ``id``, ``location``, ``properties`` and what else belongs into the body. What ARM does
    not show stands beside it: ``blobs`` of a storage account (``uri`` and ``sizeInBytes`` each), and in a virtual
    machine's properties ``osState``, ``powerState`` and ``hyperVGeneration``.
    """
    if azure.settings.seed is None or azure.store.meta("seeded"):
        return
    entries = _read(azure.settings.seed)
    with azure.store.transaction():
        for entry in entries:
            _plant(azure, entry)
        azure.store.set_meta("seeded", timestamp(azure.settings.clock()))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise SeedError(f"{path}: cannot be read as YAML: {problem}") from problem
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "id" in e for e in entries):
        raise SeedError(f"{path}: must be a list of resources, each with an id")
    return entries


def _plant(azure: Azure, entry: dict[str, Any]) -> None:
    address = azure.canonical(parse(entry["id"]))
    if address.group and address.type != GROUP_TYPE.lower():
        group = f"/subscriptions/{address.subscription}/resourceGroups/{address.group}"
        if azure.store.get(group.lower()) is None:
            _plant(azure, {"id": group, "location": entry.get("location", "westeurope")})
    family = azure.families.get(address.type)
    if family is None:
        raise SeedError(f"{entry['id']}: resources of type {address.type} are not emulated")
    body: dict[str, Any] = {"name": address.name, "id": address.path, "type": family.type}
    body |= {key: copied(value) for key, value in entry.items() if key not in {"id", "name", "type", "blobs"}}
    body.setdefault("properties", {}).setdefault("provisioningState", "Succeeded")
    resource = Resource(body, {})
    if "location" in body:
        resource.hidden["region"] = canonical(body["location"])
    if "blobs" in entry:
        resource.hidden["blobs"] = {parse_blob(blob["uri"]): blob["sizeInBytes"] for blob in entry["blobs"]}
    _complete(resource)
    azure.store.put(resource)


def _complete(resource: Resource) -> None:
    """What a request would have left behind."""
    properties, kind = resource.properties, resource.address.type
    if kind == "microsoft.compute/virtualmachines":
        resource.hidden["generalized"] = properties.pop("osState", None) == "Generalized"
        resource.hidden["power"] = properties.pop("powerState", "running")
        properties["instanceView"] = {"hyperVGeneration": properties.pop("hyperVGeneration", "V1")}
    elif kind == "microsoft.compute/galleries":
        name = f"{resource.address.subscription}-{resource.address.name.upper()}"
        properties.setdefault("identifier", {"uniqueName": name})
    elif kind == "microsoft.compute/galleries/images":
        triple = [properties["identifier"][member] for member in ("publisher", "offer", "sku")]
        resource.hidden["triple"] = "/".join(triple).lower()
    elif kind == "microsoft.compute/galleries/images/versions":
        resource.hidden |= known_sizes(properties["storageProfile"])
        safety = {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False}
        properties.setdefault("safetyProfile", safety)
