"""`pulumi-language-python`: print the port on standard output, serve until asked to stop, leave no child behind.

Every `pulumi` command with a Python program starts this, so nothing is imported that is not used: see `_stubs`.
"""

import os
import signal
import stat
import sys
import threading
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parents[3]))

from acg_sandbox.engine.language_host import _stubs

_stubs.load_only_what_is_used()

from acg_sandbox.engine.language_host import service  # noqa: E402  # needs the stubs to be in place


def main(argv: list[str]) -> NoReturn:
    """Serve the engine whose address is the last argument; flags that the engine adds before it are its own."""
    stopped, stop = os.pipe()
    os.set_blocking(stop, False)
    # A flag that a handler sets would be seen only once the main thread runs again, and the signal may have interrupted
    # another one. What is written here wakes it in any case.
    signal.set_wakeup_fd(stop, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    if stat.S_ISFIFO(os.fstat(0).st_mode):  # the engine holds the other end: it closes when the engine dies
        threading.Thread(target=_wait_for_end_of_input, args=(stop,), daemon=True).start()
    with service.serving(engine_address=argv[-1] if argv else "") as port:
        print(port, flush=True)
        os.read(stopped, 1)
    os._exit(0)  # every child has ended; threads that gRPC still holds are not worth waiting for


def _wait_for_end_of_input(stop: int) -> None:
    while os.read(0, 4096):
        pass
    os.write(stop, b"\0")


if __name__ == "__main__":
    main(sys.argv[1:])
