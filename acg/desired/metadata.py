"""What the project knows beside the inputs that Azure receives, as the components' own inputs carry it.

The policy pack sees nothing of a catalog but what the engine hands it: component inputs are the one way to bring along
declared disk sizes, suppressions and source lines. A catalog can have thousands of versions, so the form is terse and
leaves out what is not there::

    declaredAt:      {file: {name of the resource: line}}
    expectedSizeGB:  {name: {"os" or LUN: size}}
    suppress:        {name: [{rule, reason, until}]}
    regions:         {region that a catalog adds: {displayName, geography, pair, zones}}
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from acg.azure.regions import Region
from acg.desired.resource import Place, Resource, Suppressed

OS: Final = "os"
"""Stands for the operating system disk where others have their LUN."""


def carry(
    resources: Iterable[Resource], called: Callable[[str], str] = str, regions: Iterable[Region] = ()
) -> dict[str, Any]:
    """What to carry for resources.

    Args:
        resources: The resources beneath a component.
        called: What a program calls a resource, given what the catalog does.
        regions: The regions that the catalog adds.
    """
    places: dict[str, dict[str, int]] = {}
    sizes: dict[str, dict[str, int]] = {}
    suppressed: dict[str, list[dict[str, str]]] = {}
    for resource in resources:
        name = called(resource.name)
        if (place := resource.source) is not None:
            places.setdefault(place.file, {})[name] = place.line
        if resource.expected_sizes:
            sizes[name] = {OS if lun is None else str(lun): size for lun, size in resource.expected_sizes.items()}
        if resource.suppressed:
            suppressed[name] = [
                {"rule": one.rule, "reason": one.reason, "until": one.until} for one in resource.suppressed
            ]
    added = {
        one.name: {"displayName": one.display_name, "geography": one.geography, "pair": one.pair, "zones": one.zones}
        for one in regions
    }
    found = {"declaredAt": places, "expectedSizeGB": sizes, "suppress": suppressed, "regions": added}
    return {key: value for key, value in found.items() if value}


class Carried:
    """What a component's inputs carry, by the names of the resources beneath it."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        """Read inputs as the engine hands them out: numbers may be floats."""
        self._inputs = inputs

    def place(self, name: str) -> Place | None:
        """Where a resource was declared; only the line is carried, so the column is 1."""
        for file, lines in self._inputs.get("declaredAt", {}).items():
            if name in lines:
                return Place(file, int(lines[name]), 1, "")
        return None

    def expected_sizes(self, name: str) -> dict[int | None, int]:
        """Declared sizes in GB by LUN; None is the operating system disk."""
        sizes = self._inputs.get("expectedSizeGB", {}).get(name, {})
        return {None if lun == OS else int(lun): int(size) for lun, size in sizes.items()}

    def suppressed(self, name: str) -> tuple[Suppressed, ...]:
        """Rules that a resource may break for a while."""
        rules = self._inputs.get("suppress", {}).get(name, ())
        return tuple(Suppressed(one["rule"], one["reason"], one["until"]) for one in rules)

    def regions(self) -> list[Region]:
        """The regions that the catalog adds."""
        return [
            Region(
                name,
                one.get("displayName") or name,
                one.get("geography"),
                one.get("pair"),
                None if one.get("zones") is None else int(one["zones"]),
            )
            for name, one in self._inputs.get("regions", {}).items()
        ]
