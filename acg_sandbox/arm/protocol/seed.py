"""What exists before anybody has created anything: a list of ARM resources, planted into a fresh state once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from acg_sandbox.arm.protocol.call import canonical_address
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.address import GROUP_TYPE, parse
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, timestamp

Types = Mapping[str, ResourceType]


class SeedError(Exception):
    """The list of seeded resources cannot be used."""


def plant(state: State, types: Types) -> None:
    """Create the seeded resources, and the groups they lie in, unless this state was seeded before.

    An entry is what GET shows: ``id``, ``location``, ``properties`` and what else belongs into the body. What ARM does
    not show stands beside it: ``blobs`` of a storage account (``uri`` and ``sizeInBytes`` each), and in a virtual
    machine's properties ``osState``, ``powerState`` and ``hyperVGeneration``.
    """
    if state.settings.seed is None or state.store.meta("seeded"):
        return
    entries = _read(state.settings.seed)
    with state.store.transaction():
        for entry in entries:
            _plant(state, types, entry)
        state.store.set_meta("seeded", timestamp(state.settings.clock()))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise SeedError(f"{path}: cannot be read as YAML: {problem}") from problem
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "id" in e for e in entries):
        raise SeedError(f"{path}: must be a list of resources, each with an id")
    return entries


def _plant(state: State, types: Types, entry: dict[str, Any]) -> None:
    address = canonical_address(types, parse(entry["id"]))
    if address.group and address.type != GROUP_TYPE.lower():
        group = f"/subscriptions/{address.subscription}/resourceGroups/{address.group}"
        if state.store.get(group.lower()) is None:
            _plant(state, types, {"id": group, "location": entry.get("location", "westeurope")})
    kind = types.get(address.type)
    if kind is None:
        raise SeedError(f"{entry['id']}: resources of type {address.type} are not emulated")
    body: dict[str, Any] = {"name": address.name, "id": address.path, "type": kind.type}
    body |= {key: copied(value) for key, value in entry.items() if key not in {"id", "name", "type", "blobs"}}
    body.setdefault("properties", {}).setdefault("provisioningState", "Succeeded")
    resource = Resource(body, {"blobs": entry["blobs"]} if "blobs" in entry else {})
    if "location" in body:
        resource.hidden["region"] = canonical(body["location"])
    kind.planted(resource)
    state.store.put(resource)
