"""A stack stays locked as long as its process lives, and not a moment longer."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acg_sandbox.launcher import pulumi_locks


def lock(backend: Path, pid: int, host: str, taken: datetime) -> Path:
    """As the CLI writes it, nanoseconds included."""
    file = backend / ".pulumi" / "locks" / "organization" / "galleries" / "dev" / f"{pid}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    timestamp = taken.isoformat().replace("+00:00", "") + "123Z"
    file.write_text(json.dumps({"pid": pid, "username": "me", "hostname": host, "timestamp": timestamp}))
    return file


@pytest.fixture
def ended() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_lock_of_a_process_that_is_gone_is_cleared(tmp_path: Path, ended: int):
    file = lock(tmp_path, ended, socket.gethostname(), datetime.now(UTC))
    pulumi_locks.clear_dead(tmp_path)
    assert not file.exists()


def test_the_lock_of_a_number_that_another_process_has_by_now_is_cleared(tmp_path: Path):
    file = lock(tmp_path, os.getpid(), socket.gethostname(), datetime.now(UTC) - timedelta(days=1))
    pulumi_locks.clear_dead(tmp_path)
    assert not file.exists()


def test_no_other_lock_is_cleared(tmp_path: Path, ended: int):
    now = datetime.now(UTC)
    kept = [
        lock(tmp_path, os.getpid(), socket.gethostname(), now),
        lock(tmp_path, os.getppid(), socket.gethostname(), now),
        lock(tmp_path, ended, "another-host", now),
    ]
    unfinished = kept[0].with_name("unfinished.json")
    unfinished.write_text("{")
    pulumi_locks.clear_dead(tmp_path)
    assert all(file.exists() for file in [*kept, unfinished])


def test_a_lock_says_whose_it_is(tmp_path: Path):
    lock(tmp_path, os.getpid(), socket.gethostname(), datetime.now(UTC))
    (found,) = pulumi_locks.locks(tmp_path)
    assert (found.stack, found.pid, found.host) == ("organization/galleries/dev", os.getpid(), socket.gethostname())


def test_without_locks_there_is_nothing_to_do(tmp_path: Path):
    pulumi_locks.clear_dead(tmp_path)
    assert list(pulumi_locks.locks(tmp_path)) == []
