"""Taking an image version from its sources: may it be taken, and what sizes its disks will have."""

from __future__ import annotations

import json
from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import type_of
from acg_sandbox.arm.protocol.refusals import RequestError
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.providers.gallery import replication, sources
from acg_sandbox.arm.providers.gallery.encryption import is_encrypted
from acg_sandbox.arm.providers.gallery.image_definitions import security_type
from acg_sandbox.arm.providers.gallery.refusals import error, refuse
from acg_sandbox.arm.providers.gallery.sources import Disk, Source
from acg_sandbox.arm.state.store import Resource

MAX_GIB = 2_048  # with full replication; Troubleshoot shared images, GallerySourceResourceExceedsMaxSize
MAX_SHALLOW_GIB = 32_768  # with shallow replication; shared-image-galleries.md

_PROFILE = "galleryImageVersion.properties.storageProfile"
_CAN_ENCRYPT = {sources.IMAGE, sources.MACHINE, sources.DISK, sources.SNAPSHOT, sources.VERSION}
_SUPPORTED_ONLY = {"trustedlaunchsupported", "confidentialvmsupported", "trustedlaunchandconfidentialvmsupported"}
_DISKS = {sources.DISK, sources.SNAPSHOT}


def check(call: Call, resource: Resource, definition: Resource) -> dict[str, Any]:
    """Find the sources of a new version and compare them with its definition.

    Returns what the service remembers and shows later: disk sizes, and the failure that replication will end with, if
    any.
    """
    profile = resource.properties["storageProfile"]
    found = _find(call, profile)
    if call.struck_by("source-throttle"):
        refuse("source-throttle", resourceID=found[0].id)
    customer_key = is_encrypted(resource.properties["publishingProfile"]["targetRegions"])
    _compare_traits(found[0], definition.properties)
    for source in found:
        _compare(call, source, resource, definition, customer_key)
    sizes = _sizes(profile, found)
    return {"sizes": sizes, "validations": _validations(found[0])} | _not_captured(found) | _too_large(resource, sizes)


def _validations(source: Source) -> dict[str, Any]:
    """What a version says of its validation once it has succeeded: of a machine, also the image that it came from."""
    platform = [{"name": f"source_image_{member}", "value": value} for member, value in source.platform.items()]
    return {"validationOperationStatus": "NotExecuted"} | ({"platformAttributes": platform} if platform else {})


def _find(call: Call, profile: dict[str, Any]) -> list[Source]:
    """Every source once: the whole one, or that of the OS disk and then of the data disks."""
    top = profile.get("source") or {}
    first: dict[str, Any] = (profile.get("osDiskImage") or {}).get("source") or {}
    data = profile.get("dataDiskImages") or []
    members = {str(top[m]).lower() for m in ("id", "virtualMachineId", "communityGalleryImageId") if top.get(m)}
    if bool(members) == bool(first) or len(members) > 1 or (members and any(d.get("source") for d in data)):
        refuse("one-source")
    if members:
        return [sources.whole(call, top)]
    luns = [image["lun"] for image in data]
    if any(lun < 0 for lun in luns):
        refuse("parameter-invalid", parameter=f"{_PROFILE}.dataDiskImages.lun")
    if len(set(luns)) < len(luns):
        refuse("lun-duplicate")
    given: list[dict[str, Any]] = [first, *(image.get("source") or {} for image in data)]
    ids = [str(source["id"]).lower() for source in given if source.get("id") and not source.get("uri")]
    if len(set(ids)) < len(ids):
        refuse("source-duplicate")
    if any(source.get("uri") and type_of(source.get("id") or "") in _DISKS for source in given):
        refuse("one-source")
    uris = [_blob(str(source["uri"])) for source in given if source.get("uri")]
    for uri in uris:
        if uris.count(uri) > 1:
            refuse("same-blob", sourceID=uri)
    return [sources.disk(call, source, "dataDiskImages" if n else "osDiskImage") for n, source in enumerate(given)]


