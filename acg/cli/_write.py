"""`acg plan --write`: the proposals of a plan, made in the files of the catalog."""

from __future__ import annotations

from pathlib import Path

import click

from acg.plan.model import Plan


def write_proposals(catalog: Path, plan: Plan) -> None:
    """Make the edits that end what is refused, and report the files and what is left to people.

    Raises:
        EditError: an edit cannot be made without touching other lines; no file is changed.
    """
    from acg.catalog.edit import edited_files, write_files
    from acg.catalog.reader import read_catalog
    from acg.text import visible

    edits = [edit for change in plan.refused if change.proposal for edit in change.proposal.edits]
    rewrites = edited_files(read_catalog(catalog), edits)
    write_files(rewrites, below=catalog if catalog.is_dir() else catalog.parent)
    for rewrite in rewrites:
        click.echo(f"acg: wrote {visible(str(rewrite.file))}", err=True)
    left = [change for change in plan.refused if not (change.proposal and change.proposal.edits)]
    if left:
        changes = "change has" if len(left) == 1 else "changes have"
        click.echo(f"acg: {len(left)} refused {changes} no edit that could be written; see the proposals", err=True)
    if rewrites:
        click.echo("acg: run `acg plan` again to see what the edits come to", err=True)
