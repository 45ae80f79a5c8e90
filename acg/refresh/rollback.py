"""Take back versions that must not be booted: excluded in every region, and never opened again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date

from acg.azure.version_number import VersionNumber
from acg.catalog.edit.model import Edit, EditError, put
from acg.desired.refresh.lines import in_line, parsed
from acg.path import Path
from acg.refresh.azure import Azure, Where
from acg.refresh.declared import Declared, Version
from acg.refresh.references import source_keys
from acg.suggest import suggest

_SUBSCRIPTION = "SUBSCRIPTION"
"""Placeholder in a command for what the catalog does not know."""


@dataclass(frozen=True)
class Rollback:
    """What a rollback comes to."""

    image: str
    revoked: tuple[str, ...]
    """Numbers of the versions that are revoked, highest first."""
    latest: tuple[tuple[str, str, str], ...]
    """By region: what was latest, and what is."""
    edits: tuple[Edit, ...]
    commands: tuple[str, ...]
    """Lines for a shell that do the same in Azure at once, so that the merge then changes nothing there."""
    copies: tuple[str, ...] = ()
    """Versions of the catalog that were made from what is revoked."""
    consumers: int | None = None
    """How many run or name what is revoked; None: not known."""
    unknown: tuple[str, ...] = ()
    """Why there may be more, in sentences."""


def image_path(declared: Declared, image: str) -> Path:
    """Where a definition is in the catalog, by gallery/image, or by its name alone where only one has it.

    Raises:
        EditError: none or several are meant.
    """
    gallery, _, name = image.rpartition("/")
    found = [path for path in declared.below if path[3] == name and (not gallery or path[1] == gallery)]
    if len(found) != 1:
        if found:
            raise EditError(f"the catalog has several images {image}: write {' or '.join(map(_title, found))}")
        known = [text for path in declared.below for text in (_title(path), str(path[3]))]
        meant = f": write {', '.join(near)}" if (near := suggest(image, known)) else ""
        raise EditError(f"the catalog has no image {image}{meant}")
    return found[0]


def rollback(declared: Declared, azure: Azure, image: str, reason: str, today: date, to: str | None = None) -> Rollback:
    """Revoke the version that is latest, or all above a number; of lines, those of one alone.

    Raises:
        EditError: there is nothing to go back to, or to revoke.
    """
    path = image_path(declared, image)
    everything = sorted(declared.versions(path), key=lambda one: one.number, reverse=True)
    mine = [one for one in everything if not one.is_external]
    good, line = _target(declared, path, mine, to)
    bad = [one for one in mine if one.number > good.number and in_line(one.number, line) and not one.model.revoked]
    if not bad:
        raise EditError(f"there is nothing above {good.key} to revoke in {image}")
    title = _title(path)
    rest = [one for one in everything if one not in bad and in_line(one.number, line)]
    shift: list[tuple[str, str, str]] = []
    for region in sorted({region for one in bad for region in one.open_in}):
        was = next(one for one in everything if region in one.open_in and in_line(one.number, line))
        becomes = next((one for one in rest if region in one.open_in), None)
        if becomes is None:
            raise EditError(f"{title} would have no version left in {region}: publish a good one there first")
        if was is not becomes:
            shift.append((region, was.key, becomes.key))
    where = declared.where(path)
    assert where is not None  # noqa: S101 - it was lowered
    edits = [put((*one.path, "revoked"), {"reason": reason, "on": today.isoformat()}, reason) for one in bad]
    names = {f"{where.gallery}/{where.image}/{one.key}".lower() for one in bad}
    consumers, unknown = _consumers(azure, where, [one.number for one in bad])
    return Rollback(
        title,
        tuple(one.key for one in bad),
        tuple(shift),
        tuple(edits),
        tuple(command(where, one) for one in bad),
        tuple(_copies(declared, names)),
        consumers,
        unknown,
    )


def _target(declared: Declared, path: Path, mine: list[Version], to: str | None) -> tuple[Version, str | None]:
    """The version that is gone back to, and the line that it is in."""
    lines = [line.name for line in declared.lines_at(path)]
    if to is not None:
        number = parsed(to)
        found = next((one for one in mine if one.number == number), None)
        if found is None:
            raise EditError(f"{_title(path)} has no version {to} that this catalog publishes")
        if found.is_gone or not found.open_in:
            why = "revoked or retired" if found.is_gone else "excluded from latest everywhere"
            raise EditError(f"{_title(path)} {to} cannot be gone back to: it is {why}")
        return found, next((line for line in lines if line and in_line(found.number, line)), None)
    if len([line for line in lines if line]) > 1:
        raise EditError(f"{_title(path)} has several lines: name the version to go back to with --to")
    usable = [one for one in mine if one.open_in and not one.is_gone]
    if len(usable) < 2:
        raise EditError(f"{_title(path)} has no version to go back to: publish a good one first")
    return usable[1], next((line for line in lines if line and in_line(usable[1].number, line)), None)


def _title(path: Path) -> str:
    return f"{path[1]}/{path[3]}"


def _copies(declared: Declared, names: set[str]) -> list[str]:
    return [
        f"{path[1]}/{path[3]}/{one.key}"
        for path in declared.below
        for one in declared.versions(path)
        if any(source_keys(text, declared) & names for text in one.sources())
    ]


def _consumers(azure: Azure, where: Where, numbers: list[VersionNumber]) -> tuple[int | None, tuple[str, ...]]:
    if azure.snapshot is None or azure.snapshot.consumers is None:
        return None, ()
    observed = azure.image(where)
    if observed.id is None:
        return None, ()
    found = sum(azure.users_of(observed.id, number) for number in numbers)
    return found, azure.snapshot.why_use_is_unknown(observed.id)


def command(where: Where, version: Version) -> str:
    """The line that excludes a version everywhere at once; a region's own word would win over the version's."""
    settings = ["publishingProfile.excludeFromLatest=true"]
    settings += [
        f"publishingProfile.targetRegions[{index}].excludeFromLatest=true" for index in range(len(version.targets))
    ]
    return shlex.join(
        [
            *("az", "sig", "image-version", "update"),
            *("--subscription", where.subscription or _SUBSCRIPTION),
            *("--resource-group", where.resource_group or ""),
            *("--gallery-name", where.gallery),
            *("--gallery-image-definition", where.image),
            *("--gallery-image-version", version.key),
            *("--set", *settings),
        ]
    )
