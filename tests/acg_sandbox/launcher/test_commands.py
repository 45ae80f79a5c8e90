"""`acg-sandbox` as its users meet it: processes that come, share an embedded Azure, and go."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.engine.find import Engine
from acg_sandbox.launcher.folder import StateFolder
from acg_sandbox.launcher.processes import started

CHECKOUT = Path(__file__).parents[3]

pytestmark = pytest.mark.engine

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-new?api-version=2022-12-01"


@pytest.fixture
def sandbox(tmp_path: Path, engine: Engine) -> "Sandbox":
    return Sandbox(tmp_path / "state")


class Sandbox:
    def __init__(self, state: Path) -> None:
        self.state = state

    def start(self, command: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "acg_sandbox", command, "--state", str(self.state), *arguments],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, command: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        with self.start(command, *arguments) as process:
            output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def waiting(self) -> tuple["subprocess.Popen[str]", str]:
        """An `exec` whose command goes on until it is ended, and the address of its embedded Azure."""
        process = self.start("exec", "--", "sh", "-c", "echo $SANDBOX_ARM; exec sleep 600")
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    @property
    def server(self) -> int:
        return json.loads((self.state / "server.json").read_text())["pid"]

    @property
    def is_idle(self) -> bool:
        folder = StateFolder.open(self.state)
        with folder.lock("users", wait=False) as unused:
            return unused


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def end(process: "subprocess.Popen[Any]", number: signal.Signals) -> None:
    with process:
        process.send_signal(number)
        process.communicate(timeout=20)


def test_exec_gives_a_command_the_engine_and_the_embedded_azure(sandbox: Sandbox, engine: Engine):
    script = "import json, os; print(json.dumps(dict(os.environ)))"
    known = json.loads(sandbox.run("exec", "--", sys.executable, "-c", script).stdout)
    assert shutil.which("pulumi", path=known["PATH"]) == engine.pulumi
    assert known["PULUMI_BACKEND_URL"] == f"file://{sandbox.state}/pulumi"
    assert known["PULUMI_HOME"] == f"{sandbox.state}/home"
    assert known["PULUMI_CONFIG_PASSPHRASE"] == ""
    assert known["PULUMI_DEBUG_PROVIDERS"].startswith("azure-native:")
    assert known["SANDBOX_ARM"].startswith("http://127.0.0.1:")
    on = ["SKIP_UPDATE_CHECK", "DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "DISABLE_REGISTRY_RESOLVE"]
    assert {known[f"PULUMI_{name}"] for name in on} == {"true"}


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("Pulumi.yaml", "runtime: python", "Pulumi.yaml has no name"),
        ("Pulumi.yaml", "name: [", "Pulumi.yaml cannot be read"),
        ("Pulumi.dev.yaml", "config: {", "Pulumi.dev.yaml cannot be read"),
        ("Pulumi.dev.yaml", "- config", "Pulumi.dev.yaml is not a mapping"),
    ],
)
def test_a_project_that_cannot_be_read_is_named(sandbox: Sandbox, tmp_path: Path, file: str, text: str, reason: str):
    (tmp_path / "Pulumi.yaml").write_text("{name: p, runtime: python}")
    (tmp_path / file).write_text(text)
    refused = subprocess.run(
        [sys.executable, "-m", "acg_sandbox", "exec", "--state", str(sandbox.state), "--", "true"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert f"error: {tmp_path}/{reason}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_exec_passes_on_the_exit_code(sandbox: Sandbox):
    assert sandbox.run("exec", "--", "sh", "-c", "exit 7").returncode == 7


def test_what_one_command_made_the_next_one_finds(sandbox: Sandbox):
    put = f"""import httpx, os
httpx.put(os.environ["SANDBOX_ARM"] + "{GROUP}", json={{"location": "westeurope"}}).raise_for_status()"""
    get = f"""import httpx, os
print(httpx.get(os.environ["SANDBOX_ARM"] + "{GROUP}").json()["location"])"""
    assert sandbox.run("exec", "--", sys.executable, "-c", put).returncode == 0
    assert sandbox.run("exec", "--", sys.executable, "-c", get).stdout == "westeurope\n"


def test_commands_at_once_share_one_embedded_azure_which_ends_with_the_last(sandbox: Sandbox):
    first, arm = sandbox.waiting()
    second, same = sandbox.waiting()
    assert arm == same
    end(first, signal.SIGTERM)
    assert httpx.get(f"{arm}/subscriptions", params={"api-version": "2022-12-01"}).status_code == 200
    server = sandbox.server
    end(second, signal.SIGTERM)
    wait_until(lambda: started(server) is None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_a_command_ends_no_process_stays(sandbox: Sandbox, number: signal.Signals):
    process, _ = sandbox.waiting()
    server = sandbox.server
    session = process.pid
    end(process, number)
    wait_until(lambda: started(server) is None)
    wait_until(lambda: sandbox.is_idle)
    assert not _members(session)


def test_a_killed_deployment_leaves_no_process_and_no_lock(sandbox: Sandbox, tmp_path: Path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("{name: p, runtime: python}")
    (project / "__main__.py").write_text(f"import time; open({str(tmp_path / 'runs')!r}, 'w'); time.sleep(600)")
    deployment = subprocess.Popen(
        [sys.executable, "-m", "acg_sandbox", "exec", "--state", str(sandbox.state), "--", "pulumi", "up", "--yes"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until((tmp_path / "runs").exists, 30)
    assert len(_members(deployment.pid)) >= 4  # this launcher, the CLI, its language host, the program
    end(deployment, signal.SIGKILL)
    wait_until(lambda: not _members(deployment.pid))
    wait_until(lambda: sandbox.is_idle)
    sandbox.run("exec", "--", "true")
    assert not list((sandbox.state / "pulumi" / ".pulumi" / "locks").rglob("*.json"))


def test_commands_that_come_and_go_always_find_an_embedded_azure(sandbox: Sandbox):
    """One comes while the server of the other is about to end."""
    script = """import httpx, os
