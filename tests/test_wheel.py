"""The one wheel holds everything that its packages need, and says of itself what a package index shows."""

import email
import email.message
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path, PurePosixPath

import pytest
import yaml

CHECKOUT = Path(__file__).parents[1]
PACKAGES = {
    "acg": "acg",
    "acg_sandbox": "acg_sandbox",
    "components/pulumi_acg": "pulumi_acg",
    "policies/acg_policies": "acg_policies",
}


def own_files(folder: str) -> list[str]:
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder)
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (CHECKOUT / name).exists()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what Git knows or would add, by the back end that the lock names."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("pyproject.toml", "LICENSE", "docs/pypi.md", *(file for home in PACKAGES for file in own_files(home))):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((CHECKOUT / name).read_bytes())
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source))
    subprocess.run(build, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


def test_every_file_of_the_packages_is_in_it_and_no_other(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected: set[str] = set()
    for home, package in PACKAGES.items():
        expected |= {f"{package}/{PurePosixPath(file).relative_to(home)}" for file in own_files(home)}
    assert held == expected


def test_the_description_has_no_link_that_a_package_index_cannot_follow(metadata: email.message.Message):
    text = str(metadata.get_payload())
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert links
    assert [link for link in links if not link.startswith("https://")] == []


def test_it_says_what_it_is(metadata: email.message.Message):
    assert metadata["Name"] == "pulumi-acg"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Author"]
    assert metadata.get_all("Project-URL")
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13)} <= set(
        metadata.get_all("Classifier", [])
    )


