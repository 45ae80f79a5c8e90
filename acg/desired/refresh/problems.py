"""What is wrong with the keys that `acg refresh` reads, as far as only the whole catalog shows it."""

import re
from collections.abc import Iterator
from typing import Final

from acg.catalog.models import Catalog, Gallery, ImageDefinition, ImageVersion
from acg.catalog.models.deferred import Refresh, RefreshPolicy
from acg.catalog.models.upkeep import REST, Hold, lines_of
from acg.desired.dates import parse_day
from acg.desired.inherit import Inherited
from acg.desired.inputs import RegionNames
from acg.desired.refresh.lines import in_line, parsed
from acg.errors import Problem, shown
from acg.path import Path
from acg.suggest import suggest

_LINE: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?")


def catalog_problems(catalog: Catalog) -> Iterator[Problem]:
    """Problems of what is said for all galleries, or for one of them."""
    yield from _hold(catalog.hold, ("hold",))
    for key, gallery in catalog.galleries.items():
        yield from _hold(gallery.hold, ("galleries", key, "hold"))


def image_problems(
    catalog: Catalog, path: Path, image: ImageDefinition, below: Inherited, regions: RegionNames
) -> Iterator[Problem]:
    """Problems of a definition, with what its versions inherit."""
    yield from _hold(image.hold, (*path, "hold"))
    if image.deprecated is not None:
        yield from _day(image.deprecated.since, (*path, "deprecated", "since"))
        yield from _day(image.deprecated.until, (*path, "deprecated", "until"))
    for number, version in image.versions.items():
        if version.promoted or version.revoked or version.expedite or version.keep:
            yield from _version(version, (*path, "versions", number))
    if (lines := lines_of(image.refresh)) or image.highest is not None:
        yield from _highest(image, (*path, "highest"))
    for index, one in enumerate(lines):
        place: Path = (*path, "refresh", index) if isinstance(image.refresh, tuple) else (*path, "refresh")
        yield from _line(one, lines, place)
        policy = catalog.refresh_policies.get(one.policy)
        if policy is None:
            yield _unknown(one.policy, "refreshPolicies", list(catalog.refresh_policies), (*place, "policy"))
            continue
        yield from _numbering(one, policy, place)
        yield from _home(policy, below, regions, place)
        yield from _after(catalog, one, policy, path, place)
        yield from _others(image, one, path)


def _hold(hold: Hold | None, path: Path) -> Iterator[Problem]:
    if hold is not None:
        yield from _day(hold.until, (*path, "until"))


def _version(version: ImageVersion, path: Path) -> Iterator[Problem]:
    for region, day in (version.promoted or {}).items():
        yield from _day(day, (*path, "promoted", region))
    if version.revoked is not None:
        yield from _day(version.revoked.on, (*path, "revoked", "on"))
    yield from _hold(version.expedite, (*path, "expedite"))
    yield from _hold(version.keep, (*path, "keep"))


def _day(text: str | None, path: Path) -> Iterator[Problem]:
    if text is not None and parse_day(text) is None:
        yield Problem("ACG007", f"{shown(text)} is not a day", "Write a day that the calendar has.", path=path)


def _unknown(name: str, section: str, known: list[str], path: Path) -> Problem:
    near = suggest(name, tuple(known))
    fix = f"Write {near[0]}." if near else f"Declare it under {section}."
    return Problem("ACG014", f"{shown(name)} is none of the catalog's {section}", fix, path=path)


def _line(one: Refresh, lines: tuple[Refresh, ...], path: Path) -> Iterator[Problem]:
    if one.line is None:
        if len(lines) > 1:
            fix = 'Give each entry of refresh its line, such as line: "1.31".'
            yield Problem("ACG006", "has no line, though the definition has several", fix, path=path)
        return
    if not _LINE.fullmatch(one.line):
        message = f"{shown(one.line)} does not begin version numbers"
        yield Problem(
            "ACG007", message, 'Write a major or a major and a minor number, such as "1.31".', path=(*path, "line")
        )
        return
    around = [other.line for other in lines if other is not one and other.line is not None]
    if any(one.line == other or one.line.startswith(f"{other}.") for other in around):
        message = f"line {shown(one.line)} has numbers that another line has, too"
        yield Problem("ACG011", message, "Give each line numbers of its own.", path=(*path, "line"))


