"""What a program with thousands of resources does without: the garbage collector, and the SDK's debug lines.

Only `declare` asks for it, for a program whose one purpose it is to register a catalog and end.
"""

from typing import Any

import pulumi

from acg import _gc


def run_lean() -> None:
    """Spend the rest of this process on registering resources.

    The collector finds nothing and takes a tenth of the time. And the SDK tells the engine four times for each resource
    what it is doing, in a call of its own each time, which takes a third: the engine shows it with ``--debug`` and
    otherwise writes it to a log file that is there for its own faults. What a program logs above debug arrives as ever.
    """
    _gc.off()
    pulumi.log.debug = _drop


def _drop(*_: Any, **__: Any) -> None:
    """Take the place of `pulumi.log.debug`."""
