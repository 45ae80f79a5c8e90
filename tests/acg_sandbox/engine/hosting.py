"""A language host on its own, and what tests ask it to run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc, language_pb2, language_pb2_grpc

from acg_sandbox.engine.environment import LANGUAGE_HOST

ENGINE = "127.0.0.1:4711"

EXECUTOR = """\
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "env": dict(os.environ), "cwd": os.getcwd(), "python": sys.executable}))
exec(open(sys.argv[-1]).read())
"""
"""Stands where Pulumi's own script lies: says how it was called, then runs the program without an engine."""

STUBBORN = """\
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("1234", flush=True)
pathlib.Path({pids!r}).write_text(f"{{os.getpid()}} {{subprocess.Popen(['sleep', '600']).pid}}")
time.sleep(600)
"""
"""A child that ignores every polite request and has a child of its own."""


@dataclass
class Host:
    process: "subprocess.Popen[str]"
    rpc: language_pb2_grpc.LanguageRuntimeStub

    def end(self, number: signal.Signals) -> None:
        """As the engine does: interrupt the host's whole process group."""
        os.killpg(self.process.pid, number)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "bin"
    folder.mkdir()
    executor = folder / "pulumi-language-python-exec"
    executor.write_text(EXECUTOR)
    executor.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-I", str(LANGUAGE_HOST), "--logflow", ENGINE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        process_group=0,
    )
    with process:
        assert process.stdout is not None
        channel = grpc.insecure_channel(f"127.0.0.1:{int(process.stdout.readline())}")
        with channel:
            yield Host(process, language_pb2_grpc.LanguageRuntimeStub(channel))
        process.terminate()  # a host that is killed cannot end its children
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)  # the fault handler then prints where every thread stands
            pytest.fail(f"the host did not end:\n{process.communicate(timeout=10)[1]}")
        finally:
            process.kill()


def program(folder: Path, text: str, **options: object) -> language_pb2.ProgramInfo:
    folder.mkdir(exist_ok=True)
    (folder / "__main__.py").write_text(text)
    return language_pb2.ProgramInfo(
        root_directory=str(folder),
        program_directory=str(folder),
        entry_point="__main__.py",
        options=json_format.ParseDict(options, struct_pb2.Struct()),
    )


def run_request(info: language_pb2.ProgramInfo, **more: Any) -> language_pb2.RunRequest:
    known: dict[str, Any] = {
        "project": "galleries",
        "stack": "dev",
        "organization": "organization",
        "pwd": info.program_directory,
        "dryRun": True,
        "parallel": 8,
        "monitor_address": "127.0.0.1:4712",
        "config": {"acg:catalog": "galleries"},
        "configSecretKeys": ["acg:secret"],
    }
    return language_pb2.RunRequest(info=info, **(known | more))


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def environment() -> list[str]:
    return [f"{name}={value}" for name, value in os.environ.items()]


def analyzer(port: int) -> analyzer_pb2_grpc.AnalyzerStub:
    return analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{port}"))


def configure(port: int) -> analyzer_pb2_grpc.AnalyzerStub:
    stub = analyzer(port)
    stub.Handshake(analyzer_pb2.AnalyzerHandshakeRequest(engine_address=ENGINE))
    stub.ConfigureStack(
        analyzer_pb2.AnalyzerStackConfigureRequest(
            stack="dev", project="p", organization="organization", dry_run=True, config={"acg:catalog": "galleries"}
        )
    )
    return stub
