"""The sentences that all renderings of a refresh have."""

from __future__ import annotations

from datetime import date

from acg.refresh.model import Action, Cause, Decision, Waiting


def edit(one: Decision) -> str:
    """What an edit does, with its version."""
    match one.action:
        case Action.PUBLISH:
            return f"new {one.version} from {source(one)}; {one.what}"
        case Action.PROMOTE:
            return f"promote {one.version}: {one.what}"
        case Action.EXCLUDE | Action.RETIRE:
            return f"retire {one.version}: {one.what}"
        case Action.REDUCE:
            return f"reduce {one.version}: {one.what}"
        case Action.REMOVE:
            return f"remove {one.version}: {one.what}"


def source(one: Decision) -> str:
    """What a new version is made from, with its build."""
    origin = one.origin
    if origin is None:
        return "its source"
    name = origin.id if not origin.id.startswith("/") else origin.name
    about = [f"build {origin.build}" if origin.build else "", f"commit {origin.commit[:12]}" if origin.commit else ""]
    return ", ".join([name, *(part for part in about if part)])


def waits_for(one: Waiting) -> str:
    """What something waits for, and until when."""
    if one.cause is Cause.HELD:
        return f"held until {one.until}: {one.what}"
    until = f" until {one.until}" if one.until else ""
    return f"{one.what}{until}"


def since(one: Waiting) -> str:
    """Since when it waits, if that is known."""
    return day(one.since) if one.since else ""


def day(one: date) -> str:
    """``24 Nov 2026``."""
    return f"{one.day} {one:%b %Y}"


def title(image: str, line: str | None, version: str | None = None) -> str:
    """How an image, or a line of it, is called."""
    return " ".join(part for part in (image, f"line {line}" if line else "", version or "") if part)
