"""Small steps that every lowering shares."""

from typing import Any

from acg.azure.regions import canonical
from acg.catalog.models import Catalog, ResourceGroup
from acg.catalog.models.common import ResourceOptions
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Suppressed, Timeouts


def omit_none(**inputs: Any) -> dict[str, Any]:
    """The inputs that have a value. ``False``, ``0``, ``[]`` and ``{}`` are values; only None is absence."""
    return {key: value for key, value in inputs.items() if value is not None}


def as_list(items: tuple[Any, ...] | None) -> list[Any] | None:
    """What azure-native takes for a list."""
    return None if items is None else list(items)


class RegionNames(dict[str, str]):
    """The canonical name of each region, by any spelling of its name or of its display name."""

    def __init__(self, catalog: Catalog) -> None:
        """Know the display names of the regions that a catalog adds; those of the public regions follow a rule."""
        super().__init__()
        self._displayed = {
            canonical(region.display_name): canonical(name)
            for name, region in catalog.regions.items()
            if region.display_name
        }

    def __missing__(self, name: str) -> str:
        plain = canonical(name)
        self[name] = found = self._displayed.get(plain, plain)
        return found


def suppressed(handling: ResourceOptions) -> tuple[Suppressed, ...]:
    """The rules that a resource may break for a while."""
    return tuple(Suppressed(item.rule, item.reason, item.until) for item in handling.suppress)


def waits(handling: ResourceOptions, computed: Timeouts) -> Timeouts:
    """The declared waits, and computed ones for the rest."""
    if (own := handling.timeouts) is None:
        return computed
    return Timeouts(own.create or computed.create, own.update or computed.update, own.delete or computed.delete)


def group_name(key: str, group: ResourceGroup) -> str:
    """The name in Azure of a resource group that the catalog creates."""
    return key if group.name is None else group.name


def same_subscription(one: str | Placeholder | None, other: str | Placeholder | None) -> bool:
    """Whether two resources are declared to live in one subscription; None is the provider's."""
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return one == other
