"""Soft delete: a version's way into the bin, out of it again, and its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.arm.calls import Answer, Call, timestamp
from sandbox.arm.errors import refuse
from sandbox.arm.ids import parse
from sandbox.arm.store import Resource, Store

if TYPE_CHECKING:
    from sandbox.arm.lifecycle import Family

RETENTION_DAYS = 7  # learn soft-delete-gallery; retentionPeriodInDays changes it from api 2026-03-03 on
_DAY = 86_400


class SoftDelete:
    """The bin of soft-deleted image versions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def policy(self, version_key: str) -> dict[str, Any]:
        """The soft-delete policy of the gallery that a version lies in."""
        gallery = self._store.get(version_key.split("/images/")[0])
        return (gallery.properties.get("softDeletePolicy") or {}) if gallery else {}

    def find(self, key: str) -> Resource | None:
        """The soft-deleted version that had this key."""
        row = self._store.db.execute("SELECT body, hidden FROM bin WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        body = json.loads(row[0])
        return Resource(parse(body["id"]), body, json.loads(row[1]))

    def take_out(self, key: str) -> None:
        """Forget a bin entry, because its version is back or gone for good."""
        self._store.db.execute("DELETE FROM bin WHERE key = ?", (key,))

    def purge(self, now: float) -> None:
        """Delete for good what has been in the bin for its retention period."""
        for key, deleted in self._store.db.execute("SELECT key, deleted FROM bin").fetchall():
            days = self.policy(key).get("retentionPeriodInDays", RETENTION_DAYS)
            if deleted + days * _DAY <= now:
                self.take_out(key)

    def require_empty(self, call: Call, parent: Resource) -> None:
        """Refuse the delete of a gallery or definition that still has soft-deleted versions."""
        low, high = f"{parent.address.key}/", f"{parent.address.key}0"
        rows = self._store.db.execute(
            "SELECT body FROM bin WHERE key > ? AND key < ? ORDER BY key LIMIT 5", (low, high)
        )
        ids = [json.loads(row[0])["id"].rsplit("/providers/", 1)[1] for row in rows]
        if ids:
            refuse("soft-deleted-inside", ids=", ".join(ids))

    def list(self, call: Call, gallery: Family) -> Answer:
        """GET of ``softDeletedArtifactTypes/{type}/artifacts/{image}/versions``."""
        kind, image = call.address.names[1:3]
        path = call.address.path.split("/softDeletedArtifactTypes/")[0] if "/softDelete" in call.address.path else ""
        root = path or call.address.path[: call.address.key.index("/softdeletedartifacttypes/")]
        gallery.require_parent(call_at(call, f"{root}/images"))
        collection = f"{root}/images/{image}/versions".lower()
        query = "SELECT body, deleted FROM bin WHERE collection = ? ORDER BY key"
        rows = self._store.db.execute(query, (collection,)).fetchall() if kind.lower() == "images" else []
        value = [self._entry(call, root, json.loads(body), deleted) for body, deleted in rows]
        return Answer(200, {"value": value}, {}, "GetGallery")

    def _entry(self, call: Call, root: str, body: dict[str, Any], deleted: float) -> dict[str, Any]:
        image, name = parse(body["id"]).names[1:3]
        days = self.policy(body["id"].lower()).get("retentionPeriodInDays", RETENTION_DAYS)
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


def call_at(call: Call, path: str) -> Call:
    """The same call about another path."""
    from dataclasses import replace

    return replace(call, address=parse(path))