def _blob(uri: str) -> str:
    """The same for two spellings of one blob: hosts have no case, blobs do; of a query only a snapshot counts."""
    address, _, query = uri.partition("?")
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    return f"{scheme}://{host}".lower() + f"/{path}" + (f"?{query}" if "snapshot=" in query else "")


def _compare(call: Call, source: Source, resource: Resource, definition: Resource, customer_key: bool) -> None:
    """Refuse a source that is elsewhere, or that does not allow what is asked of it."""
    home = canonical(resource.body["location"])
    if source.kind != "blob" and home not in source.regions:
        refuse("source-not-found", resourceID=source.id)
    secure = security_type(definition.properties)
    if secure.lower() in _SUPPORTED_ONLY and source.guest_state:
        refuse("security-type-source", type=secure, id=source.id, contained=source.guest_state)
    if secure.lower() == "confidentialvm" and source.kind == sources.IMAGE:
        refuse("confidential-source-kind", id=source.id)
    subscription = call.address.subscription or ""
    if source.encrypted and source.subscription.lower() != subscription.lower():
        refuse("cmk-cross-sub", resourceID=source.id, s1=subscription, s2=source.subscription)
    if customer_key and source.kind not in _CAN_ENCRYPT:
        refuse("encryption-unsupported-source", sourceID=source.id)


def _compare_traits(source: Source, traits: dict[str, Any]) -> None:
    """Refuse what has the operating system of another definition; of the disks only the first one has a system."""
    first = source.kind in {sources.IMAGE, sources.MACHINE, sources.VERSION}
    if first and source.os_state and source.os_state != traits["osState"]:
        refuse("os-state-mismatch", resourceID=source.id, a=source.os_state, b=traits["osState"])
    if source.generation and source.os_type and source.generation != traits["hyperVGeneration"]:
        refuse("gen-mismatch", resourceID=source.id, V1=source.generation, V2=traits["hyperVGeneration"])
    if source.os_type and source.os_type != traits["osType"]:
        refuse("os-type-mismatch", resourceID=source.id, a=source.os_type, b=traits["osType"])
    if source.architecture and source.os_type and source.architecture != traits["architecture"]:
        refuse("architecture-mismatch", resourceID=source.id, a=source.architecture, b=traits["architecture"])
    if source.knows_plan and not same_plan(source.plan, traits.get("purchasePlan")):
        words = {"plan": written_plan(source.plan), "parentPlan": written_plan(traits.get("purchasePlan"))}
        refuse("plan-mismatch", resourceID=source.id, **words)


def same_plan(one: dict[str, str] | None, other: dict[str, str] | None) -> bool:
    """Whether name, publisher and product agree; a promotion code does not matter."""
    return all(
        (one or {}).get(member, "").lower() == (other or {}).get(member, "").lower()
        for member in ("name", "publisher", "product")
    )


def written_plan(plan: dict[str, str] | None) -> str:
    """A plan as Azure's messages quote it."""
    return json.dumps(plan, separators=(",", ":")) if plan else "null"


def _sizes(profile: dict[str, Any], found: list[Source]) -> dict[str, Any]:
    """Sizes and host caching by disk, as they will be in the version once it has succeeded."""
    if profile.get("source"):
        whole = found[0]
        data = {str(disk.lun): _entry(disk) for disk in whole.data_disks}
        return {"os": _entry(whole.os_disk), "data": data}
    images = profile.get("dataDiskImages") or []
    data = {str(image["lun"]): _entry(source.os_disk) for image, source in zip(images, found[1:], strict=True)}
    return {"os": _entry(found[0].os_disk), "data": data}


def _entry(disk: Disk) -> dict[str, Any]:
    return {"sizeInGB": disk.size, "hostCaching": disk.caching}


def known_sizes(profile: dict[str, Any]) -> dict[str, Any]:
    """What ``check`` would have returned for a version that shows its sizes already."""

    def entry(image: dict[str, Any]) -> dict[str, Any]:
        return {"sizeInGB": image.get("sizeInGB"), "hostCaching": image.get("hostCaching")}

    data = {str(image["lun"]): entry(image) for image in profile.get("dataDiskImages", ())}
    return {"sizes": {"os": entry(profile.get("osDiskImage") or {}), "data": data}, "encrypted": False}


