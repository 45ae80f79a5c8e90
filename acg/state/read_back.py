"""What Azure alone knows of a version after it is made: the sizes of its disks."""

from collections.abc import Mapping
from typing import Any, Final

STORAGE: Final = "storageProfile"


def with_read_back_sizes(inputs: dict[str, Any], outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs of a version with the sizes of its disks, which are in the outputs alone.

    Declared disks keep their order, which paths of findings count by; disks that are not declared follow.
    """
    read, given = outputs.get(STORAGE), inputs.get(STORAGE)
    if not isinstance(read, dict) or not isinstance(given, dict):
        return inputs
    profile = dict(given)
    if size := _size(read.get("osDiskImage")):
        profile["osDiskImage"] = {**_mapping(given.get("osDiskImage")), **size}
    sizes = {disk.get("lun"): size for disk in _mappings(read.get("dataDiskImages")) if (size := _size(disk))}
    if sizes:
        declared = _mappings(given.get("dataDiskImages"))
        luns = {disk.get("lun") for disk in declared}
        profile["dataDiskImages"] = [
            *({**disk, **sizes.get(disk.get("lun"), {})} for disk in declared),
            *({"lun": lun, **size} for lun, size in sizes.items() if lun not in luns),
        ]
    return {**inputs, STORAGE: profile}


def _size(disk: Any) -> dict[str, Any]:
    """What Azure answered; nothing in a preview of what does not exist yet."""
    size = disk.get("sizeInGB") if isinstance(disk, dict) else None
    return {"sizeInGB": size} if isinstance(size, int | float) else {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
