"""`acg comment`: the comment that belongs to a plan which another run wrote."""

from __future__ import annotations

import os
from pathlib import Path

import click

from acg.cli._output import FLAVOURS


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--catalog", required=True, help="Catalog that the plan must be about.")
@click.option("--stack", help="Stack that the plan must be about.")
@click.option("--flavour", type=click.Choice(FLAVOURS), help="Whose Markdown (default: by the CI's variables).")
def comment(plan: Path, catalog: str, stack: str | None, flavour: str | None) -> int:
    """Print the comment of a PLAN in JSON, which is trusted in nothing.

    The run of a pull request writes the plan and holds no credentials; a run that may comment reads it with this.

    Exit code 0: nothing is refused. 1: something is refused. 2: the file is no plan of that catalog and stack.
    """
    from acg.errors import InputError, Problem
    from acg.report.plan import Host, render
    from acg.report.plan.read import read_plan

    shown = read_plan(plan)
    if (shown.plan.catalog, shown.plan.stack) != (catalog, stack):
        problem = Problem(
            "ACG001", "is about another catalog or stack", "See which run wrote it.", file=plan.as_posix()
        )
        raise InputError([problem])
    click.echo(render("markdown", shown._replace(host=Host.of(os.environ, flavour))), nl=False)
    return shown.exit_code
