"""`acg drift`: what in Azure is not as a catalog declares it, each with what ends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from acg.cli._azure import azure_options


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--observed", type=click.Path(path_type=Path), help="Snapshot of Azure, as acg observe writes it.")
@click.option("--live", is_flag=True, help="Read Azure now.")
@click.option("--subscription", metavar="ID", help="With --live: subscription of galleries that name none.")
@click.option("--stack", help="Stack that deploys the catalog; its acg:galleries count.")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
@azure_options
def drift(
    catalog: Path,
    observed: Path | None,
    live: bool,
    subscription: str | None,
    stack: str | None,
    form: str,
    arm: str | None,
    cloud: str,
    ca: Path | None,
) -> int:
    """Compare what exists in Azure with what CATALOG declares.

    Each difference comes with the edit of the catalog or the command that ends it. What Azure has and the catalog does
    not is to be declared, never removed. Tags and regions that others add are ignored where the catalog says so.

    Exit code 0: everything that could be read is as declared. 1: something is not. 2: input that cannot be used.
    """
    from acg.cli._catalog import share_of, usable_catalog
    from acg.cli.existing._snapshot import live_snapshot, require_one
    from acg.drift.find import find_drift
    from acg.report.drift import render

    require_one(observed, live)
    if subscription is not None and not live:
        raise click.UsageError("--subscription says what --live reads: a snapshot has its own")
    lowered = usable_catalog(catalog, share_of(stack))
    if observed is not None:
        from acg.state.observed import read_snapshot

        snapshot = read_snapshot(observed)
    else:
        from acg.cli.existing._question import default_subscription, question_of

        snapshot = live_snapshot(question_of(lowered, default_subscription(subscription), catalog), arm, cloud, ca)
    today = date.today()  # noqa: DTZ011 - a team's day is that of its own place
    found = find_drift(catalog.as_posix(), lowered, snapshot, today, stack)
    click.echo(render(form, found), nl=False)
    return found.exit_code
