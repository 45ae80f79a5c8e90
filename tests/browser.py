"""Chromium for the tests of pages: deselected with one line where there is none, demanded by ACG_REQUIRE_BROWSER=1."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
REQUIRED = os.environ.get("ACG_REQUIRE_BROWSER") == "1"
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_report_header() -> str | None:
    return None if CHROMIUM else "no Chromium on PATH: the tests of pages in a browser are deselected"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    if REQUIRED:
        raise pytest.UsageError("ACG_REQUIRE_BROWSER=1, but there is no Chromium on PATH")
    pages = [item for item in items if item.get_closest_marker("browser")]
    if pages:
        config.hook.pytest_deselected(items=pages)
        items[:] = [item for item in items if item not in pages]


@pytest.fixture(scope="module")  # its event loop runs until it ends, and the tests of other modules have their own
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()
