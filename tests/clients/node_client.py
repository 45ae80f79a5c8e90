"""``@azure/arm-compute`` on Node, with its own api-versions and with two older ones."""

from __future__ import annotations

from collections.abc import Iterator

from tests.clients.suite import Outcome, Place, copied, prepare, require

PACKAGE = "@azure/arm-compute 25.1.1"
_OLDER = ("2021-10-01", "2024-03-03")


def run(place: Place) -> Iterator[Outcome]:
    """Run the suite once for each api-version."""
    require("node", "npm")
    folder = copied("node")
    prepare(("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), folder)
    for version in ((), *((one,) for one in _OLDER)):
        yield from place.outcomes(("node", "suite.mjs", *version), folder)
