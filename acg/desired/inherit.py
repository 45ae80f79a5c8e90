"""What a catalog, a gallery and an image definition hand down: lists replace, maps merge, the nearest wins."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from acg.catalog.models import Defaults
from acg.catalog.placeholder import Placeholder

T = TypeVar("T")
Tags = Mapping[str, str | Placeholder]


class Inherited(NamedTuple):
    """Values for everything below that does not say otherwise; None is "nobody says"."""

    location: str | None = None
    target_regions: list[dict[str, Any]] | None = None
    """As azure-native receives them: lowered once, shared by all versions that inherit them."""
    replica_count: int | None = None
    storage_account_type: str | None = None
    end_of_life_after: str | None = None
    tags: Tags | None = None
    protect: bool | None = None
    retire: bool = False
    """Whether something above is retired."""

    def below(
        self, defaults: Defaults | None, lower_regions: Callable[[Any], list[dict[str, Any]] | None]
    ) -> "Inherited":
        """What is below a level with these defaults inherits."""
        if defaults is None:
            return self
        return Inherited(
            location=nearest(defaults.location, self.location),
            target_regions=nearest(
                lower_regions(defaults.target_regions),
                outweighed(self.target_regions, defaults.replica_count, defaults.storage_account_type),
            ),
            replica_count=nearest(defaults.replica_count, self.replica_count),
            storage_account_type=nearest(defaults.storage_account_type, self.storage_account_type),
            end_of_life_after=nearest(defaults.end_of_life_after, self.end_of_life_after),
            tags=merged(self.tags, defaults.tags),
            protect=nearest(defaults.protect, self.protect),
            retire=self.retire,
        )

    def at(self, location: str | None, *, retire: bool) -> "Inherited":
        """What is below a resource inherits of the resource itself: its location, and that it is retired."""
        return self._replace(location=nearest(location, self.location), retire=self.retire or retire)


def outweighed(
    regions: list[dict[str, Any]] | None,
    replica_count: int | None,
    storage_account_type: str | None,
    exclude_from_latest: bool | None = None,
) -> list[dict[str, Any]] | None:
    """Inherited regions without what a nearer level says for all regions; the same list if there is nothing such."""
    said = {
        "regionalReplicaCount": replica_count,
        "storageAccountType": storage_account_type,
        "excludeFromLatest": exclude_from_latest,
    }
    keys = {key for key, value in said.items() if value is not None}
    if not regions or not keys or not any(keys & region.keys() for region in regions):
        return regions
    return [{key: value for key, value in region.items() if key not in keys} for region in regions]


def nearest(own: T | None, inherited: T | None) -> T | None:
    """The nearest value that is there."""
    return inherited if own is None else own


def merged(inherited: Tags | None, own: Tags | None) -> dict[str, str | Placeholder] | None:
    """Both maps as one; the nearer wins."""
    if inherited is None and own is None:
        return None
    return {**(inherited or {}), **(own or {})}
