"""What a reader saw of Azure: galleries with all that they hold, who uses them, and what it could not see.

A snapshot is a value, written to and read from a JSON file, so that a plan needs neither credentials nor a network.
It never counts what was not read as none: `Coverage` says what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from acg.azure import kinds
from acg.azure.kinds import KINDS
from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.desired.resource import Resource
from acg.errors import InputError, Problem
from acg.input_file import InputFileError, read_json

FORMAT: Final = 1
"""The number of the file's format; another one is refused."""


class ConsumerKind(StrEnum):
    """What uses an image."""

    MACHINE = "virtual machine"
    SCALE_SET = "scale set"


class Consumer(NamedTuple):
    """A virtual machine or scale set, and the image that it refers to and runs."""

    id: str
    kind: ConsumerKind
    region: str
    """Canonical name."""
    image: str
    """Id of the image definition that it refers to, whatever form its reference has."""
    follows: str | None
    """The version that its reference names; None: none, so it follows ``latest``."""
    runs: tuple[str, ...] = ()
    """The versions that it runs: one of a machine, each once of the instances of a scale set. Empty: not known."""
    upgrades_itself: bool = False
    """Whether a scale set has automatic OS image upgrades."""


class Copy(NamedTuple):
    """How the replication of a version to a region ended, or stands."""

    state: str
    """Unknown, Replicating, Completed or Failed, as Azure says."""
    progress: int | None = None
    """Percent."""


class Coverage(NamedTuple):
    """How much of Azure was read."""

    subscriptions_read: int | None = None
    subscriptions_total: int | None = None
    gaps: tuple[str, ...] = ()
    """What was not read and why, in sentences."""

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.gaps and self.subscriptions_read == self.subscriptions_total


@dataclass(frozen=True)
class Snapshot:
    """What exists, at one moment."""

    read_at: datetime
    """In UTC."""
    resources: Sequence[Resource] = ()
    """Galleries, definitions and versions, with their ids, in azure-native's input form; sizes of disks included."""
    copies: Mapping[str, Mapping[str, Copy]] = field(default_factory=dict)
    """Replication by id of the version in lower case, then by canonical region."""
    copied_in: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """Minutes that past replications of a definition's versions took, by its id in lower case."""
    consumers: Sequence[Consumer] | None = None
    """None: nobody looked for them."""
    coverage: Coverage = field(default_factory=Coverage)

    def consumers_of(self, image: str) -> list[Consumer]:
        """Who refers to an image definition, by its id."""
        wanted = image.lower()
        return [one for one in self.consumers or () if one.image.lower() == wanted]


_TOKENS: Final = {row.arm_type.lower(): row for row in KINDS.values()}
_READ_ONLY: Final = frozenset({"provisioningState", "replicationStatus", "validationsProfile", "sharingStatus"})


def observed_resource(body: Mapping[str, Any]) -> Resource | None:
    """A resource of Azure as azure-native would be given it; None for kinds that galleries do not consist of.

    Args:
        body: What a GET of the resource answers.
    """
    row = _TOKENS.get(str(body.get("type", "")).lower())
    if row is None or row.token not in (kinds.GALLERY, kinds.IMAGE, kinds.VERSION):
        return None
    id_ = ResourceId.parse(str(body["id"]))
    properties = {key: value for key, value in (body.get("properties") or {}).items() if key not in _READ_ONLY}
    if row.token == kinds.GALLERY:
        properties.pop("identifier", None)  # Azure's own unique name
    location = body.get("location")
    inputs = {
        "resourceGroupName": id_.resource_group,
        **dict(zip(row.name_inputs, id_.names, strict=True)),
        **({"location": canonical(location)} if isinstance(location, str) else {}),
        **properties,
        **{key: body[key] for key in ("tags", "identity") if body.get(key)},
    }
    parent = str(body["id"]).lower().rsplit("/", 2)[0] if row.token != kinds.GALLERY else None
    return Resource(
        row.token, str(body["id"]).lower(), inputs, parent=parent, subscription=id_.subscription, id=str(body["id"])
    )


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot from a file.

    Raises:
        InputError: the file cannot be used; says why.
    """
    try:
        data = read_json(path)
    except InputFileError as error:
        raise InputError([error.problem("ACG001", path)]) from None
    if not isinstance(data, dict) or data.get("acgSnapshot") != FORMAT:
        raise _unusable(path, f'is no snapshot of format {FORMAT}: it lacks "acgSnapshot": {FORMAT}')
    try:
        return _read(data)
    except (AttributeError, KeyError, TypeError, ValueError, ResourceIdError) as error:
        raise _unusable(path, f"is damaged: {type(error).__name__}: {error}") from None


def write_snapshot(snapshot: Snapshot, bodies: Iterable[Mapping[str, Any]]) -> str:
    """The text of a snapshot's file.

    Args:
        snapshot: What was seen beside the resources.
        bodies: The resources as Azure answered them, from which a reader of the file makes them again.
    """
    coverage = snapshot.coverage
    data = {
        "acgSnapshot": FORMAT,
        "readAt": snapshot.read_at.isoformat(),
        "coverage": {
            "subscriptionsRead": coverage.subscriptions_read,
            "subscriptionsTotal": coverage.subscriptions_total,
            "gaps": list(coverage.gaps),
        },
        "resources": list(bodies),
        "copies": {
            id_: {region: {"state": one.state, "progress": one.progress} for region, one in regions.items()}
            for id_, regions in snapshot.copies.items()
        },
        "copiedInMinutes": {id_: list(minutes) for id_, minutes in snapshot.copied_in.items()},
        "consumers": None if snapshot.consumers is None else [_consumer(one) for one in snapshot.consumers],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _consumer(one: Consumer) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "region": one.region,
        "image": one.image,
        "follows": one.follows,
        "runs": list(one.runs),
        "upgradesItself": one.upgrades_itself,
    }


def _read(data: Mapping[str, Any]) -> Snapshot:
    coverage = data.get("coverage") or {}
    consumers = data.get("consumers")
    found = [observed_resource(body) for body in data.get("resources") or ()]
    moment = datetime.fromisoformat(data["readAt"])
    if moment.tzinfo is None:
        raise ValueError("readAt has no time zone")
    return Snapshot(
        read_at=moment,
        resources=[one for one in found if one is not None],
        copies={
            id_.lower(): {canonical(region): Copy(one["state"], one.get("progress")) for region, one in regions.items()}
            for id_, regions in (data.get("copies") or {}).items()
        },
        copied_in={
            id_.lower(): [float(one) for one in all_] for id_, all_ in (data.get("copiedInMinutes") or {}).items()
        },
        consumers=None
        if consumers is None
        else [
            Consumer(
                one["id"],
                ConsumerKind(one["kind"]),
                canonical(one["region"]),
                one["image"],
                one.get("follows"),
                tuple(one.get("runs") or ()),
                bool(one.get("upgradesItself")),
            )
            for one in consumers
        ],
        coverage=Coverage(
            coverage.get("subscriptionsRead"), coverage.get("subscriptionsTotal"), tuple(coverage.get("gaps") or ())
        ),
    )


def _unusable(path: Path, cause: str) -> InputError:
    fix = "Give a snapshot as `acg observe` writes it."
    return InputError([Problem(code="ACG001", message=cause, fix=fix, file=str(path))])