def _numbering(one: Refresh, policy: RefreshPolicy, path: Path) -> Iterator[Problem]:
    by = policy.number.by
    if one.line is not None and (by in ("date", "major") or (by == "minor" and "." in one.line)):
        message = f"policy {one.policy} numbers by {by}, which leads out of line {shown(one.line)}"
        yield Problem("ACG011", message, "Name a policy that numbers by patch.", path=(*path, "policy"))
    if by == "source" and one.from_.definition is None and one.from_.packer_manifest is None:
        message = f"policy {one.policy} takes the number of the source, and only image versions have one"
        fix = "Name a policy with number: {tag: NAME}, or one that counts."
        yield Problem("ACG011", message, fix, path=(*path, "policy"))


def _highest(image: ImageDefinition, path: Path) -> Iterator[Problem]:
    said = image.highest
    lines = {one.line for one in lines_of(image.refresh)} - {None}
    if isinstance(said, str) and lines:
        message, fix = "is one number, though the definition has lines", 'Write one for each line: {"1.31": 1.31.7}'
        yield Problem("ACG011", message, fix, path=path)
    if isinstance(said, dict) and (strange := sorted(said.keys() - lines)):
        message = f"has numbers of lines that the definition does not have: {', '.join(strange)}"
        yield Problem("ACG011", message, "Remove them, or write highest as one number.", path=path)
    for number in said.values() if isinstance(said, dict) else [said] if said is not None else ():
        if parsed(number) is None:
            yield Problem("ACG007", f"{shown(number)} is no version number", "Write it as 1.2.3.", path=path)


def _home(policy: RefreshPolicy, below: Inherited, regions: RegionNames, path: Path) -> Iterator[Problem]:
    """The first ring that a definition has regions in must hold its home region, from which Azure copies."""
    if not policy.rings or not isinstance(below.location, str) or below.target_regions is None:
        return
    home, targets = regions[below.location], {one["name"] for one in below.target_regions}
    named = {regions[name] for ring in policy.rings for name in ring.regions}
    for ring in policy.rings:
        own = targets - named if REST in ring.regions else targets & {regions[name] for name in ring.regions}
        if own and home not in own:
            yield Problem(
                "ACG011",
                f"the first ring opens {', '.join(sorted(own))}, and the versions' home region is {home}",
                f"Begin the rings of the policy with {home}.",
                "Azure copies a version from its home region to the others.",
                path=(*path, "policy"),
            )
        if own:
            return


def _after(catalog: Catalog, one: Refresh, policy: RefreshPolicy, image: Path, path: Path) -> Iterator[Problem]:
    if one.after is None:
        return
    if not policy.number.is_given:
        message = f"the versions of both images go by number, and policy {one.policy} counts those of this one"
        fix = "Name a policy with number: {tag: NAME} or number: source."
        yield Problem("ACG011", message, fix, path=(*path, "after"))
    gallery, _, name = one.after.image.rpartition("/")
    key = gallery or str(image[1])
    found: Gallery | None = catalog.galleries.get(key)
    if found is None or name not in found.images:
        known = [f"{key}/{image}" for key, other in catalog.galleries.items() for image in other.images]
        yield _unknown(one.after.image, "images", known, (*path, "after", "image"))


def _others(image: ImageDefinition, one: Refresh, path: Path) -> Iterator[Problem]:
    for number, version in image.versions.items():
        if version.published_by is None:
            continue
        if (own := parsed(number)) is not None and in_line(own, one.line):
            message = "is published by others, and acg refresh publishes versions of the same line"
            fix = "Let the others publish into a definition of its own, and name that under refresh: from: definition."
            why = "Two that number versions on their own come to use one number twice."
            yield Problem("ACG011", message, fix, why, path=(*path, "versions", number, "publishedBy"))
            return
