"""The language host on its own: over gRPC, without the CLI."""

import json
import signal
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2

from acg_sandbox.engine.language_host.install import lacks, unfinished
from acg_sandbox.engine.language_host.interpreter import interpreter_for
from acg_sandbox.engine.version import CLI_VERSION
from tests.acg_sandbox.engine.hosting import (
    ENGINE,
    STUBBORN,
    Host,
    configure,
    environment,
    gone,
    program,
    run_request,
    wait_until,
)


def test_a_program_is_run_as_the_official_host_runs_it(host: Host, tmp_path: Path):
    info = program(tmp_path / "program", "")
    assert host.rpc.Run(run_request(info)) == language_pb2.RunResponse()
    assert host.process.stdout is not None
    call = json.loads(host.process.stdout.readline())
    assert call["argv"] == [
        *("--monitor", "127.0.0.1:4712"),
        *("--engine", ENGINE),
        *("--project", "galleries"),
        *("--root_directory", info.root_directory),
        *("--stack", "dev"),
        *("--pwd", info.program_directory),
        *("--dry_run", "true"),
        *("--parallel", "8"),
        *("--organization", "organization"),
        "__main__.py",
    ]
    assert call["cwd"] == info.program_directory
    assert json.loads(call["env"]["PULUMI_CONFIG"]) == {"acg:catalog": "galleries"}
    assert json.loads(call["env"]["PULUMI_CONFIG_SECRET_KEYS"]) == ["acg:secret"]


@pytest.mark.parametrize(
    ("code", "response"),
    [
        (0, language_pb2.RunResponse()),
        (32, language_pb2.RunResponse(bail=True)),
        (3, language_pb2.RunResponse(error="the program ended with exit code 3")),
    ],
)
def test_exit_code_32_means_that_the_user_has_been_told(host: Host, tmp_path: Path, code: int, response: object):
    assert host.rpc.Run(run_request(program(tmp_path / "program", f"sys.exit({code})"))) == response


def test_a_virtual_environment_is_relative_to_the_project(host: Host, tmp_path: Path):
    home = tmp_path / "program" / "env"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to(sys.executable)
    assert host.rpc.Run(run_request(program(tmp_path / "program", "", virtualenv="env"))).error == ""
    assert host.process.stdout is not None
    call = json.loads(host.process.stdout.readline())
    assert call["env"]["VIRTUAL_ENV"] == str(home)
    assert call["env"]["PATH"].startswith(f"{home}/bin:")


@pytest.mark.parametrize(
    ("options", "activated", "expected"),
    [
        ({}, "", ""),
        ({}, "active", "active"),
        ({}, "gone", ""),
        ({"toolchain": "uv"}, "active", "program/.venv"),
        ({"virtualenv": "env"}, "active", "program/env"),
    ],
)
def test_without_a_named_environment_the_usual_one_is_taken(
    tmp_path: Path, options: dict[str, str], activated: str, expected: str
):
    for home in ("program/.venv", "program/env", "active"):
        (tmp_path / home / "bin").mkdir(parents=True)
        (tmp_path / home / "bin" / "python").touch()
    environment = {"VIRTUAL_ENV": str(tmp_path / activated)} if activated else {}
    python = interpreter_for(str(tmp_path / "program"), options, environment).executable
    assert python == (str(tmp_path / expected / "bin" / "python") if expected else sys.executable)


def test_a_missing_virtual_environment_is_named_with_its_fix(host: Host, tmp_path: Path):
    error = host.rpc.Run(run_request(program(tmp_path / "program", "", virtualenv="env"))).error
    assert f"there is no {tmp_path}/program/env/bin/python" in error
    assert (
        f"Fix: make it, with the requirements in it: acg-sandbox exec -- pulumi install --cwd {tmp_path}/program"
        in error
    )


def test_handshake_says_where_the_engine_is(host: Host, tmp_path: Path):
    host.rpc.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="127.0.0.1:9"))
    host.rpc.Run(run_request(program(tmp_path / "program", "")))
    assert host.process.stdout is not None
    assert "127.0.0.1:9" in json.loads(host.process.stdout.readline())["argv"]


def test_nothing_else_is_asked_of_it(host: Host):
    assert host.rpc.GetPluginInfo(empty_pb2.Empty()).version == CLI_VERSION
    assert host.rpc.About(language_pb2.AboutRequest()).executable == sys.executable
    assert not host.rpc.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest()).packages
    assert not host.rpc.GetProgramDependencies(language_pb2.GetProgramDependenciesRequest()).dependencies
    assert not host.rpc.RuntimeOptionsPrompts(language_pb2.RuntimeOptionsRequest()).prompts
    assert list(host.rpc.InstallDependencies(language_pb2.InstallDependenciesRequest())) == []
    assert host.rpc.Cancel(empty_pb2.Empty()) == empty_pb2.Empty()


def test_install_makes_the_virtual_environment_that_the_project_names(host: Host, tmp_path: Path):
    info = program(tmp_path / "program", "", virtualenv="venv")
    (tmp_path / "program" / "requirements.txt").write_text("# nothing beside Python\n")
    list(host.rpc.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info)))
    assert not host.rpc.Run(run_request(info)).error


def test_install_leaves_an_environment_that_has_what_is_pinned_to_its_owner(host: Host, tmp_path: Path):
    info = program(tmp_path / "program", "", virtualenv=sys.prefix)
    (tmp_path / "program" / "requirements.txt").write_text(f"# pinned\nPyYAML=={version('pyyaml')}\n./absent\n")
    assert list(host.rpc.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info))) == []


