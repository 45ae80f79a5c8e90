"""`acg pin`: write out what versions inherit."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.argument("image")
@click.argument("numbers", nargs=-1)
def pin(catalog: Path, image: str, numbers: tuple[str, ...]) -> int:
    """Write what the versions of IMAGE, a gallery/image of CATALOG, inherit into the versions themselves.

    Location, target regions, replicas, storage and end of life: later edits of defaults then change new versions only.
    Give NUMBERS to pin some versions.
    """
    from acg.catalog.edit import EditError
    from acg.cli._catalog import usable_reading
    from acg.cli.refreshing._edits import write_edits
    from acg.refresh.declared import Declared
    from acg.refresh.pin import pin as edits_for
    from acg.refresh.rollback import image_path

    reading, lowered = usable_reading(catalog)
    declared = Declared(lowered)
    path = image_path(declared, image)
    missing = set(numbers) - {one.key for one in declared.versions(path)}
    if missing:
        raise EditError(f"{image} has no version {', '.join(sorted(missing))}")
    edits = edits_for(declared, path, frozenset(numbers))
    if edits:
        write_edits(catalog, reading, edits)
    else:
        click.echo("acg: nothing is inherited", err=True)
    return 0
