"""Drift for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from acg.drift.model import Drift, DriftReport
from acg.plan.model import Snippet
from acg.report.drift import sentences
from acg.text import inert, without_commands


def render(found: DriftReport) -> str:
    """Everything."""
    lines = [f"{inert(found.catalog)}: {sentences.verdict(found)}"]
    for one in found.drifts:
        lines += ["", *_drift(one)]
    for title, listed in (("not known", found.unknown), ("notes", found.notes)):
        if listed:
            lines += ["", title, *(f"    {inert(one)}" for one in listed)]
    if order := sentences.order(found):
        lines += ["", order]
    lines += ["", " · ".join(sentences.footer(found))]
    return without_commands("\n".join(lines) + "\n")


def _drift(one: Drift) -> Iterator[str]:
    place = "" if one.place is None else f"{inert(one.place.file)}:{one.place.line}  "
    yield f"{place}{one.kind.value}"
    yield f"    {inert(sentences.subject(one))}"
    for change in one.inputs:
        name, azure, declared = map(inert, sentences.differing(change))
        yield f"      {name}: {azure} in Azure, {declared} in the catalog"
    if one.proposal.text:
        yield f"  fix   {inert(one.proposal.text)}"
    for snippet in one.proposal.snippets:
        yield f"        {inert(_where(snippet))}:"
        yield from (f"          {inert(line)}" for line in snippet.yaml.rstrip("\n").split("\n"))
    yield from (f"        $ {inert(command)}" for command in one.proposal.commands)


def _where(snippet: Snippet) -> str:
    path = ".".join(str(step) for step in snippet.path)
    place = "" if snippet.place is None else f" ({snippet.place.file}:{snippet.place.line})"
    return f"under {path}{place}"
