"""Files of others are read whole and within limits, or not at all."""

import io
import os
from pathlib import Path

import pytest

from acg.input_file import InputFileError, read_bytes, read_json


def test_an_ordinary_file_is_read(tmp_path: Path):
    file = tmp_path / "a.json"
    file.write_text('{"a": 1}')
    assert read_bytes(file, 8) == b'{"a": 1}'
    assert read_json(file) == {"a": 1}


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"[5]")))
    assert read_json(Path("-")) == [5]


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def loop(folder: Path) -> Path:
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop"


def of(content: bytes):
    def write(folder: Path) -> Path:
        (folder / "file.json").write_bytes(content)
        return folder / "file.json"

    return write


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (pipe, "is not an ordinary file"),
        (lambda _: Path("/dev/zero"), "is not an ordinary file"),
        (lambda folder: folder, "is not an ordinary file"),
        (loop, "cannot be read: too many levels of symbolic links"),
        (lambda folder: folder / "none", "cannot be read: no such file or directory"),
        (of(b"[" * 200_000), "is nested too deeply to be read"),
        (of(b"9" * 10_000), "is not JSON: Exceeds the limit"),
        (of(b"\xff{}"), "is not JSON: "),
        (of(b"{"), "is not JSON: Expecting property name"),
    ],
)
def test_what_cannot_be_used_has_a_cause(tmp_path: Path, make, cause: str):
    with pytest.raises(InputFileError) as error:
        read_json(make(tmp_path))
    assert error.value.cause.startswith(cause)
    assert error.value.fix


@pytest.mark.parametrize(("most", "size"), [(7, "7 bytes"), (2 * 2**20, "2 MiB")])
def test_a_file_above_the_limit_is_not_read(tmp_path: Path, most: int, size: str):
    file = tmp_path / "large"
    file.write_bytes(b" " * (most + 1))
    with pytest.raises(InputFileError, match=f"is larger than {size}"):
        read_bytes(file, most)
