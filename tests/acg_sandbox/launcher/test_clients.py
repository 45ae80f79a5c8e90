"""What `acg-sandbox env` prints lets a client sign in and ask, with nothing but its own defaults."""

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from acg_sandbox.launcher.clients import client_environment, env_lines
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder
from tests.acg_sandbox.launcher.test_commands import Sandbox, end

CLIENT = """\
import os
from azure.identity import EnvironmentCredential
from azure.mgmt.compute import ComputeManagementClient

compute = ComputeManagementClient(
    EnvironmentCredential(disable_instance_discovery=True),
    os.environ["AZURE_SUBSCRIPTION_ID"],
    base_url=os.environ["SANDBOX_ARM_HTTPS"],
    credential_scopes=["https://management.azure.com/.default"],
)
print(*[image.name for image in compute.images.list()])
"""


@pytest.mark.engine
def test_a_client_of_the_azure_sdk_signs_in_with_what_is_printed(tmp_path: Path):
    sandbox = Sandbox(tmp_path / "a folder")
    server = sandbox.start("serve")
    assert server.stdout is not None
    server.stdout.readline()
    try:
        exports = sandbox.run("env").stdout
        script = f'{exports}\nexec "$0" -c "$1"'
        asked = subprocess.run(
            ["sh", "-c", script, sys.executable, CLIENT], capture_output=True, text=True, check=False
        )
    finally:
        end(server, signal.SIGTERM)
    assert asked.returncode == 0, asked.stderr
    assert "ubuntu-2404-20260901" in asked.stdout.split()


@pytest.mark.engine
def test_exec_sets_the_same_for_its_command(tmp_path: Path):
    sandbox = Sandbox(tmp_path)
    script = '"$0" -m acg_sandbox env --state "$1" >&2; env; cat "$SSL_CERT_FILE"'
    printed = sandbox.run("exec", "--", "sh", "-c", script, sys.executable, str(tmp_path))
    exported = dict(line.removeprefix("export ").split("=", 1) for line in printed.stderr.splitlines())
    known = dict(line.split("=", 1) for line in printed.stdout.splitlines() if "=" in line)
    assert {name: known[name] for name in exported} == {name: shlex.split(value)[0] for name, value in exported.items()}
    assert Path(known["SANDBOX_CA"]).read_text() in printed.stdout


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ("", '"-Djavax.net.ssl.trustStore=/state/trusted.p12"'),
        ("-Xmx1g", '-Xmx1g "-Djavax.net.ssl.trustStore=/state/trusted.p12"'),
        (
            '"-Djavax.net.ssl.trustStore=/state/trusted.p12" -Xmx1g',
            '"-Djavax.net.ssl.trustStore=/state/trusted.p12" -Xmx1g',
        ),
    ],
)
def test_java_keeps_the_options_that_it_has(monkeypatch: pytest.MonkeyPatch, given: str, options: str):
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", given)
    server = Addresses("http://127.0.0.1:1", 0, 1, "https://127.0.0.1:2", "/state/ca.pem")
    assert client_environment(server)["JAVA_TOOL_OPTIONS"] == options


def test_without_a_running_one_it_says_how_to_start_it(tmp_path: Path):
    with pytest.raises(LauncherError, match="Fix: start one with `acg-sandbox serve`"):
        env_lines(StateFolder.open(tmp_path / "state"))
