"""`acg sources`: what a catalog needs and does not create."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option(
    "--subscription",
    type=click.UUID,
    metavar="ID",
    help="The provider's subscription, in which galleries are that name none.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def sources(catalog: Path, subscription: UUID | None, form: str) -> int:
    """List the subscriptions, groups and sources that a catalog needs and does not create.

    Each source fits the versions that name it: kind, region, operating system, generation, architecture, plan and
    declared sizes. `acg-sandbox seed --from FILE` lets what the JSON lists exist in an embedded Azure.
    """
    from acg.cli._catalog import usable_catalog
    from acg.report import sources as report
    from acg.sources import needed_by
    from acg.text import inert

    needed = needed_by(usable_catalog(catalog).resources, str(subscription) if subscription else None)
    if form == "json":
        click.echo(f"acg: {report.summary(needed)}", err=True)
        for note in report.notes(needed):
            click.echo(f"acg: {inert(note)}", err=True)
        click.echo(report.sources_json(needed), nl=False)
    else:
        click.echo(report.sources_text(needed), nl=False)
    return 0
