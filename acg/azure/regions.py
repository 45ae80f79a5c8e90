"""Azure's regions: what they are called, which cloud they belong to, and what a misspelt name was meant to be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from acg.azure._region_table import PUBLIC


class Cloud(StrEnum):
    """The clouds between which nothing is replicated, by the names that ``az cloud list`` gives them."""

    PUBLIC = "AzureCloud"
    GOVERNMENT = "AzureUSGovernment"
    CHINA = "AzureChinaCloud"
    GERMANY = "AzureGermanCloud"


_SOVEREIGN: Final = {
    Cloud.GOVERNMENT: ("usdodcentral", "usdodeast", "usgovarizona", "usgoviowa", "usgovtexas", "usgovvirginia"),
    Cloud.CHINA: ("chinaeast", "chinaeast2", "chinaeast3", "chinanorth", "chinanorth2", "chinanorth3"),
    Cloud.GERMANY: ("germanycentral", "germanynortheast"),
}
SOVEREIGN: Final[Mapping[str, Cloud]] = MappingProxyType(
    {name: cloud for cloud, names in _SOVEREIGN.items() for name in names}
)
"""Regions outside the public cloud, of which no more is known than their cloud.

Source: https://github.com/Azure/azure-sdk-for-java, com.azure.core.management.Region; chinaeast3 and chinanorth3 from
https://learn.microsoft.com/azure/china/overview-datacenter-regions
"""

EDITS: Final = 2
"""Most inserted, dropped or changed letters with which an unknown name counts as misspelt."""


class Region(NamedTuple):
    """A region. What a catalog does not say about a region that it adds is None, and unknown."""

    name: str
    """Canonical name: lower case, no spaces."""
    display_name: str
    geography: str | None
    """The area whose laws apply and to which a lab account, for one, is bound; finer than a continent."""
    pair: str | None
    """Name of the region that is updated at another time. Not symmetric, and not every region has one."""
    zones: int | None
    """Number of availability zones; zone-redundant storage needs at least one."""


def canonical(name: str) -> str:
    """The form in which Azure stores a region's name: ``East US 2`` and ``EastUS2`` are ``eastus2``."""
    return _WHITE_SPACE.sub("", name).lower()


class RegionTable(Mapping[str, Region]):
    """The known regions by canonical name: the public ones and those that a catalog adds.

    Keys may be given in any spelling. The table is one subscription's view, so a name that is not in it may well exist.
    """

    def __init__(self, added: Iterable[Region] = ()) -> None:
        """Know the public regions and ``added`` ones, which win over public ones of the same name."""
        self._regions = _public() | {region.name: region for region in added}

    def __getitem__(self, name: str) -> Region:
        return self._regions[canonical(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    def cloud(self, name: str) -> Cloud | None:
        """The cloud of a region; None if the name is not known."""
        plain = canonical(name)
        return SOVEREIGN.get(plain) or (Cloud.PUBLIC if plain in self._regions else None)

    def meant(self, name: str) -> tuple[str, ...]:
        """The known names that ``name`` is a misspelling of, nearest first; empty if it is known or may well exist.

        A misspelling is within `EDITS` of a known name, and the difference is more than another number or another
        point of the compass: ``westeurop`` is one, ``eastus4`` and ``italysouth`` may be regions that are new. So are
        the parts of a known name in another order (``us-east``), and those behind a geography (``(US) East US``).
        """
        plain = canonical(name)
        if plain in self._regions or plain in SOVEREIGN:
            return ()
        known = {*self._regions, *SOVEREIGN}
        if other := [it for it in known if _parts(it) == _parts(re.sub(_WITH_GEOGRAPHY, "", plain).replace("-", ""))]:
            return tuple(other)
        shape = _shape(plain)
        if any(_shape(other) == shape for other in known):
            return ()
        near = sorted((edits, other) for other in known if (edits := _edits(plain, other)) <= EDITS)
        return tuple(other for _, other in near)


_WHITE_SPACE = re.compile(r"\s+")
_NUMBER_OR_COMPASS = re.compile(r"north|south|east|west|central|(\d+)")


_WITH_GEOGRAPHY: Final = r"^\([a-z]+\)"  # compiled where a name is not known
_PART: Final = r"north|south|east|west|central|\d+|(?:(?!north|south|east|west|central)[a-z])+"


@cache
def _parts(name: str) -> list[str]:
    """The points of the compass, numbers and other parts of a name, in one order."""
    return sorted(re.findall(_PART, name))


def _shape(name: str) -> str:
    """A name without its number and with one sign for each point of the compass."""
    return _NUMBER_OR_COMPASS.sub(lambda found: "" if found[1] else "*", name)


def _edits(one: str, other: str) -> int:
    """Levenshtein distance of two names, or `EDITS` + 1 as soon as it is certain to be larger than `EDITS`."""
    if abs(len(one) - len(other)) > EDITS:
        return EDITS + 1
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, row = row, [i]
        for j, against in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != against)))
        if min(row) > EDITS:
            return EDITS + 1
    return row[-1]


@cache
def _public() -> dict[str, Region]:
    return {row[0]: Region(*row) for row in PUBLIC}
