"""What every rendering is given: the plan, and what is around it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from acg.plan.model import Plan
from acg.preview.model import EngineRun
from acg.report.plan.grid import Picture
from acg.report.plan.host import Host


class Shown(NamedTuple):
    """A plan with what only renderings need."""

    plan: Plan
    host: Host = Host()
    picture: Picture = Picture()
    """The versions by region, for the picture of the page; empty: there is no picture."""
    engine: EngineRun | None = None
    """The engine's own preview; None for a plan that asked no engine."""
    width: int = 100
    """Columns of the terminal."""
    colour: bool = False
    """Whether the terminal shows colour."""

    @property
    def exit_code(self) -> Literal[0, 1]:
        """1 if the plan is refused, or the engine's preview stops the deployment."""
        return 1 if self.plan.exit_code or (self.engine is not None and self.engine.refused) else 0
