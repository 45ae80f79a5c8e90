"""Faults of the documents and of `make up`: what a reader did not find, and what was not so."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Row:
    """Words that a document has, or has no longer; without a name, any document."""

    name: str
    document: str = ""
    says: str = ""
    silent: str = ""


ROWS = [
    Row("the way to change features", "docs/faults.md", "`allowUpdateImage: true`"),
    Row("the way to a number in the bin", "docs/faults.md", "`restore: true`"),
    Row("the way to destroy a gallery with a full bin", "docs/faults.md", "`bypassSoftDelete=true`"),
    Row("the way to retire under a lock", "docs/faults.md", "ScopeLocked"),
    Row("Ctrl-C", "docs/faults.md", "Ctrl-C"),
    Row("retire is the word in place of Pulumi's", says="pulumi state unprotect`. `retire: true`"),
    Row("a version that is still being changed is busy", "docs/sandbox.md", "a version answers 409 until it is done"),
    Row("Pulumi is the first to look at a pack's settings", "docs/policies.md", 'invalid enforcement level ""'),
    Row("Pulumi ignores no misspelt name", "docs/policies.md", silent="Pulumi itself ignores a misspelt name"),
    Row("no pipeline pins a tag that nobody made", silent="ref: v0.1.0"),
    Row("no pipeline pins a tag by its whole name", silent="refs/tags/v0.1.0"),
    Row("where the settings are", says="acg:guardrails"),
    Row("how a program reads a catalog", says="declare(read_catalog("),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace(" ", "-"))
def test_the_documents(row: Row) -> None:
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(file.read_text() for file in files if not row.document or file == ROOT / row.document)
    text = re.sub(r"\s+", " ", text)
    assert row.says in text
    assert not row.silent or row.silent not in text


def test_make_up_is_one_preview_one_deployment_and_the_table() -> None:
    """Policies were shown twice, and eighty lines of outputs stood before the table."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    make = subprocess.run(["make", "--dry-run", "up"], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    preview, deployment, table = make.stdout.splitlines()[-3:]
    assert "pulumi preview" in preview, make.stdout
    assert "up --yes --skip-preview" in deployment, make.stdout
    assert "status" in table, make.stdout
    assert all("--suppress-outputs" in command for command in (preview, deployment)), make.stdout
