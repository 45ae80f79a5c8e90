"""``python -m acg_sandbox.arm --port N --state DIR``: the endpoint alone; prints one JSON line with its address."""

import argparse
import json
import signal
from pathlib import Path

from acg_sandbox.arm.server import Server
from acg_sandbox.arm.state.settings import Settings

_ENDINGS = (signal.SIGINT, signal.SIGTERM)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="acg_sandbox.arm", description="The embedded Azure's ARM endpoint.")
    parser.add_argument("--port", type=int, default=0, help="of HTTP; 0 takes a free one")
    parser.add_argument("--https-port", type=int, default=0)
    parser.add_argument("--state", type=Path, default=Path(".sandbox"))
    parser.add_argument(
        "--pace", type=float, default=0.0, help="0: operations end at once; 1: they take as long as recorded"
    )
    asked = parser.parse_args()
    # Blocked before any thread starts, and so in all of them: a handler would run only once this thread does, whichever
    # thread the signal has interrupted.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    with Server(asked.state, Settings(pace=asked.pace), port=asked.port, https_port=asked.https_port) as server:
        print(json.dumps({"arm": server.http, "https": server.https, "ca": str(server.ca)}), flush=True)
        signal.sigwait(_ENDINGS)


if __name__ == "__main__":
    main()
