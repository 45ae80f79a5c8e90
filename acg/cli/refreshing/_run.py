"""A refresh, as the commands that show it or propose it run it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acg.catalog.reader import Reading
    from acg.desired.lower import Lowered
    from acg.refresh.model import Refreshed
    from acg.state.observed import Snapshot


def refreshed(
    catalog: Path,
    lowered: Lowered,
    snapshot: Snapshot | None,
    day: date,
    images: tuple[str, ...],
    expedite: bool,
    declined: tuple[str, ...],
    retired: frozenset[str] | None,
) -> Refreshed:
    """Bring a catalog up to date; manifests and results of gates are read beside ``catalog``.

    Raises:
        UsageError: no image is meant by ``images``.
    """
    from acg.cli._beside import files_beside
    from acg.refresh.azure import Azure
    from acg.refresh.context import Context
    from acg.refresh.declared import Declared
    from acg.refresh.run import is_wanted, refresh

    declared = Declared(lowered)
    titles = {line.image.title for line in declared.lines}
    if images and not any(is_wanted(title, images) for title in titles):
        known = ", ".join(sorted(titles))
        rest = f"; those with one are {known}" if titles else ""
        raise click.UsageError(f"--image {' '.join(images)} names no image with a refresh in the catalog{rest}")
    expedited = frozenset(title for title in titles if expedite and is_wanted(title, images))
    context = Context(declared, Azure(snapshot), day, files_beside(catalog, declared), expedited, retired)
    return refresh(context, images=images, declined=declined)


def retired_at(catalog: Path, revision: str | None) -> frozenset[str] | None:
    """The versions that the catalog retires at a revision, as gallery/image/number."""
    if revision is None:
        return None
    from acg.cli._sides import catalog_at

    reading: Reading = catalog_at(catalog, revision)
    galleries = reading.catalog.galleries if reading.catalog else {}
    return frozenset(
        f"{key}/{name}/{number}"
        for key, gallery in galleries.items()
        for name, image in gallery.images.items()
        for number, version in image.versions.items()
        if version.retire
    )
