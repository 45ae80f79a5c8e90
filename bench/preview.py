"""`pulumi preview` of one gallery: the catalog through the components, against a raw azure-native program."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from bench.generate import write_catalog_project, write_raw_project
from bench.measure import Measured, measure

ROOT = Path(__file__).resolve().parent.parent
PREVIEW = ("pulumi", "preview", "--stack", "bench", "--non-interactive", "--color", "never", "--suppress-outputs")


def compare(sizes: tuple[int, ...], raw_sizes: tuple[int, ...]) -> Iterator[tuple[str, int, Measured]]:
    """Yield (program, versions, figures). Runs beneath ``acg-sandbox exec``, which brings engine and provider."""
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            for program, write in (("raw", write_raw_project), ("catalog", write_catalog_project)):
                if program == "raw" and size not in raw_sizes:
                    continue
                folder = Path(scratch) / f"{program}-{size}"
                write(folder, ROOT, size)
                env = os.environ | {"PULUMI_BACKEND_URL": f"file://{folder}"}
                env.pop("PULUMI_OPTION_CONFIG_FILE", None)  # the settings of the checkout's own stack
                measure(("pulumi", "stack", "init", "bench", "--no-select"), cwd=folder, env=env)
                yield program, size, measure(PREVIEW, cwd=folder, env=env)


if __name__ == "__main__":
    for line in compare(tuple(json.loads(sys.argv[1])), tuple(json.loads(sys.argv[2]))):
        print(json.dumps([line[0], line[1], *astuple(line[2])]), flush=True)
