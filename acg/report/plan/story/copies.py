"""What is copied, stored and paid for, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator

from acg.plan.effects import Duration, Money, Storage
from acg.plan.model import Plan
from acg.report.plan.blocks import Bullets, Code, Item, Line, Paragraph, Section, Table, count, listing
from acg.report.plan.prose import region_name

_NAMED = 5


def copies(plan: Plan) -> Section | None:
    """Replicas, storage, transfer, time and, with a price list, money."""
    effects = plan.effects
    items = [*_unknown(effects.storage), *_money(effects.money), *_times(plan), *_replicas(plan)]
    if not items:
        return None
    parts = [*_sums(effects.storage), *_duration(list(effects.durations.values()))]
    title = f"Copies and cost: {', '.join(parts)}" if parts else "Copies and cost"
    return Section("copies", (title,), tuple(items), "facts about copies", folded=True, brief=tuple(_by_type(plan)))


def _sums(storage: Storage) -> Iterator[str]:
    unknown = count(len(storage.unknown_sizes), "version") if storage.unknown_sizes else ""
    if storage.added_gb:
        yield f"at most {storage.added_gb:,} GB more stored"
    if storage.removed_gb:
        yield f"at most {storage.removed_gb:,} GB less"
    if storage.transferred_gb:
        yield f"at most {storage.transferred_gb:,} GB between regions"
    if unknown:
        yield f"without {unknown} of unknown size"


def _duration(times: list[Duration]) -> Iterator[str]:
    observed = [one for one in times if one.observed]
    if observed:
        yield f"{_span(min(one.least for one in observed), max(one.most for one in observed))} as observed"
    elif times:
        yield "minutes to six hours"  # what is not known of a definition is the same for all: see LONGEST


def _span(least: int, most: int) -> str:
    short = str(least) if max(least, most) < 120 else _time(least)
    return _time(most) if least == most else f"{short} to {_time(most)}"


def _time(minutes: int) -> str:
    if minutes >= 120 and minutes % 60 == 0:
        return f"{minutes // 60} hours"
    return count(minutes, "minute")


def _unknown(storage: Storage) -> Iterator[Item]:
    if storage.unknown_sizes:
        named = listing([(Code(one.title),) for one in storage.unknown_sizes[:_NAMED]], ", ")
        over = len(storage.unknown_sizes) - _NAMED
        more = f" and {over:,} more" if over > 0 else ""
        yield (Paragraph(("Sizes not known, so in no sum: ", *named, f"{more}. Declare expectedSizeGB for them.")),)


def _money(money: Money | None) -> Iterator[Item]:
    if money is None:
        return
    currency = Code(money.currency)
    parts: list[Line] = []
    for amount, what in (
        (money.added_per_month, "more each month"),
        (money.removed_per_month, "less each month"),
        (money.transferred_once, "once for transfer"),
    ):
        if amount:
            parts.append((f"{amount:,.2f} ", currency, f" {what}"))
    if parts:
        yield (Paragraph(("By your price list, at most ", *listing(parts), ".")),)
    if money.missing:
        lines = tuple((Code(meter),) for meter in money.missing)
        yield (Paragraph(("Your price list lacks these meters, so the sums leave them out:",)), Bullets(lines))


def _times(plan: Plan) -> Iterator[Item]:
    lines = [
        (Code(name), f": {_span(one.least, one.most)}, from {count(one.observed, 'observed copy', 'observed copies')}.")
        for name, one in plan.effects.durations.items()
        if one.observed
    ]
    if lines:
        yield (Bullets(tuple(lines)),)


def _replicas(plan: Plan) -> Iterator[Item]:
    """One row for all regions of a version in which the same happens."""
    rows: dict[tuple[str, str, int, int], list[str]] = {}
    for change in plan.effects.replicas:
        same = (change.version.title, change.storage_type, change.before, change.after)
        rows.setdefault(same, []).append(change.region)
    if not rows:
        return
    columns: tuple[Line, ...] = (("Version",), ("Region",), ("Storage",), ("Replicas",))
    table = tuple(
        (
            (Code(version),),
            listing([(region_name(region),) for region in regions], ", "),
            (Code(storage_type),),
            (f"{before} → {after}",),
        )
        for (version, storage_type, before, after), regions in rows.items()
    )
    yield (Table(columns, table),)


def _by_type(plan: Plan) -> Iterator[Item]:
    """Replicas added and removed, by storage type alone."""
    added: dict[str, int] = {}
    removed: dict[str, int] = {}
    for change in plan.effects.replicas:
        where = added if change.after > change.before else removed
        where[change.storage_type] = where.get(change.storage_type, 0) + abs(change.after - change.before)
    lines: list[Line] = [
        (count(number, "replica"), " ", word, " with ", Code(storage_type), ".")
        for word, sums in (("more", added), ("fewer", removed))
        for storage_type, number in sorted(sums.items())
    ]
    if lines:
        yield (Bullets(tuple(lines)),)
