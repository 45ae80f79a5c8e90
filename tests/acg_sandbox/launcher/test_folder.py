"""A state folder is its owner's alone: what others could change is not used."""

import os
import stat
from pathlib import Path

import pytest

from acg_sandbox.files import open_private
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder, default_state


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _careless_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_new_folder_and_its_files_are_for_their_owner(tmp_path: Path):
    folder = StateFolder.open(tmp_path / "project" / ".sandbox")
    folder.announce(Addresses(arm="http://127.0.0.1:1", provider=2, pid=3))
    assert mode(folder.root) == 0o700
    files = {path.name: mode(path) for path in folder.root.iterdir()}
    assert files == {"start.lock": 0o600, "server.json": 0o600, ".gitignore": 0o600}


def test_git_does_not_see_it(tmp_path: Path):
    assert (StateFolder.open(tmp_path / ".sandbox").root / ".gitignore").read_text() == "*\n"


def test_a_folder_that_others_can_read_is_closed_to_them(tmp_path: Path):
    (tmp_path / "state").mkdir(mode=0o755)
    assert mode(StateFolder.open(tmp_path / "state").root) == 0o700


@pytest.mark.parametrize("allowed", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path: Path, allowed: int):
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(allowed)
    with pytest.raises(LauncherError, match=f"cannot be trusted: others may write to it \\(mode {allowed:04o}\\)"):
        StateFolder.open(tmp_path / "state")
    assert list((tmp_path / "state").iterdir()) == []


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "state").mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(LauncherError, match="cannot be trusted: it belongs to another user"):
        StateFolder.open(tmp_path / "state")


@pytest.mark.parametrize("name", ["start.lock", "server.lock", "users.lock"])
def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path, name: str):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    folder = StateFolder.open(tmp_path / "state")
    (folder.root / name).unlink(missing_ok=True)
    (folder.root / name).symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"), folder.lock(name.removesuffix(".lock")):
        pass
    assert mode(victim) == 0o666


def test_a_link_in_the_place_of_the_log_is_not_followed(tmp_path: Path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "server.log").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        open_private(tmp_path / "server.log", os.O_TRUNC)
    assert victim.read_text() == "precious"


def test_the_state_lies_beside_the_project(tmp_path: Path):
    (tmp_path / "deeper").mkdir()
    assert default_state(tmp_path / "deeper") == tmp_path / "deeper" / ".sandbox"
    (tmp_path / "Pulumi.yaml").write_text("name: p")
    assert default_state(tmp_path / "deeper") == tmp_path / ".sandbox"
