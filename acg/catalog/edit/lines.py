"""Lines of a text: comments that belong to what is removed, and proof that no other line changed."""

from collections.abc import Collection, Iterable, Iterator

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
        if number not in named and not _follows(line, rest):
            raise EditError(f"line {number + 1} would change, though no edit names it")


def _follows(line: str, rest: Iterator[str]) -> bool:
    """Whether the line is among the rest, which is used up to it; a last line without an end may have got one."""
    for other in rest:  # noqa: SIM110 - a generator for each line of a large file takes twice as long
        if other == line or (not line.endswith(("\r", "\n")) and other.rstrip("\r\n") == line):
            return True
    return False


def _begins_line(lines: list[str], number: int) -> bool:
    """Whether the line holds one entry only, so that a comment above can be about nothing else."""
    return number < len(lines) and not lines[number].lstrip().startswith(("{", "["))
