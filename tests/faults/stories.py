"""What the tests of this folder prove, told in a form of which both the tests and ``docs/faults.md`` are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True)
class Story:
    """One thing that goes wrong, what is seen of it, and how it ends well.

    Attributes:
        what: What goes wrong.
        faults: The faults of the embedded Azure that make it happen; tests arm exactly these.
        says: Parts of what the CLI prints, in the order in which the user meets them; none: nothing is to be seen.
        do: The steps out of it. One that begins with ``pulumi`` is a command and is run as it stands, its words
            in capitals filled in; any other is done by the test.
        hint: What else the user wants to know.
    """

    what: str
    faults: tuple[dict[str, Any], ...] = ()
    says: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    hint: str = ""


def proves(*stories: Story) -> Callable[[Test], Test]:
    """Say of a test which stories it proves."""

    def mark(test: Test) -> Test:
        test.__dict__["stories"] = stories
        return test

    return mark
