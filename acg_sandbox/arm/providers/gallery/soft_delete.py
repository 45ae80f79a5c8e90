"""Soft delete: a version's way into the bin, out of it again, and its end."""

from __future__ import annotations

import json
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_parent
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import timestamp

RETENTION_DAYS = 7  # learn soft-delete-gallery; retentionPeriodInDays changes it from api 2026-03-03 on
_DAY = 86_400


def policy(state: State, version_key: str) -> dict[str, Any]:
    """The soft-delete policy of the gallery that a version lies in."""
    gallery = state.store.get(version_key.split("/images/")[0])
    return (gallery.properties.get("softDeletePolicy") or {}) if gallery else {}


def find(state: State, key: str) -> Resource | None:
    """The soft-deleted version that had this key."""
    row = state.store.db.execute("SELECT body, hidden, deleted FROM bin WHERE key = ?", (key,)).fetchone()
    if row is None or _is_over(state, key, row[2]):
        return None
    body = json.loads(row[0])
    return Resource(body, json.loads(row[1]))


def _is_over(state: State, key: str, deleted: float) -> bool:
    """Whether the retention period has passed; the entry is deleted for good when it is looked at after that."""
    over = deleted + _days(state, key) * _DAY <= state.settings.clock()
    if over:
        take_out(state, key)
    return over


def _days(state: State, key: str) -> int:
    return policy(state, key).get("retentionPeriodInDays", RETENTION_DAYS)


def take_out(state: State, key: str) -> None:
    """Forget a bin entry, because its version is back or gone for good."""
    state.store.db.execute("DELETE FROM bin WHERE key = ?", (key,))


def require_empty(state: State, parent: Resource) -> None:
    """Refuse the delete of a gallery or definition that still has soft-deleted versions."""
    low, high = f"{parent.address.key}/", f"{parent.address.key}0"
    query = "SELECT key, deleted, body FROM bin WHERE key > ? AND key < ? ORDER BY key"
    rows = state.store.db.execute(query, (low, high)).fetchall()
    bodies = [json.loads(body) for key, deleted, body in rows if not _is_over(state, key, deleted)]
    ids = [body["id"].rsplit("/providers/", 1)[1] for body in bodies[:5]]
    if ids:
        refuse("soft-deleted-inside", ids=", ".join(ids))


def list_deleted(call: Call) -> Answer:
    """GET of ``softDeletedArtifactTypes/{type}/artifacts/{image}/versions``."""
    kind, image = call.address.names[1:3]
    root = call.address.path[: call.address.key.index("/softdeletedartifacttypes/")]
    require_parent(call.at(f"{root}/images"))
    collection = f"{root}/images/{image}/versions".lower()
    query = "SELECT key, deleted, body FROM bin WHERE collection = ? ORDER BY key"
    rows = call.state.store.db.execute(query, (collection,)).fetchall() if kind.lower() == "images" else []
    left = [(deleted, json.loads(body)) for key, deleted, body in rows if not _is_over(call.state, key, deleted)]
    value = [_entry(call, root, body, deleted) for deleted, body in left]
    return Answer(200, {"value": value}, {}, "GetGallery")


def _entry(call: Call, root: str, body: dict[str, Any], deleted: float) -> dict[str, Any]:
    image, name = parse(body["id"]).names[1:3]
    days = _days(call.state, body["id"].lower())
    properties: dict[str, Any] = {
        "resourceArmId": body["id"],
        "softDeletedArtifactType": "Images",
        "softDeletedTime": timestamp(deleted),
    }
    if call.api >= "2026-03-03":
        properties["hardDeletionTargetTime"] = timestamp(deleted + days * _DAY)
    return {
        "name": name,
        "id": f"{root}/softDeletedArtifactTypes/Images/artifacts/{image}/versions/{name}",
        "type": "Microsoft.Compute/galleries/softDeletedArtifactTypes/artifacts/versions",
        "location": body["location"],
        "properties": properties,
    }
