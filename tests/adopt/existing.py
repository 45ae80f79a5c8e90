"""What stands in an embedded Azure, read through Resource Manager as `acg observe` would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from acg.azure import kinds
from acg.catalog.edit.snippet import block
from acg.catalog.reader import read_catalog, read_files
from acg.desired.lower import Lowered, lower
from acg.desired.resource import Resource
from acg.state.observed import Lock, Snapshot, snapshot_of
from acg_sandbox.provider import differ, imported
from acg_sandbox.provider.differ import Change
from acg_sandbox.provider.paths import parameters_of
from acg_sandbox.provider.shape import inputs_of
from acg_sandbox.provider.tables import resource_type
from tests.agreement.embedded import NOW, _resolved
from tests.change_agreement.changing import ChangingAzure

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
OBSERVED = (kinds.RESOURCE_GROUP, kinds.GALLERY, kinds.IMAGE, kinds.VERSION)


def lowered_file(path: str) -> Lowered:
    """A catalog of this project."""
    lowered = lower(read_catalog(ROOT / path))
    assert not lowered.problems
    return lowered


def lowered_text(document: Json | str) -> Lowered:
    """A catalog, as somebody reads it from its file."""
    text = document if isinstance(document, str) else block(document)
    reading = read_files([("catalog.yaml", text.encode())], "catalog.yaml")
    lowered = lower(reading)
    assert not reading.problems, reading.problems
    assert not lowered.problems, lowered.problems
    return lowered


def deploy(azure: ChangingAzure, resources: Iterable[Resource]) -> list[Resource]:
    """Deploy what a catalog manages; what of it, or of what it only names, stands there then."""
    resources = list(resources)
    refused = azure.begin([one for one in resources if one.managed])
    assert not refused, refused
    return [one for one in resources if one.managed]


def observe(azure: ChangingAzure, resources: Iterable[Resource]) -> Snapshot:
    """A snapshot of what stands there."""
    resources = list(resources)
    bodies = [azure.body(one) for one in resources if one.type in OBSERVED]
    locks = [_lock(azure.body(one)) for one in resources if one.type == kinds.LOCK]
    return snapshot_of(Snapshot(datetime.fromtimestamp(NOW, UTC), locks=locks), bodies)


def _lock(body: Json) -> Lock:
    scope = body["id"].partition("/providers/Microsoft.Authorization")[0]
    return Lock(body["id"], body["properties"]["level"], scope, body["properties"].get("notes"))


def writes(azure: ChangingAzure, lowered: Lowered, managed: dict[str, Resource]) -> Iterator[tuple[str, list[Change]]]:
    """What the first update after an import would send, by name: the provider's own comparison of both sides."""
    for one in lowered.resources:
        if one.managed:
            kind = resource_type(one.type)
            identifier = str(managed[one.name].id)
            read = inputs_of(kind, parameters_of(kind, identifier), azure.body(one))
            ids = {name: str(resource.id) for name, resource in managed.items()}
            sent = _resolved(one.inputs, ids)
            found = differ.changes(kind, imported.settled(kind, read), imported.settled(kind, sent))
            if found:
                yield one.name, found
