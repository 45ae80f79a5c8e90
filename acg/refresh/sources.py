"""Which source the next version is made from: the newest that fits and was not used, and never one that is older."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from acg.azure.dates import moment
from acg.catalog.models.refresh import Builds, NewestBy
from acg.desired.refresh.lines import in_line, parsed
from acg.refresh.azure import Azure
from acg.refresh.declared import Declared, Image, Line, Version
from acg.refresh.manifest import last_build
from acg.refresh.model import Cause
from acg.refresh.references import definition_of, source_keys
from acg.state.observed import Source, SourceKind
from acg.state.observed.coverage import Part

Order = tuple[Any, ...]
"""What makes one source newer than another; compared only with orders made the same way."""

_BUILDS: Final = {
    "managed_images": (SourceKind.MANAGED_IMAGE, Part.MANAGED_IMAGES),
    "snapshots": (SourceKind.SNAPSHOT, Part.SNAPSHOTS),
    "disks": (SourceKind.DISK, Part.DISKS),
}
_DIGITS: Final = re.compile(r"\d+")


class Unknown(NamedTuple):
    """Why nothing can be said about the sources."""

    why: str
    cause: Cause = Cause.UNKNOWN


class Found(NamedTuple):
    """Sources, oldest first, each with the number that it brings along, if the policy takes that."""

    sources: tuple[Source, ...]
    by: NewestBy
    passed_over: tuple[tuple[Source, str], ...] = ()
    """Sources that cannot be ordered, and why."""


def builds_of(line: Line) -> tuple[SourceKind, Part, Builds] | None:
    """What is listed for a line; None if it takes versions or a manifest."""
    for field, (kind, part) in _BUILDS.items():
        builds: Builds | None = getattr(line.refresh.from_, field)
        if builds is not None:
            return kind, part, builds
    return None


def find(line: Line, declared: Declared, azure: Azure, manifests: dict[str, Any]) -> Found | Unknown:
    """The sources of a line, oldest first."""
    if (listed := builds_of(line)) is not None:
        return _builds(line, listed, azure)
    if (manifest := line.refresh.from_.packer_manifest) is not None:
        return _manifest(manifest, manifests, azure)
    where = definition_of(line, declared)
    if where is None:
        return Unknown(f"{line.refresh.from_.definition} is the address of no definition")
    sources, why = azure.versions_as_sources(where)
    if why is not None:
        return Unknown(f"the list of versions of {line.refresh.from_.definition}, which {why}")
    by = NewestBy.model_construct(by="name")
    wanted = [one for one in sources if not one.excluded and parsed(one.name) is not None]
    if line.policy.number.by == "source":
        wanted = [one for one in wanted if _in_line(one, line)]
    return Found(tuple(sorted(wanted, key=lambda one: _order(one, by) or ())), by)


def _in_line(one: Source, line: Line) -> bool:
    number = parsed(one.name)
    return number is not None and in_line(number, line.name)


def _builds(line: Line, listed: tuple[SourceKind, Part, Builds], azure: Azure) -> Found | Unknown:
    kind, part, builds = listed
    subscription = builds.subscription or line.image.where.subscription
    if (why := azure.why_builds_unknown(part, subscription, builds.resource_group)) is not None:
        return Unknown(f"resource group {builds.resource_group}, which {why}")
    wanted = [
        one
        for one in azure.offered.built(kind, subscription, builds.resource_group, builds.name or "*")
        if builds.tags.items() <= one.tags.items()
    ]
    by = builds.newest_by
    known = [one for one in wanted if _order(one, by) is not None]
    unknown = tuple((one, _unordered(by)) for one in wanted if _order(one, by) is None)
    return Found(tuple(sorted(known, key=lambda one: _order(one, by) or ())), by, unknown)


def _unordered(by: NewestBy) -> str:
    if by.tag is not None:
        return f"has no number in its tag {by.tag}"
    return "does not say when it was created" if by.by == "created" else "has no number in its name"


def _manifest(file: str, manifests: dict[str, Any], azure: Azure) -> Found | Unknown:
    content = manifests.get(file)
    if content is None or isinstance(content, str):
        return Unknown(f"{file}, which {content or 'was not read'}")
    built = last_build(content)
    if built is None:
        return Unknown(f"{file}, which names no managed image and no version in its last run")
    source = azure.offered.by_id.get(built.lower())
    if source is None or source.created_at is None:
        what = "was not found in Azure" if source is None else "does not say when it was created"
        return Unknown(f"{built.rpartition('/')[2]}, which {file} names and which {what}")
    return Found((source,), NewestBy.model_construct(by="created"))


# -- order -------------------------------------------------------------------------------------------------------------


def _order(source: Source, by: NewestBy) -> Order | None:
    """By what is asked for; of equals, by the numbers in the name, then by the name."""
    tie = (_numbers(source.name), source.name.lower())
    if by.tag is not None:
        return (number, *tie) if (number := _numbers(source.tags.get(by.tag, ""))) else None
    if by.by == "name":
        return tie if tie[0] else None
    return None if source.created_at is None else (source.created_at, *tie)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(found) for found in _DIGITS.findall(text)[:8] if len(found) < 20)


def newer(line: Line, found: Found, declared: Declared, azure: Azure) -> list[Source] | Unknown:
    """The sources that are newer than what the line's versions were made from; none of them was used.

    What the last version was made from may be gone by now: then what is left may be older, and is not taken for new.
    """
    used = {key for one in line.versions for text in one.sources() for key in source_keys(text, declared)}
    fresh = [one for one in found.sources if source_keys(one.id, declared).isdisjoint(used)]
    if not line.versions or not fresh:
        return fresh
    listed = [one for one in found.sources if not source_keys(one.id, declared).isdisjoint(used)]
    orders = [order for one in listed if (order := _order(one, found.by)) is not None]
    last = line.versions[0]
    if not any(source_keys(text, declared) & _keys(listed, declared) for text in last.sources()):
        since = _since(last, found.by, azure, line.image)
        if since is None:
            what = "written down when its source was created"
            return Unknown(f"a publishedOn of {last.key}, of which nobody has {what}")
        fresh = [one for one in fresh if _is_after(one, found.by, since)]
    newest = max(orders, default=None)
    return [one for one in fresh if newest is None or (_order(one, found.by) or ()) > newest]


def _keys(sources: Iterable[Source], declared: Declared) -> set[str]:
    return {key for one in sources for key in source_keys(one.id, declared)}


def _since(version: Version, by: NewestBy, azure: Azure, image: Image) -> Order | datetime | None:
    """After what a source must come to be newer than the one that a version was made from, which is gone."""
    if by.by == "name":
        for text in version.sources():
            name = text.rpartition("/")[2]
            if numbers := _numbers(name):
                return (numbers, name.lower())
    created = version.model.provenance.created if version.model.provenance else None
    if (made := moment(created)) is not None:
        return made
    if (day := version.published_on) is not None:
        return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    seen = azure.image(image.where).versions.get(version.number)
    return seen.facts.created_at if seen else None


def _is_after(source: Source, by: NewestBy, since: Order | datetime) -> bool:
    if isinstance(since, datetime):
        return source.created_at is not None and source.created_at > since
    return (_order(source, by) or ()) > since
