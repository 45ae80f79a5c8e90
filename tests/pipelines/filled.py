"""The example pipelines with the project's own address filled in, and how a runner would run their steps."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
GITHUB = sorted((ROOT / "examples/pipelines/github").glob("*.yml"))
AZURE = ROOT / "examples/pipelines/azure/plan.yml"
AZURE_REFRESH = ROOT / "examples/pipelines/azure/refresh.yml"
GITLAB_REFRESH = ROOT / "examples/pipelines/gitlab/acg-refresh.yml"
GITLAB = ROOT / "examples/pipelines/gitlab/.gitlab-ci.yml"
GITLAB_CHILD = ROOT / "examples/pipelines/gitlab/acg-plan.yml"
ACTION = ROOT / "action.yml"
STACKS = ROOT / ".github/actions/stacks/action.yml"


def filled(file: Path) -> str:
    """The text as a team would commit it."""
    text = re.sub(r"OWNER/(pulumi-acg\S*)@COMMIT", rf"contoso/\1@{COMMIT}", file.read_text())
    text = text.replace("OWNER/", "contoso/").replace("ref: COMMIT", f"ref: {COMMIT}")
    return text.replace("--detach COMMIT", f"--detach {COMMIT}")


def load(file: Path) -> Any:
    return yaml.load(filled(file), yaml.BaseLoader)  # noqa: S506 - "on" stays a word


def step(steps: list[dict[str, Any]], name: str) -> str:
    """The script of a step."""
    found = next(one for one in steps if name in (one.get("name"), one.get("displayName")))
    return found.get("run") or found["bash"]


def run(script: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
