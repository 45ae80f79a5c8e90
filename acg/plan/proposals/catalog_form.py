"""Parts of desired resources in the form in which a catalog declares them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from acg.azure.resource_id import Kind, ResourceId, ResourceIdError
from acg.catalog.edit.model import Edit, put, remove
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Derived, Resource
from acg.path import Path
from acg.plan.parts import part


def declared_form(model: BaseModel) -> dict[str, Any] | None:
    """What a part of a catalog says, as plain data; None if some of it is known only after deployment."""
    dumped = model.model_dump(by_alias=True, exclude_unset=True)
    return None if _has_placeholder(dumped) else _plain(dumped)


def _has_placeholder(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_placeholder, value.values()))
    return any(map(_has_placeholder, value)) if isinstance(value, list | tuple) else isinstance(value, Placeholder)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def with_short_regions(value: Any) -> Any:
    """A value in which a target region of nothing but a name is written as that name."""
    if isinstance(value, dict):
        return {key: with_short_regions(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [one["name"] if _is_name(one) else with_short_regions(one) for one in value]
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"name"} and isinstance(value["name"], str)


def storage_form(version: Resource) -> dict[str, Any] | None:
    """``source``, ``osDisk`` and ``dataDisks`` of a version; None if a source cannot be written in a catalog."""
    profile = part(version.inputs, "storageProfile")
    found: dict[str, Any] = {}
    try:
        if (source := profile.get("source")) is not None:
            found["source"] = _source(source)
        if disk := _disk(profile.get("osDiskImage") or {}, version.expected_sizes.get(None)):
            found["osDisk"] = disk
        disks = {disk["lun"]: disk for disk in profile.get("dataDiskImages") or ()}
        luns = {*disks, *(lun for lun in version.expected_sizes if lun is not None)}
        if luns:
            sizes = version.expected_sizes
            found["dataDisks"] = [
                {"lun": int(lun), **_disk(disks.get(lun, {}), sizes.get(lun))} for lun in sorted(luns)
            ]
    except (ResourceIdError, TypeError, ValueError, KeyError):
        return None
    return None if _has_placeholder(found) else found


def _source(source: dict[str, Any]) -> dict[str, Any]:
    if "communityGalleryImageId" in source:
        return {"communityVersion": source["communityGalleryImageId"]}
    if "virtualMachineId" in source:
        return {"virtualMachine": source["virtualMachineId"]}
    id_ = source["id"]
    if isinstance(id_, Derived):
        if id_.template != "{id}":
            raise ValueError("an id that is put together has no address")
        return {"version": id_.resource}
    match ResourceId.parse(id_).kind:
        case Kind.VERSION:
            return {"version": id_}
        case Kind.VIRTUAL_MACHINE:
            return {"virtualMachine": id_}
        case _:
            return {"managedImage": id_}


def _disk(disk: dict[str, Any], size: int | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    source = disk.get("source") or {}
    if "id" in source:
        is_snapshot = ResourceId.parse(source["id"]).kind is Kind.SNAPSHOT
        found["snapshot" if is_snapshot else "disk"] = source["id"]
    if "uri" in source:
        found["vhd"] = source["uri"]
    if "storageAccountId" in source:
        found["storageAccount"] = source["storageAccountId"]
    if "hostCaching" in disk:
        found["hostCaching"] = disk["hostCaching"]
    if size is not None:
        found["expectedSizeGB"] = size
    return found


def restored(path: Path, model: BaseModel, fields: dict[str, Any], why: str) -> list[Edit]:
    """Edits that give fields of a part of a catalog these values; None takes a field away, if it is there."""
    edits: list[Edit] = []
    known = type(model).model_fields
    present = {known[name].alias or name for name in model.model_fields_set}
    for name, value in fields.items():
        if value is not None:
            edits.append(put((*path, name), value, why))
        elif name in present:
            edits.append(remove((*path, name), why))
    return edits
