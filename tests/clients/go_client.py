"""``armcompute`` of the Azure SDK for Go, with its own pollers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.clients.suite import Outcome, Place, copied, prepare, require

PACKAGE = "armcompute/v8 v8.4.0"


def run(place: Place) -> Iterator[Outcome]:
    """Build the suite with the machine's Go and run it."""
    require("go")
    folder = copied("go")
    prepare(("go", "build", "-mod=readonly", "-o", "suite", "."), folder, CGO_ENABLED="0")
    yield from place.outcomes((folder / "suite",), folder)
