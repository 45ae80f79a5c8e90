"""What exists without anybody's request: resources planted into a fresh state once, and into any when asked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from acg_sandbox.arm.protocol.call import canonical_address
from acg_sandbox.arm.protocol.checks import is_guid
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.address import GROUP_TYPE, parse
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, timestamp

Types = Mapping[str, ResourceType]


_NOT_SHOWN = {"id", "name", "type", "blobs", "comment"}


class SeedError(Exception):
    """The list of seeded resources cannot be used."""


def plant(state: State, types: Types) -> None:
    """Create the seeded resources, and the groups they lie in, unless this state was seeded before.

    An entry is what GET shows: ``id``, ``location``, ``properties`` and what else belongs into the body. The
    ``createdAt`` of its ``systemData`` is when it was created; otherwise that is now. What ARM does not show is beside
    it: ``blobs`` of a storage account (``uri`` and ``sizeInBytes`` each), and in a virtual machine's properties
    ``osState``, ``powerState`` and ``hyperVGeneration``. A ``comment`` is for readers.
    """
    if state.settings.seed is None or state.store.meta("seeded"):
        return
    entries = _read(state.settings.seed)
    with state.store.transaction():
        for entry in entries:
            _plant(state, types, entry)
        state.store.set_meta("seeded", timestamp(state.settings.clock()))


def plant_more(state: State, types: Types, entries: Sequence[Any], subscriptions: Sequence[Any] = ()) -> int:
    """Let resources exist, and their subscriptions; give how many were not there before. All of them or none.

    What exists at an id is left as it is, so that seeding twice changes nothing.

    Raises:
        SeedError: an entry cannot be a resource, or an id no subscription's.
    """
    made = 0
    with state.store.transaction():
        for guid in subscriptions:
            _subscribe(state, guid)
        for entry in entries:
            if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
                raise SeedError("each resource must be an object with an id")
            address = parse(entry["id"])
            _subscribe(state, address.subscription)
            if not address.names:
                raise SeedError(f"{entry['id']!r} is not the id of a resource")
            if state.store.get(address.key) is None:
                try:
                    _plant(state, types, entry)
                except (AttributeError, KeyError, TypeError, ValueError) as problem:
                    raise SeedError(f"{entry['id']}: cannot exist like this: {problem!r}") from problem
                made += 1
    return made


def _subscribe(state: State, guid: Any) -> None:
    if not isinstance(guid, str) or not is_guid(guid):
        raise SeedError(f"{guid!r} is not the id of a subscription")
    state.add_subscription(guid.lower())


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
    body |= {key: copied(value) for key, value in entry.items() if key not in _NOT_SHOWN}
    body.setdefault("properties", {}).setdefault("provisioningState", "Succeeded")
    resource = Resource(body, {"blobs": entry["blobs"]} if "blobs" in entry else {})
    created = (body.get("systemData") or {}).get("createdAt")
    resource.hidden["created"] = datetime.fromisoformat(created).timestamp() if created else state.settings.clock()
    if "location" in body:
        resource.hidden["region"] = canonical(body["location"])
    kind.planted(resource)
    state.store.put(resource)
