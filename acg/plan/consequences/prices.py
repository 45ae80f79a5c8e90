"""Money, by the user's own price list alone.

The list is a JSON file with entries as the Azure Retail Prices API answers them, in the ``Items`` of its answer or as a
plain list. A meter goes by ``productName``, ``meterName`` and ``armRegionName``; ``retailPrice`` is for one GB, of
storage for a month, and all entries have one ``currencyCode``. Of several prices of a meter, such as tiers, the
highest counts, so that sums stay upper bounds.
Source: https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from acg.errors import InputError, Problem
from acg.input_file import InputFileError, read_json
from acg.plan.consequences.replicas import Copied, further_regions
from acg.plan.effects import Money


class Meter(NamedTuple):
    """What a price is for; region by its canonical name."""

    product: str
    meter: str
    region: str

    def __str__(self) -> str:
        return " / ".join(self)


SNAPSHOTS: Final[Mapping[str, tuple[str, str]]] = {
    "Standard_LRS": ("Standard HDD Managed Disks", "LRS Snapshots"),
    "Standard_ZRS": ("Standard HDD Managed Disks", "ZRS Snapshots"),
    "Premium_LRS": ("Premium SSD Managed Disks", "LRS Snapshots"),
}
"""Product and meter that replicas of a storage type are billed by: a replica is a snapshot.

Sources: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#billing,
https://knowledge.broadcom.com/external/article/284002 (names of the meters)
"""

BANDWIDTH: Final = ("Bandwidth", "Data Transfer Out")
"""How the product begins and the meter ends of what leaves a region. Which one applies depends on the continent of the
other region, so the dearest of the list counts."""


class Prices(NamedTuple):
    """A price list."""

    currency: str
    prices: Mapping[Meter, float]

    def of(self, meter: Meter) -> float | None:
        """The price of a meter; None if the list lacks it."""
        return self.prices.get(meter)

    def of_transfer(self, region: str) -> float | None:
        """The highest price of a GB that leaves a region; None if the list has none."""
        product, meter = BANDWIDTH
        return max(
            (
                price
                for one, price in self.prices.items()
                if one.region == region and one.product.startswith(product) and one.meter.endswith(meter)
            ),
            default=None,
        )


def storage_meter(storage_type: str, region: str) -> Meter | None:
    """The meter of a GB of a replica for a month; None for storage types whose meter no source names."""
    known = SNAPSHOTS.get(storage_type)
    return Meter(*known, region) if known else None


def read_prices(path: Path) -> Prices:
    """Read a price list.

    Raises:
        InputError: with the reason why it cannot be used.
    """
    try:
        data = read_json(path)
    except InputFileError as error:
        raise InputError([error.problem("ACG001", path)]) from None
    listed = data.get("Items") if isinstance(data, dict) else data
    if not isinstance(listed, list) or not listed:
        raise _unusable(path, "has no list of prices")
    prices: dict[Meter, float] = {}
    currencies: set[str] = set()
    for index, item in enumerate(listed):
        try:
            meter = Meter(item["productName"], item["meterName"], item["armRegionName"].lower())
            price = float(item["retailPrice"])
            currencies.add(str(item["currencyCode"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _unusable(path, f"has an entry that is no price, number {index + 1}") from None
        prices[meter] = max(price, prices.get(meter, 0.0))
    if len(currencies) > 1:
        raise _unusable(path, f"has prices in {', '.join(sorted(currencies))}")
    return Prices(currencies.pop(), prices)


def money(prices: Prices, copies: Iterable[Copied]) -> Money:
    """What copies cost at most; versions of unknown size are in no sum."""
    sums = {"added": 0.0, "removed": 0.0, "transferred": 0.0}
    missing: set[str] = set()

    def add(what: str, gb: int, price: float | None, meter: str) -> None:
        if price is None:
            missing.add(meter)
        else:
            sums[what] += gb * price

    for one in copies:
        if one.size is None:
            continue
        for region, kind in {*one.before, *one.after}:
            difference = one.after.get((region, kind), 0) - one.before.get((region, kind), 0)
            meter = storage_meter(kind, region)
            price = prices.of(meter) if meter else None
            if difference:
                what = "added" if difference > 0 else "removed"
                add(what, abs(difference) * one.size, price, str(meter or f"{kind} in {region}"))
        for _ in further_regions(one):
            price = prices.of_transfer(one.home) if one.home else None
            add("transferred", one.size, price, f"{' … '.join(BANDWIDTH)} / {one.home or 'unknown region'}")
    return Money(prices.currency, sums["added"], sums["removed"], sums["transferred"], tuple(sorted(missing)))


def _unusable(path: Path, cause: str) -> InputError:
    fix = "Give answers of the Azure Retail Prices API: https://prices.azure.com/api/retail/prices."
    return InputError([Problem(code="ACG001", message=cause, fix=fix, file=str(path))])
