"""The stacks of a catalog, as text and as the matrix of a pipeline."""

from __future__ import annotations

from collections.abc import Sequence

from acg.plan.waves import Stack
from acg.report.json_form import dumps
from acg.report.tables import table


def text_of(stacks: Sequence[Stack]) -> str:
    """One line for each stack, with what its configuration says."""
    rows = [
        (str(one.wave), one.name, ", ".join(one.galleries), ", ".join(one.needs) or "-", one.why or "")
        for one in stacks
    ]
    return table(("wave", "stack", "acg:galleries", "after", "together because"), rows)


def json_of(stacks: Sequence[Stack]) -> str:
    """``waves``, each a list that a matrix takes as its ``include``."""
    waves: list[list[dict[str, object]]] = [[] for _ in range(max((one.wave for one in stacks), default=0))]
    for one in stacks:
        waves[one.wave - 1].append(
            {"stack": one.name, "galleries": list(one.galleries), "needs": list(one.needs), "why": one.why}
        )
    return dumps({"waves": waves})
