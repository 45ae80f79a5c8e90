"""Run a pack as Pulumi runs it: a process of its own, asked over gRPC."""

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import grpc
from google.protobuf.message import Message
from pulumi.runtime.proto import analyzer_pb2_grpc

from acg.testing._environment import ENVIRONMENT
from acg.testing._errors import PackStartError
from acg.testing._pack import Config, Pack

START: Final = 60.0
"""Seconds that a pack may take until it prints its port."""
ANSWER: Final = 120.0
"""Seconds that a pack may take for one answer."""
_UNLIMITED: Final = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))


@contextlib.contextmanager
def start_pack(folder: str | os.PathLike[str], *, config: Config | None = None) -> Iterator[Pack]:
    """The pack in a folder, started with the command that Pulumi uses; it is ended with the block.

    Raises:
        PackStartError: it ends, or prints something else, where its port was expected.
    """
    home = Path(folder).resolve()
    environment = {**os.environ, **ENVIRONMENT}
    # The engine's address comes first; a pack calls it only to log. Nobody listens at this one.
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(home)]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=errors) as process,  # noqa: S603  # ours
    ):
        try:
            port = _port(process, home, errors)
            with grpc.insecure_channel(f"127.0.0.1:{port}", options=_UNLIMITED) as channel:
                yield _pack(channel, config)
        finally:
            process.kill()


def _pack(channel: grpc.Channel, config: Config | None) -> Pack:
    stub = analyzer_pb2_grpc.AnalyzerStub(channel)

    def call(method: str, request: Message) -> Message:
        return getattr(stub, method)(request, timeout=ANSWER)

    pack = Pack(call)
    return pack if config is None else pack.configure(config)


def _port(process: subprocess.Popen[bytes], home: Path, errors: IO[bytes]) -> int:
    output = process.stdout
    assert output is not None  # noqa: S101  # started with a pipe
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reader = threading.Thread(target=lambda: lines.put(output.readline()), daemon=True)
    reader.start()
    try:
        line = lines.get(timeout=START)
    except queue.Empty:
        raise PackStartError(f"{home}: the pack printed no port within {START:.0f} seconds") from None
    if line.strip().isdigit():
        return int(line)
    process.kill()
    process.wait()
    errors.seek(0)
    said = (line + errors.read()).decode(errors="replace").strip()
    raise PackStartError(f"{home}: the pack did not start; instead of its port it printed\n{said}")