def test_an_import_of_each_package_is_typed(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        assert {f"{package}/py.typed" for package in PACKAGES.values()} <= set(archive.namelist())


def virtual_environment(python: str, home: Path, *packages: str) -> Path:
    """Make one and install into it without asking what packages need; give its `bin`."""
    subprocess.run([python, "-m", "venv", "--without-pip", str(home)], check=True)
    pip = (sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "--quiet", "--no-deps")
    subprocess.run([*pip, "--disable-pip-version-check", *packages], check=True, capture_output=True, text=True)
    return home / "bin"


def run(*command: str | Path, cwd: Path, fails: bool = False) -> str:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert (result.returncode != 0) == fails, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with the wheel, over the packages that the tests run with."""
    bin_folder = virtual_environment(sys.executable, tmp_path_factory.mktemp("installed"), str(wheel))
    (site,) = bin_folder.parent.glob("lib/python*/site-packages")
    # A path in a .pth file is searched, but the .pth files in it, such as the checkout's own, are not.
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return bin_folder


@pytest.mark.parametrize("package", PACKAGES.values())
def test_every_package_comes_from_the_wheel(installed: Path, package: str, tmp_path: Path):
    where = run(installed / "python", "-W", "error", "-c", f"import {package}; print({package}.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))


def test_the_types_of_nested_arguments_can_be_imported(installed: Path, tmp_path: Path):
    script = "import pulumi_acg; from pulumi_acg import args; print(*set(args.__all__) - set(pulumi_acg.__all__))"
    assert run(installed / "python", "-c", script, cwd=tmp_path).split() == []


def test_both_commands_run(installed: Path, tmp_path: Path):
    assert "resources checked" in run(installed / "acg", "check", str(CHECKOUT / "galleries"), cwd=tmp_path)
    assert run(installed / "acg-sandbox", "status", cwd=tmp_path) == "There is no gallery here.\n"


def pythons() -> dict[str, str]:
    """Every Python of this machine that the project supports: a command on PATH, or one that pyenv installed."""
    found: dict[str, str] = {}
    for minor in range(11, 15):
        own = [sys.executable] if sys.version_info[1] == minor else []
        on_path = filter(None, [shutil.which(f"python3.{minor}")])
        of_pyenv = Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")
        for candidate in (*own, *on_path, *map(str, of_pyenv)):
            if subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
                found[f"3.{minor}"] = candidate
                break
    return found


@pytest.fixture(scope="module", params=pythons().items(), ids=lambda item: item[0])
def light(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment for pipelines that only run `acg check`: the wheel and requirements-check.txt."""
    home = tmp_path_factory.mktemp("light")
    packages = virtual_environment(request.param[1], home, "-r", str(CHECKOUT / "requirements-check.txt"))
    virtual_environment(request.param[1], home, "--no-index", str(wheel))
    return packages


def test_a_light_installation_checks_a_catalog(light: Path, tmp_path: Path):
    assert "resources checked" in run(light / "acg", "check", str(CHECKOUT / "galleries"), cwd=tmp_path)
    (tmp_path / "bad.yaml").write_text("galleries: {co rp: {resourceGroup: rg, location: westeurope}}\n")
    assert "ACG101" in run(light / "acg", "check", "bad.yaml", cwd=tmp_path, fails=True)
    assert "No module named 'pulumi'" in _error(light / "python", "import pulumi", tmp_path)


def test_the_embedded_azure_names_the_extra_that_it_needs(light: Path, tmp_path: Path):
    refused = subprocess.run(
        [light / "acg-sandbox", "status"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert 'Fix: pip install "pulumi-acg[sandbox]"' in refused.stderr
    assert "Traceback" not in refused.stderr


def _error(python: Path, script: str, cwd: Path) -> str:
    return subprocess.run([python, "-c", script], cwd=cwd, capture_output=True, text=True, check=False).stderr


CATALOG = """\
galleries:
  mine:
    resourceGroup: rg-sources
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {publisher: contoso, offer: ubuntu, sku: 24_04}
"""
PROGRAM = """\
import pulumi
from acg.catalog.reader import read_catalog
from pulumi_acg import declare

pulumi.export("who", pulumi.Config().require("who"))
declare(read_catalog("catalog.yaml"))
"""


@pytest.fixture
def project(installed: Path, tmp_path: Path) -> Path:
    """A project of one's own, far from any checkout, with its own virtual environment."""
    folder = tmp_path / "northwind"
    folder.mkdir()
    options = {"toolchain": "pip", "virtualenv": ".venv"}
    (folder / "Pulumi.yaml").write_text(
        yaml.safe_dump({"name": "northwind", "runtime": {"name": "python", "options": options}})
    )
    (folder / "Pulumi.other.yaml").write_text("config:\n  northwind:who: me # and nobody else\n")
    (folder / "__main__.py").write_text(PROGRAM)
    (folder / "catalog.yaml").write_text(CATALOG)
    (folder / ".venv").symlink_to(installed.parent)
    return folder


GUIDE = "docs/your-own-repository.md"


def commands(document: str, word: str) -> list[str]:
    """What a reader types of the one block of commands with a word in it."""
    blocks = re.findall(r"```console\n(.*?)```", (CHECKOUT / document).read_text(), re.DOTALL)
    (block,) = [block for block in blocks if word in block]
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def started(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository of one's own, made as README.md and the guide say, and what was printed meanwhile."""
    folder = tmp_path_factory.mktemp("own") / "northwind"
    folder.mkdir()
    environment, install, *start = commands("README.md", "acg init")
    *seeding, deployment = commands(GUIDE, "acg sources")
    assert deployment in [line.removesuffix(" --yes") for line in start]
    over_the_tests = f'echo "{sysconfig.get_path("purelib")}" > "$(echo .venv/lib/python*/site-packages)/others.pth"'
    again = f"{deployment} --yes"  # the guide has reset the embedded Azure before it was seeded
    lines = [environment, install, over_the_tests, *start, *seeding, again, "acg-sandbox status", "command -v acg"]
    pip = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_NO_COMPILE": "1"}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        env={**os.environ, **pip, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def preview_with_the_pack_of_the_guide(folder: Path) -> str:
    """Write the pack as the guide shows it, and preview with it."""
    guide = (CHECKOUT / GUIDE).read_text()
    files = re.findall(r'```\w+ title="(.*?)"\n(.*?)```', guide, re.DOTALL)
    assert {name for name, _ in files} == {"policies/PulumiPolicy.yaml", "policies/__main__.py"}
    (folder / "policies").mkdir()
    for name, text in files:
        (folder / name).write_text(text)
    (command,) = re.findall(r"^\$ acg-sandbox (exec .*--policy-pack policies)$", guide, re.MULTILINE)
    return run(folder / ".venv/bin/acg-sandbox", *command.split(), cwd=folder)


@pytest.mark.engine
def test_a_repository_of_ones_own_starts_as_the_readme_says(started: tuple[Path, str]):
    folder, printed = started
    assert "4 resources checked" in printed
    assert printed.count("+ 6 created") == 2
    assert "made 0 of 2 resources; 2 existed already\n" in printed
    deployed = r"^corp +ubuntu-2404 +1\.0\.0 +West Europe x2, North Europe x2 +Succeeded$"
    assert re.search(deployed, printed, re.MULTILINE)
    assert printed.endswith(f"{folder}/.venv/bin/acg\n")
    assert "images@v1.0.0" in preview_with_the_pack_of_the_guide(folder)
    pinned = ("-r", str(folder / "requirements.txt"))
    run(folder / ".venv/bin/python", "-m", "pip", "install", "--dry-run", "--no-index", *pinned, cwd=folder)


@pytest.mark.engine
def test_a_project_of_ones_own_is_deployed_with_the_stack_that_its_command_names(project: Path):
    sandbox = (project / ".venv" / "bin" / "acg-sandbox", "exec", "--", "pulumi")
    run(*sandbox, "config", "set", "northwind:size", "big", "-s", "other", cwd=project)
    assert (project / "Pulumi.other.yaml").read_text() == (
        "config:\n  northwind:who: me # and nobody else\n  northwind:size: big\n"
    )
    assert "+ 4 created" in run(*sandbox, "up", "--yes", "--stack", "other", cwd=project)
    assert run(*sandbox, "-C", project, "stack", "output", "-s", "other", "who", cwd=project.parent) == "me\n"
    table = run(project / ".venv" / "bin" / "acg-sandbox", "status", cwd=project)
    assert "mine" in table
    assert {path.name for path in project.iterdir()} == {
        *(".sandbox", ".venv", "Pulumi.yaml", "Pulumi.other.yaml", "__main__.py", "catalog.yaml"),
        *(path.name for path in project.glob("__pycache__")),
    }
    assert not (project.parent / ".sandbox").exists()
