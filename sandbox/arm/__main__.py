"""``python -m sandbox.arm --port N --state DIR``: the endpoint alone, for trying it out."""

import argparse
from pathlib import Path

import uvicorn

from sandbox.arm.app import create_app
from sandbox.arm.settings import Settings


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.arm", description="The embedded Azure's ARM endpoint.")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--state", type=Path, default=Path(".sandbox"))
    parser.add_argument(
        "--pace", type=float, default=0.0, help="0: operations end at once; 1: they take as long as recorded"
    )
    asked = parser.parse_args()
    app = create_app(asked.state, Settings(pace=asked.pace))
    uvicorn.run(app, host="127.0.0.1", port=asked.port, log_level="warning")


if __name__ == "__main__":
    main()
