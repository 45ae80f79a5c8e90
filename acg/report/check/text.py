"""A check for people: what, where, why, how to fix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acg.report.check.checked import Checked, Entry
from acg.text import inert, without_commands

_COLOURS = {"error": "31", "warning": "33", "undecided": "36", "faint": "2", "strong": "1"}

# Compiled where a line is shown, which most checks never do.
_PLAIN = r"""
    "(?:[^"\\]|\\.)*" | '(?:[^']|'')*'    # quoted
    | [^,\]}\s](?:[^,\]}\#]|(?<!\s)\#)*    # plain
"""
_BRACKETS = {"[": "]", "{": "}"}


def render(checked: Checked, *, colour: bool = False) -> str:
    """Findings with their lines, then what could not be decided, what is suppressed, and the sums."""
    return without_commands(_Writer(colour).write(checked))


class _Writer:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def write(self, checked: Checked) -> str:
        blocks = ["\n".join(self._finding(checked, entry)) for entry in checked.findings]
        if checked.undecided:
            blocks.append("\n".join(self._undecided(checked)))
        if checked.suppressed:
            blocks.append("\n".join(self._suppressed(checked)))
        blocks.append(self._summary(checked))
        return "\n\n".join(blocks) + "\n"

    def _finding(self, checked: Checked, entry: Entry) -> Iterator[str]:
        place = f"{self._paint(inert(entry.place), 'strong')}  " if entry.place else ""
        yield f"{place}{self._paint(entry.severity, entry.severity)} {entry.code} {entry.rule}"
        yield f"    {inert(entry.message)}"
        yield from self._excerpt(checked, entry)
        if entry.why:
            yield f"  {self._paint('why', 'faint')}   {inert(entry.why)}"
        yield f"  {self._paint('fix', 'faint')}   {inert(entry.fix)}"

    def _excerpt(self, checked: Checked, entry: Entry) -> Iterator[str]:
        lines = list(checked.lines(entry))
        for number, line in lines:
            yield f"{self._paint(f'{number:5} |', 'faint')} {inert(line.expandtabs(1))}".rstrip()
        if lines and entry.column is not None:
            line = lines[-1][1]
            before = inert(line[: entry.column - 1].expandtabs(1))
            width = len(inert(_value(line[entry.column - 1 :]))) or 1
            yield f"{self._paint('      |', 'faint')} {' ' * len(before)}{self._paint('^' * width, entry.severity)}"

    def _undecided(self, checked: Checked) -> Iterator[str]:
        yield self._paint("not decided", "undecided")
        for entry in checked.undecided:
            yield f"    {entry.code} {entry.rule}  {inert(entry.message)}"

    def _suppressed(self, checked: Checked) -> Iterator[str]:
        yield self._paint("suppressed", "faint")
        for entry, suppression in checked.suppressed:
            until = f"until {suppression.until}: {suppression.reason}"
            yield f"    {entry.code} {entry.rule}  {inert(entry.message)} ({inert(until)})"

    def _summary(self, checked: Checked) -> str:
        sums = checked.summary
        judged = f"{_count(sums['resources'], 'resource')} checked by {_count(sums['rules'], 'rule')}"
        found = [
            self._paint(_count(sums["errors"], "error"), "error") if sums["errors"] else "",
            self._paint(_count(sums["warnings"], "warning"), "warning") if sums["warnings"] else "",
            f"{sums['undecided']:,} not decided" if sums["undecided"] else "",
            f"{sums['suppressed']:,} suppressed" if sums["suppressed"] else "",
        ]
        return f"{judged}: {', '.join(filter(None, found)) or 'nothing found'}"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self._colour else text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _value(text: str) -> str:
    """The YAML value that begins a text, as far as one line shows it."""
    if text[:1] not in _BRACKETS:
        found = re.match(_PLAIN, text, re.VERBOSE)
        return found[0].rstrip() if found else ""
    closing: list[str] = []
    for index, character in enumerate(text):
        if character in _BRACKETS:
            closing.append(_BRACKETS[character])
        elif closing and character == closing[-1]:
            closing.pop()
            if not closing:
                return text[: index + 1]
    return text.rstrip()
