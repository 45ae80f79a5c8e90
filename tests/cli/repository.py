"""A Git repository in the working folder, and `acg plan` in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from acg.cli.main import run


def git(*arguments: str) -> str:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    return subprocess.run(("git", *author, *arguments), check=True, capture_output=True, text=True).stdout.strip()


def write(content: object, file: str = "galleries/catalog.yaml") -> None:
    path = Path(file)
    path.parent.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))


def commit(message: str) -> str:
    git("add", "-A")
    git("commit", "-qm", message)
    return git("rev-parse", "HEAD")


def planned(capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> dict:
    assert run(["plan", "galleries", "--format", "json", *options]) == code
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *options: str, catalog: str = "galleries") -> str:
    assert run(["plan", catalog, *options]) == 2
    return capsys.readouterr().err


def actions(plan: dict) -> list[tuple[str, str]]:
    return [(change["action"], change["reason"]) for change in plan["changes"]]
