"""What ``latest`` means in each region, and for whom that matters."""

from __future__ import annotations

from collections.abc import Iterator

from acg.plan.effects import Consumers, LatestChange, LatestMove
from acg.plan.model import Plan
from acg.report.plan.blocks import Bullets, Code, Item, Line, Paragraph, Section, Strong, Table, count, listing
from acg.report.plan.prose import prose, region_name
from acg.report.plan.story.names import image


def latest(plan: Plan) -> Section | None:
    """Where ``latest`` moves, which regions a definition gains or loses, and who is left without a version."""
    items = [*_table(plan), *_afterwards(plan), *_regions(plan), *_gone(plan)]
    if not items:
        return None
    title = ("What ", Code("latest"), " means")
    return Section("latest", title, tuple(items), "facts about latest", brief=tuple(_brief(plan)))


def _table(plan: Plan) -> Iterator[Item]:
    changes = plan.effects.latest
    if not changes:
        return
    images = {image(change.definition) for change in changes}
    several, counted = len(images) > 1, any(change.follow for change in changes)
    noted = any(map(_note, changes))
    columns: list[Line] = [("Image",), ("Region",)] if several else [(Code(next(iter(images))),)]
    columns += [("now",), ("after",)]
    columns += [("follows ", Code("latest"))] if counted else []
    columns += [("note",)] if noted else []
    rows: dict[tuple[object, ...], list[str]] = {}
    cells: dict[tuple[object, ...], LatestChange] = {}
    for change in changes:
        same = (image(change.definition), change.before, change.after, change.follow, _note(change))
        rows.setdefault(same, []).append(change.region)
        cells[same] = change
    table: list[tuple[Line, ...]] = []
    for same, regions in rows.items():
        change = cells[same]
        row: list[Line] = [(Code(image(change.definition)),)] if several else []
        row += [listing([(region_name(region),) for region in regions], ", ")]
        row += [_version(change.before), _after(change)]
        row += [_followers(change.follow)] if counted else []
        row += [_note(change)] if noted else []
        table.append(tuple(row))
    yield (Table(tuple(columns), tuple(table)),)


def _version(number: str | None) -> Line:
    return ("none",) if number is None else (Code(number),)


def _after(change: LatestChange) -> Line:
    if change.move is LatestMove.SAME:
        return _version(change.after)
    return (Strong(("none",) if change.after is None else (Code(change.after),)),)


def _note(change: LatestChange) -> Line:
    if change.move is LatestMove.LOST:
        return (Strong(("nothing is latest here any more",)), *_skipped(change, ": "))
    if change.move is LatestMove.DOWN:
        return (Strong(("older than now",)), *_skipped(change, ": "))
    return _skipped(change, "")


def _skipped(change: LatestChange, start: str) -> Line:
    """Why a higher version is not the latest; of several, the one that the plan creates."""
    if not change.skipped:
        return ()
    first = next((one for one in change.skipped if one.is_new), change.skipped[0])
    more = f"; {len(change.skipped) - 1:,} more skipped" if len(change.skipped) > 1 else ""
    new = "new " if first.is_new else ""
    return (f"{start}{new}", Code(first.version), " ", *prose(first.reason), more)


def _followers(follow: Consumers | None) -> Line:
    if follow is None:
        return ("not known",)
    if not follow.total:
        return ("nobody",)
    parts = [count(follow.scale_sets, "scale set")] if follow.scale_sets else []
    if follow.self_upgrading:
        parts.append(f"{follow.self_upgrading:,} upgrading automatically")
    parts += [count(follow.machines, "machine")] if follow.machines else []
    return (", ".join(parts),)


def _afterwards(plan: Plan) -> Iterator[Item]:
    moved = [change for change in plan.effects.latest if change.move in (LatestMove.UP, LatestMove.DOWN)]
    if not moved:
        return
    running = sum(change.run.total for change in moved if change.run)
    keep = f"the {running:,} that run now keep their version" if running else "machines that run keep theirs"
    sentence = [f"New machines get the version under “after”; {keep}."]
    upgrading = sum(change.follow.self_upgrading for change in moved if change.follow and change.move is LatestMove.UP)
    if upgrading:
        # Source: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade
        sets = f"{count(upgrading, 'scale set')} with automatic upgrades"
        verb = "replaces" if upgrading == 1 else "replace"
        sentence.append(f"Once it is replicated, {sets} {verb} OS disks, by default at most 20 % at a time.")
    if plan.refused:
        sentence.append("Refused changes are counted as if they were made.")
    yield (Paragraph((" ".join(sentence),)),)


def _regions(plan: Plan) -> Iterator[Item]:
    by_image: dict[tuple[str, bool], list[str]] = {}
    for change in plan.effects.regions:
        by_image.setdefault((image(change.definition), change.gained), []).append(change.region)
    for (name, gained), regions in by_image.items():
        what = " has its first version in " if gained else " has no version any more in "
        listed = listing([(region_name(region),) for region in regions])
        yield (Bullets(((Code(name), what, *listed, "."),)),)


def _gone(plan: Plan) -> Iterator[Item]:
    """Who names a version that goes; without a snapshot of Azure there is nothing to count."""
    for gone in plan.effects.gone:
        named, runs = gone.named_by, gone.run
        if named is None and runs is None:
            continue
        parts: list[str] = []
        if named and named.scale_sets:
            parts.append(f"{count(named.scale_sets, 'scale set')} there can no longer scale out")
        if named and named.machines:
            parts.append(f"{count(named.machines, 'machine')} there can no longer be reimaged from it")
        if runs and runs.total:
            parts.append(f"{count(runs.total, 'machine')} that run it run on")
        facts = "; ".join(parts) if parts else "nobody is known to use it there"
        leaves = (Code(gone.version.title), " leaves ", region_name(gone.region), f": {facts}.")
        yield (Bullets((leaves,)),)


def _brief(plan: Plan) -> Iterator[Item]:
    """How often ``latest`` moves, by direction."""
    for move in LatestMove:
        found = [change for change in plan.effects.latest if change.move is move]
        if found and move is not LatestMove.SAME:
            images = count(len({image(change.definition) for change in found}), "image")
            places = count(len(found), "region")
            yield (Bullets(((Code("latest"), f" {move.value} in {places} of {images}."),)),)
