"""`acg latest`: which version each region boots when none is named, and why not a higher one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acg.plan.overview import Definition, InRegion
    from acg.state.observed import Snapshot


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.argument("image", required=False)
@click.option("--region", help="Only this region.")
@click.option(
    "--observed", type=click.Path(path_type=Path), help="Snapshot of Azure: latest of what exists, and who uses it."
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def latest(catalog: Path, image: str | None, region: str | None, observed: Path | None, form: str) -> int:
    """Say what latest means in each region of each image definition.

    IMAGE is gallery/definition, or the name of a definition.
    """
    from acg.azure.regions import canonical
    from acg.cli._catalog import usable_catalog
    from acg.plan.overview import latest as of
    from acg.plan.state import State
    from acg.report.overview import latest_json, latest_text

    state = State.of(usable_catalog(catalog))
    snapshot = None
    if observed is not None:
        from acg.plan.overview import existing
        from acg.state.observed import read_snapshot

        snapshot = read_snapshot(observed)
        state = existing(snapshot, state)
    found = list(of(state, image, canonical(region) if region else None))
    if not found and (image or region):
        wanted = " in ".join(word for word in (image, region) if word)
        where = (
            f"the catalog declares nothing for {wanted!r}" if snapshot is None else f"there is nothing for {wanted!r}"
        )
        raise click.UsageError(f"{where}: `acg show {catalog}` lists what the catalog declares")
    if snapshot is not None:
        click.echo(_existing(found, snapshot, form), nl=False)
        return 0
    click.echo(latest_json(found) if form == "json" else latest_text(found), nl=False)
    return 0


def _existing(found: list[tuple[Definition, InRegion]], snapshot: Snapshot, form: str) -> str:
    from acg.plan.build import knowledge_of
    from acg.plan.consequences.consumers import Usage
    from acg.plan.overview import used
    from acg.report.overview import existing_latest_json, existing_latest_text

    usage, knowledge = Usage(snapshot), knowledge_of(snapshot)
    rows = [(one, each, used(usage, one.identity, each.latest)) for one, each in found]
    return existing_latest_json(rows, knowledge) if form == "json" else existing_latest_text(rows, knowledge)
