"""What the components change in the process of a program, against the SDK that is installed."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi_acg import _patches

from acg import _gc
from tests.components.mocked import run

COUNT = 200


def slow(number: int) -> "pulumi.Output[int]":
    """An Output that takes turns of the loop, each another number of them, so that one is done at a time."""

    async def value() -> int:
        for _ in range(4 * number):
            await asyncio.sleep(0)
        return number

    return pulumi.Output.from_input(value())


def looks(monkeypatch: pytest.MonkeyPatch, program: Any) -> int:
    """At how many Outputs the SDK looks, all looks together, until those of a program are done."""
    seen: list[int] = []
    wait = asyncio.wait

    def counting(tasks: Any, **how: Any) -> Any:
        seen.append(len(tasks))
        return wait(tasks, **how)

    with monkeypatch.context() as patched:
        patched.setattr(asyncio, "wait", counting)
        run(program)
    return sum(seen)


def test_outputs_are_waited_for_once_and_not_once_for_each_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def alone() -> None:
        for number in range(COUNT):
            slow(number)

    def together() -> None:
        alone()
        _patches.await_outputs_together()

    assert looks(monkeypatch, together) < 3 * COUNT
    assert looks(monkeypatch, alone) > 10 * COUNT, "the SDK has become quick by itself: the patch can go"


def test_an_output_that_fails_fails_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(number: int) -> int:
        raise pulumi.RunError(f"{number} is refused")

    def program() -> None:
        slow(1)
        slow(5).apply(refuse)
        _patches.await_outputs_together()

    with pytest.raises(pulumi.RunError, match="5 is refused"):
        looks(monkeypatch, program)


def test_nothing_outstanding_is_nothing_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looks(monkeypatch, _patches.await_outputs_together) == 0


def test_a_lean_program_logs_above_debug_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    debug, off = pulumi.log.debug, []
    monkeypatch.setattr(_gc, "off", lambda: off.append(True))
    monkeypatch.setattr(pulumi.log, "debug", debug)
    _patches.run_lean()
    assert off
    assert pulumi.log.debug is not debug
    assert pulumi.log.debug("nothing", None) is None
    source = Path(str(pulumi.runtime.resource.__file__)).read_text()
    assert "log.debug(" in source, "the SDK calls it by its module, so that replacing it there is enough"


def test_the_limit_of_stack_traces_is_put_back() -> None:

    assert not hasattr(sys, "tracebacklimit")
    with _patches.no_stack_trace():
        assert sys.tracebacklimit == 1
    assert not hasattr(sys, "tracebacklimit")
    sys.tracebacklimit = 7
    try:
        with _patches.no_stack_trace():
            pass
        assert sys.tracebacklimit == 7
    finally:
        del sys.tracebacklimit
