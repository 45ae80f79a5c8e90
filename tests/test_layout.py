"""Files and folders stay small enough to be read: 300 lines of Python, 20 modules; all of this is written by hand."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import INTEGRATION

CHECKOUT = Path(__file__).parents[1]
LONGEST = 300
"""Lines of a Python file."""

FULLEST = 20
"""Modules of a folder, without ``__init__.py``, which says what the folder is."""


def too_long(root: Path, files: list[str]) -> list[str]:
    lengths = {file: (root / file).read_text(encoding="utf-8").count("\n") for file in files}
    return [
        f"{file} has {length} lines, more than {LONGEST}: split it by meaning"
        for file, length in sorted(lengths.items())
        if length > LONGEST
    ]


def too_full(files: list[str]) -> list[str]:
    counts = Counter(Path(file).parent.as_posix() for file in files if Path(file).name != "__init__.py")
    return [
        f"{folder} has {count} modules, more than {FULLEST}: move related ones into a folder of their own"
        for folder, count in sorted(counts.items())
        if count > FULLEST
    ]


@pytest.fixture(scope="module")
def files() -> list[str]:
    """Python files of this checkout: what Git follows, and what it would if it were added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "*.py"]
    listed = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    found = [file for file in listed.split("\0") if file and (CHECKOUT / file).is_file()]
    assert "tests/test_layout.py" in found
    return found


def test_no_file_is_longer_than_it_can_be_read(files: list[str]) -> None:
    assert too_long(CHECKOUT, files) == []


def test_no_folder_holds_more_modules_than_can_be_surveyed(files: list[str]) -> None:
    assert too_full(files) == []


@pytest.mark.parametrize(("lines", "offends"), [(300, False), (301, True)])
def test_a_file_that_is_too_long_is_named(tmp_path: Path, lines: int, offends: bool) -> None:
    (tmp_path / "a.py").write_text("x = 1\n" * lines)
    named = ["a.py has 301 lines, more than 300: split it by meaning"]
    assert too_long(tmp_path, ["a.py"]) == (named if offends else [])


@pytest.mark.parametrize(("modules", "offends"), [(20, False), (21, True)])
def test_a_folder_that_is_too_full_is_named(modules: int, offends: bool) -> None:
    files = ["acg/__init__.py", *(f"acg/m{number}.py" for number in range(modules)), "acg/deeper/m.py"]
    named = ["acg has 21 modules, more than 20: move related ones into a folder of their own"]
    assert too_full(files) == (named if offends else [])


def test_what_holds_integration_tests_is_there() -> None:
    assert [name for name in INTEGRATION if not (CHECKOUT / "tests" / name).exists()] == []
