"""``make test-clients``: real clients against an embedded Azure, and how many operations of each passed."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import click

from acg_sandbox.arm import Settings
from acg_sandbox.arm.server import Server
from acg_sandbox.launcher.clients import client_environment
from acg_sandbox.launcher.folder import STATE, Addresses, StateFolder
from tests.clients import ansible_client, az, go_client, java_client, node_client, recorder
from tests.clients.suite import MissingRuntimeError, Outcome, Place

CLIENTS = {"az": az, "ansible": ansible_client, "go": go_client, "node": node_client, "java": java_client}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(CLIENTS)))
@click.option("--record", is_flag=True, help="Keep the requests for the replays of `make test`.")
def main(names: tuple[str, ...], record: bool) -> None:
    """Run the suites of these clients, otherwise of all; exits with 1 when an operation failed."""
    failed = [name for name in names or CLIENTS if not _passes(name, record)]
    sys.exit(1 if failed else 0)


def _passes(name: str, record: bool) -> bool:
    client = CLIENTS[name]
    try:
        outcomes, exchanges = _run(client)
    except MissingRuntimeError as missing:
        print(f"{name} ({client.PACKAGE}): not run, {missing}", flush=True)
        return True
    wrong = [one for one in outcomes if one.problem]
    print(
        f"{name} ({client.PACKAGE}): {len(outcomes)} operations tried, {len(outcomes) - len(wrong)} passed", flush=True
    )
    for one in wrong:
        print(f"  {one.operation}: {one.problem}")
    if record and not wrong:
        recorder.write(name, client.PACKAGE, exchanges)
    return bool(outcomes) and not wrong


def _run(client: ModuleType) -> tuple[list[Outcome], list[recorder.Exchange]]:
    """Every outcome of a client, and what it asked."""
    with tempfile.TemporaryDirectory() as home:
        state = StateFolder.open(Path(home) / STATE)
        with state.lock("server"), Server(state.root, Settings()) as server:
            addresses = Addresses(server.http, 0, os.getpid(), server.https, str(server.ca))
            state.announce(addresses)
            place = Place(Path(home), {**os.environ, **client_environment(addresses)})
            with recorder.recording(server.app) as exchanges:
                return list(client.run(place)), exchanges


if __name__ == "__main__":
    main()
