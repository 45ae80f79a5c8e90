"""`pulumi-language-python`: print the port on standard output, serve until asked to stop, leave no child behind.

Every `pulumi` command with a Python program starts this, so nothing is imported that is not used: see `_stubs`.
"""

import os
import signal
import stat
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from acg_sandbox.engine.language_host import _stubs

_stubs.load_only_what_is_used()

from acg_sandbox.engine.language_host import service  # noqa: E402  # needs the stubs to be in place


def main(argv: list[str]) -> int:
    """Serve the engine whose address is the last argument; flags that the engine adds before it are its own."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if stat.S_ISFIFO(os.fstat(0).st_mode):  # the engine holds the other end: it closes when the engine dies
        threading.Thread(target=_wait_for_end_of_input, args=(stop,), daemon=True).start()
    with service.serving(engine_address=argv[-1] if argv else "") as port:
        print(port, flush=True)
        stop.wait()
    return 0


def _wait_for_end_of_input(stop: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