httpx.get(os.environ["SANDBOX_ARM"] + "/subscriptions", params={"api-version": "2022-12-01"}).raise_for_status()"""
    for _ in range(3):
        running = [sandbox.start("exec", "--", sys.executable, "-c", script) for _ in range(2)]
        for process in running:
            with process:
                errors = process.communicate(timeout=60)[1]
            assert process.returncode == 0, errors


def test_a_stack_whose_process_was_killed_is_not_locked(sandbox: Sandbox):
    lock = sandbox.state / "pulumi" / ".pulumi" / "locks" / "organization" / "p" / "dev" / "x.json"
    lock.parent.mkdir(parents=True)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    content = {"pid": gone.pid, "username": "me", "hostname": socket.gethostname(), "timestamp": "2026-01-01T00:00:00Z"}
    lock.write_text(json.dumps(content))
    sandbox.run("exec", "--", "true")
    assert not lock.exists()


def test_reset_forgets_azure_and_pulumi_together(sandbox: Sandbox):
    sandbox.run("exec", "--", "sh", "-c", 'touch "$PULUMI_HOME/../note" && mkdir -p "$PULUMI_HOME"')
    assert (sandbox.state / "azure.db").exists()
    assert sandbox.run("reset").returncode == 0
    assert {path.name for path in sandbox.state.iterdir()} == {"users.lock", "start.lock", "server.lock", ".gitignore"}


def test_reset_is_refused_while_a_command_runs(sandbox: Sandbox):
    process, _ = sandbox.waiting()
    refused = sandbox.run("reset")
    end(process, signal.SIGTERM)
    assert refused.returncode == 2
    assert "in use" in refused.stderr
    assert "Fix: " in refused.stderr
    assert (sandbox.state / "azure.db").exists()


def test_reset_is_refused_while_a_stack_is_locked(sandbox: Sandbox):
    sandbox.run("exec", "--", "true")
    lock = sandbox.state / "pulumi" / ".pulumi" / "locks" / "organization" / "p" / "dev" / "x.json"
    lock.parent.mkdir(parents=True)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    content = {"pid": os.getpid(), "username": "me", "hostname": socket.gethostname(), "timestamp": now}
    lock.write_text(json.dumps(content))
    refused = sandbox.run("reset")
    assert refused.returncode == 2
    assert f"the stack organization/p/dev is locked by process {os.getpid()}" in refused.stderr
    assert (sandbox.state / "azure.db").exists()


def test_serve_says_where_it_listens_and_commands_share_it(sandbox: Sandbox):
    server = sandbox.start("serve")
    assert server.stdout is not None
    line = json.loads(server.stdout.readline())
    assert set(line) == {"arm", "https", "ca", "provider"}
    assert sandbox.run("exec", "--", "sh", "-c", "echo $SANDBOX_ARM").stdout.strip() == line["arm"]
    assert started(server.pid) is not None  # it stays when commands leave
    again = sandbox.run("serve")
    assert again.returncode == 2
    assert "has a running server already" in again.stderr
    end(server, signal.SIGINT)
    assert server.returncode == 0


def test_serve_takes_the_port_it_is_told_and_refuses_one_in_use(sandbox: Sandbox):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = sandbox.run("serve", "--port", str(port))
    assert refused.returncode == 2
    assert f"127.0.0.1:{port} cannot be used: Address already in use" in refused.stderr
    assert "Fix: " in refused.stderr
    assert "Traceback" not in refused.stderr
    server = sandbox.start("serve", "--port", str(port))
    assert server.stdout is not None
    assert json.loads(server.stdout.readline())["arm"] == f"http://127.0.0.1:{port}"
    end(server, signal.SIGTERM)


def test_the_https_port_is_the_named_one_and_stays_the_next_time(sandbox: Sandbox):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for options in (["--https-port", str(port)], []):
        server = sandbox.start("serve", *options)
        assert server.stdout is not None
        assert json.loads(server.stdout.readline())["https"] == f"https://127.0.0.1:{port}"
        end(server, signal.SIGTERM)


def test_serve_lets_operations_take_their_time(sandbox: Sandbox):
    server = sandbox.start("serve", "--pace", "1000")
    assert server.stdout is not None
    gallery = (
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"
    )
    address = json.loads(server.stdout.readline())["arm"] + gallery + "/galleries/slow?api-version=2024-03-03"
    assert httpx.put(address, json={"location": "westeurope"}).status_code == 201
    assert httpx.get(address).json()["properties"]["provisioningState"] == "Creating"
    end(server, signal.SIGTERM)


def test_a_state_folder_that_cannot_be_used_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    refused = Sandbox(tmp_path / "file" / "state").run("exec", "--", "true")
    assert refused.returncode == 2
    assert f"{tmp_path}/file/state: the state folder cannot be used: Not a directory" in refused.stderr


def _members(session: int) -> list[str]:
    """The processes of a session and its groups that still run."""
    found = subprocess.run(["ps", "-s", str(session), "-o", "stat=,args="], capture_output=True, text=True, check=False)
    return [line for line in found.stdout.splitlines() if not line.startswith("Z")]
