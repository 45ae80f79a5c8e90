"""`pulumirpc.LanguageRuntime` for Python: run programs, and the plugins that are written in Python."""
# ruff: noqa: N802  # methods are called what the gRPC service calls them

import contextlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from acg_sandbox.engine.language_host.children import GRACE, Children, ChildrenClosedError
from acg_sandbox.engine.language_host.install import install, unfinished
from acg_sandbox.engine.language_host.interpreter import Interpreter, NoInterpreterError, interpreter_for
from acg_sandbox.engine.language_host.messages import UNLIMITED
from acg_sandbox.engine.language_host.plugins import run_plugin
from acg_sandbox.engine.version import CLI_VERSION

EXECUTOR = "pulumi-language-python-exec"
"""The script, part of Pulumi's Go SDK module, that runs a program against the engine. It lies beside the CLI."""

ALREADY_REPORTED = 32
"""A program's exit code for "the user has seen the error": the engine then adds no error of its own."""

_THREADS = 64
"""A running program and each running plugin holds one thread."""


@contextlib.contextmanager
def serving(engine_address: str) -> Iterator[int]:
    """Serve on a free loopback port, which is given, for as long as the context lasts; then end every child."""
    children = Children()
    server = grpc.server(ThreadPoolExecutor(max_workers=_THREADS), options=UNLIMITED)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageRuntime(engine_address, children), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        children.close()
        server.stop(grace=None).wait(GRACE)  # calls are cancelled; one that does not notice is not waited for


class LanguageRuntime(language_pb2_grpc.LanguageRuntimeServicer):
    """The calls that deploying, policy packs and component plugins make; code generation is not among them."""

    def __init__(self, engine_address: str, children: Children) -> None:
        self._engine_address = engine_address
        self._children = children

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Note where the engine listens."""
        self._engine_address = request.engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the CLI that this host belongs to."""
        return plugin_pb2.PluginInfo(version=CLI_VERSION)

    def About(self, request: language_pb2.AboutRequest, context: grpc.ServicerContext) -> language_pb2.AboutResponse:
        """The Python that runs this host."""
        return language_pb2.AboutResponse(executable=sys.executable, version=platform.python_version())

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """None: providers are attached or named in the project, never downloaded."""
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """None, as above."""
        return language_pb2.GetRequiredPluginsResponse()

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """Not listed: only `pulumi about` shows them."""
        return language_pb2.GetProgramDependenciesResponse()

    def RuntimeOptionsPrompts(
        self, request: language_pb2.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> language_pb2.RuntimeOptionsResponse:
        """`pulumi new` has nothing to ask."""
        return language_pb2.RuntimeOptionsResponse()

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Make the virtual environment that the project names, if there is none; any other is its owner's."""
        directory = Path(request.info.program_directory or request.directory)
        if home := _home(request.info, directory):
            for output, errors in install(home, directory, self._children, context):
                yield language_pb2.InstallDependenciesResponse(stdout=output, stderr=errors)

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """A program learns of a cancelled deployment from the engine itself."""
        return empty_pb2.Empty()

    def Run(self, request: language_pb2.RunRequest, context: grpc.ServicerContext) -> language_pb2.RunResponse:
        """Run a program to its end; its output is this process's output, which the engine shows."""
        executor = shutil.which(EXECUTOR)
        if executor is None:
            return language_pb2.RunResponse(error=f"{EXECUTOR} is not on PATH; it lies beside the CLI")
        try:
            python = self._interpreter(request.info)
            child = self._children.start(
                [python.executable, "-u", executor, *self._program_arguments(request)],
                cwd=request.pwd,
                env={
                    **python.environment,
                    "PULUMI_CONFIG": json.dumps(dict(request.config)),
                    "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
                },
            )
        except (NoInterpreterError, ChildrenClosedError, OSError) as error:
            return language_pb2.RunResponse(error=str(error) or "the language host is stopping")
        self._children.end_with(context, child)
        code = self._children.wait(child)
        if code == ALREADY_REPORTED:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"the program ended with exit code {code}" if code else "")

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a policy pack or component plugin until the engine hangs up; the first line of output is its port.

        A component plugin is made ready to run if it is not: of one that ends early the engine says that it has a bug.
        """
        try:
            directory = Path(request.info.program_directory)
            if request.kind == "resource" and (home := _home(request.info, directory)) and unfinished(home):
                for output, errors in install(home, directory, self._children, context):
                    sys.stderr.buffer.write(output + errors)
                    sys.stderr.flush()
            environment = dict(entry.split("=", 1) for entry in request.env) or dict(os.environ)
            python = self._interpreter(request.info, environment)
            yield from run_plugin(request, python, self._children, context)
        except (NoInterpreterError, ChildrenClosedError, OSError) as error:
            yield language_pb2.RunPluginResponse(stderr=f"{error}\n".encode())
            yield language_pb2.RunPluginResponse(exitcode=1)

    def _interpreter(self, info: language_pb2.ProgramInfo, environment: dict[str, str] | None = None) -> Interpreter:
        return interpreter_for(
            info.root_directory,
            json_format.MessageToDict(info.options),
            dict(os.environ) if environment is None else environment,
        )

    def _program_arguments(self, request: language_pb2.RunRequest) -> list[str]:
        named = {
            "monitor": request.monitor_address,
            "engine": self._engine_address,
            "project": request.project,
            "root_directory": request.info.root_directory,
            "stack": request.stack,
            "pwd": request.pwd,
            "dry_run": "true" if request.dryRun else "false",
            "parallel": str(request.parallel),
            "organization": request.organization,
        }
        flags = [text for name, value in named.items() if value for text in (f"--{name}", value)]
        return [*flags, request.info.entry_point or ".", *request.args]


def _home(info: language_pb2.ProgramInfo, directory: Path) -> Path | None:
    """The virtual environment that a project names, relative to its root."""
    folder = json_format.MessageToDict(info.options).get("virtualenv")
    return Path(info.root_directory or directory, str(folder)) if folder else None
