"""Disk encryption sets."""

from __future__ import annotations

import uuid
from typing import ClassVar

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.state.store import Resource


class EncryptionSets(Plain):
    """``Microsoft.Compute/diskEncryptionSets``."""

    type = "Microsoft.Compute/diskEncryptionSets"
    shape: ClassVar[dict[str, Shape]] = {"identity": {"type": str}}
    seconds = Seconds(create=2.0, update=1.0, delete=1.0)

    def check_new(self, call: Call, resource: Resource) -> None:
        resource.properties.setdefault("encryptionType", "EncryptionAtRestWithCustomerKey")
        identity = resource.body.get("identity")
        if identity and "SystemAssigned" in identity.get("type", ""):
            identity["principalId"] = str(uuid.uuid5(uuid.NAMESPACE_URL, resource.address.key))
            identity["tenantId"] = call.state.settings.tenant
