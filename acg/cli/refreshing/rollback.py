"""`acg rollback`: take back a bad version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acg.refresh.rollback import Rollback


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.argument("image")
@click.option("--to", metavar="NUMBER", help="Version to go back to (default: the one before what is latest).")
@click.option("--reason", required=True, help="What is wrong, for those who read the catalog.")
@click.option(
    "--observed", type=click.Path(path_type=Path), help="Snapshot of Azure, to count who runs what is revoked."
)
@click.option("--today", metavar="DAY", help="Day to write down, as YYYY-MM-DD (default: today in UTC).")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
def rollback(
    catalog: Path,
    image: str,
    to: str | None,
    reason: str,
    observed: Path | None,
    today: str | None,
    config: Path | None,
) -> int:
    """Revoke the latest version of IMAGE, a gallery/image of CATALOG, or all above --to.

    What is revoked is excluded from latest in every region, and never promoted again. That is for new boots only:
    machines that run it keep it. Prints the az command that does the same at once.

    Exit code 0: written. 1: an edit would break a rule. 2: there is nothing to go back to, or unusable input.
    """
    from acg.cli._catalog import usable_reading
    from acg.cli._day import day_of
    from acg.cli.refreshing._edits import check_edits, write_edits
    from acg.refresh import rollback as core
    from acg.refresh.azure import Azure
    from acg.refresh.declared import Declared
    from acg.text import visible

    day = day_of(today)
    reason = reason.strip()
    if not reason or visible(reason) != reason:
        raise click.UsageError("--reason needs text, in one line and without control characters")
    reading, lowered = usable_reading(catalog)
    snapshot = None
    if observed is not None:
        from acg.state.observed import read_snapshot

        snapshot = read_snapshot(observed)
    done = core.rollback(Declared(lowered), Azure(snapshot), image, reason, day, to)
    check_edits(catalog, reading, lowered, done.edits, config, day)
    write_edits(catalog, reading, done.edits)
    for line in _lines(done):
        click.echo(line)
    return 0


def _lines(done: Rollback) -> list[str]:
    from acg.text import inert

    lines = [inert(f"{done.image}: revoked {', '.join(done.revoked)}")]
    lines += [inert(f"  latest in {region}: {was} -> {becomes}") for region, was, becomes in done.latest]
    lines += [inert(f"  made from what is revoked: {copy}") for copy in done.copies]
    if done.consumers is None:
        lines.append("  who runs it is not known: give a snapshot with --observed")
    else:
        lines.append(f"  {done.consumers:,} consumers run it or name it, and keep it: a rollback is for new boots only")
        lines += [inert(f"  there may be more: {why}") for why in done.unknown]
    lines += ["to do the same in Azure at once, before the merge:", *(f"  {inert(one)}" for one in done.commands)]
    return lines
