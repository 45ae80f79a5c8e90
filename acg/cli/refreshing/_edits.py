"""What commands that edit a catalog have in common: the edits are checked first, then written, or shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from acg.catalog.edit.model import Action, Edit, EditError
from acg.catalog.edit.write import Rewrite
from acg.catalog.reader import Reading, read_files
from acg.desired.lower import Lowered
from acg.errors import Refused
from acg.path import dotted
from acg.text import inert


def check_edits(
    catalog: Path, reading: Reading, lowered: Lowered, edits: Sequence[Edit], config: Path | None, today: date
) -> None:
    """See that the edits break no rule that the catalog keeps without them.

    Raises:
        Refused: they would; carries the findings.
        EditError: the catalog would not be usable.
    """
    from acg.project import guardrails_near
    from acg.refresh.checked import lowered_with, new_errors
    from acg.rules.guardrails_file import load_team_rules

    if config is not None:
        team = load_team_rules(config).usable()
    else:
        team = load_team_rules(guardrails_near(catalog), runs_own_rules=False).usable()
    if found := new_errors(lowered, lowered_with(reading, edits), team, today):
        raise Refused(["the edits would break rules, and nothing is written", *found])


def write_edits(catalog: Path, reading: Reading, edits: Sequence[Edit]) -> None:
    """Make the edits in the files, and report these.

    Raises:
        EditError: an edit cannot be made without touching other lines; no file is changed, and the edits are shown.
    """
    from acg.catalog.edit import edited_files, write_files

    try:
        rewrites = edited_files(reading, edits)
        _require_readable(catalog, reading, rewrites)
        write_files(rewrites, below=catalog if catalog.is_dir() else catalog.parent)
    except EditError as error:
        for line in by_hand(error.edits or edits):
            click.echo(line, err=True)
        raise
    for rewrite in rewrites:
        click.echo(f"acg: wrote {inert(str(rewrite.file))}", err=True)


def _require_readable(catalog: Path, reading: Reading, rewrites: Sequence[Rewrite]) -> None:
    """See that the whole catalog can be read with the new texts, as the next command will read it."""
    new = {rewrite.file: rewrite.after for rewrite in rewrites}
    texts = ((name, new.get(Path(name), text)) for name, text in reading.sources.texts.items())
    problems = read_files([(name, text.encode()) for name, text in texts], catalog).problems
    if problems:
        raise EditError(f"the edited catalog could not be read: {problems[0].message}")


def by_hand(edits: Sequence[Edit]) -> list[str]:
    """Edits as YAML that somebody can put in."""
    from acg.catalog.edit.snippet import block

    lines = ["acg: to be made by hand:"]
    for edit in edits:
        where = inert(dotted(edit.path[:-1]))
        key = str(edit.path[-1])
        if edit.action is Action.REMOVE:
            lines.append(f"  remove {inert(dotted(edit.path))}")
        elif edit.action is Action.APPEND:
            lines += [f"  add to {inert(dotted(edit.path))}", *_indented(block([edit.value]))]
        else:
            lines += [f"  in {where}", *_indented(block({key: edit.value}))]
    return lines


def _indented(text: str) -> list[str]:
    return [f"    {inert(line)}" for line in text.rstrip("\n").split("\n")]
