"""Files are replaced whole, below their folder, and only if they still say what was read."""

from pathlib import Path

import pytest

from acg.catalog.edit import EditError, Rewrite, write_files


def test_files_are_replaced_with_their_mode_and_byte_order_mark(tmp_path: Path):
    file = tmp_path / "corp.yaml"
    file.write_bytes("\ufeffa: 1\r\n".encode())
    file.chmod(0o640)
    write_files([Rewrite(file, "a: 1\r\n", "a: 2\r\n")], below=tmp_path)
    assert file.read_bytes() == "\ufeffa: 2\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["corp.yaml"]


@pytest.fixture
def corp(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "corp.yaml").write_text("a: 1\n")
    return folder / "corp.yaml"


def changed(file: Path) -> Path:
    file.write_text("a: 7\n")
    return file


def link(file: Path) -> Path:
    other = file.with_name("link.yaml")
    other.symlink_to(file)
    return other


def outside(file: Path) -> Path:
    other = file.parent.parent / "other.yaml"
    other.write_text("a: 1\n")
    return other


def linked_folder(file: Path) -> Path:
    other = file.parent.parent / "elsewhere"
    other.mkdir()
    (other / "x.yaml").write_text("a: 1\n")
    (file.parent / "below").symlink_to(other)
    return file.parent / "below" / "x.yaml"


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (changed, "changed since it was read"),
        (link, "is a link"),
        (outside, "lies outside"),
        (linked_folder, "lies outside"),
        (lambda file: file.with_name("missing.yaml"), "cannot be written: No such file"),
        (lambda _: Path("<stdin>"), "standard input cannot be edited; name the file of the catalog"),
    ],
)
def test_a_file_that_may_not_be_written_stops_all(corp: Path, prepare, message: str):
    first = corp.with_name("first.yaml")
    first.write_text("b: 1\n")
    file = prepare(corp)
    before = {path: path.read_bytes() for path in corp.parent.iterdir() if path.is_file()}
    with pytest.raises(EditError, match=message):
        write_files([Rewrite(first, "b: 1\n", "b: 2\n"), Rewrite(file, "a: 1\n", "a: 2\n")], below=corp.parent)
    assert {path: path.read_bytes() for path in corp.parent.iterdir() if path.is_file()} == before
