"""A table of what exists: every gallery, image definition and version, its regions and how far it has got."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from acg_sandbox.arm import read_status
from acg_sandbox.escaping import printable

HEADINGS = ("Gallery", "Image definition", "Version", "Regions", "State")


@dataclass(frozen=True)
class Line:
    """One version; an image definition or gallery without any has a line of its own, with the last names empty."""

    gallery: str
    image: str = ""
    version: str = ""
    regions: str = ""
    state: str = ""


def print_status(state: Path) -> None:
    """Print the table: framed on a terminal, plain columns in a pipe. The embedded Azure need not run."""
    lines = standing(state)
    console = Console()
    if not lines:
        print("There is no gallery here.")
    elif console.is_terminal:
        console.print(_framed(lines))
    else:
        print("\n".join(_plain(lines)))


def standing(state: Path) -> list[Line]:
    """What is in the embedded Azure of a state folder, versions in the order of their numbers."""
    rows = sorted(read_status(state), key=lambda row: (row["subscription"], row["group"].lower(), _order(row["name"])))
    parents = {row["id"].rpartition("/")[0].rpartition("/")[0].lower() for row in rows}
    return [
        Line(*map(printable, (*_names(row["name"]), ", ".join(row["regions"]) or row["location"], row["state"])))
        for row in rows
        if row["id"].lower() not in parents
    ]


def _names(path: str) -> tuple[str, str, str]:
    gallery, image, version = [*path.split("/"), "", ""][:3]
    return gallery, image, version


def _order(path: str) -> tuple[str, str, Sequence[int]]:
    gallery, image, version = _names(path)
    return gallery.lower(), image.lower(), [int(part) for part in version.split(".") if part]


def _framed(lines: list[Line]) -> Table:
    table = Table(*HEADINGS)
    before = Line("")
    for line in lines:
        same_gallery = line.gallery == before.gallery
        table.add_row(
            "" if same_gallery else Text(line.gallery),
            "" if same_gallery and line.image == before.image else Text(line.image),
            *map(Text, astuple(line)[2:]),  # rich reads square brackets in plain text as markup
        )
        before = line
    return table


def _plain(lines: list[Line]) -> Iterator[str]:
    cells: list[tuple[Any, ...]] = [HEADINGS, *map(astuple, lines)]
    widths = [max(len(cell[column]) for cell in cells) for column in range(len(HEADINGS))]
    for cell in cells:
        yield "  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True)).rstrip()
