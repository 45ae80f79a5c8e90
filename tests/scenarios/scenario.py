"""Few catalogs with many small changes of each: what a plan says of every one of them, and what the engine does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.build import Judged, make_plan
from acg.plan.classify.match import match
from acg.plan.model import Action, Plan, Side
from acg.plan.state import State
from acg.rules.declared import check_lowered
from tests.program.stack import UBUNTU

TODAY = date(2026, 11, 27)
EXPECTED = Path(__file__).parent / "expected"
FORMS = {"txt": "text", "md": "markdown", "json": "json"}
START = f"""\
x-linux: &linux {{osType: Linux, osState: Generalized, hyperVGeneration: V2}}
x-source: &source {{managedImage: {UBUNTU}}}
"""


class Scenario(NamedTuple):
    """One change of a catalog."""

    name: str
    means: frozenset[Action]
    """The actions that the plan names; none: nothing changes in Azure."""
    edits: Sequence[tuple[str, str]]
    """Text that occurs once in the catalog, and what replaces it."""
    alone: bool = False
    """Whether it is about the same resources as others, so that it is not made together with them."""

    def applied(self, catalog: str) -> str:
        """The catalog after the change."""
        for old, new in self.edits:
            assert catalog.count(old) == 1, f"{self.name}: {old!r} is there {catalog.count(old)} times"
            catalog = catalog.replace(old, new)
        return catalog


class Group(NamedTuple):
    """A catalog, deployed once, and the changes of it."""

    name: str
    before: str
    scenarios: Sequence[Scenario]
    fails: bool = False
    """Whether the engine ends its preview with an error, as it does for what it protects."""

    def together(self) -> str:
        """The catalog after all changes at once."""
        text = self.before
        for one in self.scenarios:
            if not one.alone:
                text = one.applied(text)
        return text


def scenario(name: str, *means: Action, edits: Sequence[tuple[str, str]], alone: bool = False) -> Scenario:
    return Scenario(name, frozenset(means), edits, alone)


def image(name: str, *versions: str, **fields: str) -> str:
    """A definition as YAML below ``images``; its versions as flow mappings without braces, by number."""
    lines = [
        f"      {name}:",
        "        <<: *linux",
        f"        identifier: {{publisher: contoso, offer: {name}, sku: gen2}}",
        *(f"        {key}: {value}" for key, value in fields.items()),
        "        versions:" if versions else "        versions: {}",
        *(f"          {one.partition(' ')[0]}: {{source: *source, {one.partition(' ')[2]}}}" for one in versions),
    ]
    return "\n".join(lines) + "\n"


def plan_of(before: str, after: str) -> Plan:
    """The plan between two texts of a catalog."""
    sides = []
    new: set[str] = set()
    for text, name in ((before, "main"), (after, "HEAD")):
        reading = read_files([("images.yaml", text.encode())], "images.yaml")
        lowered = lower(reading)
        assert not (*reading.problems, *lowered.problems), (reading.problems, lowered.problems)
        state = State.of(lowered)
        if sides:
            new = {one.name for one in match(sides[0].state, state).new}
        report = check_lowered(lowered, today=TODAY, new=new)
        sides.append(Judged(Side("git", name, name[0].lower().replace("h", "b").replace("m", "a") * 40), state, report))
    return make_plan("images.yaml", *sides, today=TODAY, stack="dev")
