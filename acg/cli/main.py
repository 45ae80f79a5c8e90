"""The command `acg`: finds the command that is meant, and turns whatever happens into an exit code.

0: fine. 1: findings. 2: unusable input, or an error of this program. 130 and 141: interrupted, and nobody read the
output, as for any command. Never a traceback, unless ACG_TRACEBACK is set.
"""

import atexit
import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import Final, NoReturn

import click

from acg import __version__, _gc
from acg.errors import AcgError
from acg.text import inert, inert_lines

COMMANDS: Final = {
    "init": "acg.cli.init:init",
    "check": "acg.cli.check:check",
    "comment": "acg.cli.comment:comment",
    "plan": "acg.cli.plan:plan",
    "refresh": "acg.cli.refreshing.refresh:refresh",
    "propose": "acg.cli.refreshing.propose:propose",
    "rollback": "acg.cli.refreshing.rollback:rollback",
    "pin": "acg.cli.refreshing.pin:pin",
    "latest": "acg.cli.latest:latest",
    "show": "acg.cli.show:show",
    "stacks": "acg.cli.stacks:stacks",
    "sources": "acg.cli.existing.sources:sources",
    "preview": "acg.cli.preview:preview",
    "labs": "acg.cli.labs.commands:labs",
    "observe": "acg.cli.existing.observe:observe",
    "adopt": "acg.cli.existing.adopt:adopt",
    "drift": "acg.cli.existing.drift:drift",
    "schema": "acg.cli.schema:schema",
}
"""Each command with its module and function; imported only when the command, or help about it, is asked for."""

_UNUSABLE, _INTERRUPTED, _BROKEN_PIPE = 2, 130, 141
_TRACEBACK: Final = "ACG_TRACEBACK"


class _Commands(click.Group):
    """Commands that are imported on demand, so that none pays for another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        return getattr(import_module(module), function)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="acg")
def cli() -> None:
    """Azure Compute Gallery as code: check and plan catalogs offline, and compare them with what exists."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end the process."""
    _without_plugins()
    with _gc.held():  # a command lives for a moment and frees nothing that matters
        code = run(arguments)
        _gc.let_go()
        _end(code)


def _end(code: int) -> NoReturn:
    """End the process, without taking apart what it has built if nothing waits for that: 3 % of `acg check`.

    Something does if there are threads, what was registered to be done at the end, a profiler or a debugger.
    """
    is_watched = sys.getprofile() is not None or sys.gettrace() is not None
    if threading.active_count() == 1 and not atexit._ncallbacks() and not is_watched:
        with suppress(Exception):  # Python's own end says what is wrong with an output
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def _without_plugins() -> None:
    """Spare the process pydantic's search for plugins in everything that is installed: a tenth of `acg check`'s start.

    Pydantic's own switch, PYDANTIC_DISABLE_PLUGINS, comes too late: the module that reads it imports importlib.metadata
    first, and with it mail, archives and sockets. A stand-in that finds none keeps that module from being imported; if
    another pydantic has no such module, nothing is different but the time.
    """
    stand_in = ModuleType("pydantic.plugin._loader")
    stand_in.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(stand_in.__name__, stand_in)


def run(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit code."""
    try:
        # click's own main ends with 1 on a broken pipe, which here would mean findings
        with cli.make_context("acg", sys.argv[1:] if arguments is None else list(arguments)) as context:
            result = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        click.echo(inert_lines(shown.getvalue()), nl=False, err=True)
        return _UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("acg: interrupted", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that Python's last flush does not fail too
        return _BROKEN_PIPE
    except AcgError as error:
        click.echo(error.printed, err=True)
        return error.exit_code
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            raise
        click.echo(f"acg: unexpected {type(error).__name__}: {inert(' '.join(str(error).split()))}", err=True)
        click.echo(f"     This is a fault in acg. Set {_TRACEBACK}=1 to see where, and report it.", err=True)
        return _UNUSABLE
    return result if isinstance(result, int) else 0
