"""The catalog, one line of versions at a time: what is declared, where it is open, and what its policy asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from acg.azure import kinds
from acg.azure.version_number import VersionNumber
from acg.catalog.models import Catalog, ImageDefinition, ImageVersion
from acg.catalog.models.refresh import Refresh, RefreshPolicy, Ring
from acg.catalog.models.upkeep import REST, Hold, lines_of
from acg.desired.dates import parse_day
from acg.desired.inherit import Inherited
from acg.desired.inputs import RegionNames
from acg.desired.latest import included_regions
from acg.desired.lower import Lowered
from acg.desired.refresh.lines import in_line, parsed
from acg.desired.resource import Resource
from acg.path import Path
from acg.refresh.azure import Where
from acg.refresh.inherited import heirs


class OpenRing(NamedTuple):
    """A ring of the policy, with the regions that the definition has in it."""

    ring: Ring
    regions: tuple[str, ...]
    """Canonical names, in the definition's order."""


class Version:
    """A declared version."""

    def __init__(self, number: VersionNumber, key: str, model: ImageVersion, resource: Resource, names: RegionNames):
        self.number = number
        self.key = key
        self.model = model
        self.resource = resource
        self.path: Path = resource.path
        self.open_in = frozenset(included_regions(resource))
        """The regions in which it can be latest."""
        self._names = names

    @property
    def targets(self) -> tuple[str, ...]:
        """The regions that it is replicated to."""
        regions = self.resource.inputs["publishingProfile"].get("targetRegions") or ()
        return tuple(str(one["name"]) for one in regions)

    @cached_property
    def promoted(self) -> dict[str, date] | None:
        """The day on which each region was opened; None: it is open wherever it is replicated."""
        if self.model.promoted is None:
            return None
        days = ((self._names[region], parse_day(day)) for region, day in self.model.promoted.items())
        return {region: day for region, day in days if day is not None}

    @property
    def is_external(self) -> bool:
        """Whether others publish it."""
        return self.model.published_by is not None

    @property
    def is_gone(self) -> bool:
        """Whether it is revoked or being retired: it is never opened further."""
        return self.model.revoked is not None or self.model.retire

    def sources(self) -> Iterator[str]:
        """What it is made from, as written: ids, or addresses in the catalog."""
        source, disk = self.model.source, self.model.os_disk
        given = (source.managed_image, source.version, source.virtual_machine) if source else ()
        for one in (*given, *((disk.snapshot, disk.disk) if disk else ())):
            if isinstance(one, str):
                yield one

    @property
    def published_on(self) -> date | None:
        """The day of publication, as it is declared."""
        return parse_day(self.model.published_on) if self.model.published_on else None


class Line:
    """A line of versions of a definition: all of them, where ``refresh`` names none."""

    def __init__(self, image: Image, refresh: Refresh, policy: RefreshPolicy, versions: Iterable[Version]) -> None:
        self.image = image
        self.refresh = refresh
        self.name = refresh.line
        self.policy = policy
        self.versions = sorted(versions, key=lambda one: one.number, reverse=True)
        """Highest number first."""
        self.numbers = frozenset(one.number for one in self.versions)

    def latest_in(self, region: str) -> Version | None:
        """The highest version that is open in a region, as the catalog has it."""
        return next((one for one in self.versions if region in one.open_in), None)

    @cached_property
    def rings(self) -> tuple[OpenRing, ...]:
        """The rings in which the definition has regions; one of all regions, if the policy has none."""
        own = self.image.regions
        if not self.policy.rings:
            return (OpenRing(Ring.model_construct(regions=(REST,), after=None, gates=()), own),)
        names = self.image.names
        named = {names[region] for ring in self.policy.rings for region in ring.regions}
        found: list[OpenRing] = []
        taken: set[str] = set()
        for ring in self.policy.rings:
            wanted = {names[region] for region in ring.regions}
            regions = tuple(
                one
                for one in own
                if one not in taken and (one in wanted or (REST in ring.regions and one not in named))
            )
            taken.update(regions)
            if regions:
                found.append(OpenRing(ring, regions))
        return tuple(found)

    @property
    def unringed(self) -> tuple[str, ...]:
        """Regions of the definition that are in none of the policy's rings."""
        ringed = {region for ring in self.rings for region in ring.regions}
        return tuple(one for one in self.image.regions if one not in ringed)


