"""`acg preview`: the real `pulumi preview`, joined with what acg knows about the change."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acg import clock
from acg.cli._output import FLAVOURS, FORMATS, Output, detailed_exitcode, show

if TYPE_CHECKING:
    from acg.cli._sides import Compared
    from acg.plan.model import Plan
    from acg.preview.child import Request
    from acg.preview.events import Events
    from acg.report.plan import Shown


@click.command()
@click.option("--stack", help="Stack to preview (default: the selected one).")
@click.option("--policy-pack", "packs", multiple=True, help="Policy pack to run; repeatable.")
@click.option("--policy-pack-config", "pack_configs", multiple=True, help="Its settings, in the order of the packs.")
@click.option("--refresh/--no-refresh", default=True, show_default=True, help="Ask Azure what is there first.")
@click.option("--expect", type=click.Path(path_type=Path), help="Reviewed plan (JSON); nothing else may happen.")
@click.option("--allow", "allowed", multiple=True, metavar="DEFINITION", help="Definition that may differ from it.")
@click.option("--reason", help="Why --allow; printed.")
@click.option("--save-plan", type=click.Path(path_type=Path), help="Have Pulumi save its plan, for `pulumi up --plan`.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules (default: acg:guardrails).")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--out", "outputs", type=Output(), multiple=True, help="Also write a form to a file; repeatable.")
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Whose Markdown (default: by the CI's variables).")
@detailed_exitcode
def preview(
    stack: str | None,
    packs: tuple[str, ...],
    pack_configs: tuple[str, ...],
    refresh: bool,
    expect: Path | None,
    allowed: tuple[str, ...],
    reason: str | None,
    save_plan: Path | None,
    config: Path | None,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    flavour: str | None,
) -> tuple[int, bool]:
    """Run `pulumi preview --refresh` in this folder and say what it means.

    The catalog is the one that the stack's configuration names (acg:catalog).

    Exit code 0: nothing is refused. 1: something is refused, fails or is not as reviewed. 2: no preview was possible.
    """
    if bool(allowed) != bool(reason and reason.strip()):
        raise click.UsageError("--allow and --reason belong together: an exception is printed with its reason")
    if allowed and expect is None:
        raise click.UsageError("--allow makes an exception from --expect, which is not given")
    from acg.preview.child import Request

    request = Request(stack, refresh, packs, pack_configs, save_plan)
    pictured = "html" in {form, *(one for one, _ in outputs)}
    shown = _preview(request, expect, dict.fromkeys(allowed, reason or ""), config, pictured=pictured)
    show(shown._replace(host=_host(flavour)), form, outputs)
    return shown.exit_code, shown.plan.has_changes


def _preview(
    request: Request, expect: Path | None, allowed: dict[str, str], config: Path | None, *, pictured: bool
) -> Shown:
    from acg.errors import AcgError
    from acg.preview.child import run_preview
    from acg.preview.events import Events

    reviewed = None
    if expect is not None:
        from acg.preview.expect import read_digests

        reviewed = read_digests(expect)
    progress = _Progress()
    made: list[tuple[dict[str, Any], Plan, Compared]] = []

    def early() -> None:
        """Make the plan while the engine ends; what is wrong is reported once it has ended."""
        with suppress(AcgError):
            made.append((dict(events.states), *_plan_of(events, config)))

    events = Events(progress.at, early if request.refresh else lambda: None)
    try:
        run_preview(request, events, meanwhile=_load)
    finally:
        progress.end()
    from acg.preview.expect import compare
    from acg.preview.join import joined
    from acg.preview.settled import settled
    from acg.report.plan import Shown

    if made and made[0][0] == events.states:
        _, plan, sides = made[0]
    else:
        plan, sides = _plan_of(events, config)
    plan = settled(plan, events)
    expected = None if reviewed is None else compare(reviewed, plan.digests, allowed)
    run = joined(events, plan, refreshed=request.refresh, expected=expected)
    shown = Shown(plan, engine=run)
    if pictured:
        from acg.report.plan.picture import picture

        shown = shown._replace(picture=picture(sides.before.state, sides.after.state, plan.changes))
    return shown


def _plan_of(events: Events, config: Path | None) -> tuple[Plan, Compared]:
    """The plan from what the stack has to what its catalog declares."""
    from acg.cli._sides import against_exported
    from acg.desired.stacks import Share
    from acg.errors import ReaderError
    from acg.plan.build import make_plan
    from acg.preview.join import declared
    from acg.state.exported import stack_of

    if "acg:catalog" not in events.config:
        raise ReaderError("the stack's configuration names no catalog: `pulumi config set acg:catalog FOLDER`")
    catalog = Path(events.config["acg:catalog"])
    if config is None and "acg:guardrails" in events.config:
        named = Path(events.config["acg:guardrails"])
        config = named if named.exists() else None
    today = clock.today()
    name = f"stack {events.stack}" if events.stack else "stack"
    deployed = stack_of(list(events.states.values()))
    share = Share.of(events.config)
    sides = against_exported(
        catalog, name, deployed, config, today, share, ordered=False, declared=declared(events.steps)
    )
    return make_plan(catalog.as_posix(), *sides, today=today, stack=events.stack), sides


def _load() -> None:
    """Import what is needed once the engine has answered; before, an import would keep it from starting."""
    import acg.cli._sides
    import acg.plan.build
    import acg.preview.join
    import acg.preview.settled
    import acg.report.plan.terminal
    import acg.rules.library  # noqa: F401


def _host(flavour: str | None):
    from acg.report.plan import Host

    return Host.of(os.environ, flavour)


class _Progress:
    """How far the engine is, on one line of a terminal; one line at the beginning elsewhere."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        if not self._terminal:
            click.echo("Running pulumi preview …", err=True)

    def at(self, resources: int) -> None:
        """Show how many resources were looked at."""
        if self._terminal and resources % 25 == 1:
            click.echo(f"\rRunning pulumi preview … {resources:,} resources", err=True, nl=False)

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self._terminal:
            click.echo("\r\x1b[K", err=True, nl=False)
