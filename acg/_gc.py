"""The one place where Python's cyclic garbage collector is held back.

Reading a catalog allocates hundreds of thousands of objects and frees none. The collector runs after every few hundred
allocations, looks at more of them each time, and finds nothing: on a catalog of 10,000 versions that is more than half
of the time. Nothing that the reader or the models build is cyclic, so reference counting alone frees it. Views of
resources are, and as many of them live as long as a check does.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held() -> Iterator[None]:
    """Hold the collector back within the block; leave it as it was found."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def let_go() -> None:
    """Keep the collector from looking at anything that exists now: for a process that is about to end.

    Python runs the collector once more when it ends, which takes a fifth of the time of reading 10,000 versions.
    """
    gc.freeze()


def off() -> None:
    """Do without the collector for good: a program that registers resources keeps everything until it ends."""
    gc.freeze()
    gc.disable()
