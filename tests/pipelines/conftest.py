"""A repository with two commits, and a runner of whose commands some are not what they are elsewhere."""

import json
import os
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

HOSTILE = "::error::hunter2 @octocat"
IMAGE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/a"
CATALOG = f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    description: {json.dumps(HOSTILE)}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen2}}
        versions:
          1.0.0:
            source: {{managedImage: {IMAGE}}}
            targetRegions: [{{name: westeurope, storageAccountType: Standard_ZRS}}]
"""
REFUSED = CATALOG.replace("Standard_ZRS", "Premium_LRS")
PIP = """
import pathlib, sys
pathlib.Path(sys.prefix, "asked").write_text(" ".join(sys.argv[1:]))
"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def executable(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose second commit has a change that Azure refuses, and folders named as modules that run."""
    folder = tmp_path / "repository"
    (folder / "galleries").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / "galleries/corp.yaml").write_text(CATALOG)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / "galleries/corp.yaml").write_text(REFUSED)
    for name in ("venv", "pip", "acg", "sysconfig", "json"):
        (folder / f"{name}.py").write_text("raise SystemExit('the pull request was run')")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "two")
    return folder


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner's folder, and a `python` whose environments have this one's packages and install nothing."""
    folder = tmp_path / "runner"
    (folder / "bin").mkdir(parents=True)
    packages = sysconfig.get_path("purelib")
    executable(folder / "bin/python", f"""#!/bin/sh
set -e
test "$1 $2 $3" = "-I -m venv"
{sys.executable} -I -m venv --without-pip "$4"
lib="$("$4/bin/python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo {packages} > "$lib/packages.pth"
cat > "$lib/pip.py" <<'EOF'
{PIP}
EOF
""")  # fmt: skip
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return folder
