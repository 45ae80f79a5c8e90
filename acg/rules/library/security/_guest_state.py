"""Whether what a version is made from holds the security data of a Trusted Launch or confidential machine."""

from __future__ import annotations

from acg.azure.features import GUEST_STATE
from acg.rules.disk_sizes import FURTHEST
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views import ImageVersion, ManagedImage, Origin, Part, SizedDisk, VirtualMachine

_EMPTY = frozenset({"empty", "import", "upload"})
"""Ways to make a disk, in lower case, that put no security data in it.

Source: https://learn.microsoft.com/rest/api/compute/disks/create-or-update, DiskCreateOption
"""

_NOT_KEPT = "nonpersistedtpm"
"""How a confidential machine is encrypted whose firmware state is not kept, in lower case.

Source: https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update, SecurityEncryptionTypes
"""


def guest_state(origin: Origin, index: ResourceIndex) -> bool | None:
    """Whether a source holds a machine's security data; None where nothing here tells.

    What decides is the security type that a disk or machine names, or else what the disk was made from. A machine that
    names none may have got Trusted Launch from its subscription's default.
    """
    for _ in range(FURTHEST):
        if isinstance(origin, ManagedImage):
            return False  # Azure makes no managed image of such a machine, which managed-image-source tells
        if isinstance(origin, ImageVersion):
            return _of_version(origin, index)
        named = origin.part("securityProfile", Part).text("securityType")
        if named is not None:
            return None if _keeps_none(origin, named) else named.lower() != "standard"
        behind = index.attached(origin.os_disk) if isinstance(origin, VirtualMachine) else None
        if isinstance(origin, SizedDisk):
            creation = origin.part("creationData", Part)
            how = (creation.text("createOption") or "").lower()
            if how in _EMPTY:
                return False
            behind = index.resolve(creation.reference("sourceResourceId")) if how.startswith("copy") else None
        if not isinstance(behind, Origin):
            return None
        origin = behind
    return None


def _keeps_none(origin: Origin, named: str) -> bool:
    """Whether a confidential machine's firmware state is kept nowhere; what Azure then makes of it is not known."""
    if not isinstance(origin, VirtualMachine):
        return named.lower().endswith(_NOT_KEPT)
    managed = origin.os_disk.part("managedDisk", Part).part("securityProfile", Part)
    return (managed.text("securityEncryptionType") or "").lower() == _NOT_KEPT


def _of_version(version: ImageVersion, index: ResourceIndex) -> bool | None:
    definition = index.definition(version)
    if definition is None:
        return None
    try:
        return definition.security_type.lower() in GUEST_STATE
    except UnknownValueError:
        return None
