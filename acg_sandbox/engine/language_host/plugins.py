"""Run a plugin written in Python for the engine and hand on what it prints."""

import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import IO

import grpc
from pulumi.runtime.proto import language_pb2

from acg_sandbox.engine.language_host.children import Children
from acg_sandbox.engine.language_host.interpreter import Interpreter
from acg_sandbox.engine.language_host.policy_proxy import PolicyProxy

_Responses = Iterator[language_pb2.RunPluginResponse]


def run_plugin(
    request: language_pb2.RunPluginRequest, python: Interpreter, children: Children, context: grpc.ServicerContext
) -> _Responses:
    """Run the plugin and yield its output line by line, then its exit code. It ends when the engine hangs up."""
    if request.kind == "analyzer":
        return _run_policy_pack(request, python, children, context)
    command = [python.executable, "-u", request.info.program_directory, *request.args]
    child = children.start(command, cwd=request.pwd, env=python.environment, piped=True)
    children.end_with(context, child)
    return _output(child, children)


def _run_policy_pack(
    request: language_pb2.RunPluginRequest, python: Interpreter, children: Children, context: grpc.ServicerContext
) -> _Responses:
    """Run a policy pack once the engine has said which stack it looks at: packs read that from the environment."""
    folder = request.info.program_directory
    with PolicyProxy() as proxy:
        if not context.add_callback(proxy.hang_up):
            return
        yield language_pb2.RunPluginResponse(stdout=f"{proxy.port}\n".encode())
        stack = proxy.wait_for_stack()
        if not context.is_active():
            return
        child = children.start(
            [python.executable, "-u", "-m", "pulumi.policy", *request.args, folder],
            cwd=folder,
            env={**python.environment, **stack},
            piped=True,
        )
        children.end_with(context, child)
        for response in _output(child, children):
            if response.stdout and not proxy.attached:
                proxy.attach(response.stdout)
            else:
                if response.WhichOneof("output") == "exitcode":
                    proxy.hang_up()
                yield response


def _output(child: subprocess.Popen[bytes], children: Children) -> _Responses:
    lines: queue.SimpleQueue[language_pb2.RunPluginResponse | None] = queue.SimpleQueue()

    def pump(stream: IO[bytes], response: Callable[[bytes], language_pb2.RunPluginResponse]) -> None:
        with stream:
            for line in stream:
                lines.put(response(line))
        lines.put(None)

    for stream, response in (
        (child.stdout, lambda line: language_pb2.RunPluginResponse(stdout=line)),
        (child.stderr, lambda line: language_pb2.RunPluginResponse(stderr=line)),
    ):
        assert stream is not None  # noqa: S101  # started with pipes
        threading.Thread(target=pump, args=(stream, response), daemon=True).start()
    for _ in range(2):
        while (response := lines.get()) is not None:
            yield response
    yield language_pb2.RunPluginResponse(exitcode=children.wait(child))
