"""A row about the command line: what lies in the folder, what is run, the exit code, and what a person reads."""

import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from acg.cli.main import run

PROJECT = {"Pulumi.yaml": "name: images\n"}
TWO_REPLICAS = {"enforcementLevel": "mandatory", "replicas": 2}


@dataclass(frozen=True)
class Row:
    """One fault: what somebody ran, and what it has to end with."""

    name: str
    files: Mapping[str, str]
    code: int
    says: Sequence[str] = ()
    silent: Sequence[str] = ()
    command: str = "check"
    arguments: Sequence[str] = ("catalog.yaml",)
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""


def one(text: str, **more: str) -> dict[str, str]:
    """The files of a project with one catalog."""
    return {"catalog.yaml": text, **more}


def guarded(**settings: object) -> dict[str, str]:
    """A project with settings."""
    return {**PROJECT, "guardrails.json": json.dumps({key.replace("_", "-"): value for key, value in settings.items()})}


def check(row: Row, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the command of a row in a folder, and compare."""
    for name, content in row.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())
    monkeypatch.chdir(folder)
    for name, value in row.environment.items():
        monkeypatch.setenv(name, value.replace("FOLDER", str(folder)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(row.stdin.encode())))

    code = run([row.command, *row.arguments])

    shown = capsys.readouterr()
    output = shown.out + shown.err
    assert code == row.code, output
    assert [words for words in row.says if words not in output] == [], output
    assert [words for words in row.silent if words in output] == [], output


def each(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """A test for each row."""
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name.replace(" ", "-"))
