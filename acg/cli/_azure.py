"""What commands that read Azure share: the options that say which one, and the session that reads."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from acg.live.connection import Connection
    from acg.live.observe import Observed
    from acg.live.session import Session
    from acg.state.observed import Question, Snapshot

_CLOUDS: Final = ("AzureCloud", "AzureChinaCloud", "AzureUSGovernment")
_EXTRA: Final = frozenset({"aiohttp", "azure", "msal"})

Read = TypeVar("Read")


class AzureOptions(NamedTuple):
    """Which Azure a command reads, as its options say."""

    arm: str | None
    """Address of another Resource Manager than the cloud's."""
    cloud: str
    ca: Path | None
    """File of certificate authorities."""


def azure_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which Azure is read; the command gets them as ``azure``."""

    @wraps(command)
    def with_azure(*given: Any, arm: str | None, cloud: str, ca: Path | None, **options: Any) -> Any:
        return command(*given, azure=AzureOptions(arm, cloud, ca), **options)

    for option in (
        click.option(
            "--ca",
            type=click.Path(path_type=Path),
            envvar="ACG_CA",
            help="Certificate authorities to trust (default: ACG_CA, REQUESTS_CA_BUNDLE or SSL_CERT_FILE).",
        ),
        click.option("--cloud", type=click.Choice(_CLOUDS), default=_CLOUDS[0], show_default=True, help="Which Azure."),
        click.option(
            "--arm",
            metavar="URL",
            envvar="ACG_ARM",
            help="Another Resource Manager than that of the cloud (default: ACG_ARM, if it is set).",
        ),
    ):
        with_azure = option(with_azure)
    return with_azure


def read_azure(read: Callable[[Session], Awaitable[Read]], azure: AzureOptions) -> Read:
    """Do something with a session, and give what came of it.

    Args:
        read: Is given the session.
        azure: Which Azure.

    Raises:
        InputError: the options cannot be used.
        MissingExtraError: the extra ``live`` is not installed.
        ReaderError: nobody is logged in.
    """
    from acg.live.connection import connection

    settled = connection(os.environ, *azure)
    try:
        from acg.live.session import Session
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        from acg.errors import MissingExtraError

        raise MissingExtraError("reading Azure needs more packages: pip install 'pulumi-acg[live]'") from None
    return asyncio.run(_within(Session, settled, read))


def observe_azure(question: Question, azure: AzureOptions, *, since: Snapshot | None, replication: bool) -> Observed:
    """Read what a question asks for, showing on a terminal how far it is.

    Args:
        question: What is wanted.
        azure: Which Azure.
        since: An earlier snapshot: replication is read where that does not know it to be complete.
        replication: Whether to read the replication of all versions.

    Raises:
        InputError: the options cannot be used.
        MissingExtraError: the extra ``live`` is not installed.
        ReaderError: nobody is logged in.
    """
    now = datetime.now(UTC)

    async def read(session: Session) -> Observed:
        from acg.live.observe import observe

        return await observe(session, question, now=now, since=since, replication=replication, tell=_tell)

    try:
        return read_azure(read, azure)
    finally:
        _tell("")


def _tell(text: str) -> None:
    """Show how far the reading is, on a line that the next one overwrites; on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)


async def _within(
    session: Callable[[Connection], Session], settled: Connection, read: Callable[[Session], Awaitable[Read]]
) -> Read:
    async with session(settled) as opened:
        return await read(opened)
