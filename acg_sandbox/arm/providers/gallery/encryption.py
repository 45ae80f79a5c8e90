"""Customer-managed keys of an image version: the disk encryption sets of its target regions."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import type_of
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.providers.gallery.refusals import refuse

_PATH = "galleryArtifactVersion.properties.publishingProfile.targetRegions.encryption"
_OS = f"{_PATH}.osDiskImage.diskEncryptionSetId"
_DATA = f"{_PATH}.dataDiskImages.diskEncryptionSetId"
_SECURE = f"{_PATH}.osDiskImage.securityProfile.secureVMDiskEncryptionSetId"
_SET = "microsoft.compute/diskencryptionsets"

Sets = dict[int | None, str]  # by LUN, None for the OS disk


def sets_of(target: dict[str, Any]) -> Sets:
    """The disk encryption sets of one target region."""
    encryption = target.get("encryption") or {}
    found: Sets = {}
    first = encryption.get("osDiskImage") or {}
    if first.get("diskEncryptionSetId"):
        found[None] = first["diskEncryptionSetId"]
    for image in encryption.get("dataDiskImages", ()):
        if image.get("diskEncryptionSetId"):
            found[image["lun"]] = image["diskEncryptionSetId"]
    return found


def is_encrypted(targets: list[dict[str, Any]]) -> bool:
    """Whether any region is encrypted with a customer's key, a confidential OS disk's own set included."""
    for target in targets:
        first = (target.get("encryption") or {}).get("osDiskImage") or {}
        if sets_of(target) or (first.get("securityProfile") or {}).get("secureVMDiskEncryptionSetId"):
            return True
    return False


def check(call: Call, targets: list[dict[str, Any]], luns: list[int]) -> None:
    """Refuse sets that do not exist, are elsewhere, or do not cover every region alike."""
    for target in targets:
        _check_luns(target, luns)
        for lun, wanted in sets_of(target).items():
            _check_set(call, wanted, target["name"], _OS if lun is None else _DATA)
        _check_confidential(call, target)
    used = {canonical(target["name"]): sets_of(target) for target in targets}
    for region, sets in used.items():
        for lun, wanted in sets.items():
            for other, theirs in used.items():
                if lun not in theirs:
                    disk = _OS if lun is None else f"LUN {lun}"
                    refuse("des-all-regions", disk=disk, r1=other, id=wanted, r2=region)


def require_home(home: str, targets: list[dict[str, Any]]) -> None:
    """An image of a confidential machine stays in its region, unless it has no state that would be bound to it."""
    for target in targets:
        profile = ((target.get("encryption") or {}).get("osDiskImage") or {}).get("securityProfile") or {}
        kind = (profile.get("confidentialVMEncryptionType") or "").lower()
        if canonical(target["name"]) != canonical(home) and kind != "nonpersistedtpm":
            refuse("confidential-regions", home=canonical(home))


def _check_luns(target: dict[str, Any], luns: list[int]) -> None:
    listed = [image["lun"] for image in (target.get("encryption") or {}).get("dataDiskImages", ())]
    twice = sorted({lun for lun in listed if listed.count(lun) > 1})
    if twice:
        refuse("des-lun-dup", n=",".join(map(str, twice)), region=target["name"])
    for lun in listed:
        if lun not in luns:
            refuse("des-lun", n=lun, luns=",".join(map(str, sorted(luns))))


def _check_confidential(call: Call, target: dict[str, Any]) -> None:
    """A confidential disk that is encrypted with a customer's key names its set."""
    profile = ((target.get("encryption") or {}).get("osDiskImage") or {}).get("securityProfile") or {}
    wanted = profile.get("secureVMDiskEncryptionSetId")
    if wanted:
        _check_set(call, wanted, target["name"], _SECURE)
    elif profile.get("confidentialVMEncryptionType") == "EncryptedWithCmk":
        refuse("parameter-missing", parameter=_SECURE)


def _check_set(call: Call, wanted: str, region: str, parameter: str) -> None:
    """Disk encryption sets are regional resources of the gallery's subscription."""
    if type_of(wanted) != _SET or not wanted.startswith("/"):
        refuse("des-format", parameter=parameter)
    subscription = call.address.subscription or ""
    if wanted.strip("/").split("/")[1].lower() != subscription.lower():
        refuse("des-subscription", id=wanted, sub=subscription)
    found = call.state.store.get(wanted.lower())
    if found is None or canonical(found.body.get("location", region)) != canonical(region):
        refuse("des-not-found", id=wanted)


def require_unchanged(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    """Refuse other keys for a region that already holds replicas; a region that leaves encryption out keeps its own."""
    before = {canonical(target["name"]): target for target in old}
    for target in new:
        known = before.get(canonical(target["name"]))
        if known is None:
            continue
        if "encryption" not in target:
            if "encryption" in known:
                target["encryption"] = known["encryption"]
            continue
        had, has = sets_of(known), sets_of(target)
        for lun in has:
            if lun is not None and lun not in had:
                refuse("des-update-lun", n=lun, region=target["name"])
        if {k: v.lower() for k, v in had.items()} != {k: v.lower() for k, v in has.items()}:
            path = "galleryImageVersion.properties.publishingProfile.targetRegions.encryption"
            refuse("property-change", property=path)
