"""From a catalog to Azure and back: which plans are meant, what there is, and what is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from acg.azure.regions import RegionTable
from acg.cli._azure import AzureOptions, read_azure
from acg.cli._catalog import usable_catalog
from acg.cli.existing._question import default_subscription
from acg.errors import InputError, MissingExtraError, Problem
from acg.labs.apply import Changes, changes
from acg.labs.of_catalog import wanted
from acg.labs.status import Status, status
from acg.labs.wanted import Kind, Wanted
from acg.rules.declared import added_regions
from acg.suggest import suggest
from acg.text import inert

if TYPE_CHECKING:
    from acg.live.labs.reading import LabReader

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a catalog says of labs."""

    catalog: Path
    plans: tuple[Wanted, ...]
    problems: tuple[Problem, ...]
    regions: RegionTable

    def named(self, keys: Sequence[str]) -> tuple[Wanted, ...]:
        """The plans and accounts with these keys; all of them without a key.

        Raises:
            InputError: Azure could not be asked for one of them.
            UnknownPlanError: The catalog lacks one.
        """
        chosen = [one for one in self.plans if not keys or one.key in keys]
        problems = [one for one in self.problems if not keys or one.path[1] in keys]
        if problems:
            raise InputError(problems)
        for key in keys:
            if key not in {one.key for one in chosen}:
                raise UnknownPlanError(key)
        return tuple(chosen)


class UnknownPlanError(Exception):
    """A plan that the catalog lacks; it becomes a message once Azure was asked whether it has it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def ask(catalog: Path) -> Asked:
    """Read a catalog's plans and accounts.

    Raises:
        CatalogError: It has problems, or declares neither plans nor accounts.
    """
    lowered = usable_catalog(catalog)
    found = wanted(lowered, default_subscription(None))
    if not found.wanted and not found.problems:
        raise click.UsageError(f"{catalog} declares neither labPlans nor labAccounts")
    return Asked(catalog, found.wanted, found.problems, RegionTable(added_regions(lowered.places.catalog)))


def read_status(asked: Asked, keys: Sequence[str], azure: AzureOptions) -> list[Status]:
    """How things stand with the plans and accounts of these keys."""

    async def read(reader: LabReader, plans: Sequence[Wanted]) -> list[Status]:
        return [status(one, await reader.read(one), asked.regions) for one in plans]

    return with_reader(asked, keys, read, azure)


def apply_all(asked: Asked, keys: Sequence[str], azure: AzureOptions, *, yes: bool) -> int:
    """Print what is to change, and change it if ``yes``; 1 if something was not possible."""
    from acg.report.labs.changes import changes_text

    async def work(reader: LabReader, plans: Sequence[Wanted]) -> list[Changes]:
        from acg.live.labs.writing import apply

        made: list[Changes] = []
        for one in plans:
            made.append(changes(status(one, await reader.read(one), asked.regions)))
            click.echo(changes_text(made[-1]), nl=False)
            if yes and made[-1].writes and not made[-1].refused:
                await apply(reader, made[-1], lambda text: click.echo(f"  {inert(text)}"))
        return made

    made = with_reader(asked, keys, work, azure)
    if not yes and any(one.writes for one in made):
        click.echo("nothing was changed: add --yes to do it")
    return int(any(one.refused for one in made))


def with_reader(
    asked: Asked,
    keys: Sequence[str],
    work: Callable[[LabReader, Sequence[Wanted]], Awaitable[Done]],
    azure: AzureOptions,
) -> Done:
    """Do something with the plans of these keys and a reader of Azure.

    Raises:
        UsageError: The catalog lacks a plan; says where Azure has it, or which name is near.
        MissingExtraError: The extra ``labs`` is not installed.
        ReaderError: Azure did not answer.
    """
    _require_extra()

    async def within(session: Any) -> Done:
        from acg.live.labs.reading import LabReader

        reader = LabReader(session)
        try:
            plans = asked.named(keys)
        except UnknownPlanError as unknown:
            raise await _unknown(asked, unknown.key, reader) from None
        return await work(reader, plans)

    return read_azure(within, azure)


def _require_extra() -> None:
    from importlib.util import find_spec

    for module in ("azure", "azure.mgmt", "azure.mgmt.labservices", "aiohttp"):
        if find_spec(module) is None:
            raise MissingExtraError("acg labs needs more packages: pip install 'pulumi-acg[labs]'")


async def _unknown(asked: Asked, key: str, reader: LabReader) -> click.UsageError:
    """Why a name is none of the catalog: Azure has such a plan, or it is misspelt."""
    for subscription in dict.fromkeys(one.subscription for one in asked.plans if one.kind is Kind.PLAN):
        for name, group in await reader.plans(subscription):
            if name.lower() == key.lower():
                return click.UsageError(
                    f"Azure has a lab plan {inert(name)} in resource group {inert(group)}, but {asked.catalog} does "
                    "not declare it. To refer to it, add "
                    f"{{resourceGroup: {inert(group)}, existing: true}} under labPlans."
                )
    known = [one.key for one in asked.plans]
    near = suggest(key, known)
    hint = f"did you mean {near[0]}?" if near else f"it declares {', '.join(known)}"
    return click.UsageError(f"{asked.catalog} declares no lab plan or account {key!r}: {hint}")
