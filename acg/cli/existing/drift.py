"""`acg drift`: what in Azure is not as a catalog declares it, each with what ends it."""

from __future__ import annotations

from pathlib import Path

import click

from acg import clock
from acg.cli.existing._snapshot import SnapshotOptions, snapshot_options


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@snapshot_options
@click.option("--stack", help="Stack that deploys the catalog; its acg:galleries count.")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def drift(
    catalog: Path,
    stack: str | None,
    form: str,
    existing: SnapshotOptions,
) -> int:
    """Compare what exists in Azure with what CATALOG declares.

    Each difference comes with the edit of the catalog or the command that ends it. What Azure has and the catalog does
    not is to be declared, never removed. Tags and regions that others add are ignored where the catalog says so.

    Exit code 0: everything that could be read is as declared. 1: something is not. 2: input that cannot be used.
    """
    from acg.cli._catalog import share_of, usable_catalog
    from acg.drift.find import find_drift
    from acg.report.drift import render

    lowered = usable_catalog(catalog, share_of(stack))
    snapshot = existing.read(lowered, catalog)
    if snapshot is None:
        raise click.UsageError("give one of --observed and --live")
    found = find_drift(catalog.as_posix(), lowered, snapshot, clock.today(), stack)
    click.echo(render(form, found), nl=False)
    return found.exit_code
