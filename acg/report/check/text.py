"""A check for people: what, where, why, how to fix."""

from __future__ import annotations

from collections.abc import Iterator

from acg.report.check.checked import Checked, Entry
from acg.report.excerpt import excerpt
from acg.text import inert, without_commands

_COLOURS = {"error": "31", "warning": "33", "undecided": "36", "faint": "2", "strong": "1"}


def render(checked: Checked, *, colour: bool = False) -> str:
    """Findings with their lines, then what could not be decided, what is suppressed, and the sums."""
    return without_commands(_Writer(colour).write(checked))


class _Writer:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def write(self, checked: Checked) -> str:
        blocks = ["\n".join(self._finding(checked, entry)) for entry in checked.findings]
        blocks += ["\n".join(block) for block in (self._undecided(checked), self._suppressed(checked)) if block]
        if checked.notes:
            blocks.append("\n".join(f"{self._paint('note', 'faint')}  {inert(note)}" for note in checked.notes))
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
        if entry.file is None or entry.line is None:
            return
        for number, text in excerpt(checked.lines(entry.file), entry.line, entry.column, entry.length):
            if number is None:
                carets = text.lstrip()
                blanks = " " * (len(text) - len(carets))
                yield f"{self._paint('      |', 'faint')} {blanks}{self._paint(carets, entry.severity)}"
            else:
                yield f"{self._paint(f'{number:5} |', 'faint')} {text}".rstrip()

    def _undecided(self, checked: Checked) -> list[str]:
        lines = [f"    {entry.code} {entry.rule}  {inert(entry.message)}" for entry in checked.undecided]
        return [self._paint("not checked yet", "undecided"), *lines] if lines else []

    def _suppressed(self, checked: Checked) -> list[str]:
        lines = [
            f"    {entry.code} {entry.rule}  {inert(entry.message)} ({inert(until)})"
            for entry, until in checked.suppressed_until
        ]
        return [self._paint("suppressed", "faint"), *lines] if lines else []

    def _summary(self, checked: Checked) -> str:
        sums = checked.summary
        found = [
            self._paint(_count(sums["errors"], "error"), "error") if sums["errors"] else "",
            self._paint(_count(sums["warnings"], "warning"), "warning") if sums["warnings"] else "",
            f"{sums['undecided']:,} not checked yet" if sums["undecided"] else "",
            f"{sums['suppressed']:,} suppressed" if sums["suppressed"] else "",
        ]
        listed = ", ".join(filter(None, found))
        if checked.problems and not sums["resources"]:
            return f"{listed}; the rules run once these are fixed"
        judged = f"{_count(sums['resources'], 'resource')} checked by {_count(sums['rules'], 'rule')}"
        return f"{judged}: {listed or 'nothing found'}"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self._colour else text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
