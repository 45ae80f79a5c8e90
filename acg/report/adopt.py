"""What `acg adopt` made of what exists, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from acg.adopt.model import Adoption, LeftOut
from acg.azure import kinds
from acg.report.json_form import dumps
from acg.rules.result import Finding
from acg.text import inert, without_commands

_KINDS = (
    (kinds.GALLERY, "gallery", "galleries"),
    (kinds.IMAGE, "image definition", "image definitions"),
    (kinds.VERSION, "version", "versions"),
)
_MOST = 20
"""How many lines of one list the text shows; the JSON has all."""


class Adopted(NamedTuple):
    """What was written, and what is left to people."""

    adoption: Adoption
    catalog: str
    """Path of the catalog's file."""
    imports: str | None
    """Path of the file for `pulumi import`; None: Pulumi manages everything already."""
    errors: Sequence[Finding]
    """What the rules refuse in the catalog."""
    commands: Sequence[str]
    """What to run next, in this order."""
    folder: str | None = None
    """Where to run them; None: here."""

    @property
    def exit_code(self) -> int:
        """1 if anything is left to people: what cannot be managed, what is not known, or what the rules refuse."""
        return 1 if self.adoption.left_out or self.adoption.notes or self.errors else 0


def adopted_text(found: Adopted) -> str:
    """For people at a terminal."""
    adoption = found.adoption
    lines = [f"{inert(found.catalog)}: {_counted(adoption)}"]
    if adoption.external:
        lines.append(f"  of which others publish {_count(adoption.external, 'version')}")
    if found.imports is not None:
        lines.append(f"{inert(found.imports)}: {_count(len(adoption.managed), 'resource')} to import")
    declared = [one for one in adoption.left_out if one.declared]
    others = [one for one in adoption.left_out if not one.declared]
    lines += _section("Not managed, and declared as existing:", map(_left, declared))
    lines += _section("Left outside of the catalog:", map(_left, others))
    lines += _section("Not known, so the catalog may lack it:", map(inert, adoption.notes))
    lines += _section("`acg check` refuses, so fix it first:", (_finding(one) for one in found.errors))
    where = f", in {inert(found.folder)}" if found.folder else ""
    lines += ["", f"Next{where}:", *(f"  {inert(one)}" for one in found.commands)]
    return without_commands("\n".join(lines) + "\n")


def adopted_json(found: Adopted) -> str:
    """The same for programs."""
    adoption = found.adoption
    return dumps(
        {
            "version": 1,
            "exitCode": found.exit_code,
            "catalog": found.catalog,
            "import": found.imports,
            "managed": sorted(str(one.id or one.name) for one in adoption.managed.values()),
            "publishedByOthers": adoption.external,
            "subscription": adoption.subscription,
            "leftOut": [
                {"what": one.what, "reason": one.reason, "declared": one.declared} for one in adoption.left_out
            ],
            "notKnown": list(adoption.notes),
            "refused": [
                {"rule": one.rule.code, "resource": one.resource, "sentence": one.sentence} for one in found.errors
            ],
            "commands": list(found.commands),
            "folder": found.folder or ".",
        }
    )


def _counted(adoption: Adoption) -> str:
    resources = adoption.lowered.resources
    return ", ".join(_count(sum(one.type == token for one in resources), *words) for token, *words in _KINDS)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    if not listed:
        return []
    more = [f"  and {len(listed) - _MOST:,} more; --format json lists all"] if len(listed) > _MOST else []
    return ["", title, *(f"  {line}" for line in listed[:_MOST]), *more]


def _left(one: LeftOut) -> str:
    return f"{inert(one.what)}: {inert(one.reason)}"


def _finding(one: Finding) -> str:
    return f"{inert(one.sentence)} ({one.rule.code})"
