"""`acg plan`: what a change of a catalog means, without credentials, engine or network."""

from __future__ import annotations

import os
from pathlib import Path

import click

from acg import clock
from acg.cli._output import FLAVOURS, FORMATS, Output, detailed_exitcode, show


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--base", metavar="REVISION", help="Git revision to compare with (default: where the branch began).")
@click.option("--stack-file", type=click.Path(path_type=Path), help="Compare with an exported stack instead.")
@click.option(
    "--observed",
    type=click.Path(path_type=Path),
    help="Snapshot of Azure to compare with; with --base or --stack-file: only who uses the images.",
)
@click.option("--stack", help="Stack that the plan is for; its acg:galleries count.")
@click.option("--prices", type=click.Path(path_type=Path), help="Your price list, as the Retail Prices API answers.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--out", "outputs", type=Output(), multiple=True, help="Also write a form to a file; repeatable.")
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Whose Markdown (default: by the CI's variables).")
@click.option("--write", "writes", is_flag=True, help="Make the proposed edits in the files of the catalog.")
@detailed_exitcode
def plan(
    catalog: Path,
    base: str | None,
    stack_file: Path | None,
    observed: Path | None,
    stack: str | None,
    prices: Path | None,
    config: Path | None,
    form: str,
    outputs: tuple[tuple[str, Path], ...],
    flavour: str | None,
    writes: bool,
) -> tuple[int, bool]:
    """Say what a change of a catalog means, before anyone merges it.

    Compares CATALOG, a file or folder of YAML, with itself at a Git revision, with an exported stack, or with what
    exists in Azure. A snapshot of `acg observe` also says who uses the images that change.

    Exit code 0: nothing is refused. 1: something is refused, or a rule finds a new error. 2: input that cannot be used.
    """
    if base is not None and stack_file is not None:
        raise click.UsageError("--base and --stack-file both name the state before: give one of them")
    from acg.cli._catalog import share_of
    from acg.cli._sides import against_observed, against_revision, against_stack
    from acg.plan.build import make_plan
    from acg.report.plan import Host, Shown

    today = clock.today()
    snapshot = price_list = None
    if observed is not None:
        from acg.state.observed import read_snapshot

        snapshot = read_snapshot(observed)
    if prices is not None:
        from acg.plan.consequences.prices import read_prices

        price_list = read_prices(prices)
    share = share_of(stack)
    if stack_file is not None:
        sides = against_stack(catalog, stack_file, config, today, share)
    elif observed is not None and snapshot is not None and base is None:
        sides = against_observed(catalog, observed.as_posix(), snapshot, config, today, share)
    else:
        sides = against_revision(catalog, base, config, today, share)
    made = make_plan(catalog.as_posix(), *sides, today=today, stack=stack, snapshot=snapshot, prices=price_list)
    shown = Shown(made, Host.of(os.environ, flavour))
    if "html" in {form, *(one for one, _ in outputs)}:
        from acg.report.plan.picture import picture

        shown = shown._replace(picture=picture(sides.before.state, sides.after.state, made.changes))
    show(shown, form, outputs)
    if writes:
        from acg.cli._write import write_proposals

        write_proposals(catalog, made)
    return made.exit_code, made.has_changes
