"""Saving a lab's machine: look, say what will happen, ask, send it once, say what came of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from acg.cli._azure import AzureOptions
from acg.cli.labs.work import Asked, with_reader
from acg.labs.found import Plan, named
from acg.labs.outcome import Outcome
from acg.labs.save import Before, Request, refusals
from acg.labs.wanted import Kind, Wanted

if TYPE_CHECKING:
    from acg.live.labs.reading import LabReader

_NOTHING_SENT, _NOT_AS_ASKED = 2, 1
_WATCHING, _WIDTH = "Ctrl-C ends the watching, not the save", 72
_GOES_ON = "Azure goes on with what it was sent: look with acg labs status before you save again"


def save_one(asked: Asked, plan: str, request: Request, azure: AzureOptions, *, yes: bool) -> int:
    """Save the template of a lab; give the exit code.

    Azure is asked in two sessions, since Ctrl-C reaches a question on the terminal only outside of them.
    """
    from acg.report.labs.saving import outcome_text, refused_text, screen

    async def look(reader: LabReader, plans: Sequence[Wanted]) -> Before:
        return await _look(reader, plans[0], request)

    async def send(reader: LabReader, plans: Sequence[Wanted]) -> tuple[Before, Outcome | None, Plan | None]:
        from acg.live.labs.writing import save

        now = await _look(reader, plans[0], request)  # whoever was asked may have thought about it for an hour
        if refusals(request, now):
            return now, None, None
        try:
            found = await save(reader, now, request, _tell)
        except asyncio.CancelledError:
            click.echo(f"\n{_GOES_ON}", err=True)
            raise
        _tell(None)
        return now, *found

    before = with_reader(asked, (plan,), look, azure)
    if problems := refusals(request, before):
        click.echo(refused_text(problems), nl=False, err=True)
        return _NOTHING_SENT
    click.echo(screen(request, before, asked.regions), nl=False)
    if not yes and not click.confirm("Save it?"):
        click.echo("nothing was sent")
        return _NOTHING_SENT
    before, outcome, after = with_reader(asked, (plan,), send, azure)
    if outcome is None:
        click.echo(refused_text(refusals(request, before)), nl=False, err=True)
        return _NOTHING_SENT
    click.echo(outcome_text(request, before, after, outcome, asked.regions), nl=False)
    return 0 if outcome.good else _NOT_AS_ASKED


async def _look(reader: LabReader, wanted: Wanted, request: Request) -> Before:
    """What there is, as far as a save depends on it."""
    if wanted.kind is Kind.ACCOUNT:
        return Before(wanted, None, None)
    labs = await reader.all_labs(wanted.subscription)
    lab = named(request.lab, [*(one for one in labs if one.is_of(wanted.id)), *labs])
    made_from = (lab.image_id or "").rsplit("/", 1)[-1] if lab is not None else ""
    plan = await reader.read(wanted, [request.image, made_from])
    return Before(wanted, plan, lab, None if lab is None else await reader.templates(lab))


def _tell(seconds: float | None) -> None:
    """Progress, on a terminal only, for a log needs no clock; None ends it."""
    if sys.stderr.isatty():
        text = "" if seconds is None else f"saving for {seconds // 60:.0f} min {seconds % 60:02.0f} s; {_WATCHING}"
        click.echo(f"\r{text:<{_WIDTH}}" + ("\r" if seconds is None else ""), nl=False, err=True)
