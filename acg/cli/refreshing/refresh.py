"""`acg refresh`: new versions, promotions and retirements, as edits of the catalog."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acg.cli._output import FLAVOURS
from acg.cli.existing._snapshot import SnapshotOptions, snapshot_options

if TYPE_CHECKING:
    from acg.refresh.model import Kind, Refreshed
    from acg.report.refresh import Shown

FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@snapshot_options
@click.option("--today", metavar="DAY", help="Day to refresh for, as YYYY-MM-DD (default: today in UTC).")
@click.option("--image", "images", multiple=True, help="Only this gallery/image; * and ? stand for others; repeatable.")
@click.option("--only", type=click.Choice(("publish", "retire")), help="Which edits (default: retire if none publish).")
@click.option("--expedite", is_flag=True, help="With --image: publish though the version before still soaks.")
@click.option("--declined", multiple=True, metavar="ID", help="Leave out an edit that was declined; repeatable.")
@click.option("--deployed", metavar="REVISION", help="Git revision that is deployed: what it retires may be removed.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
@click.option("--write", "writes", is_flag=True, help="Make the edits in the files of the catalog.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the output to a file instead.")
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Whose Markdown (default: by the CI's variables).")
@click.option("--group", default="all", show_default=True, help="What the pull request is about, for its marker.")
def refresh(
    catalog: Path,
    today: str | None,
    images: tuple[str, ...],
    only: str | None,
    expedite: bool,
    declined: tuple[str, ...],
    deployed: str | None,
    config: Path | None,
    writes: bool,
    form: str,
    out: Path | None,
    flavour: str | None,
    group: str,
    existing: SnapshotOptions,
) -> int:
    """Bring the versions of CATALOG up to date, as its refreshPolicies say.

    Shows what it would do, and what waits for what; --write makes the edits. New versions and promotions come first;
    retirements are written by a run that has none of these, or with --only retire.

    Exit code 0: fine, with or without edits. 1: an edit would break a rule, and nothing is written. 2: unusable input.
    """
    if expedite and not images:
        raise click.UsageError("--expedite wants --image, so that it is about the image that is meant")
    from acg.cli._catalog import usable_reading
    from acg.cli._day import day_of
    from acg.cli.refreshing._edits import check_edits, write_edits
    from acg.cli.refreshing._run import refreshed, retired_at
    from acg.refresh.model import edits_of
    from acg.report.plan.host import Host
    from acg.report.refresh import Shown

    day = day_of(today)
    reading, lowered = usable_reading(catalog)
    snapshot = existing.read(lowered, catalog)
    retired = retired_at(catalog, deployed)
    done = refreshed(catalog, lowered, snapshot, day, images, expedite, declined, retired)
    kind = _kind(only, done)
    edits = edits_of(done.of(kind))
    if edits:
        check_edits(catalog, reading, lowered, edits, config, day)
        if writes:
            write_edits(catalog, reading, edits)
    read_at: datetime | None = snapshot.read_at if snapshot else None
    shown = Shown(done, catalog.as_posix(), kind, group, read_at, Host.of(os.environ, flavour), writes)
    _print(shown, form, out)
    return 0


def _kind(only: str | None, done: Refreshed) -> Kind:
    """Which edits a run is about: those that publish, unless there are only retirements."""
    from acg.refresh.model import Kind

    if only is not None:
        return Kind(only)
    return Kind.RETIREMENT if not done.of(Kind.PUBLISHING) and done.of(Kind.RETIREMENT) else Kind.PUBLISHING


def _print(shown: Shown, form: str, out: Path | None) -> None:
    if form == "json":
        from acg.report.refresh import json_text as writer
    elif form == "markdown":
        from acg.report.refresh import markdown as writer
    else:
        from acg.report.refresh import text as writer
    rendered = writer.render(shown)
    if out is None:
        click.echo(rendered, nl=False)
    else:
        from acg.cli._output import write

        write(out, rendered)