class Image:
    """An image definition that a policy brings up to date."""

    def __init__(
        self,
        path: Path,
        image: ImageDefinition,
        below: Inherited,
        resource: Resource,
        names: RegionNames,
        holds: Iterable[Hold],
    ) -> None:
        self.path = path
        self.title = f"{path[1]}/{path[3]}"
        self.model = image
        self.below = below
        self.resource = resource
        self.names = names
        self.holds = tuple(holds)
        """What halts it: its own hold, that of its gallery and that of the catalog."""

    @property
    def where(self) -> Where:
        """What Azure calls it."""
        return _where(self.resource)

    @property
    def location(self) -> str | None:
        """Home region of new versions."""
        return None if self.below.location is None else self.names[self.below.location]

    @cached_property
    def targets(self) -> dict[str, dict[str, Any]]:
        """The regions of new versions with all that is said about each, by canonical name."""
        return {str(one["name"]): one for one in self.below.target_regions or ()}

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions of new versions: the home region, if nothing else is declared."""
        return tuple(self.targets) or ((self.location,) if self.location else ())


class Declared:
    """The catalog, as a refresh looks at it."""

    def __init__(self, lowered: Lowered) -> None:
        """Look at what was lowered.

        Raises:
            ValueError: nothing was readable.
        """
        catalog = lowered.places.catalog
        if catalog is None:
            raise ValueError("there is no catalog to bring up to date")
        self.catalog: Catalog = catalog
        self.names = RegionNames(catalog)
        self.by_name = {one.name: one for one in lowered.resources}
        self._by_path: Mapping[Path, Resource] = {one.path: one for one in lowered.resources}
        self.below = {heir.path: heir.below for heir in heirs(catalog, self.names)}

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of all definitions with a policy, by their names, whatever order the catalog has."""
        found = [line for path in self.below for line in self.lines_at(path)]
        return sorted(found, key=lambda one: (one.image.title, one.name or ""))

    def lines_at(self, path: Path) -> list[Line]:
        """The lines of one definition."""
        model = self._model(path)
        wanted = [
            (one, policy)
            for one in lines_of(model.refresh)
            if (policy := self.catalog.refresh_policies.get(one.policy)) is not None
        ]
        if not wanted or (resource := self._by_path.get(path)) is None:
            return []
        gallery = self.catalog.galleries[str(path[1])]
        holds = [one for one in (model.hold, gallery.hold, self.catalog.hold) if one is not None]
        image = Image(path, model, self.below[path], resource, self.names, holds)
        versions = list(self.versions(path))
        return [
            Line(image, refresh, policy, [one for one in versions if in_line(one.number, refresh.line)])
            for refresh, policy in wanted
        ]

    def versions(self, path: Path) -> Iterator[Version]:
        """The versions of a definition whose numbers Azure takes."""
        for key, model in self._model(path).versions.items():
            number = parsed(key)
            resource = self._by_path.get((*path, "versions", key))
            if number is not None and resource is not None:
                yield Version(number, key, model, resource, self.names)

    def where(self, path: Path) -> Where | None:
        """What Azure calls a definition of the catalog."""
        resource = self._by_path.get(path)
        return None if resource is None or resource.type != kinds.IMAGE else _where(resource)

    def _model(self, path: Path) -> ImageDefinition:
        return self.catalog.galleries[str(path[1])].images[str(path[3])]


def _where(resource: Resource) -> Where:
    inputs = resource.inputs
    return Where(
        _text(resource.subscription),
        _text(inputs.get("resourceGroupName")),
        str(inputs["galleryName"]),
        str(inputs["galleryImageName"]),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
