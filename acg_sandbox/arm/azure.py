"""One embedded Azure: its state, its resource types, and what they share."""

from __future__ import annotations

import re
from pathlib import Path

from acg_sandbox.arm.applications import Applications, ApplicationVersions
from acg_sandbox.arm.authorization import Locks, RoleAssignments
from acg_sandbox.arm.calls import Call
from acg_sandbox.arm.faults import Faults
from acg_sandbox.arm.galleries import Galleries
from acg_sandbox.arm.groups import Groups
from acg_sandbox.arm.ids import GROUP_TYPE, Address, parse
from acg_sandbox.arm.images import Images
from acg_sandbox.arm.lifecycle import Family
from acg_sandbox.arm.machines import Machines, ScaleSets
from acg_sandbox.arm.operations import Operations
from acg_sandbox.arm.ratelimits import RateLimits
from acg_sandbox.arm.settings import Settings
from acg_sandbox.arm.softdelete import SoftDelete
from acg_sandbox.arm.sourcekinds import Disks, EncryptionSets, ManagedImages, Snapshots, StorageAccounts
from acg_sandbox.arm.sources import parse_blob
from acg_sandbox.arm.store import Resource, Store
from acg_sandbox.arm.versions import Versions
from acg_sandbox.arm.views import Views

_FAMILIES: tuple[type[Family], ...] = (
    Groups,
    Galleries,
    Images,
    Versions,
    Applications,
    ApplicationVersions,
    Disks,
    Snapshots,
    ManagedImages,
    EncryptionSets,
    Machines,
    ScaleSets,
    StorageAccounts,
    Locks,
    RoleAssignments,
)


class Azure:
    """Everything behind the endpoint; used by one thread only."""

    def __init__(self, folder: Path | None, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(folder)
        self.operations = Operations(self.store, settings)
        self.rates = RateLimits()
        self.faults = Faults(self.store)
        self.soft_delete = SoftDelete(self.store, settings)
        self.views = Views(self.store, settings)
        self.families: dict[str, Family] = {family.type.lower(): family() for family in _FAMILIES}
        self.haunted: dict[str, float] = {}  # parents that still seem to have a child, until when
        self.stale: dict[str, tuple[Resource | None, int]] = {}  # what reads still see of a key, and how many of them

    def seen(self, call: Call) -> Resource | None:
        """The resource that a request finds, or what a stale read finds in its place."""
        left = self.stale.get(call.address.key) if call.method == "GET" else None
        if left is None:
            return self.store.get(call.address.key)
        before, reads = left
        if reads > 1:
            self.stale[call.address.key] = before, reads - 1
        else:
            del self.stale[call.address.key]
        return before

    def spelled(self, kind: str) -> str:
        """A lower-case type as the service spells it."""
        family = self.families.get(kind)
        return family.type if family else kind

    def canonical(self, address: Address) -> Address:
        """The address with the type spelled as the service spells it; names stay as the client wrote them."""
        if address.type == GROUP_TYPE.lower():
            return parse(f"/subscriptions/{address.subscription}/resourceGroups/{address.group}")
        namespace, *types = self.spelled(address.type).split("/")
        scope = re.sub("/resourcegroups/", "/resourceGroups/", address.scope, flags=re.IGNORECASE)
        pairs = "/".join(f"{kind}/{name}" for kind, name in zip(types, address.names, strict=True))
        return parse(f"{scope}/providers/{namespace}/{pairs}")

    def blob_size(self, uri: str) -> int | None:
        """Bytes of a VHD blob in a storage account whose blobs are known."""
        account = uri.split("://", 1)[-1].split(".", 1)[0].lower()
        for found in self.store.everywhere("microsoft.storage/storageaccounts"):
            if found.body["name"].lower() == account:
                return (found.hidden.get("blobs") or {}).get(parse_blob(uri))
        return None
