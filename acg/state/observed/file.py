"""The file of a snapshot: JSON, described by docs/observed.schema.json.

Resources and sources are written as Azure answers them, without what changes from one call to the next and without
query strings, which can be signatures; everything is sorted, so that two snapshots can be compared line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from acg.azure.dates import moment, written
from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceIdError
from acg.errors import InputError, Problem
from acg.input_file import InputFileError, parse_json, read_bytes
from acg.state.observed.consumers import Consumer, ConsumerKind, in_order
from acg.state.observed.coverage import Coverage, Part, Reading
from acg.state.observed.facts import Copy, Lock, SoftDeleted, Upgrade
from acg.state.observed.resources import observed_facts, observed_resource
from acg.state.observed.snapshot import Snapshot
from acg.state.observed.sources import observed_source

FORMAT: Final = 1
"""The number of the file's format; another one is refused."""

LARGEST: Final = 256 * 2**20
"""Bytes of the largest file that is read; 10,000 versions in three regions take about 20 MB."""

Body = Mapping[str, Any]


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot from a file.

    Raises:
        InputError: the file cannot be used; says why.
    """
    try:
        data = parse_json(read_bytes(path, LARGEST))
    except InputFileError as error:
        raise InputError([error.problem("ACG001", path)]) from None
    if not isinstance(data, dict) or data.get("acgSnapshot") != FORMAT:
        raise _unusable(path, f'is no snapshot of format {FORMAT}: it lacks "acgSnapshot": {FORMAT}')
    try:
        return _read(data)
    except (AttributeError, KeyError, TypeError, ValueError, ResourceIdError) as error:
        raise _unusable(path, f"is damaged: {type(error).__name__}: {error}") from None


def snapshot_of(rest: Snapshot, bodies: Iterable[Body], sources: Iterable[Body] = ()) -> Snapshot:
    """A snapshot with the resources and sources that Azure's answers show, in the order of their ids.

    Args:
        rest: What was seen beside them.
        bodies: Galleries, definitions and versions as Azure answered them; other kinds are passed over.
        sources: Likewise what versions can be made from, with the definitions of versions among them.
    """
    kept = [(one, body) for body in sorted(bodies, key=_by_id) if (one := observed_resource(body)) is not None]
    listed = sorted(sources, key=_by_id)
    by_id = {str(body["id"]).lower(): body for body in listed}
    found = [observed_source(body, by_id.get(str(body["id"]).lower().rsplit("/", 2)[0])) for body in listed]
    return replace(
        rest,
        resources=[one for one, _ in kept],
        facts={one.name: observed_facts(body) for one, body in kept},
        sources=[one for one in found if one is not None],
    )


def write_snapshot(snapshot: Snapshot, bodies: Iterable[Body], sources: Iterable[Body] = ()) -> str:
    """The text of a snapshot's file; see `snapshot_text`."""
    return "".join(snapshot_text(snapshot, bodies, sources))


def snapshot_text(snapshot: Snapshot, bodies: Iterable[Body], sources: Iterable[Body] = ()) -> Iterator[str]:
    """The text of a snapshot's file, in pieces: a large one is never in memory as a whole.

    Args:
        snapshot: What was seen beside the resources and sources.
        bodies: The resources as Azure answered them, from which a reader of the file makes them again.
        sources: Likewise the sources, with the definitions of versions among them.
    """
    coverage = snapshot.coverage
    data: dict[str, Any] = {
        "acgSnapshot": FORMAT,
        "readAt": _when(snapshot.read_at),
        "coverage": {
            "subscriptionsRead": coverage.subscriptions_read,
            "subscriptionsTotal": coverage.subscriptions_total,
            "gaps": list(coverage.gaps),
            "kindsNotAsked": list(coverage.kinds_not_asked),
            "parts": [
                {"part": one.part.value, "scope": one.scope, "unknown": one.unknown}
                for one in sorted(coverage.readings, key=lambda one: (one.part, one.scope, one.unknown or ""))
            ],
        },
        "resources": sorted(bodies, key=_by_id),
        "copies": {
            id_: {region: one._asdict() for region, one in sorted(regions.items())}
            for id_, regions in sorted(snapshot.copies.items())
        },
        "copiedInMinutes": {id_: list(minutes) for id_, minutes in sorted(snapshot.copied_in.items())},
        "softDeleted": [
            {"id": one.id, "deletedAt": _when(one.deleted_at), "goneAt": _when(one.gone_at)}
            for one in sorted(snapshot.soft_deleted, key=lambda one: one.id.lower())
        ],
        "locks": [one._asdict() for one in sorted(snapshot.locks, key=lambda one: one.id.lower())],
        "sources": sorted(sources, key=_by_id),
        "upgrades": {id_: list(map(_upgrade, listed)) for id_, listed in sorted(snapshot.upgrades.items())},
        "consumers": None if snapshot.consumers is None else [_consumer(one) for one in in_order(snapshot.consumers)],
    }
    opening = "{"
    for key, value in data.items():
        yield f'{opening}\n "{key}": '
        yield from _listed(value) if key in ("resources", "sources") and value else (_json(value, 1),)
        opening = ","
    yield "\n}\n"


