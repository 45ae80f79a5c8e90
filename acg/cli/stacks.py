"""`acg stacks`: a catalog as several stacks, for the matrix of a pipeline."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def stacks(catalog: Path, form: str) -> int:
    """List the stacks that can deploy a catalog gallery by gallery, in waves: those with the sources first.

    Each stack names its galleries in acg:galleries.
    """
    from acg.cli._catalog import usable_catalog
    from acg.plan.waves import stacks as of
    from acg.report.waves import json_of, text_of

    found = of(usable_catalog(catalog))
    click.echo(json_of(found) if form == "json" else text_of(found), nl=False)
    return 0
