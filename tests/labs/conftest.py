"""What tests of `acg labs` get."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from acg.live.labs import writing
from tests.labs.university import TOKEN, University, university


@pytest.fixture
def uni(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[University]:
    """A university whose plan has its gallery attached, and nobody who waits long."""
    monkeypatch.setenv("ACG_ARM_TOKEN", TOKEN)
    patience = writing.Patience(poll=0.02, tell=0.02, look=0.02, looks=3, longest=20)
    monkeypatch.setattr(writing, "PATIENCE", patience)
    with university(tmp_path, capsys) as one:
        yield one