@pytest.mark.parametrize("pin", ["no-such-package==1.0", "PyYAML==0.1"])
def test_an_environment_that_lacks_what_is_pinned_is_not_left_as_it_is(tmp_path: Path, pin: str):
    """Another part of the checkout may have made it, or pip may have been interrupted."""
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"pydantic=={version('pydantic')}\n{pin}\n-e .\n")
    assert lacks(Path(sys.executable), requirements)


def test_install_says_what_pip_could_not_install(host: Host, tmp_path: Path):
    info = program(tmp_path / "program", "", virtualenv="venv")
    (tmp_path / "program" / "requirements.txt").write_text("./absent\n")
    told: list[bytes] = []
    with pytest.raises(grpc.RpcError, match="pip install"):
        told.extend(
            it.stderr for it in host.rpc.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info))
        )
    assert b"absent" in b"".join(told)


def test_a_component_plugin_gets_its_arguments_and_its_output_is_handed_on(host: Host, tmp_path: Path):
    text = "import os, sys; print(4713); print(sys.argv[1:], os.getcwd(), os.environ['MARK'], file=sys.stderr)"
    info = program(tmp_path / "plugin", text)
    request = language_pb2.RunPluginRequest(
        info=info, kind="resource", pwd=str(tmp_path), args=[ENGINE], env=[*environment(), "MARK=of the engine"]
    )
    responses = list(host.rpc.RunPlugin(request))
    assert [r.stdout for r in responses if r.stdout] == [b"4713\n"]
    assert [r.stderr for r in responses if r.stderr] == [f"{[ENGINE]} {tmp_path} of the engine\n".encode()]
    assert responses[-1].exitcode == 0


def test_a_component_plugin_of_a_fresh_clone_gets_its_environment_once(host: Host, tmp_path: Path):
    """Pulumi YAML starts it for each type of the program, and calls it a bug of the plugin if it does not start."""
    info = program(
        tmp_path / "plugin", "import sys; print(4713); print(sys.prefix, file=sys.stderr)", virtualenv="../venv"
    )
    calls = [
        host.rpc.RunPlugin(language_pb2.RunPluginRequest(info=info, kind="resource", pwd=str(tmp_path)))
        for _ in range(2)
    ]
    for call in calls:
        told = [response.stderr.decode().strip() for response in call if response.stderr]
        assert [Path(prefix).resolve() for prefix in told] == [tmp_path / "venv"]
    host.end(signal.SIGTERM)
    assert host.process.stderr is not None
    assert host.process.stderr.read().count("Installing Python packages into") == 1


def test_a_component_plugin_whose_environment_was_interrupted_gets_all_of_it(host: Host, tmp_path: Path):
    info = program(
        tmp_path / "plugin", "import sys; print(4713); print(sys.prefix, file=sys.stderr)", virtualenv="venv"
    )
    (tmp_path / "plugin" / "requirements.txt").write_text("./absent\n")
    request = language_pb2.RunPluginRequest(info=info, kind="resource", pwd=str(tmp_path))
    with pytest.raises(grpc.RpcError, match="pip install"):
        list(host.rpc.RunPlugin(request))
    (tmp_path / "plugin" / "requirements.txt").write_text("# nothing beside Python\n")
    told = [response.stderr.decode().strip() for response in host.rpc.RunPlugin(request) if response.stderr]
    assert told == [str(tmp_path / "plugin" / "venv")]
    assert not unfinished(tmp_path / "plugin" / "venv")


@pytest.mark.parametrize("kind", ["program", "resource", "analyzer"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, "the engine dies"])
def test_it_ends_every_child_and_exits_quietly(host: Host, tmp_path: Path, kind: str, end: signal.Signals | str):
    pids = tmp_path / "pids"
    info = program(tmp_path / "child", STUBBORN.format(pids=str(pids)))
    calls: list[Any] = []
    if kind == "program":
        calls.append(host.rpc.Run.future(run_request(info)))
    else:
        request = language_pb2.RunPluginRequest(info=info, kind=kind, pwd=str(tmp_path), args=[ENGINE])
        calls.append(host.rpc.RunPlugin(request))
        if kind == "analyzer":
            configure(int(next(calls[0]).stdout))
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    children = [int(pid) for pid in pids.read_text().split()]
    assert not any(gone(pid) for pid in children)

    start = time.monotonic()
    if isinstance(end, signal.Signals):
        host.end(end)
    else:
        assert host.process.stdin is not None
        host.process.stdin.close()
    assert host.process.wait(timeout=4) == 0  # the engine waits five seconds before it kills
    assert time.monotonic() - start < 3
    wait_until(lambda: all(gone(pid) for pid in children), 2)
    assert host.process.stderr is not None
    assert host.process.stderr.read() == ""


def test_a_plugin_ends_when_the_engine_hangs_up(host: Host, tmp_path: Path):
    pids = tmp_path / "pids"
    info = program(tmp_path / "child", STUBBORN.format(pids=str(pids)))
    call = host.rpc.RunPlugin(language_pb2.RunPluginRequest(info=info, kind="resource", args=[ENGINE]))
    assert next(call).stdout == b"1234\n"
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    call.cancel()
    wait_until(lambda: all(gone(int(pid)) for pid in pids.read_text().split()), 3)
