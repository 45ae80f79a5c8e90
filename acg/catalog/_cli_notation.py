"""Target regions, edge zones and features as the Azure CLI takes them, in a catalog's own words.

Source: https://learn.microsoft.com/cli/azure/sig/image-version and .../sig/image-definition
"""

import re
import shlex
from typing import Any, Final

from acg.azure.regions import RegionTable
from acg.azure.storage_types import EDGE_ZONE_TYPES, REGION_TYPES
from acg.path import Path

_REGION: Final = re.compile(r"(?P<name>[A-Za-z0-9 ]+)=(?P<count>\d+)(?:=(?P<storage>[A-Za-z_0-9]+))?")
"""A region of `--target-regions`."""

_ZONE: Final = re.compile(
    r"(?P<name>[A-Za-z0-9 ]+)=(?P<zone>[A-Za-z][A-Za-z0-9 ]*)(?:=(?P<count>\d+))?(?:=(?P<storage>[A-Za-z_0-9]+))?"
)
"""An edge zone of `--target-edge-zones`."""

_FEATURE: Final = re.compile(r"(?P<name>[A-Za-z]+)=(?P<value>[A-Za-z0-9,]+)")
"""A feature of `--features`."""

_OPTION: Final = re.compile(r"\s*--(?:target-regions|target-edge-zones|features)[\s=]+")

_STORAGE: Final = {name.lower(): name for name in (*REGION_TYPES, *EDGE_ZONE_TYPES)} | {
    "standard_ssd": "StandardSSD_LRS",
    "standardssd": "StandardSSD_LRS",
}
_LONGEST: Final = 10_000
"""Characters of a text that is looked at; the CLI takes no longer one."""


def what_it_is(path: Path) -> str:
    """What the CLI calls the value of a place."""
    if "features" in path[-2:]:
        return "features"
    return "an edge zone" if "targetExtendedLocations" in path[-2:] else "a region"


def from_cli(value: Any, path: Path) -> str | None:
    """What to write in place of the CLI's notation; None for what is written in a catalog's own."""
    if path[-1] == "features":
        return _features(value if isinstance(value, list) else _parts(value))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = _OPTION.sub("", value)
    if path[-1] == "targetRegions":
        return _regions(text)
    if path[-1] == "targetExtendedLocations":
        zones = [_ZONE.fullmatch(part) for part in _parts(text)]
        return f"Write [{', '.join(_zone(one) for one in zones if one)}]" if zones and all(zones) else None
    if "targetRegions" in path[-3:]:
        return _one_region(text)
    if path[-2:-1] == ("targetExtendedLocations",):
        return _one_zone(text)
    return None


def _regions(text: str) -> str | None:
    """Several regions in one text, with or without numbers; one without is left to the list that it lacks."""
    table = RegionTable()
    parts = _parts(text)
    found = [_REGION.fullmatch(part) or table.cloud(part) for part in parts]
    if not parts or not all(found) or table.cloud(text) or (len(parts) == 1 and "=" not in text):
        return None
    return f"Write [{', '.join(_region(part) for part in parts)}]"


def _one_region(text: str) -> str | None:
    if _REGION.fullmatch(text):
        return f"Write {_region(text)}"
    if zone := _ZONE.fullmatch(text):
        return f"Write it below targetExtendedLocations: {_zone(zone)}"
    return "Write the name of a region alone; its number of replicas is regionalReplicaCount." if "=" in text else None


def _one_zone(text: str) -> str | None:
    if zone := _ZONE.fullmatch(text):
        return f"Write {_zone(zone)}"
    name = text.partition("=")[0].strip()
    return f"Write {{name: REGION, extendedLocation: {{name: {name}, type: EdgeZone}}}}" if name else None


def _features(parts: list[Any]) -> str | None:
    found = [_FEATURE.fullmatch(part) if isinstance(part, str) else None for part in parts]
    pairs = [f"{one['name']}: {_quoted(one['value'])}" for one in found if one]
    return f"Write {{{', '.join(pairs)}}}" if found and all(found) else None


def _quoted(value: str) -> str:
    return f'"{value}"' if value.lower() in ("true", "false") or "," in value else value


def _parts(text: object) -> list[str]:
    """The words of a text as a shell parts them; none for what it cannot part."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return []
    try:
        return shlex.split(_OPTION.sub("", text).replace(",", " ") if "=" not in text else _OPTION.sub("", text))
    except ValueError:
        return []


def _region(text: str) -> str:
    if (found := _REGION.fullmatch(text)) is None:
        return text
    keys = [f"name: {found['name'].strip()}", f"regionalReplicaCount: {int(found['count'])}"]
    return _mapping([*keys, *_storage(found)])


def _zone(found: re.Match[str]) -> str:
    keys = [f"name: {found['name'].strip()}", f"extendedLocation: {{name: {found['zone'].strip()}, type: EdgeZone}}"]
    count = [f"extendedLocationReplicaCount: {int(found['count'])}"] if found["count"] else []
    return _mapping([*keys, *count, *_storage(found)])


def _storage(found: re.Match[str]) -> list[str]:
    written = found["storage"]
    return [f"storageAccountType: {_STORAGE.get(written.lower(), written)}"] if written else []


def _mapping(keys: list[str]) -> str:
    return f"{{{', '.join(keys)}}}"
