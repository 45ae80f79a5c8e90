"""What the project knows beside the inputs that Azure receives, as the components' own inputs carry it.

The policy pack sees nothing of a catalog but what the engine hands it: component inputs are the one way to bring along
declared disk sizes, suppressions and source files. A catalog can have thousands of versions, so the form is terse and
leaves out what is not there::

    declaredIn:      {name of the resource: file}
    expectedSizeGB:  {name: {"os" or LUN: size}}
    offers:          {name: [image definition]}
    suppress:        {name: [{rule, reason, until}]}
    regions:         {region that a catalog adds: {displayName, geography, pair, zones}}
    existing:        {name: inputs, and subscription, of what exists and is not managed}

Names are those below the component (``ubuntu/1.0.0``), itself being ``.``, so that renaming it changes nothing here. A
file goes for all that is below a name, as far as that has none of its own. Lines are left out: an edit that moves
them would be an update of the component.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from acg.azure import kinds
from acg.azure.regions import Region
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Derived, Place, Resource, Suppressed

OS: Final = "os"
"""Stands for the operating system disk where others have their LUN."""


_EXISTING: Final = (kinds.VERSION, kinds.IMAGE, kinds.GALLERY)

SELF: Final = "."
"""Stands for what has the component's own name."""


def carry(
    component: str,
    resources: Iterable[Resource],
    called: Callable[[str], str] = str,
    regions: Iterable[Region] = (),
) -> dict[str, Any]:
    """What a component carries for resources.

    Args:
        component: The component's name.
        resources: The resources beneath it.
        called: What a program calls a resource, given what the catalog does.
        regions: The regions that the catalog adds.
    """
    files: dict[str, str] = {}
    sizes: dict[str, dict[str, int]] = {}
    offers: dict[str, list[str]] = {}
    suppressed: dict[str, list[dict[str, str]]] = {}
    existing: dict[str, dict[str, Any]] = {}
    for resource in resources:
        name = _below(component, called(resource.name))
        if not resource.managed:
            existing[name] = {key: value for key, value in resource.inputs.items() if _is_plain(value)}
            if isinstance(resource.subscription, str):
                existing[name]["subscription"] = resource.subscription
        if (place := resource.source) is not None:
            files[name] = place.file
        if resource.expected_sizes:
            sizes[name] = {OS if lun is None else str(lun): size for lun, size in resource.expected_sizes.items()}
        if resource.offered is not None:
            offers[name] = [*resource.offered]
        if resource.suppressed:
            suppressed[name] = [
                {"rule": one.rule, "reason": one.reason, "until": one.until} for one in resource.suppressed
            ]
    added = {
        one.name: {"displayName": one.display_name, "geography": one.geography, "pair": one.pair, "zones": one.zones}
        for one in regions
    }
    own = {name: file for name, file in files.items() if name == SELF or _file(files, _above(name)) != file}
    found = {
        "declaredIn": own,
        "expectedSizeGB": sizes,
        "offers": offers,
        "suppress": suppressed,
        "regions": added,
        "existing": existing,
    }
    return {key: value for key, value in found.items() if value}


def _is_plain(value: Any) -> bool:
    """Whether a value is known before deployment, whole."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return all(map(_is_plain, value)) if isinstance(value, list) else not isinstance(value, Placeholder | Derived)


def _below(component: str, name: str) -> str:
    return name.removeprefix(component).removeprefix("/") or SELF


def _above(name: str) -> str:
    return max(name.rpartition("/")[0], name.rpartition("@")[0], key=len) or SELF


def _file(files: Mapping[str, str], name: str) -> str | None:
    """The file of a name, or of the nearest thing above it that has one."""
    while name not in files and name != SELF:
        name = _above(name)
    return files.get(name)


class ComponentMetadata:
    """What a component's inputs carry, by the names of the resources beneath it."""

    def __init__(self, component: str, inputs: Mapping[str, Any]) -> None:
        """Read inputs as the engine hands them out: numbers may be floats.

        Args:
            component: name or URN of the component.
            inputs: what the engine knows as its inputs.
        """
        self._component = component.rpartition("::")[2]
        self._inputs = inputs

    def place(self, name: str) -> Place | None:
        """The file in which a resource was declared; `acg.desired.lines` finds the line."""
        file = _file(self._inputs.get("declaredIn", {}), _below(self._component, name))
        return Place(file, None, None, "") if isinstance(file, str) else None

    def expected_sizes(self, name: str) -> dict[int | None, int]:
        """Declared sizes in GB by LUN; None is the operating system disk."""
        sizes = self._inputs.get("expectedSizeGB", {}).get(_below(self._component, name), {})
        return {None if lun == OS else int(lun): int(size) for lun, size in sizes.items()}

    def offered(self, name: str) -> tuple[str, ...] | None:
        """The image definitions that a lab plan offers; None if it does not say."""
        offers = self._inputs.get("offers", {}).get(_below(self._component, name))
        return None if offers is None else tuple(map(str, offers))

    def suppressed(self, name: str) -> tuple[Suppressed, ...]:
        """Rules that a resource may break for a while."""
        rules = self._inputs.get("suppress", {}).get(_below(self._component, name), ())
        return tuple(Suppressed(one["rule"], one["reason"], one["until"]) for one in rules)

    def existing(self) -> list[Resource]:
        """What was declared as existing, or as published by others, when the component was deployed."""
        found: list[Resource] = []
        for name, given in self._inputs.get("existing", {}).items():
            inputs = dict(given)
            subscription = inputs.pop("subscription", None)
            keys = ("galleryImageVersionName", "galleryImageName", "galleryName")
            type_ = next(token for key, token in zip(keys, _EXISTING, strict=True) if key in inputs)
            full = f"{self._component}{'' if name == SELF else '/' + name}"
            found.append(Resource(type_, full, inputs, managed=False, subscription=subscription))
        return found

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
