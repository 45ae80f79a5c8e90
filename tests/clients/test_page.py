"""``docs/sandbox.md`` prints what the suites of the clients run."""

from __future__ import annotations

import pytest

from tests.clients import az
from tests.clients.suite import HERE, PAGE

CONNECT = ("go/connect.go", "node/connect.mjs", "java/src/main/java/Connect.java")


@pytest.mark.parametrize("file", CONNECT)
def test_the_page_has_the_code_that_connects_a_client(file: str) -> None:
    assert f"\n{(HERE / file).read_text(encoding='utf-8')}```\n" in PAGE.read_text(encoding="utf-8")


def test_the_page_connects_the_azure_cli_with_two_commands() -> None:
    connect, login, *others = az.documented()
    assert connect == 'eval "$(acg-sandbox env)"'
    assert login.startswith("az login ")
    assert len(others) == 10
