"""What has to change so that the images that a catalog offers, and no others of the gallery, are offered.

A plan's images are enabled and disabled. Which gallery a plan has attached is Pulumi's to change. A lab account's
gallery is attached and detached here, since nothing registers accounts, and its images are left alone: no source shows
the request that changes one.
"""

from __future__ import annotations

from dataclasses import dataclass

from acg.labs.found import Plan, named, same_id
from acg.labs.status import Row, Status
from acg.labs.wanted import Kind


@dataclass(frozen=True, slots=True)
class Changes:
    """What an apply would do to one plan or account, in this order."""

    plan: str
    """Id of the plan or account."""
    title: str
    detach: tuple[str, ...] = ()
    """Ids of galleries that an account has attached and should not have."""
    attach: str | None = None
    """Id of the gallery that an account should have attached."""
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    not_listed: tuple[Row, ...] = ()
    """Offered images that are not listed yet; a later run enables them."""
    missing: tuple[str, ...] = ()
    """Offered images that are neither listed nor, as far as it is known, in the gallery."""
    unknown: tuple[str, ...] = ()
    """What could not be read, and why, as sentences."""
    refused: str | None = None
    """Why nothing of it can be changed, as a sentence."""
    note: str | None = None

    @property
    def writes(self) -> int:
        """How many requests would change something."""
        return len(self.detach) + (self.attach is not None) + len(self.enable) + len(self.disable)


def changes(status: Status) -> Changes:
    """What an apply would do, given how things stand."""
    wanted, found = status.wanted, status.found
    if found is None:
        fix = "deploy it first" if wanted.kind is Kind.PLAN else "correct its name or remove it from the catalog"
        return Changes(wanted.id, wanted.title, refused=f"{status.findings[0].message}: {fix}")
    if wanted.kind is Kind.ACCOUNT:
        return _account(status, found)
    if not status.attached_as_declared:
        return Changes(found.id, wanted.title, refused=f"{status.findings[0].message}: deploy the plan first")
    if wanted.images is None:
        note = "the catalog does not say which images it offers, so none is changed"
        return Changes(found.id, wanted.title, note=note if found.gallery else None)
    rows = {row.image.lower(): row for row in status.rows}
    offered = [row for name in wanted.images if (row := rows.get(name.lower())) is not None]
    return Changes(
        found.id,
        wanted.title,
        enable=tuple(row.image for row in offered if row.listed and not row.enabled),
        disable=tuple(one.name for one in found.images if one.enabled and not _among(one.name, wanted.images)),
        not_listed=tuple(row for row in offered if not row.listed),
        missing=tuple(name for name in wanted.images if name.lower() not in rows),
        unknown=found.unknown if found.definitions is None else (),
    )


def _account(status: Status, found: Plan) -> Changes:
    wanted = status.wanted
    keep = wanted.gallery is not None and any(same_id(one, wanted.gallery) for one in found.galleries)
    return Changes(
        found.id,
        wanted.title,
        detach=tuple(one for one in found.galleries if not same_id(one, wanted.gallery)),
        attach=None if keep else wanted.gallery,
        note="single images of a lab account are switched in the portal: no source shows the request"
        if any(named(name, found.images) is None for name in wanted.images or ()) and keep
        else None,
    )


def _among(name: str, names: tuple[str, ...]) -> bool:
    return name.lower() in {one.lower() for one in names}
