"""Checks of single values that the gallery's types share: names, numbers, dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.providers.gallery.refusals import refuse

MAX_REPLICAS = 100  # per version and region; azure-compute-gallery.md, limits
_INT32 = 2_147_483_647
_GALLERY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._]{0,78}[A-Za-z0-9])?")
_DEFINITION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")
_APPLICATION = re.compile(r"(?!.*\.$)[A-Za-z0-9._-]{1,117}")
_IDENTIFIER = re.compile(r"(?!.*\.$)[A-Za-z0-9._-]+")
_VERSION = re.compile(r"0*([0-9]{1,10})\.0*([0-9]{1,10})\.0*([0-9]{1,10})")


def gallery_name(name: str) -> None:
    """Letters, digits, and in the middle periods and underscores; 1 to 80."""
    if name[-1:] in {".", "_"}:
        refuse("invalid-trailing", name=name, c=name[-1])
    if not _GALLERY.fullmatch(name):
        refuse("gallery-name")


def definition_name(name: str) -> None:
    """Letters, digits, and in the middle periods, underscores and dashes; 1 to 80."""
    if name[-1:] in {".", "_"}:
        refuse("invalid-trailing", name=name, c=name[-1])
    if not _DEFINITION.fullmatch(name):
        refuse("definition-name", imageDefinitionName=name)


def application_name(name: str) -> None:
    """Letters, digits, periods, underscores and dashes, not ending with a period; 1 to 117."""
    if not _APPLICATION.fullmatch(name):
        refuse("definition-name", imageDefinitionName=name)


def version_name(name: str, key: str) -> None:
    """Three decimal numbers, each within 32 bits; ``key`` names the refusal."""
    match = _VERSION.fullmatch(name)
    if not match or any(int(part) > _INT32 for part in match.groups()):
        refuse(key)


def identifier(member: str, value: str, longest: int) -> None:
    """Publisher, offer or SKU of a definition."""
    if len(value) > longest or not _IDENTIFIER.fullmatch(value):
        refuse("identifier-name", property=member, number=longest)


def future(call: Call, date: str | None, before: str | None) -> None:
    """An end of life that is new or changed must lie ahead."""
    if date is None or date == before:
        return
    moment = datetime.fromisoformat(date)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment.timestamp() <= call.now:
        refuse("eol-past")


def is_past(call: Call, date: str) -> bool:
    """Whether a date that was accepted before has been reached."""
    moment = datetime.fromisoformat(date)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() <= call.now
