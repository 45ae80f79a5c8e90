"""The number of a new version: above all that ever were in its line, and never one of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from acg.azure.version_number import MAXIMUM, VersionNumber
from acg.desired.refresh.lines import highest_of, in_line, parsed
from acg.refresh.azure import Azure, ObservedImage
from acg.refresh.declared import Line

_FIRST: Final = VersionNumber(1, 0, 0)


def highest(line: Line, observed: ObservedImage, azure: Azure) -> VersionNumber | None:
    """The highest number that ever was in a line: declared, seen, in the bin, or written down as ``highest``."""
    said = highest_of(line.image.model, line.refresh)
    written = parsed(said) if said is not None else None
    seen = [*line.numbers, *observed.versions, *azure.binned(observed), *([written] if written else [])]
    return max((one for one in seen if in_line(one, line.name)), default=None)


def next_number(line: Line, top: VersionNumber | None, today: date) -> VersionNumber | str:
    """The number that a new version gets, or why there is none left."""
    by = line.policy.number.by
    if by == "date":
        return _by_date(top, today)
    if top is None:
        return _first(line.name)
    part = {"major": top.major, "minor": top.minor}.get(by or "", top.patch)
    if part >= MAXIMUM:
        return f"the {by} number of {top} is the highest that Azure takes"
    if by == "major":
        return top.next_major()
    return top.next_minor() if by == "minor" else top.next_patch()


def _first(line: str | None) -> VersionNumber:
    if line is None:
        return _FIRST
    major, _, minor = line.partition(".")
    return VersionNumber(int(major), int(minor or 0), 0)


def _by_date(top: VersionNumber | None, today: date) -> VersionNumber | str:
    """YYYY.MMDD.N without leading zeros, N from 0."""
    first = VersionNumber(today.year, today.month * 100 + today.day, 0)
    if top is None or top < first:
        return first
    if (top.major, top.minor) == (first.major, first.minor) and top.patch < MAXIMUM:
        return top.next_patch()
    return f"{top}, the highest number so far, is above those of {today.isoformat()}"
