"""No body brings the embedded Azure down: what real clients sent, with one value of another kind each time."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

from acg_sandbox.arm import Settings
from tests.acg_sandbox.arm.conftest import Arm
from tests.clients.recorder import FOLDER

WRONG: Final[tuple[Any, ...]] = (None, 7, True, "x", [], {}, [{}], [None], 10**30)
EACH: Final = 4
"""Wrong values for each place; which, depends on the place, so that all are met."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inside in members:
        yield from places(inside, (*path, step))


def spoiled(body: Any, path: tuple[Any, ...], wrong: Any) -> Any:
    if not path:
        return wrong
    body = copy.deepcopy(body)
    holder = body
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = wrong
    return body


@pytest.mark.parametrize("client", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_a_wrong_value_is_refused_or_taken_and_breaks_nothing(client: str) -> None:
    arm = Arm(None, seed=Settings().seed)
    broken: list[str] = []
    for exchange in json.loads((FOLDER / f"{client}.json").read_text(encoding="utf-8"))["exchanges"]:
        url, body = f"https://management.test{exchange['target']}", exchange.get("body")
        for number, path in enumerate(places(body) if body is not None else ()):
            for step in range(EACH):
                wrong = WRONG[(number + 2 * step) % len(WRONG)]
                answer = arm.ask(exchange["method"], url, spoiled(body, path, wrong))
                if answer.status_code >= 500:
                    broken.append(f"{exchange['method']} {exchange['target']}: {path} is {wrong!r}")
        arm.ask(exchange["method"], url, body)
    arm.azure.state.store.close()
    assert broken == []
