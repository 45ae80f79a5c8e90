"""Lets the first update after an import be empty when the program says what is in Azure.

The inputs that an import reads hold everything Azure answers: its defaults, display names of regions, its form of
dates. azure-native itself then proposes one harmless update that spells the same things differently. Here such inputs
carry a mark, and as long as they do, both sides are compared without what Azure adds by itself.
"""

from datetime import UTC, datetime
from typing import Any

from .differ import normal_location
from .tables import ResourceType

Properties = dict[str, Any]

MARK = "__imported"
"""Input that says the others were read from Azure; Pulumi replaces it with the program's inputs at the next update."""


def settled(resource: ResourceType, inputs: Properties) -> Properties:
    """The inputs without what Azure would answer anyway, in one spelling.

    The defaults are those in recorded traffic of the gallery service (api 2022-03-03) and in its documentation.
    """
    result = {k: v for k, v in inputs.items() if v not in ({}, [])}
    if isinstance(result.get("endOfLifeDate"), str):
        result["endOfLifeDate"] = _instant(result["endOfLifeDate"])
    match resource.token.rpartition(":")[2]:
        case "Gallery":
            _drop(result, "sharingProfile", {"permissions": "Private"})
            _drop(result, "softDeletePolicy", {"isSoftDeleteEnabled": False})
            _drop(result, "identity", {"type": "None"})
        case "GalleryImage":
            _without(result, {"hyperVGeneration": "V1", "architecture": "x64", "allowUpdateImage": False})
        case "GalleryImageVersion":
            _version(result)
    return result


def _version(result: Properties) -> None:
    _drop(result, "safetyProfile", {"allowDeletionOfReplicatedLocations": False, "blockDeletionBeforeEndOfLife": False})
    _without(result, {"restore": False})
    if isinstance(storage := result.get("storageProfile"), dict):
        result["storageProfile"] = _storage(storage)
    profile = result.get("publishingProfile")
    result["publishingProfile"] = _publishing(profile if isinstance(profile, dict) else {}, result.get("location"))


def _storage(storage: Properties) -> Properties:
    """Disks without a source of their own are what Azure found in the source of the version."""
    result = dict(storage)
    if isinstance(disk := result.pop("osDiskImage", None), dict) and "source" in disk:
        result["osDiskImage"] = _disk(disk)
    if isinstance(disks := result.pop("dataDiskImages", None), list):
        own = [_disk(d) for d in disks if isinstance(d, dict) and "source" in d]
        if own:
            result["dataDiskImages"] = own
    return result


def _disk(disk: Properties) -> Properties:
    result = dict(disk)
    _without(result, {"hostCaching": "None"})
    return result


def _publishing(profile: Properties, home: Any) -> Properties:
    result = dict(profile)
    count, hidden = result.get("replicaCount", 1), result.get("excludeFromLatest", False)
    storage = result.get("storageAccountType", "Standard_LRS")
    defaults = {"replicaCount": 1, "excludeFromLatest": False, "storageAccountType": "Standard_LRS"}
    _without(result, defaults | {"replicationMode": "Full"})
    if isinstance(result.get("endOfLifeDate"), str):
        result["endOfLifeDate"] = _instant(result["endOfLifeDate"])
    regions = result.get("targetRegions")
    if regions is None and isinstance(home, str):
        regions = [{"name": home}]  # without any target region Azure replicates to the version's own
    if isinstance(regions, list):
        inherited = {"regionalReplicaCount": count, "storageAccountType": storage, "excludeFromLatest": hidden}
        result["targetRegions"] = [_region(r, inherited) for r in regions]
    return result


def _region(region: Any, inherited: Properties) -> Any:
    if not isinstance(region, dict):
        return region
    result = dict(region)
    _without(result, inherited)
    if isinstance(name := result.get("name"), str):
        result["name"] = normal_location(name)
    return result


def _drop(result: Properties, name: str, defaults: Properties) -> None:
    if isinstance(value := result.get(name), dict):
        value = dict(value)
        _without(value, defaults)
        if value:
            result[name] = value
        else:
            del result[name]


def _without(result: Properties, defaults: Properties) -> None:
    for name, default in defaults.items():
        if name in result and result[name] == default:
            del result[name]


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
