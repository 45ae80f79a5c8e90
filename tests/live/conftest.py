"""What every test of the reader gets: an embedded Azure of its own."""

from collections.abc import Iterator

import pytest

from tests.live.estate import Estate, running


@pytest.fixture
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """A fresh one."""
    with running(tmp_path_factory.mktemp("azure") / "state") as found:
        yield found
