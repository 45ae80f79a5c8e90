"""``python -m tests.faults.table > docs/faults.md``: what the tests of this folder prove, as a page for users."""

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tests.faults.stories import Story

HEAD = """\
<!-- Made by `python -m tests.faults.table > docs/faults.md`; a test fails when it is not current. -->
# When something goes wrong
What a deployment meets when Azure, the network, the machine or other people fail, what is to be seen of it, and the way
out. Every row is a test with the real Pulumi engine and the components, or with `acg labs save`, and with an embedded
Azure that fails on request: the messages are those that the test found, the commands those that it ran. In the end what
is in Azure is what is declared, Pulumi's state equals what Azure lists, and the request log shows that nothing was
created twice.

azure-native is played by a stand-in that follows its source ([sandbox.md](sandbox.md)); the real one words some errors
of the network otherwise. To see a fault for yourself, put the text under *try it* behind
`acg-sandbox fault add`, with paths of your own catalog, and deploy with `acg-sandbox exec -- pulumi up`.
"""
ORDER = ("test_ridden_out", "test_carried_on", "test_interrupted", "test_refused", "test_by_others", "test_saved")
COLUMNS = ("what goes wrong", "what you see", "what to do", "try it", "proven by")


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name in ORDER:
        module = importlib.import_module(f"tests.faults.{name}")
        title, _, text = inspect.cleandoc(module.__doc__ or "").replace("``", "`").partition(": ")
        parts.append(f"\n## {title}\n{text[:1].upper()}{text[1:]}\n\n{_row(COLUMNS)}{_row(['---'] * len(COLUMNS))}")
        parts += [_row(_cells(name, test, story)) for test, story in stories(module)]
    return "".join(parts)


def stories(module: ModuleType) -> Iterator[tuple[str, Story]]:
    """The stories of a module's tests, each with the test that proves it, in the order in which they are told."""
    for name, test in vars(module).items():
        for story in getattr(test, "stories", ()):
            yield name, story


def everything() -> Iterator[tuple[str, Story]]:
    """The stories of all tests."""
    for name in ORDER:
        yield from stories(importlib.import_module(f"tests.faults.{name}"))


def command(fault: dict[str, Any]) -> str:
    """A fault as it is written behind ``acg-sandbox fault add``."""
    return " ".join([fault["fault"], *(f"{name}={value}" for name, value in fault.items() if name != "fault")])


def _cells(module: str, test: str, story: Story) -> Iterator[str]:
    yield story.what
    yield "<br>".join(_code(part) for part in story.says) or "nothing; it takes longer"
    steps = [_code(step) if step.startswith("pulumi ") else step for step in story.do] or ["nothing"]
    if len(steps) > 1:
        steps = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    yield "<br>".join([*steps, *([story.hint] if story.hint else [])])
    yield "<br>".join(_code(command(fault)) for fault in story.faults)
    yield f"[{test.removeprefix('test_').replace('_', ' ')}](../tests/faults/{module}.py)"


def _code(text: str) -> str:
    return f"`{text.strip()}`"


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    print(page(), end="")
