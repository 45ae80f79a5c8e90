"""The command line of the embedded Azure. Exit codes: 0 fine, 2 it could not begin; `exec` passes on its command's."""

import os
import sys
from pathlib import Path
from uuid import UUID

import click

from acg_sandbox.engine.errors import EngineError
from acg_sandbox.engine.project import target_of
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder, default_state

_state = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    callback=lambda _context, _option, state: state or default_state(Path.cwd()),
    help="Where this embedded Azure keeps everything.  [default: .sandbox beside Pulumi.yaml, otherwise here]",
)


_subscriptions = click.option(
    "--subscription",
    "subscriptions",
    type=click.UUID,
    multiple=True,
    metavar="ID",
    help="A subscription that exists from now on, beside the two that always do. Repeatable.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """An Azure on this machine, for the real Pulumi engine."""


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where Resource Manager listens; 0: any.")
@click.option(
    "--https-port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The same over TLS; 0: the port that this state folder had last time, if it is free.",
)
@click.option(
    "--pace",
    type=click.FloatRange(min=0),
    default=0.0,
    help="How long operations take: 0 no time, 1 as long as in the real Azure, 0.01 a hundredth of it.",
)
@_subscriptions
@_state
def serve(port: int, https_port: int, pace: float, subscriptions: tuple[UUID, ...], state: Path) -> None:
    """Run an embedded Azure until Ctrl-C; print one JSON line that says where it listens."""
    from acg_sandbox.launcher.azure import Listen
    from acg_sandbox.launcher.serve import serve

    serve(StateFolder.open(state), Listen(port, https_port), pace, [str(one) for one in subscriptions])


@cli.command("exec", context_settings={"ignore_unknown_options": True})
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where this embedded Azure keeps everything.  [default: .sandbox beside the command's Pulumi.yaml]",
)
@_subscriptions
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def exec_(state: Path | None, subscriptions: tuple[UUID, ...], command: tuple[str, ...]) -> None:
    """Run a command with the Pulumi CLI on PATH and the embedded Azure attached.

    In a Pulumi project the stack is the one that `pulumi --stack` or PULUMI_STACK names, otherwise `dev`. Its settings
    are those of the project's Pulumi.STACK.yaml, and `pulumi config set` changes that file. The exit code is the
    command's.
    """
    from acg_sandbox.launcher.attach import execute

    target = target_of(command, Path.cwd(), os.environ.get("PULUMI_STACK"))
    folder = StateFolder.open(state or default_state(target.folder))
    sys.exit(execute(folder, command, target, [str(one) for one in subscriptions]))


@cli.command()
@click.option("--from", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, help="YAML or JSON.")
@_state
def seed(file: Path, state: Path) -> None:
    """Let the subscriptions and resources that a file lists exist, such as the sources that a catalog names.

    It holds a list of resources as Azure shows them, each with its id, or a mapping of `subscriptions` and `resources`.
    What is there already stays as it is.
    """
    from acg_sandbox.launcher.seed import seed

    click.echo(seed(StateFolder.open(state), file))


@cli.command()
@_state
def env(state: Path) -> None:
    """Print what clients of Azure need to reach the running embedded Azure: `eval "$(acg-sandbox env)"`."""
    from acg_sandbox.launcher.clients import env_lines

    click.echo("\n".join(env_lines(StateFolder.open(state))))


@cli.command()
@_state
def reset(state: Path) -> None:
    """Forget the embedded Azure and its Pulumi state together."""
    from acg_sandbox.launcher.reset import reset

    reset(StateFolder.open(state))


@cli.command()
@_state
def status(state: Path) -> None:
    """Show which galleries, image definitions and versions exist, and where."""
    from acg_sandbox.launcher.status import print_status

    print_status(state)


@cli.command()
@_state
@click.option("--method", help="Only this one: PUT, PATCH, DELETE, GET, POST.")
@click.option("--path", default="", help="Only where the path has this part, in any case.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def log(state: Path, method: str | None, path: str, as_json: bool) -> None:
    """Show what was asked of the embedded Azure, oldest first."""
    from acg_sandbox.launcher.log import log_lines

    for line in log_lines(state, method=method, path=path, as_json=as_json):
        click.echo(line)


@cli.group()
def fault() -> None:
    """Let the embedded Azure fail on request, running or not."""


@fault.command()
@_state
@click.argument("kind")
@click.argument("settings", nargs=-1, metavar="[NAME=VALUE]...")
def add(state: Path, kind: str, settings: tuple[str, ...]) -> None:
    """Arm a fault and print its number: `fault add throttle method=PUT path=versions times=3`.

    `fault kinds` lists what there is.
    """
    from acg_sandbox.launcher.faults import arm_fault

    click.echo(arm_fault(state, kind, settings))


@fault.command("list")
@_state
def list_(state: Path) -> None:
    """Show the faults, the calls each was about and how many it struck."""
    from acg_sandbox.launcher.faults import fault_lines

    for line in fault_lines(state):
        click.echo(line)


@fault.command()
@_state
@click.argument("number", type=int, required=False)
def clear(state: Path, number: int | None) -> None:
    """Forget one fault, or all."""
    from acg_sandbox.arm import clear_faults

    clear_faults(state, number)


@fault.command()
def kinds() -> None:
    """Show what can go wrong."""
    from acg_sandbox.launcher.faults import kinds

    click.echo(kinds())


def main() -> None:
    """Run the command line; say what stopped it, and never show a traceback for that."""
    try:
        cli(prog_name="acg-sandbox")
    except (EngineError, LauncherError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "acg_sandbox":
            raise
        print(f"error: acg-sandbox needs the Python package {error.name!r}, which is not installed.", file=sys.stderr)
        print('Fix: pip install "pulumi-acg[sandbox]"', file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
