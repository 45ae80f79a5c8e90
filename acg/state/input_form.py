"""What Azure answers, as azure-native receives it: without what Azure alone decides.

Azure's answers say more than was asked for: states, dates, generated names. Whoever compares or declares an existing
resource takes it in the form of inputs.

Source of the properties: https://github.com/Azure/azure-rest-api-specs, gallery.json of Microsoft.Compute 2024-03-03,
where they are marked ``readOnly``; those of softDeletePolicy are inputs of later versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from acg.azure import kinds

_PER_KIND: Final = {
    kinds.GALLERY: (
        ("identifier",),  # Azure's own unique name
        ("sharingStatus",),
        ("sharingProfile", "groups"),  # set by the share action alone
        ("sharingProfile", "communityGalleryInfo", "communityGalleryEnabled"),
        ("sharingProfile", "communityGalleryInfo", "publicNames"),
        ("softDeletePolicy", "retentionPeriodInDays"),
    ),
    kinds.IMAGE: (),
    kinds.VERSION: (
        ("replicationStatus",),
        ("validationsProfile",),
        ("publishingProfile", "publishedDate"),
        ("safetyProfile", "reportedForPolicyViolation"),
        ("safetyProfile", "policyViolations"),
    ),
}


def input_properties(token: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of what galleries consist of that azure-native receives; sizes of disks are kept.

    Args:
        token: Type token without an API version.
        properties: The ``properties`` of what a GET of the resource answers.
    """
    found = {key: value for key, value in properties.items() if key != "provisioningState"}
    for path in _PER_KIND.get(token, ()):
        _drop(found, path)
    if token == kinds.VERSION and isinstance(storage := found.get("storageProfile"), dict):
        found["storageProfile"] = _storage(storage)
    return found


def input_identity(identity: Mapping[str, Any]) -> dict[str, Any]:
    """The identity of a gallery: azure-native takes a list of ids where Azure answers a mapping."""
    found = {"type": identity["type"]} if "type" in identity else {}
    if users := identity.get("userAssignedIdentities"):
        found["userAssignedIdentities"] = list(users)
    return found


def _drop(tree: dict[str, Any], path: tuple[str, ...]) -> None:
    """Take a property away, and what is around it if that is empty then; mappings below the first are not shared."""
    key, *rest = path
    inside = tree.get(key)
    if not rest:
        tree.pop(key, None)
    elif isinstance(inside, dict):
        copy = dict(inside)
        _drop(copy, tuple(rest))
        if copy:
            tree[key] = copy
        else:
            del tree[key]


def _storage(storage: Mapping[str, Any]) -> dict[str, Any]:
    """Disks that have no source of their own say so with an empty one."""
    found = dict(storage)
    if isinstance(disk := storage.get("osDiskImage"), dict):
        found["osDiskImage"] = _disk(disk)
    if isinstance(disks := storage.get("dataDiskImages"), list):
        found["dataDiskImages"] = [_disk(one) if isinstance(one, dict) else one for one in disks]
    return found


def _disk(disk: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in disk.items() if key != "source" or value}
