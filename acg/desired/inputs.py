"""Small steps that every lowering shares."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from acg.azure.regions import canonical
from acg.catalog.models import Catalog, ResourceGroup
from acg.catalog.models.common import ResourceOptions
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Suppressed, Timeouts
from acg.errors import Problem, shown
from acg.path import Path


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


_MARKS: Final = str.maketrans("", "", "-_.()")
"""What a name of a resource group may have beside letters and digits.

Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
"""


def wrong_scopes(catalog: Catalog) -> Iterator[Problem]:
    """Subscriptions and resource groups that can be none: names of subscriptions, and ids in place of names."""
    for key, group in catalog.resource_groups.items():
        yield from _wrong_scope(("resourceGroups", key), "name", group_name(key, group), group.subscription)
    for section, holders in (
        ("galleries", catalog.galleries),
        ("labPlans", catalog.lab_plans),
        ("labAccounts", catalog.lab_accounts),
    ):
        for key, one in holders.items():
            yield from _wrong_scope((section, key), "resourceGroup", one.resource_group, one.subscription)


def _wrong_scope(
    path: Path, key: str, group: str | Placeholder, subscription: str | Placeholder | None
) -> Iterable[Problem]:
    # Names of subscriptions nearly always have a blank; no more is asked of what may be an id.
    if isinstance(subscription, str) and not (subscription.isascii() and subscription.replace("-", "").isalnum()):
        inside = re.search(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", subscription)
        fix = f"Write {inside[0]}" if inside else "Write its id, as `az account show --name NAME --query id` prints it."
        message = f"{path[1]}: subscription is {shown(subscription)}, needs the id of one"
        yield Problem("ACG007", message, fix, path=(*path, "subscription"))
    if isinstance(group, str) and not _is_group_name(group):
        inside = re.search(r"(?i)/resourceGroups/([-\w.()]+)", group)
        rule = "Write 1 to 90 letters, digits, hyphens, underscores, brackets and periods, with no period at the end."
        message = f"{path[1]}: {key} is {shown(group)}, needs the name of a resource group"
        yield Problem("ACG007", message, f"Write {inside[1]}" if inside else rule, path=(*path, key))


def _is_group_name(text: str) -> bool:
    return 0 < len(text) <= 90 and not text.endswith(".") and f"{text.translate(_MARKS)}0".isalnum()


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
