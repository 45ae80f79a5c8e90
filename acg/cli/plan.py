"""`acg plan`: what a change of a catalog means, without credentials, engine or network."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Final

import click

FORMATS: Final = ("text", "markdown", "json", "html", "sarif", "github")
FLAVOURS: Final = ("github", "gitlab", "azure")


class _Output(click.ParamType):
    """``FORMAT:FILE``."""

    name = "FORMAT:FILE"

    def convert(
        self, value: str | tuple[str, Path], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Split the form from the file."""
        if isinstance(value, tuple):
            return value
        form, colon, file = value.partition(":")
        if not colon or not file or form not in FORMATS:
            self.fail(f"{value!r} is not FORMAT:FILE with one of {', '.join(FORMATS)}", param, ctx)
        return form, Path(file)


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--base", metavar="REVISION", help="Git revision to compare with (default: where the branch began).")
@click.option("--stack-file", type=click.Path(path_type=Path), help="Compare with an exported stack instead.")
@click.option("--observed", type=click.Path(path_type=Path), help="Snapshot of Azure: who uses the images.")
@click.option("--stack", help="Name of the stack that the plan is for.")
@click.option("--prices", type=click.Path(path_type=Path), help="Your price list, as the Retail Prices API answers.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--out", "outputs", type=_Output(), multiple=True, help="Also write a form to a file; repeatable.")
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Whose Markdown (default: by the CI's variables).")
@click.option("--detailed-exitcode", is_flag=True, help="0: no changes, 2: changes, 1: refused or unusable.")
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
    detailed_exitcode: bool,
) -> int:
    """Say what a change of a catalog means, before anyone merges it.

    Compares CATALOG, a file or folder of YAML, with itself at a Git revision, or with an exported stack.

    Exit code 0: nothing is refused. 1: something is refused, or a rule finds a new error. 2: input that cannot be used.
    """
    if base is not None and stack_file is not None:
        raise click.UsageError("--base and --stack-file both name the state before: give one of them")
    from acg.errors import AcgError

    try:
        code = _plan(catalog, base, stack_file, observed, stack, prices, config, form, outputs, flavour)
    except AcgError as error:
        if not detailed_exitcode:
            raise
        from acg.errors import InputError

        click.echo(str(error) if isinstance(error, InputError) else f"acg: {error}", err=True)
        return 1
    if not detailed_exitcode:
        return code[0]
    return 1 if code[0] else 2 if code[1] else 0


def _plan(
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
) -> tuple[int, bool]:
    """Make the plan and show it; its exit code, and whether there are changes."""
    from acg.cli._sides import against_revision, against_stack
    from acg.plan.build import make_plan
    from acg.report.plan import Host, Shown, render

    today = _today()
    snapshot = price_list = None
    if observed is not None:
        from acg.state.observed import read_snapshot

        snapshot = read_snapshot(observed)
    if prices is not None:
        from acg.plan.consequences.prices import read_prices

        price_list = read_prices(prices)
    sides = (
        against_stack(catalog, stack_file, config, today)
        if stack_file is not None
        else against_revision(catalog, base, config, today)
    )
    made = make_plan(catalog.as_posix(), *sides, today=today, stack=stack, snapshot=snapshot, prices=price_list)
    forms = {form, *(one for one, _ in outputs)}
    shown = Shown(
        made,
        Host.of(os.environ, flavour),
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    if "html" in forms:
        from acg.report.plan.estate import estate

        shown = shown._replace(estate=estate(sides.before.state, sides.after.state))
    texts = {one: render(one, shown) for one in sorted(forms)}
    for one, file in outputs:
        write(file, render(one, shown._replace(colour=False)) if one == "text" else texts[one])
    click.echo(texts[form], nl=False)
    return made.exit_code, made.has_changes


def write(file: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        ReaderError: it cannot be written.
    """
    import tempfile

    from acg.errors import ReaderError

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False
        ) as new:
            new.write(text)
        Path(new.name).chmod(0o644)
        Path(new.name).replace(file)
    except OSError as error:
        raise ReaderError(
            f"{file.as_posix()} cannot be written: {(error.strerror or 'unknown error').lower()}"
        ) from None


def _today() -> date:
    """The day by the clock of the machine: only commands read it."""
    return date.today()  # noqa: DTZ011 - a team's day is that of its own place
