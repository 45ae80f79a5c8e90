"""No link in a catalog leads out of it, and nothing is quoted of where it leads."""

from pathlib import Path

import pytest

from acg.catalog.reader import read_catalog

CREDENTIALS = "accessTokens: {https://api.pulumi.com: pul-0123456789}\n"
GALLERY = "galleries: {corp: {resourceGroup: rg}}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog in the current folder, and beside that a file of somebody else."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "credentials.yaml").write_text(CREDENTIALS)
    current = tmp_path / "current"
    (current / "catalog").mkdir(parents=True)
    (current / "catalog" / "corp.yaml").write_text(GALLERY)
    monkeypatch.chdir(current)
    return tmp_path


def refused(*paths: str) -> list[tuple[str | None, str]]:
    reading = read_catalog(*paths)
    assert all(problem.code == "ACG001" for problem in reading.problems)
    assert not any("pul-" in str(problem) for problem in reading.problems)
    return [(problem.file, problem.message) for problem in reading.problems]


OUTSIDE = "is a link to a place outside the folder, and is not followed"


def test_a_linked_file_in_a_folder_is_not_read(folder: Path):
    link = Path("catalog/leak.yaml")
    link.symlink_to(folder / "elsewhere/credentials.yaml")

    assert refused("catalog") == [("catalog/leak.yaml", OUTSIDE)]
    assert read_catalog("catalog").text("catalog/leak.yaml") is None
    assert list(read_catalog("catalog").catalog.galleries) == ["corp"]  # type: ignore[union-attr]


def test_a_linked_file_that_is_named_is_not_read(folder: Path):
    Path("leak.yaml").symlink_to(folder / "elsewhere/credentials.yaml")

    assert refused("leak.yaml") == [("leak.yaml", OUTSIDE)]


@pytest.mark.parametrize("path", ["linked", "linked/inner"])
def test_a_linked_folder_that_is_named_is_not_read(folder: Path, path: str):
    (folder / "elsewhere/inner").mkdir()
    Path("linked").symlink_to(folder / "elsewhere")

    assert refused(path) == [(path, OUTSIDE)]


def test_a_link_to_a_file_of_the_same_folder_is_followed(folder: Path):
    Path("catalog/parts").mkdir()
    Path("catalog/parts/more.yaml").write_text("galleries: {more: {resourceGroup: rg}}")
    Path("catalog/more.yaml").symlink_to("parts/more.yaml")

    assert list(read_catalog("catalog").require().galleries) == ["corp", "more"]


def test_a_path_outside_that_is_named_as_such_is_read(folder: Path):
    (folder / "elsewhere/credentials.yaml").write_text(GALLERY)

    assert read_catalog("../elsewhere").problems == ()
    assert read_catalog(folder / "elsewhere/credentials.yaml").problems == ()


def test_links_that_lead_in_a_circle_or_nowhere_hide_no_other_file(folder: Path):
    Path("catalog/loop.yaml").symlink_to("loop.yaml")
    Path("catalog/dead.yaml").symlink_to("nothing.yaml")

    assert refused("catalog") == [
        ("catalog/dead.yaml", "cannot be read: no such file or directory"),
        ("catalog/loop.yaml", "cannot be read: too many levels of symbolic links"),
    ]
    assert list(read_catalog("catalog").catalog.galleries) == ["corp"]  # type: ignore[union-attr]
