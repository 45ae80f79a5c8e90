"""An interrupted run ends its own operations, and the engine keeps what had begun."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from acg_sandbox.engine.find import Engine
from acg_sandbox.launcher.folder import Addresses
from acg_sandbox.provider import serve
from tests.acg_sandbox.provider.fake_arm import FakeArm
from tests.acg_sandbox.provider.test_engine import HEAD, state
from tests.embedded import Embedded

PROGRAM = HEAD + 'compute.Gallery("corp", gallery_name="corp", resource_group_name="rg", location="westeurope")\n'


@pytest.mark.engine
def test_an_interrupted_creation_ends_and_is_remembered(engine: Engine, arm: FakeArm, tmp_path: Path) -> None:
    arm.endless.add("corp")
    with serve(arm.url) as server:
        azure = Embedded(Addresses(arm=arm.url, provider=server.port, pid=os.getpid()), engine, tmp_path)
        project = azure.project(PROGRAM)
        up = subprocess.Popen(
            [engine.pulumi, "up", "--yes", "--skip-preview", "--non-interactive", "--color", "never"],
            cwd=project,
            env=azure.environment(project),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while not arm.operations:
            assert up.poll() is None
            time.sleep(0.05)
        up.send_signal(signal.SIGINT)
        output, _ = up.communicate(timeout=30)
        assert up.returncode != 0
        assert "the operation was cancelled" in output
        gallery = state(azure, project)["corp"]
        assert gallery["initErrors"] == ["the operation was cancelled"]
        assert gallery["outputs"]["provisioningState"] == "Creating"
