"""The commands for labs: arguments, one call, one result."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from acg.cli._azure import AzureOptions, azure_options

_catalog = click.argument("catalog", type=click.Path(path_type=Path))
_plans = click.argument("plans", nargs=-1, metavar="[PLAN]...")


@click.group()
def labs() -> None:
    """Azure Lab Services: which images labs are offered, and saving a lab's machine as an image."""


@labs.command()
@_catalog
@_plans
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@azure_options
def status(catalog: Path, plans: tuple[str, ...], form: str, azure: AzureOptions) -> int:
    """Say which images labs are offered, and why not others. Reads only.

    PLAN is a key of labPlans or labAccounts in the catalog (default: all). Ends with 1 if something is not as declared.
    """
    from acg import clock
    from acg.cli.labs.work import ask, read_status
    from acg.report.labs.status import status_json, status_text

    found = read_status(ask(catalog), plans, azure)
    today = clock.today()
    click.echo(status_json(found, today) if form == "json" else status_text(found, today), nl=False)
    return int(any(one.findings for one in found))


@labs.command()
@_catalog
@_plans
@click.option("--yes", is_flag=True, help="Do it; otherwise it is only printed.")
@azure_options
def apply(catalog: Path, plans: tuple[str, ...], yes: bool, azure: AzureOptions) -> int:
    """Enable the images that the catalog offers, and disable the gallery's others.

    For lab accounts it attaches and detaches galleries. PLAN is a key of labPlans or labAccounts (default: all).
    """
    from acg.cli.labs.work import apply_all, ask

    return apply_all(ask(catalog), plans, azure, yes=yes)


@labs.command()
@_catalog
@click.argument("plan")
@click.argument("lab")
@click.option("--new", metavar="NAME", help="Save as a new image definition of this name.")
@click.option("--update", metavar="IMAGE", help="Save as a new version of this image definition.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@azure_options
def save(
    catalog: Path, plan: str, lab: str, new: str | None, update: str | None, yes: bool, azure: AzureOptions
) -> int:
    """Save the template machine of a lab into the gallery of its lab plan.

    Ends with 1 if it did not make exactly what was asked for, and with 2 if nothing was sent.
    """
    from acg.cli.labs.saving import save_one
    from acg.cli.labs.work import ask
    from acg.labs.save import Request

    image = new if new is not None else update
    if image is None or (new is not None and update is not None):
        raise click.UsageError("either --new NAME or --update IMAGE says what to save it as")
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on: add --yes")
    return save_one(ask(catalog), plan, Request(lab, image, new is not None), azure, yes=yes)
