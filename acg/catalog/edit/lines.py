"""Lines of a text: comments that belong to what is removed, and proof that no other line changed."""

from collections.abc import Collection, Iterable

from acg.catalog.edit.model import EditError


def comments_above(text: str, removed: Iterable[range]) -> set[int]:
    """The lines, from 0, of comments that are directly above what is removed."""
    found: set[int] = set()
    lines = text.splitlines()
    for entry in removed:
        if not entry or not _begins_line(lines, entry.start):
            continue
        above = entry.start - 1
        while above >= 0 and lines[above].lstrip().startswith("#"):
            found.add(above)
            above -= 1
    return found


def require_untouched(before: str, after: str, named: Collection[int]) -> None:
    """See that every line which no edit names is still there, in its order, with the same characters.

    Raises:
        EditError: if one is not.
    """
    rest = iter(after.splitlines(keepends=True))
    for number, line in enumerate(before.splitlines(keepends=True)):
        if number in named:
            continue
        if not any(line == other or (line.rstrip("\r\n") == line and other.rstrip("\r\n") == line) for other in rest):
            raise EditError(f"line {number + 1} would change, though no edit names it")


def _begins_line(lines: list[str], number: int) -> bool:
    """Whether the line holds one entry only, so that a comment above can be about nothing else."""
    return number < len(lines) and not lines[number].lstrip().startswith(("{", "["))
