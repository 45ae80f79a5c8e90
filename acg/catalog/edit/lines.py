"""Lines of a text: which belong to what is removed, and proof that no other line changed.

Lines end with a line feed alone, as YAML 1.2 and Git count them; other characters that Python takes for an end may be
in comments.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from io import StringIO

from acg.catalog.edit.model import EditError


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its end."""
    return StringIO(text, newline="\n").readlines()


def without_lines(lines: Sequence[str], numbers: Collection[int]) -> str:
    """The text without some lines, counted from 0."""
    return "".join(line for number, line in enumerate(lines) if number not in numbers)


def comments_above(lines: Sequence[str], removed: Iterable[range]) -> set[int]:
    """The lines, from 0, of comments that are directly above what is removed."""
    found: set[int] = set()
    for entry in removed:
        if not entry or not _begins_line(lines, entry.start):
            continue
        above = entry.start - 1
        while above >= 0 and _is_comment(lines[above]):
            found.add(above)
            above -= 1
    return found


def with_comments_inside(lines: Sequence[str], entry: range) -> range:
    """The lines of an entry with the comments at its end that are indented deeper than its key: they are about it."""
    end = entry.stop
    for number in range(entry.stop, len(lines)):
        if not _is_comment(lines[number]) or _indentation(lines[number]) <= _indentation(lines[entry.start]):
            break
        end = number + 1
    return range(entry.start, end)


def blank_lines(lines: Sequence[str], within: range) -> set[int]:
    """The lines without any text."""
    return {number for number in within[: len(lines) - within.start] if not lines[number].strip()}


def line_before(lines: Sequence[str], number: int) -> int:
    """The line above one with something else than a comment on it."""
    number -= 1
    while number > 0 and (not lines[number].strip() or _is_comment(lines[number])):
        number -= 1
    return number


def require_untouched(before: str, after: str, named: Collection[int]) -> None:
    """See that every line which no edit names is still there, in its order, with the same characters.

    Raises:
        EditError: if one is not.
    """
    rest = iter(lines_of(after))
    for number, line in enumerate(lines_of(before)):
        if number not in named and not _follows(line, rest):
            raise EditError(f"line {number + 1} would change, though no edit names it")


def _follows(line: str, rest: Iterator[str]) -> bool:
    """Whether the line is among the rest, which is used up to it; a last line without an end may have got one."""
    for other in rest:  # noqa: SIM110 - a generator for each line of a large file takes twice as long
        if other == line or (not line.endswith("\n") and other.rstrip("\r\n") == line):
            return True
    return False


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _begins_line(lines: Sequence[str], number: int) -> bool:
    """Whether the line holds one entry only, so that a comment above can be about nothing else."""
    return number < len(lines) and not lines[number].lstrip().startswith(("{", "["))
