"""`acg show`: what a catalog declares."""

from __future__ import annotations

from pathlib import Path

import click

from acg import clock


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--prices", type=click.Path(path_type=Path), help="Your price list, as the Retail Prices API answers.")
@click.option("--exceptions", is_flag=True, help="List suppressions by expiry, and what is not protected, instead.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def show(catalog: Path, prices: Path | None, exceptions: bool, form: str) -> int:
    """Show definitions by region: latest, versions, replicas, what they store, and ends of life."""
    from acg.cli._catalog import usable_catalog
    from acg.plan.overview import exemptions, overview
    from acg.plan.state import State
    from acg.report import overview as report

    if exceptions and prices is not None:
        raise click.UsageError("--exceptions lists no prices: leave out one of the two")
    state = State.of(usable_catalog(catalog))
    if exceptions:
        listed = exemptions(state)
        text = report.exemptions_json(listed) if form == "json" else report.exemptions_text(listed)
    else:
        price_list = None
        if prices is not None:
            from acg.plan.consequences.prices import read_prices

            price_list = read_prices(prices)
        found = overview(state, clock.today(), price_list)
        text = report.overview_json(found) if form == "json" else report.overview_text(found)
    click.echo(text, nl=False)
    return 0
