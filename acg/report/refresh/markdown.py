"""A refresh as the body of its pull request, within what the host takes."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from acg.refresh.model import Action, Kind
from acg.report.plan.blocks import Code, Line, count
from acg.report.plan.budget import Budget, Part, fit
from acg.report.plan.host import AZURE, GITHUB, GITLAB
from acg.report.plan.markdown import code, own
from acg.report.plan.prose import prose
from acg.report.refresh import sentences
from acg.report.refresh.shown import Shown, sums

LIMITS: Final = {GITHUB.name: 60_000, GITLAB.name: 1_000_000, AZURE.name: 3_900}
"""Characters of a body; a little is left for what a job adds.

Source: 65,536 https://github.com/dependabot/dependabot-core/issues/7487; 1,048,576
https://github.com/jfrog/froggit-go/pull/133; 4,000 https://github.com/renovatebot/renovate/issues/39426
"""
_BYTES: Final = 250_000


def marker(group: str, kind: Kind) -> str:
    """The hidden line by which a pull request is found again; no marker is a part of another."""
    return f"<!-- acg:refresh group={quote(group, safe='/')} kind={kind.value} -->"


def ids_marker(ids: Iterable[str]) -> str:
    """The hidden line that names the decisions: a job that finds them in a closed pull request declines them."""
    return f"<!-- acg:refresh-ids {' '.join(ids)} -->"


def render(shown: Shown) -> str:
    """The body."""
    decisions, refreshed = shown.decisions, shown.refreshed
    head = f"{marker(shown.group, shown.kind)}\n{ids_marker(one.id for one in decisions)}\n{_verdict(shown)}"
    foot = [*_ways_out(shown), _footer(shown)]
    parts = [
        _table(
            "",
            ("image", "edit", "why now"),
            [
                (
                    code(sentences.title(one.image, one.line), cell=True),
                    _cell(sentences.edit(one)),
                    _cell(". ".join((one.why, *(note.rstrip(".") for note in one.notes)))),
                )
                for one in decisions
            ],
            "edits",
        ),
        _table(
            "**Waiting, nothing to do**",
            ("image", "waits for", "since"),
            [
                (
                    code(sentences.title(one.image, one.line, one.version), cell=True),
                    _cell(sentences.waits_for(one)),
                    sentences.since(one),
                )
                for one in refreshed.waiting
            ],
            "waiting images",
        ),
        Part("", tuple(f"- **Not read:** {_line(prose(one))}" for one in refreshed.not_read), "", (), "gaps"),
    ]
    most = LIMITS[shown.host.flavour.name]
    room = Budget(most, max(_BYTES, most)).minus(head, *foot)
    texts, missing = fit([part for part in parts if part.items], room)
    more = [f"**Not shown:** {' '.join(missing)} `acg refresh` prints everything."] if missing else []
    return "\n\n".join([head, *more, *texts, *foot]) + "\n"


def _verdict(shown: Shown) -> str:
    where = "" if shown.group == "all" else f" in {code(shown.group)}"
    sentence = f"**{sums(shown.decisions)[:1].upper()}{sums(shown.decisions)[1:]}{where}.**"
    if shown.kind is Kind.PUBLISHING:
        retired = f" Retirements have a pull request of their own: {sums(shown.others)}." if shown.others else ""
        return f"{sentence} Nothing is deleted or shrunk here.{retired}"
    removed = any(one.action is Action.REMOVE for one in shown.decisions)
    left = any(one.regions for one in shown.decisions)
    deleted = [
        *(["what is removed"] if removed else []),
        *(["the copies in regions that a version leaves"] if left else []),
    ]
    happens = f"The next deployment deletes {' and '.join(deleted)}." if deleted else "Nothing is deleted yet."
    return f"{sentence} {happens}"


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], left_out: str) -> Part:
    """A table as one part, whose rows can be left out one by one: they are joined by single ends of lines."""
    head = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    before = "\n".join([*([title, ""] if title else []), *head])
    return _Table(before, tuple(f"| {' | '.join(row)} |" for row in rows), "", (), left_out)


class _Table(Part):
    """A part whose items are rows."""

    __slots__ = ()

    def text(self, items: Iterable[str]) -> str:  # type: ignore[override]
        return "\n".join([self.before, *items])


def _ways_out(shown: Shown) -> list[str]:
    if not shown.decisions:
        return []
    close = "**Close this pull request** to decline these edits; they are offered again when their content changes."
    published = [one for one in shown.decisions if one.action in (Action.PUBLISH, Action.PROMOTE)]
    if not published:
        return [close]
    command = shlex.join(["acg", "rollback", shown.catalog, published[0].image, "--reason", "…"])
    undo = f"**After merging**, undo with {code(command)}: for new boots only; machines that run a version keep it."
    return [f"{close} {undo}"]


def _footer(shown: Shown) -> str:
    read = f"Azure read {shown.read_at:%d %b %H:%M} UTC" if shown.read_at else "Azure not read"
    parts = [read, f"{shown.refreshed.today}", f"{count(shown.refreshed.images, 'image')} with a policy"]
    if shown.last_run:
        parts.append(f"last written by a run on {shown.last_run}")
    run = f' · <a href="{shown.host.run_url}">run</a>' if shown.host.run_url else ""
    return f"<sub>{' · '.join(parts)}{run} · made again by each run; a commit of yours on this branch stops that</sub>"


def _cell(text: str) -> str:
    return _line(prose(text), cell=True)


def _line(line: Line, *, cell: bool = False) -> str:
    return "".join(code(span.text, cell=cell) if isinstance(span, Code) else own(str(span)) for span in line)
