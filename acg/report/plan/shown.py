"""What every rendering is given: the plan, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from acg.desired.resource import Resource
from acg.plan.model import Plan
from acg.report.plan.host import Host


class Shown(NamedTuple):
    """A plan with what only renderings need."""

    plan: Plan
    host: Host = Host()
    before: Sequence[Resource] = ()
    """The resources before the change, for the picture of the estate; without both sides there is none."""
    after: Sequence[Resource] = ()
    width: int = 100
    """Columns of the terminal."""
    colour: bool = False
    """Whether the terminal shows colour."""
