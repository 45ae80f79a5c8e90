"""`make up CATALOG=path`: a catalog of one's own, with subscriptions and sources that no embedded Azure knows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from acg_sandbox.engine.find import Engine
from tests.sources.catalogs import KINDS, catalog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `make up` uses of a clone, in the environment of the tests."""
    listed = (
        "git",
        "ls-files",
        "-z",
        "Makefile",
        "Pulumi.yaml",
        "Pulumi.dev.yaml",
        "__main__.py",
        "guardrails.json",
        "policies",
    )
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    folder = tmp_path / "clone"
    for name in filter(None, names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def make(clone: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--old-file=.venv/installed", *words]
    return subprocess.run(command, cwd=clone, env=own, capture_output=True, text=True, check=False)


@pytest.mark.engine
def test_a_catalog_of_ones_own_is_deployed_with_three_words(clone: Path, engine: Engine) -> None:
    own = clone.parent / "northwind" / "images.yaml"
    own.parent.mkdir()
    own.write_text(yaml.safe_dump(catalog({kind: dict(image) for kind, image in KINDS.items()})))
    done = make(clone, "up", f"CATALOG={own}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "acg: 3 subscriptions, " in done.stderr  # two of the catalog, and one that a community gallery is in
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("corp ")]
    assert sorted((row[1], row[2], row[-1]) for row in rows) == [(kind, "1.0.0", "Succeeded") for kind in sorted(KINDS)]
    assert not (clone / ".sandbox").exists()  # the example's own Azure is not touched


def test_a_catalog_with_problems_is_refused_before_anything_starts(clone: Path) -> None:
    (clone / "mine.yaml").write_text("galleries: {corp: {resourceGroup: rg, locatoin: westeurope}}")
    refused = make(clone, "up", "CATALOG=mine.yaml")
    assert refused.returncode != 0
    assert "mine.yaml:1:39  error ACG005 unknown-key" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list(clone.glob(".sandboxes/*/pulumi"))