def _listed(bodies: Iterable[Body]) -> Iterator[str]:
    opening = "["
    for body in bodies:
        yield f"{opening}\n  {_json(cleaned(body), 2)}"
        opening = ","
    yield "\n ]"


def _json(value: Any, depth: int) -> str:
    """JSON as part of a larger one that is indented by one blank a level; strings have no line breaks of their own."""
    import json

    return json.dumps(value, indent=1, ensure_ascii=False).replace("\n", "\n" + " " * depth)


def _by_id(body: Body) -> str:
    return str(body["id"]).lower()


def cleaned(value: Any) -> Any:
    """An answer of Azure without signatures, people, and marks of the moment; keys in order."""
    if isinstance(value, Mapping):
        return {key: cleaned(value[key]) for key in sorted(value) if key not in _UNSTABLE}
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, str) and "?" in value and "://" in value:
        return value.partition("?")[0] + "?…"
    return value


_UNSTABLE: Final = frozenset(
    {"etag", "createdBy", "createdByType", "lastModifiedBy", "lastModifiedByType", "lastModifiedAt", "accessSAS"}
)


def _upgrade(one: Upgrade) -> dict[str, Any]:
    return {
        "status": one.status,
        "startedAt": _when(one.started_at),
        "endedAt": _when(one.ended_at),
        "image": one.image,
        "version": one.version,
        "succeeded": one.succeeded,
        "failed": one.failed,
        "inProgress": one.in_progress,
        "pending": one.pending,
        "rolledBack": one.rolled_back,
    }


def _consumer(one: Consumer) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "subscription": one.subscription,
        "region": one.region,
        "image": one.image,
        "follows": one.follows,
        "runs": list(one.runs),
        "upgradesItself": one.upgrades_itself,
        "number": one.number,
        "instances": one.instances,
    }


def _when(one: datetime | None) -> str | None:
    return written(one) if one is not None else None


def _read(data: Mapping[str, Any]) -> Snapshot:
    read_at = datetime.fromisoformat(data["readAt"])
    if read_at.tzinfo is None:
        raise ValueError("readAt has no time zone")
    consumers = data.get("consumers")
    rest = Snapshot(
        read_at=read_at,
        copies={
            id_.lower(): {canonical(region): Copy(one["state"], one.get("progress")) for region, one in regions.items()}
            for id_, regions in (data.get("copies") or {}).items()
        },
        copied_in={
            id_.lower(): [float(one) for one in all_] for id_, all_ in (data.get("copiedInMinutes") or {}).items()
        },
        soft_deleted=[
            SoftDeleted(one["id"], moment(one.get("deletedAt")), moment(one.get("goneAt")))
            for one in data.get("softDeleted") or ()
        ],
        locks=[Lock(one["id"], one["level"], one["scope"], one.get("notes")) for one in data.get("locks") or ()],
        upgrades={
            id_.lower(): [_read_upgrade(one) for one in listed] for id_, listed in (data.get("upgrades") or {}).items()
        },
        consumers=None if consumers is None else [_read_consumer(one) for one in consumers],
        coverage=_read_coverage(data.get("coverage") or {}),
    )
    return snapshot_of(rest, data.get("resources") or (), data.get("sources") or ())


def _read_coverage(coverage: Mapping[str, Any]) -> Coverage:
    return Coverage(
        coverage.get("subscriptionsRead"),
        coverage.get("subscriptionsTotal"),
        tuple(coverage.get("gaps") or ()),
        tuple(
            Reading(Part(one["part"]), one["scope"].lower(), one.get("unknown")) for one in coverage.get("parts") or ()
        ),
        tuple(coverage.get("kindsNotAsked") or ()),
    )


def _read_upgrade(one: Mapping[str, Any]) -> Upgrade:
    return Upgrade(
        one["status"],
        moment(one.get("startedAt")),
        moment(one.get("endedAt")),
        *(one.get(key) for key in ("image", "version", "succeeded", "failed", "inProgress", "pending", "rolledBack")),
    )


def _read_consumer(one: Mapping[str, Any]) -> Consumer:
    return Consumer(
        one.get("id"),
        ConsumerKind(one["kind"]),
        canonical(one["region"]),
        one["image"],
        one.get("follows"),
        tuple(one.get("runs") or ()),
        bool(one.get("upgradesItself")),
        one.get("subscription"),
        int(one.get("number", 1)),
        one.get("instances"),
    )


def _unusable(path: Path, cause: str) -> InputError:
    fix = "Give a snapshot as `acg observe` writes it."
    return InputError([Problem(code="ACG001", message=cause, fix=fix, file=str(path))])
