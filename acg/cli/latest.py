"""`acg latest`: which version each region boots when none is named, and why not a higher one."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.argument("image", required=False)
@click.option("--region", help="Only this region.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def latest(catalog: Path, image: str | None, region: str | None, form: str) -> int:
    """Say what latest means in each region of each image definition.

    IMAGE is gallery/definition, or the name of a definition.
    """
    from acg.azure.regions import canonical
    from acg.cli._catalog import usable_catalog
    from acg.plan.overview import latest as of
    from acg.plan.state import State
    from acg.report.overview import latest_json, latest_text

    state = State.of(usable_catalog(catalog))
    found = list(of(state, image, canonical(region) if region else None))
    if not found and (image or region):
        wanted = " in ".join(word for word in (image, region) if word)
        raise click.UsageError(f"the catalog declares nothing for {wanted!r}: `acg show {catalog}` lists it")
    click.echo(latest_json(found) if form == "json" else latest_text(found), nl=False)
    return 0
