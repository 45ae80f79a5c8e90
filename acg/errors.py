"""Everything that the project raises, and `Problem`, the one form of every message about invalid input.

```
AcgError
├── InputError            carries every problem found                        (exit 2)
│   └── CatalogError      the catalog cannot be used
├── Refused               rules failed; carries their findings               (exit 1)
├── ReaderError           Azure, Git or a file did not answer                (exit 2)
├── MissingExtraError     an optional part of the product is not installed   (exit 2)
└── MalformedTextError    text is not what it should be; also a ValueError   (exit 2)
    ├── VersionNumberError    acg.azure.version_number
    └── ResourceIdError       acg.azure.resource_id
```
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from acg.text import inert, inert_lines, redacted, without_commands

NAMES = {
    "ACG001": "input-unreadable",
    "ACG002": "yaml-broken",
    "ACG003": "yaml-refused",
    "ACG004": "duplicate-key",
    "ACG005": "unknown-key",
    "ACG006": "missing-key",
    "ACG007": "wrong-shape",
    "ACG008": "key-not-text",
    "ACG009": "declared-twice",
    "ACG010": "catalog-empty",
    "ACG011": "keys-at-odds",
    "ACG012": "circular-reference",
    "ACG013": "end-of-life-unknown",
    "ACG014": "unknown-reference",
    "ACG015": "hidden-character",
    "ACG016": "template-left-in",
    "ACG020": "guardrails-unreadable",
    "ACG021": "unknown-rule",
    "ACG022": "wrong-setting",
    "ACG023": "own-rules-unusable",
}
"""Names of the codes that problems with unusable input have.

ACG09x are the rule engine's own, and the codes of rules begin at ACG100.
"""


class Problem(NamedTuple):
    """Why a piece of input cannot be used: what, where, why, and how to fix it."""

    code: str
    """One of `NAMES`."""
    message: str
    """What is wrong, as a sentence without a full stop."""
    fix: str
    """What to do, as a sentence."""
    why: str | None = None
    """What it is good for to refuse this, where the message does not say so."""
    file: str | None = None
    line: int | None = None
    """Line in the file, from 1."""
    column: int | None = None
    """Column in the line, in characters, from 1."""
    length: int = 1
    """Characters that are meant, from there on in that line."""
    path: tuple[str | int, ...] = ()
    """Keys that lead to the place in the catalog, as written in YAML."""

    @property
    def name(self) -> str:
        """Name of the code, such as ``duplicate-key``."""
        return NAMES[self.code]

    @property
    def place(self) -> str:
        """The place as ``file:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        head = f"{inert(self.place)}  " if self.place else ""
        lines = [f"{head}error {self.code} {self.name}", f"    {inert(self.message)}"]
        lines += [f"  why   {inert(self.why)}"] if self.why else []
        return without_commands("\n".join([*lines, f"  fix   {inert(self.fix)}"]))


MOST_LISTED = 1_000
"""Problems or findings that one error shows; nobody reads more, and a hostile catalog can have millions."""


def _joined(listed: Sequence[object]) -> str:
    more = [f"and {len(listed) - MOST_LISTED:,} more"] if len(listed) > MOST_LISTED else []
    return "\n".join([*map(str, listed[:MOST_LISTED]), *more])


class AcgError(Exception):
    """Base of everything that the project raises."""

    exit_code: ClassVar[int] = 2
    """What a command that ends with this error answers to the shell."""

    @property
    def printed(self) -> str:
        """What a command prints of it: harmless, for what Git, a host or a file says may be anybody's words."""
        return f"acg: {inert_lines(str(self))}"


class InputError(AcgError):
    """Input cannot be used: settings, arguments or a catalog."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_joined(self.problems))

    @property
    def printed(self) -> str:
        """The problems, each of which begins with where it is."""
        return inert_lines(str(self))


class CatalogError(InputError):
    """A catalog cannot be used; carries the problems of all its files at once."""


class Refused(AcgError):  # noqa: N818 - an outcome that was asked for, not a fault
    """Rules failed."""

    exit_code = 1

    def __init__(self, findings: Sequence[object]) -> None:
        self.findings = tuple(findings)
        super().__init__(_joined(self.findings))


class ReaderError(AcgError):
    """Azure, Git or a file did not answer."""


class MissingExtraError(AcgError):
    """A part of the product that is installed on demand is not there."""


class MalformedTextError(AcgError, ValueError):
    """Text is not what it should be."""


_SHOWN = 200


def shown(value: object) -> str:
    """A value as a message shows it: in quotes if it is text, and shortened if it is long."""
    try:
        text = redacted(repr(value))
    except ValueError:
        return "a number with thousands of digits"  # which Python refuses to print
    return brief(text, _SHOWN)


def brief(text: str, most: int = 1_000) -> str:
    """Text without its middle, if it is long: a message is to be read, whatever it quotes."""
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"
