"""`pulumi preview` of one gallery: the catalog through the components, against a raw azure-native program."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path

from bench.generate import write_catalog_project, write_raw_project
from bench.measure import Measured, measure

ROOT = Path(__file__).resolve().parent.parent
PREVIEW = ("pulumi", "preview", "--stack", "bench", "--non-interactive", "--color", "never", "--suppress-outputs")


def compare(sizes: tuple[int, ...], raw_sizes: tuple[int, ...]) -> Iterator[tuple[str, int, Measured]]:
    """Yield (program, versions, figures). Runs beneath ``acg-sandbox exec``, which brings engine and provider."""
    with tempfile.TemporaryDirectory() as scratch:
        runs: dict[tuple[str, int], Callable[[], Measured]] = {}
        for size in sizes:
            for program, write in (("raw", write_raw_project), ("catalog", write_catalog_project)):
                if program == "catalog" or size in raw_sizes:
                    runs[program, size] = _prepared(Path(scratch) / f"{program}-{size}", write, size)
        found = {key: [run()] for key, run in runs.items()}
        for _ in range(2):  # what grows is compared with itself: the sizes take turns
            for size in sizes:
                found["catalog", size].append(runs["catalog", size]())
        for (program, size), measured in found.items():
            yield program, size, sorted(measured, key=lambda one: one.seconds)[len(measured) // 2]


def _prepared(folder: Path, write: Callable[[Path, Path, int], None], size: int) -> Callable[[], Measured]:
    """Make a project with a stack, and give what previews it."""
    write(folder, ROOT, size)
    env = os.environ | {"PULUMI_BACKEND_URL": f"file://{folder}"}
    env.pop("PULUMI_OPTION_CONFIG_FILE", None)  # the settings of the checkout's own stack
    measure(("pulumi", "stack", "init", "bench", "--no-select"), cwd=folder, env=env)
    return lambda: measure(PREVIEW, cwd=folder, env=env)


if __name__ == "__main__":
    for line in compare(tuple(json.loads(sys.argv[1])), tuple(json.loads(sys.argv[2]))):
        print(json.dumps([line[0], line[1], *astuple(line[2])]), flush=True)
