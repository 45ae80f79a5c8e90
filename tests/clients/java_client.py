"""``azure-resourcemanager-compute`` for Java, its fluent interface and the one beneath."""

from __future__ import annotations

from collections.abc import Iterator

from tests.clients.suite import Outcome, Place, copied, prepare, require

PACKAGE = "azure-resourcemanager-compute 2.54.0"


def run(place: Place) -> Iterator[Outcome]:
    """Compile the suite with Maven and run it."""
    require("java", "javac", "mvn")
    folder = copied("java")
    prepare(("mvn", "-q", "-B", "compile", "dependency:copy-dependencies"), folder)
    yield from place.outcomes(("java", "-cp", "target/classes:target/dependency/*", "Suite"), folder)
