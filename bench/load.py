"""Loading a catalog of 10,000 versions with the place of every value, against plain PyYAML on the same file."""

import sys
import tempfile
from pathlib import Path

from bench.generate import catalog
from bench.measure import Measured, measure, median

PLAIN = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CSafeLoader)"
OURS = (
    "import sys; from acg.catalog.reader import read_catalog; "
    "reading = read_catalog(sys.argv[1]); assert reading.catalog and not reading.problems"
)


def large() -> tuple[Measured, Measured]:
    """(plain PyYAML, ours), each in processes of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "catalog.yaml"
        path.write_text(catalog(10_000, definitions=100, regions=3))
        return (
            median(lambda: measure((sys.executable, "-c", PLAIN, str(path)))),
            median(lambda: measure((sys.executable, "-c", OURS, str(path)))),
        )
