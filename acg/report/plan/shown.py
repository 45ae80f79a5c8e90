"""What every rendering is given: the plan, and what stands around it."""

from __future__ import annotations

from typing import NamedTuple

from acg.plan.model import Plan
from acg.report.plan.grid import Estate
from acg.report.plan.host import Host


class Shown(NamedTuple):
    """A plan with what only renderings need."""

    plan: Plan
    host: Host = Host()
    estate: Estate = Estate()
    """The versions by region, for the picture of the page; empty: there is no picture."""
    width: int = 100
    """Columns of the terminal."""
    colour: bool = False
    """Whether the terminal shows colour."""
