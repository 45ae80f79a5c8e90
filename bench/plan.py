"""`acg plan` between two revisions of a catalog of 10,000 versions, against plain PyYAML on the file."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.check import ACG
from bench.generate import catalog
from bench.load import PLAIN
from bench.measure import Measured, alternately, measure

CHANGES = 100
"""Versions whose replicas in one region are raised, spread over all definitions."""

_OLD, _NEW = "regionalReplicaCount: 2", "regionalReplicaCount: 3"


def large(*options: str) -> tuple[Measured, Measured]:
    """(plain PyYAML on one of the two texts, `acg plan` of both) on 10,000 versions of 100 definitions in 3 regions.

    Options are for `acg plan`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "catalog.yaml"
        text = catalog(10_000, definitions=100, regions=3)
        path.write_text(text)
        _commit(Path(scratch))
        path.write_text(changed(text))
        return alternately(
            lambda: measure((sys.executable, "-c", PLAIN, str(path))),
            lambda: measure((ACG, "plan", "catalog.yaml", *options), cwd=Path(scratch)),
        )


def changed(text: str) -> str:
    """The catalog with `CHANGES` versions changed."""
    parts = text.split(_OLD)
    every = (len(parts) - 1) // CHANGES
    places = {number * every for number in range(CHANGES)}
    joined = (part + (_NEW if index in places else _OLD) for index, part in enumerate(parts[:-1]))
    return "".join((*joined, parts[-1]))


def _commit(folder: Path) -> None:
    author = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for arguments in (("init", "-qb", "main"), ("add", "."), (*author, "commit", "-qm", "Add the catalog")):
        subprocess.run(("git", *arguments), cwd=folder, env=quiet, check=True)
