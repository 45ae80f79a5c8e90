"""Storage accounts."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.storage.blobs import blob_path
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import timestamp


class StorageAccounts(Plain):
    """``Microsoft.Storage/storageAccounts``, created at once; the real one takes some seconds behind a Location."""

    type = "Microsoft.Storage/storageAccounts"
    shape: ClassVar[dict[str, Shape]] = {"sku": {"name": str}}
    segment: ClassVar[str | None] = None
    uppercase_groups: ClassVar[bool] = False

    def check_new(self, call: Call, resource: Resource) -> None:
        name = resource.body["name"]
        hosts = {part: f"https://{name}.{part}.core.windows.net/" for part in ("blob", "queue", "table", "file")}
        properties = resource.properties
        properties.setdefault("primaryEndpoints", hosts)
        properties.setdefault("primaryLocation", resource.hidden["region"])
        properties.setdefault("statusOfPrimary", "available")
        properties.setdefault("creationTime", timestamp(call.now))
        properties.setdefault("supportsHttpsTrafficOnly", True)
        resource.body.setdefault("kind", "StorageV2")
        sku = resource.body.setdefault("sku", {"name": "Standard_LRS"})
        sku.setdefault("tier", str(sku.get("name", "")).split("_")[0])

    def post(self, call: Call, action: str) -> Answer:
        """``listKeys``: keys that open nothing, the same each time."""
        if action.lower() != "listkeys":
            return super().post(call, action)
        require_resource(call)
        made = [uuid.uuid5(uuid.NAMESPACE_URL, f"{call.address.key}/{n}").hex for n in (1, 2)]
        keys = [{"keyName": f"key{n}", "value": value, "permissions": "FULL"} for n, value in enumerate(made, 1)]
        return Answer(200, {"keys": keys})

    def _change(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Answer:
        body = {**body, "properties": {**old.properties, **(body.get("properties") or {})}}
        return super()._change(call, old, body, patch=patch)

    def planted(self, resource: Resource) -> None:
        blobs = resource.hidden.get("blobs")
        if blobs is not None:
            resource.hidden["blobs"] = {blob_path(blob["uri"]): blob["sizeInBytes"] for blob in blobs}
