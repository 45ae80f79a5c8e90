"""`acg preview` of a catalog, against the `pulumi preview --refresh` that it runs, with the same policy pack."""

import json
import os
import tempfile
from dataclasses import astuple
from pathlib import Path

from bench.check import ACG
from bench.generate import write_catalog_project
from bench.measure import Measured, alternately, measure
from bench.preview import PREVIEW, ROOT

VERSIONS = 1_000


def beneath_the_sandbox() -> tuple[Measured, Measured]:
    """(`pulumi preview`, `acg preview`) of `VERSIONS` versions. Runs beneath ``acg-sandbox exec``."""
    pack = ("--policy-pack", str(ROOT / "policies"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "catalog"
        write_catalog_project(folder, ROOT, VERSIONS)
        env = os.environ | {"PULUMI_BACKEND_URL": f"file://{folder}"}
        env.pop("PULUMI_OPTION_CONFIG_FILE", None)
        measure(("pulumi", "stack", "init", "bench", "--no-select"), cwd=folder, env=env)
        return alternately(
            lambda: measure((*PREVIEW, "--refresh", *pack), cwd=folder, env=env),
            lambda: measure((ACG, "preview", "--stack", "bench", *pack), cwd=folder, env=env),
        )


if __name__ == "__main__":
    print(json.dumps([astuple(one) for one in beneath_the_sandbox()]), flush=True)
