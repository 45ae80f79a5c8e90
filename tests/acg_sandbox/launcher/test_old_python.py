"""A Python that is too old is refused in words, not by a traceback."""

import runpy
import sys
from collections import namedtuple

import pytest

VersionInfo = namedtuple("VersionInfo", "major minor micro releaselevel serial")


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_an_old_python_is_named(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "version_info", VersionInfo(*version, 0, "final", 0))
    with pytest.raises(SystemExit) as stop:
        runpy.run_path("acg_sandbox/__init__.py")
    assert stop.value.code == 2
    assert f"is Python 3.{version[1]}; this project needs 3.11 or newer" in capsys.readouterr().err
