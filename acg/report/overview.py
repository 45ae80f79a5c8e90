"""What a catalog declares, and what ``latest`` means in it, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acg.desired.resource import Place
from acg.plan.effects import Consumers
from acg.plan.model import Knowledge
from acg.plan.overview import Definition, Exemption, InRegion, Overview, Used
from acg.report.json_form import dumps
from acg.report.tables import table
from acg.text import inert, without_commands


def latest_text(found: Iterable[tuple[Definition, InRegion]]) -> str:
    """One line for each definition and region, and one for each higher version that is not the latest."""
    rows: list[tuple[str, str, str, str]] = []
    for one, each in found:
        top = each.latest
        why = "; ".join(f"{skipped.version} {skipped.reason}" for skipped in top.skipped)
        rows.append((one.identity.definition_title or one.identity.name, top.region, top.version or "none", why))
    return table(("definition", "region", "latest", "higher versions"), rows)


def latest_json(found: Iterable[tuple[Definition, InRegion]]) -> str:
    """The same as JSON."""
    return dumps({"latest": [_latest(one, each) for one, each in found]})


def _latest(one: Definition, each: InRegion) -> dict[str, Any]:
    return {"definition": one.identity.definition_title, **_region(each)["latest"]}


def existing_latest_text(found: Iterable[tuple[Definition, InRegion, Used]], knowledge: Knowledge) -> str:
    """``latest`` as it is in Azure, with who follows and runs it, and how fresh and complete that is."""
    from acg.report.plan.story.footer import knowledge_line

    rows: list[tuple[str, ...]] = []
    for one, each, users in found:
        top = each.latest
        why = "; ".join(f"{skipped.version} {skipped.reason}" for skipped in top.skipped)
        title = one.identity.definition_title or one.identity.name
        rows.append((title, top.region, top.version or "none", _users(users.follow), _users(users.run), why))
    head = ("definition", "region", "latest", "follow", "run", "higher versions")
    line = "".join(map(str, knowledge_line(knowledge)))
    return f"{table(head, rows)}\n{without_commands(line)}\n"


def existing_latest_json(found: Iterable[tuple[Definition, InRegion, Used]], knowledge: Knowledge) -> str:
    """The same as JSON."""
    rows = [
        {**_latest(one, each), "follow": _counts(users.follow), "run": _counts(users.run)} for one, each, users in found
    ]
    azure = {
        "readAt": knowledge.read_at,
        "subscriptionsRead": knowledge.subscriptions_read,
        "subscriptionsTotal": knowledge.subscriptions_total,
        "gaps": list(knowledge.gaps),
    }
    return dumps({"latest": rows, "azure": azure})


def _users(users: Consumers | None) -> str:
    if users is None:
        return "not known"
    words = ((users.machines, "machine"), (users.scale_sets, "scale set"))
    return ", ".join(f"{number:,} {word}{'s' if number > 1 else ''}" for number, word in words if number) or "none"


def _counts(users: Consumers | None) -> dict[str, int] | None:
    if users is None:
        return None
    return {"machines": users.machines, "scaleSets": users.scale_sets, "selfUpgrading": users.self_upgrading}


def overview_text(found: Overview) -> str:
    """Definitions by region, then ends of life."""
    priced = found.currency is not None
    head = ("definition", "region", "latest", "versions", "replicas", "stored GB, at most")
    rows: list[tuple[str, ...]] = []
    for one in found.definitions:
        title = one.identity.definition_title or one.identity.name
        for each in one.regions:
            replicas = ", ".join(f"{count} x {kind}" for kind, count in each.replicas.items())
            unknown = f" and {each.unknown_sizes} of unknown size" if each.unknown_sizes else ""
            row = (title, each.latest.region, each.latest.version or "none", str(each.versions), replicas)
            cost = ("not known" if each.per_month is None else f"{each.per_month:,.2f}",) if priced else ()
            rows.append((*row, f"{each.stored_gb:,}{unknown}", *cost))
        if not one.regions:
            rows.append((title, "none", "none", "0", "", "0", *(("0.00",) if priced else ())))
    text = table((*head, f"{found.currency} a month, at most") if priced else head, rows)
    if priced:
        text += "\n" + _totals(found)
    if found.missing_prices:
        text += "\nNo price in the list for:\n" + "".join(f"  {inert(one)}\n" for one in found.missing_prices)
    if found.ends_of_life:
        ends = [(one.resource.title, one.day.isoformat(), _days(one.days)) for one in found.ends_of_life]
        text += "\n" + table(("end of life", "day", ""), ends)
    return without_commands(text)


def _totals(found: Overview) -> str:
    """Sums by gallery, region and definition; one that lacks a price is not known."""
    sums: dict[tuple[str, str], list[float | None]] = {}
    for one in found.definitions:
        for each in one.regions:
            title = one.identity.definition_title or one.identity.name
            for key in (("gallery", one.identity.gallery or ""), ("region", each.latest.region), ("definition", title)):
                sums.setdefault(key, []).append(each.per_month)
    rows = [
        (what, name, "not known" if None in costs else f"{sum(cost or 0 for cost in costs):,.2f}")
        for (what, name), costs in sorted(sums.items(), key=lambda item: (_TOTALS.index(item[0][0]), item[0][1]))
    ]
    return table(("total by", "", f"{found.currency} a month, at most"), rows)


_TOTALS = ("gallery", "region", "definition")


def _days(days: int) -> str:
    return f"{-days} days ago" if days < 0 else "today" if days == 0 else f"in {days} days"


def overview_json(found: Overview) -> str:
    """The same as JSON."""
    definitions = [
        {
            "definition": one.identity.definition_title,
            "place": _place(one.place),
            "versions": one.versions,
            "regions": [_region(each) for each in one.regions],
        }
        for one in found.definitions
    ]
    ends = [
        {"resource": one.resource.title, "day": one.day.isoformat(), "days": one.days} for one in found.ends_of_life
    ]
    return dumps(
        {
            "definitions": definitions,
            "endsOfLife": ends,
            "currency": found.currency,
            "missingPrices": list(found.missing_prices),
        }
    )


def exemptions_text(found: Iterable[Exemption]) -> str:
    """Suppressions by the day on which they end, then what is not protected."""
    rows = [
        (
            one.suppressed.until,
            one.resource.title,
            f"suppresses {one.suppressed.rule}: {one.suppressed.reason}",
            _at(one),
        )
        if one.suppressed
        else ("-", one.resource.title, "is not protected from deletion", _at(one))
        for one in found
    ]
    return table(("until", "resource", "exception", "declared at"), rows) if rows else "No exceptions.\n"


def exemptions_json(found: Iterable[Exemption]) -> str:
    """The same as JSON."""
    rows = [
        {
            "resource": one.resource.title,
            "place": _place(one.place),
            "suppressed": None if one.suppressed is None else one.suppressed._asdict(),
            "kind": "not-protected" if one.suppressed is None else "suppression",
        }
        for one in found
    ]
    return dumps({"exceptions": rows})


def _at(one: Exemption) -> str:
    return f"{one.place.file}:{one.place.line}" if one.place else ""


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line}


def _region(each: InRegion) -> dict[str, Any]:
    skipped = [{"version": one.version, "reason": one.reason} for one in each.latest.skipped]
    return {
        "latest": {"region": each.latest.region, "version": each.latest.version, "skipped": skipped},
        "versions": each.versions,
        "replicas": each.replicas,
        "storedGB": each.stored_gb,
        "unknownSizes": each.unknown_sizes,
        "perMonth": each.per_month,
    }