def _not_captured(found: list[Source]) -> dict[str, Any]:
    types = [kind for source in found for kind in source.disk_types]
    return {"failure": error("disk-type-not-captured", type=types[0]).body()["error"]} if types else {}


def _too_large(resource: Resource, sizes: dict[str, Any]) -> dict[str, Any]:
    shallow = resource.properties["publishingProfile"].get("replicationMode") == "Shallow"
    limit = MAX_SHALLOW_GIB if shallow else MAX_GIB
    largest = max(entry["sizeInGB"] or 0 for entry in [sizes["os"], *sizes["data"].values()])
    if largest <= limit:
        return {}
    return {"failure": error("too-large", n=largest).body()["error"]}


def failure(call: Call, final: Resource) -> RequestError | None:
    """What the capture or the replication of a version ends with, by itself or by a fault."""
    problem = None
    if "failure" in final.hidden:
        known = final.hidden["failure"]
        problem = RequestError("too-large", 200, known["code"], known["message"])
    for fault in call.faults:
        if fault.fault == "fail-region":
            problem = replication.fail(final, fault.region)
        elif fault.fault == "source-gone":
            problem = _lose_source(call, final) or problem
    return problem


def _lose_source(call: Call, final: Resource) -> RequestError | None:
    profile = final.properties.get("storageProfile") or {}
    first = (profile.get("source") or {}) | ((profile.get("osDiskImage") or {}).get("source") or {})
    wanted = first.get("id") or first.get("virtualMachineId") or ""
    if not wanted or call.state.store.get(wanted.lower()) is None:
        return None
    call.state.store.delete(wanted.lower())
    return error("source-not-found-2", resourceID=wanted)


def fill_sizes(version: Resource) -> None:
    """Show the sizes of a version that has succeeded; a whole source brings its disks into view too."""
    profile, sizes = version.properties["storageProfile"], version.hidden.get("sizes")
    if sizes is None:
        return
    first = profile.setdefault("osDiskImage", {})
    _show(first, sizes["os"])
    if profile.get("source"):
        first.setdefault("source", {})
    if not sizes["data"]:
        return
    images = profile.setdefault("dataDiskImages", [{"lun": int(lun)} for lun in sizes["data"]])
    for image in images:
        _show(image, sizes["data"].get(str(image["lun"]), {}))


def _show(image: dict[str, Any], entry: dict[str, Any]) -> None:
    for member, value in entry.items():
        if value is not None:
            image.setdefault(member, value)


def require_unchanged(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Refuse an update that names other sources or disks; what it leaves out stays."""
    for member, value in (new.get("source") or {}).items():
        if not _same(value, (old.get("source") or {}).get(member)):
            refuse("property-change", property=f"{_PROFILE}.source.{member}")
    if "osDiskImage" in new:
        _same_disk(old.get("osDiskImage") or {}, new["osDiskImage"], "osDiskImage")
    if "dataDiskImages" in new:
        before = {image["lun"]: image for image in old.get("dataDiskImages", ())}
        if {image["lun"] for image in new["dataDiskImages"]} != set(before):
            refuse("data-disk-change")
        for image in new["dataDiskImages"]:
            _same_disk(before[image["lun"]], image, "dataDiskImages")


def _same_disk(old: dict[str, Any], new: dict[str, Any], member: str) -> None:
    for part, value in (new.get("source") or {}).items():
        if not _same(value, (old.get("source") or {}).get(part)):
            refuse("source-immutable", diskImage=member)
    if "hostCaching" in new and "hostCaching" in old and new["hostCaching"] != old["hostCaching"]:
        refuse("property-change", property=f"{_PROFILE}.{member}.hostCaching")


def _same(one: Any, other: Any) -> bool:
    return str(one).lower() == str(other).lower()
