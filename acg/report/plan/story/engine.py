"""What the engine's own preview adds: whether it says the same, what the policies say, what was reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from acg.preview.model import EngineRun, Expected
from acg.report.plan.blocks import Bullets, Code, Item, Line, Link, Section, Strong, count, listing
from acg.report.plan.prose import prose

_NAMED = 10
NOT_REFRESHED: Line = (
    "Not refreshed: this is about what Pulumi deployed last, not about what is in Azure now. ",
    "Others change versions too, in the portal or from Dev Box, and an update without their regions drops those.",
)


def engine(run: EngineRun) -> Section:
    """The engine's preview beside the plan."""
    items = [
        *_refusals(run),
        *_outcome(run),
        *_reviewed(run),
        *_disagreements(run),
        *_drift(run),
        *_policies(run),
        *_limits(run),
    ]
    kinds = tuple("fact" for _ in items)
    return Section("engine", ("Through Pulumi",), tuple(items), "facts about the engine's preview", kinds=kinds)


def stops(run: EngineRun) -> list[Line]:
    """What stops the deployment beside the plan; predicates for the verdict."""
    found: list[Line] = []
    unreviewed = [one for one in run.expected or () if one.refused]
    if unreviewed:
        verb = "is" if len(unreviewed) == 1 else "are"
        found.append((f"{count(len(unreviewed), 'definition')} {verb} not as reviewed",))
    if run.expected is not None and run.disagreements:
        found.append((f"Pulumi would do something else than planned to {count(len(run.disagreements), 'resource')}",))
    if run.violations:
        found.append((count(len(run.violations), "mandatory policy fails", "mandatory policies fail"),))
    if run.refusals:
        found.append((f"Azure would refuse {count(len(run.refusals), 'change')} beside the catalog",))
    if not run.succeeded and not run.violations:
        found.append(("Pulumi's preview failed",))
    return found


def _refusals(run: EngineRun) -> Iterator[Item]:
    for one in run.refusals:
        what = (": ", Code(one.resource), " ", *prose(f"{one.reason}. {one.fix}"), " (")
        yield (Bullets(((Strong(("Azure refuses",)), *what, Link("source", one.source), ")"),)),)


def _outcome(run: EngineRun) -> Iterator[Item]:
    quiet = run.steps.get("same", 0) + run.steps.get("read", 0)
    parts = [f"{number:,} to {word}" for word, number in run.steps.items() if word not in ("same", "read")]
    parts += [f"{quiet:,} unchanged"] if quiet else []
    what = ", ".join(parts) or "nothing"
    if not run.succeeded:
        yield (Bullets(((Strong(("Pulumi's preview failed",)), f"; it came to {what}.", *_errors(run)),)),)
    elif run.disagreements:
        yield (Bullets(((f"Pulumi's preview: {what}.",),)),)
    else:
        yield (Bullets(((f"Pulumi's preview says the same as this plan: {what}.",),)),)


def _errors(run: EngineRun) -> Line:
    if not run.errors:
        return ()
    verb = "is" if run.errors == 1 else "are"
    hidden = f" {count(run.errors, 'error message')} {verb} not shown, for messages can hold secrets: run "
    return (hidden, Code("pulumi preview"), " to read what it says.")


def _reviewed(run: EngineRun) -> Iterator[Item]:
    if run.expected is None:
        return
    if not run.expected:
        yield (Bullets((("Everything is as reviewed.",),)),)
    for one in run.expected:
        yield (Bullets((_expected(one),)),)


def _expected(one: Expected) -> Line:
    name = Code(one.definition) if one.definition else "what is outside of definitions"
    words = {
        "differs": " would change otherwise than reviewed",
        "unexpected": " would change, which nobody reviewed",
        "done": ": nothing is left to do of what was reviewed",
    }
    if one.reason is not None:
        return ("Allowed: ", name, words[one.verdict], ". Reason given: ", Code(one.reason), ".")
    return (Strong((name,)) if one.refused else name, words[one.verdict], ".")


def _disagreements(run: EngineRun) -> Iterator[Item]:
    for one in run.disagreements:
        line = (Strong((Code(one.resource),)), ": the plan expects ", Code(one.plan), ", but Pulumi ", Code(one.engine))
        yield (Bullets(((*line, "."),)),)


def _drift(run: EngineRun) -> Iterator[Item]:
    if run.drifted:
        named = listing([(Code(name),) for name in run.drifted[:_NAMED]], ", ")
        more = f" and {len(run.drifted) - _NAMED:,} more" if len(run.drifted) > _NAMED else ""
        verb = "was" if len(run.drifted) == 1 else "were"
        start = f"{count(len(run.drifted), 'resource')} {verb} changed outside Pulumi since the last deployment: "
        yield (Bullets(((start, *named, f"{more}."),)),)


def _policies(run: EngineRun) -> Iterator[Item]:
    advice: Counter[str] = Counter()
    for one in run.policies:
        policy = f"{one.pack}/{one.policy}"
        subject: Line = (" for ", Code(one.name)) if one.name else ()
        if not one.ran:
            yield (Bullets(((Strong(("Not run",)), ": policy ", Code(policy), *subject, ", says Pulumi."),)),)
        elif one.level == "mandatory":
            yield (Bullets(((Strong(("Fails",)), ": mandatory policy ", Code(policy), *subject, "."),)),)
        else:
            advice[policy] += 1
    if advice:
        lines: list[Line] = [(Code(policy), f" × {number:,}") for policy, number in sorted(advice.items())]
        yield (Bullets((("Policies advise, without stopping anything: ", *listing(lines), "."),)),)


def _limits(run: EngineRun) -> Iterator[Item]:
    if run.unknown:
        verb = "is" if run.unknown == 1 else "are"
        words = f"{count(run.unknown, 'line')} of Pulumi's output {verb} in a form that this version does not know."
        yield (Bullets(((words,),)),)
