"""Every liberty that this package takes with the process that it runs in: each is measured in docs/performance.md.

`run_lean` and `await_outputs_together` are for `declare` alone, whose program registers a catalog and ends.
"""

import asyncio
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pulumi
from pulumi.runtime import settings

from acg import _gc

_SDK: Any = settings.SETTINGS
"""The SDK's state; its annotations do not say what it holds."""


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


def await_outputs_together() -> None:
    """Have the SDK wait once for all Outputs that there are by now.

    When a program has ended, `pulumi.runtime.stack.wait_for_rpcs` waits until one of the outstanding Outputs is done,
    with callbacks to set and to remove on all of them, and again for each that is done: the square of their number.
    Here one task waits for them, as far as the first that fails, and is the only one that the SDK sees.
    """
    with _SDK.lock:
        outstanding = list(_SDK.outputs)
        _SDK.outputs.clear()
    if outstanding:
        together = asyncio.ensure_future(_all(outstanding))
        with _SDK.lock:
            _SDK.outputs.add(together)


async def _all(outputs: Collection[asyncio.Future[Any]]) -> None:
    done, _ = await asyncio.wait(outputs, return_when=asyncio.FIRST_EXCEPTION)
    for output in done:
        await output  # raises what it failed with


@contextmanager
def no_stack_trace() -> Iterator[None]:
    """Keep the SDK from collecting a stack trace, at half a millisecond for each resource.

    It would lead into this package for each of a thousand versions; the line that matters is that of the component,
    whose own trace is kept, or that of the catalog, whose file the component's inputs carry.
    """
    before: Any = getattr(sys, "tracebacklimit", None)
    sys.tracebacklimit = 1
    try:
        yield
    finally:
        if before is None:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = before
