"""Drift as Markdown, for the summary of a scheduled job or the body of an issue."""

from __future__ import annotations

from collections.abc import Iterator

from acg.drift.model import Drift, DriftReport
from acg.report.drift import sentences
from acg.report.plan.blocks import Code, Line, Listing
from acg.report.plan.budget import Budget, Part, fit
from acg.report.plan.markdown import code, listed, own
from acg.report.plan.prose import prose

_CHARACTERS, _BYTES = 60_000, 250_000
"""Of a body: GitHub takes 65,536 characters. Source: https://github.com/dependabot/dependabot-core/issues/7487"""


def render(found: DriftReport) -> str:
    """All that fits, with the number of what does not."""
    head = f"### {own('Drift of ')}{code(found.catalog)}\n\n**{own(sentences.verdict(found))}.**"
    order = [_line(prose(order))] if (order := sentences.order(found)) else []
    foot = f"<sub>{own(' · '.join(sentences.footer(found)))}</sub>"
    parts = [
        Part("", tuple(map(_drift, found.drifts)), "", (), "differences", tuple(one.kind for one in found.drifts)),
        Part("#### Not known", tuple(f"- {_line(prose(one))}" for one in found.unknown), "", (), "gaps"),
        Part("#### Notes", tuple(f"- {_line(prose(one))}" for one in found.notes), "", (), "notes"),
    ]
    shown, missing = fit([part for part in parts if part.items], Budget(_CHARACTERS, _BYTES).minus(head, *order, foot))
    more = [f"**Not shown:** {' '.join(missing)} `acg drift` prints everything."] if missing else []
    return "\n\n".join([head, *more, *shown, *order, foot]) + "\n"


def _drift(one: Drift) -> str:
    return "\n\n".join(_blocks(one))


def _blocks(one: Drift) -> Iterator[str]:
    place = "" if one.place is None else f" ({code(f'{one.place.file}:{one.place.line}')})"
    yield f"- **{code(one.resource.title)} {_line(prose(one.summary))}**{place}: {one.kind.value}"
    if one.inputs:
        yield "\n".join(_table(one))
    if one.proposal.text:
        yield _line(prose(one.proposal.text))
    for snippet in one.proposal.snippets:
        path = ".".join(str(step) for step in snippet.path)
        yield f"Under {code(path)}:"
        yield listed(Listing("yaml", snippet.yaml.rstrip("\n")))
    if one.proposal.commands:
        yield listed(Listing("sh", "\n".join(one.proposal.commands)))


def _table(one: Drift) -> Iterator[str]:
    yield "| input | in Azure | in the catalog |"
    yield "|---|---|---|"
    for change in one.inputs:
        cells = (code(cell, cell=True) for cell in sentences.differing(change))
        yield f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    return "".join(code(span.text) if isinstance(span, Code) else own(str(span)) for span in line)
