"""Install the packages that a lock file names into the Python that runs this, and show how far that has got.

`python .ci/packages.py requirements-dev.lock`. It uses the standard library alone, for there is nothing else yet.
"""

import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

INTERVAL = 10.0
"""Seconds between two lines in a pipe; a terminal gets one line that changes."""

CLEAR = "\r\x1b[K"
"""Begins a terminal's line anew."""

PIP = ("install", "--disable-pip-version-check", "--progress-bar", "off", "--require-hashes")
# azure-native has 6,000 modules, of which a program imports a few: those are compiled when they are first imported.
INSTALL = (sys.executable, "-m", "pip", *PIP, "--no-compile", "--requirement")


def install(lock: Path) -> int:
    """Run pip, and give its exit code; what it printed is shown only if it failed."""
    total = sum("==" in line for line in lock.read_text().splitlines())
    print(f"Installing {total} Python packages into {sys.prefix}", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "pip.log")
        command = [*INSTALL, str(lock)]
        with log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=output) as pip:  # noqa: S603  # pip, and the file that make names
            shown = start
            while pip.poll() is None:
                time.sleep(0.5)
                now = time.monotonic()
                if sys.stdout.isatty():
                    print(f"{CLEAR}  {now - start:3.0f} s  {_state(log, total)}", end="", flush=True)
                elif now - shown >= INTERVAL:
                    shown = now
                    print(f"  {now - start:3.0f} s  {_state(log, total)}", flush=True)
        if pip.returncode:
            sys.stderr.write(log.read_text(errors="replace"))
        else:
            print(f"{CLEAR if sys.stdout.isatty() else ''}  done in {time.monotonic() - start:.0f} s")
    return pip.returncode


def _state(log: Path, total: int) -> str:
    """What pip is doing: it downloads every package, then unpacks one after the other."""
    printed = log.read_text(errors="replace")
    if "Installing collected packages" not in printed:
        return f"{sum(line.startswith('Collecting ') for line in printed.splitlines())} of {total} downloaded"
    unpacked = len(list(Path(sysconfig.get_path("purelib")).glob("*.dist-info")))
    return f"{min(unpacked, total)} of {total} unpacked"


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
