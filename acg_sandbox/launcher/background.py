"""The server that commands share: `python -m acg_sandbox.launcher.background STATE`, started by the first of them.

It ends when it alone is left with the state folder, which is when the last command has ended.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path

from acg_sandbox.launcher.azure import embedded_azure
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder


def main(state: Path) -> int:
    """Serve until nobody uses the state folder."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = StateFolder.open(state)
    try:
        with contextlib.ExitStack() as last, folder.lock("server", wait=False) as free:
            if not free:
                raise LauncherError(f"{state} has a server already.")
            with embedded_azure(folder.root) as addresses:
                folder.announce(addresses)
                print(addresses.line, flush=True)
                # Let go last: a command that waits for it must find no server that is about to end.
                last.enter_context(folder.lock("users"))
        return 0
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
