"""`acg check`: a catalog of 10,000 versions against plain PyYAML on the same file, and a cold start on the example."""

import sys
import tempfile
from pathlib import Path

from bench.generate import catalog
from bench.load import PLAIN
from bench.measure import Measured, alternately, measure, median

ROOT = Path(__file__).resolve().parent.parent
ACG = str(ROOT / ".venv" / "bin" / "acg")


def large(*options: str) -> tuple[Measured, Measured]:
    """(plain PyYAML, `acg check` with all rules) on 10,000 versions of 100 definitions in 3 regions each."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "catalog.yaml"
        path.write_text(catalog(10_000, definitions=100, regions=3))
        return (
            median(lambda: measure((sys.executable, "-c", PLAIN, str(path)))),
            median(lambda: measure((ACG, "check", *options, str(path)))),
        )


def cold() -> tuple[Measured, Measured]:
    """(importing the two libraries alone, `acg check` of the example)."""
    return alternately(
        lambda: measure((sys.executable, "-c", "import pydantic, yaml")),
        lambda: measure((ACG, "check", str(ROOT / "galleries"))),
        runs=15,  # each takes a fraction of a second, which anything else that the machine does weighs on
    )
