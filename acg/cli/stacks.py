"""`acg stacks`: a catalog as several stacks, for the matrix of a pipeline."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--split", metavar="STACK", help="Print the commands that split this stack; Azure stays as it is.")
def stacks(catalog: Path, form: str, split: str | None) -> int:
    """List the stacks that can deploy a catalog gallery by gallery, in waves: those with the sources first.

    Each stack names its galleries in acg:galleries.
    """
    from acg.cli._catalog import usable_catalog
    from acg.plan.waves import stacks as of
    from acg.report.waves import json_of, text_of

    if split is not None and form == "json":
        raise click.UsageError("--split prints commands for a shell: leave out --format json")
    lowered = usable_catalog(catalog)
    found = of(lowered)
    if split is not None and lowered.places.catalog is not None:
        from acg.plan.proposals.splitting import splitting

        lines = splitting(found, lowered.places.catalog, split)
        click.echo("\n".join(lines) if lines else "# There is one stack only: nothing to split.")
        return 0
    click.echo(json_of(found) if form == "json" else text_of(found), nl=False)
    return 0
