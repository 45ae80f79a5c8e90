"""The status of lab plans and accounts as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from acg.azure.lab_services import END
from acg.labs.declare import undeclared
from acg.labs.status import Row, Status, because, gallery_name
from acg.labs.wanted import Kind
from acg.report.json_form import dumps
from acg.report.labs.entries import entries_text
from acg.report.tables import table
from acg.text import inert, without_commands

_HEAD = ("image", "taken", "OS disk", "listed", "enabled", "labs", "")


def status_text(found: Sequence[Status], today: date) -> str:
    """Plan by plan, then how long the service is there."""
    parts = [_plan(one) for one in found]
    days = (END - today).days
    end = f"in {days} days" if days > 0 else "today" if not days else f"{-days} days ago"
    parts.append(f"Azure Lab Services ends on {END.isoformat()}, {end}; the galleries and their images stay.\n")
    return without_commands("\n".join(parts))


def _plan(one: Status) -> str:
    text = f"{one.wanted.kind} {inert(one.wanted.title)}, {inert(one.wanted.resource_group)}: {_attached(one)}\n"
    if one.rows:
        text += table(_HEAD, [_cells(row, one) for row in one.rows])
    elif one.found is not None and one.found.gallery:
        text += "The gallery has no image.\n" if one.found.definitions is not None else ""
    for finding in one.findings:
        text += f"not as declared: {inert(finding.message)}\n"
    for sentence in one.unknown:
        text += f"not known: {inert(sentence)}\n"
    entries = undeclared(one.wanted, one.found) if one.found is not None else None
    if entries:
        text += "The catalog lacks what is in the gallery. To name it there:\n" + entries_text(entries)
    return text


def _attached(one: Status) -> str:
    if one.found is None:
        return "not there"
    gallery = " and ".join(map(gallery_name, one.found.galleries))
    attached = f"gallery {inert(gallery)} attached" if gallery else "no gallery attached"
    return f"{attached}, as declared" if one.attached_as_declared else attached


def _cells(row: Row, one: Status) -> tuple[str, ...]:
    unknown = one.found is not None and one.found.definitions is None
    size = "?" if row.os_disk_gb is None else f"{row.os_disk_gb} GB"
    return (
        row.image,
        row.takes or ("?" if unknown else "none"),
        size if row.takes or unknown else "",
        "yes" if row.listed else "no",
        "yes" if row.enabled else "no" if row.listed else "",
        "?" if row.labs is None else str(row.labs),
        "; ".join(_remarks(row, one)),
    )


def _remarks(row: Row, one: Status) -> list[str]:
    remarks = [because(row)] if not row.listed else []
    if one.wanted.kind is Kind.ACCOUNT and row.lacking:
        remarks.append(f"no replica in {', '.join(row.lacking)}")
    if row.note:
        remarks.append(row.note)
    if row.offered is False and row.listed:
        remarks.append("not offered")
    return remarks


def status_json(found: Sequence[Status], today: date) -> str:
    """The same as JSON; its form is docs/labs-status.schema.json."""
    return dumps(
        {
            "day": today.isoformat(),
            "serviceEnds": END.isoformat(),
            "daysLeft": (END - today).days,
            "asDeclared": not any(one.findings for one in found),
            "plans": [_plan_json(one) for one in found],
        }
    )


def _plan_json(one: Status) -> dict[str, Any]:
    there = one.found
    return {
        "kind": one.wanted.kind.value,
        "key": one.wanted.key,
        "name": one.wanted.name,
        "id": one.wanted.id if there is None else there.id,
        "exists": there is not None,
        "region": None if there is None else there.location,
        "declaredGallery": one.wanted.gallery,
        "attachedGalleries": [] if there is None else list(there.galleries),
        "attachedAsDeclared": one.attached_as_declared,
        "images": [_row_json(row) for row in one.rows],
        "findings": [{"code": each.code.value, "image": each.image, "message": each.message} for each in one.findings],
        "unknown": list(one.unknown),
        "undeclared": undeclared(one.wanted, there) if there is not None else None,
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "image": row.image,
        "taken": row.takes,
        "osDiskGB": row.os_disk_gb,
        "regions": list(row.regions),
        "listed": row.listed,
        "whyNot": list(row.why_not),
        "enabled": row.enabled,
        "offered": row.offered,
        "labs": row.labs,
        "lackingRegions": list(row.lacking),
        "declared": row.declared,
        "undeclaredVersions": list(row.undeclared),
    }
