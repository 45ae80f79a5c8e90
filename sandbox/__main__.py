"""The command line of the embedded Azure. Exit codes: 0 fine, 2 it could not begin; `exec` passes on its command's."""

import sys
from pathlib import Path

import click

from sandbox.engine.errors import EngineError
from sandbox.launcher.errors import LauncherError
from sandbox.launcher.folder import DEFAULT_STATE, StateFolder

_state = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_STATE,
    help="Where this embedded Azure keeps everything.  [default: .sandbox in the checkout]",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """An Azure on this machine, for the real Pulumi engine."""


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where Resource Manager listens; 0: any.")
@_state
def serve(port: int, state: Path) -> None:
    """Run an embedded Azure until Ctrl-C; print one JSON line that says where it listens."""
    from sandbox.launcher.serve import serve

    serve(StateFolder.open(state), port)


@cli.command("exec", context_settings={"ignore_unknown_options": True})
@_state
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(state: Path, command: tuple[str, ...]) -> None:
    """Run a command with the Pulumi CLI on PATH and the embedded Azure attached.

    In a Pulumi project the stack is `dev` unless PULUMI_STACK names another; its settings are a copy of
    Pulumi.STACK.yaml in the state folder. The exit code is the command's.
    """
    from sandbox.launcher.attach import execute

    sys.exit(execute(StateFolder.open(state), command))


@cli.command()
@_state
def reset(state: Path) -> None:
    """Forget the embedded Azure and its Pulumi state together."""
    from sandbox.launcher.reset import reset

    reset(StateFolder.open(state))


@cli.command()
@_state
def status(state: Path) -> None:
    """Show which galleries, image definitions and versions stand where."""
    from sandbox.launcher.status import print_status

    print_status(state)


def main() -> None:
    """Run the command line; say what stopped it, and never show a traceback for that."""
    try:
        cli(prog_name="python -m sandbox")
    except (EngineError, LauncherError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
