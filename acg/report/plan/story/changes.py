"""Changes, each with its place: what protects the images, what is refused, what is not decided, what is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from acg.plan.effects import DefaultsChange
from acg.plan.model import Action, Change, Plan, Proposal, RefusedBy, Snippet
from acg.report.plan.blocks import (
    At,
    Block,
    Bullets,
    Code,
    Inline,
    Item,
    Line,
    Link,
    Listing,
    Paragraph,
    Section,
    Strong,
    count,
    listing,
)
from acg.report.plan.prose import prose
from acg.report.plan.story.lost import lost
from acg.report.plan.story.names import named as named_resource
from acg.rules.result import Finding

_GROUP_FROM = 4
"""From this number on, changes that read the same are one line."""
_VENDORS = ("https://learn.microsoft.com/", "https://github.com/Azure/", "https://www.pulumi.com/")
"""Whose pages are linked: a plan that another run wrote could name any."""
_NAMED = 3
"""How many of them that line names."""


def safety(plan: Plan) -> Section | None:
    """What a merge approves without its being visible in Azure; never folded and never grouped."""
    changes = [change for change in plan.accepted if change.action is Action.SAFETY]
    items: list[Item] = [(Bullets(((*_subject(change), *_why(change)),)),) for change in changes]
    title = ("Safety: merging approves this",)
    return Section("safety", title, tuple(items), "safety changes") if items else None


def refused(plan: Plan) -> Section | None:
    """What is stopped, by whom, and the edit that fixes it; then what the rules newly refuse."""
    without = lost(plan)
    items = [*map(_refused, plan.refused), *without, *map(_finding, plan.findings.errors)]
    kinds = (
        *(change.action.value for change in plan.refused),
        *("region without a latest version" for _ in without),
        *("finding" for _ in plan.findings.errors),
    )
    several = len(items) > 1
    return Section("refused", ("Refused",), tuple(items), "refused changes", several, kinds=kinds) if items else None


def undecided(plan: Plan) -> Section | None:
    """What no source decides."""
    items = tuple(
        (Bullets(((*_subject(change), *_why(change)),)), *_proposed(change.proposal))
        for change in plan.accepted
        if change.action is Action.UNDECIDED
    )
    return Section("undecided", ("Not decided by any source",), items, "undecided changes") if items else None


def accepted(plan: Plan) -> Section | None:
    """What is carried out."""
    changes = [change for change in plan.accepted if change.action not in (Action.SAFETY, Action.UNDECIDED)]
    groups = list(_groups(changes))
    items = (*map(_defaults, plan.effects.defaults), *map(_group, groups))
    kinds = (*("edit of defaults" for _ in plan.effects.defaults), *(group[0].action.value for group in groups))
    return Section("accepted", ("Accepted",), items, "accepted changes", kinds=kinds) if items else None


def _refused(change: Change) -> Item:
    by = () if change.refused_by is RefusedBy.AZURE else (f" Refused by {change.refused_by}.",)
    head = Paragraph((Strong(_sentence(change)), *_place(change), *by))
    facts = [Paragraph((*prose(_full_stop(change.why)), *_source(change)))] if change.why else []
    return (head, *facts, *_proposed(change.proposal))


def _source(change: Change) -> Line:
    if not change.source:
        return ()
    known = change.source.startswith(_VENDORS) and re.fullmatch(r"[\w:/.#?=&%+~-]+", change.source)
    return (" (", Link("source", change.source) if known else Code(change.source), ")")


def _finding(finding: Finding) -> Item:
    place = () if finding.place is None else (" (", At(finding.place), ")")
    code = (" ", Code(f"{finding.rule.code} {finding.rule.name}"), ".")
    head = Paragraph((Strong(_inline(prose(_full_stop(finding.sentence)))), *place, *code))
    why = [Paragraph(prose(finding.rule.why))] if finding.rule.why else []
    return (head, *why, Paragraph(prose(f"Fix: {finding.fix}")))


def _subject(change: Change) -> Line:
    return (Strong(named_resource(change.resource)), *_predicate(change), *_place(change), ".")


def _sentence(change: Change) -> tuple[Inline, ...]:
    return (*named_resource(change.resource), *_inline(_predicate(change)), ".")


def _predicate(change: Change) -> Line:
    return (" ", *prose(change.summary.rstrip(".")))


def _inline(line: Line) -> tuple[Code | str | At, ...]:
    return tuple(span for span in line if isinstance(span, str | Code | At))


def _place(change: Change) -> Line:
    if change.after is not None:
        return (" (", At(change.after), ")")
    return () if change.before is None else (" (", At(change.before, before=True), " at the base)")


def _why(change: Change) -> Line:
    return (" ", *prose(_full_stop(change.why))) if change.why else ()


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _proposed(proposal: Proposal | None) -> Iterator[Block]:
    if proposal is None:
        return
    yield Paragraph(prose(proposal.text))
    for snippet in proposal.snippets:
        yield from _snippet(snippet)
    if proposal.commands:
        yield Listing("sh", "\n".join(proposal.commands))


def _snippet(snippet: Snippet) -> Iterator[Block]:
    place: Line = () if snippet.place is None else (" (", At(snippet.place), ")")
    path = ".".join(str(part) for part in snippet.path)
    yield Paragraph(("Under ", Code(path), *place, ":"))
    yield Listing("yaml", snippet.yaml.rstrip("\n"))


def _groups(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes of one kind that read the same, together; others alone."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.action, change.resource.kind, change.summary, change.why), []).append(change)
    for same in groups.values():
        if len(same) < _GROUP_FROM:
            yield from ([change] for change in same)
        else:
            yield same


def _group(same: list[Change]) -> Item:
    """One bullet, which names a few of them."""
    first = same[0]
    if len(same) == 1:
        return (Bullets(((*_subject(first), *_why(first)),)), *_proposed(first.proposal))
    named = listing([(Code(one.resource.title),) for one in same[:_NAMED]], ", ")
    number = Strong((count(len(same), first.resource.kind.value),))
    line = (number, " (", *named, f" and {len(same) - _NAMED:,} more): each", *_predicate(first), ".", *_why(first))
    return (Bullets((line,)), *_proposed(first.proposal))


def _defaults(change: DefaultsChange) -> Item:
    place = change.after or change.before
    where: Line = () if place is None else (" (", At(place, before=change.after is None), ")")
    size = f", at most {change.added_gb:,} GB more" if change.added_gb else ""
    unknown = f"; the size of {change.unknown_sizes:,} is not known" if change.unknown_sizes else ""
    versions = Strong((count(len(change.versions), "published version"),))
    head = Bullets((("This edit of ", Code(change.path), *where, " changes ", versions, f"{size}{unknown}."),))
    if change.pin is None:
        return (head,)
    keep = Paragraph(("To keep all but the newest of them as they are:",))
    return (head, keep, Listing("yaml", change.pin.rstrip("\n")))
