"""Ways to spoil a catalog, each aimed at what one rule forbids; found by walking this package.

A mutation changes what it needs so that nothing but its aim is wrong, and may vary how it does it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.agreement.scene import Scene

Change = Callable[[st.DrawFn, Scene], None]


@dataclass(frozen=True)
class Mutation:
    """A change of a scene. ``provokes`` names the refusal that it leads to where no rule can foresee one."""

    name: str
    change: Change
    provokes: str | None = None

    @property
    def family(self) -> str:
        """The module or sub-package of this package that it is from."""
        return self.change.__module__.removeprefix(f"{__name__}.").split(".")[0]

    def apply(self, draw: st.DrawFn, scene: Scene) -> None:
        self.change(draw, scene)
        scene.mutations.append(self.name)
        if self.provokes is not None:
            scene.excused.add(self.provokes)


MUTATIONS: dict[str, Mutation] = {}
"""By name."""


def mutation(change: Change) -> Change:
    """Register a change that a rule should refuse, or, where the tables say so, warn of."""
    name = change.__name__
    MUTATIONS[name] = Mutation(name, change)
    return change


def unforeseeable(provokes: str) -> Callable[[Change], Change]:
    """Register a change that only Azure can refuse, with this error of its table."""

    def register(change: Change) -> Change:
        name = change.__name__
        MUTATIONS[name] = Mutation(name, change, provokes)
        return change

    return register


for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)
