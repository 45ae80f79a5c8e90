"""Run policies in this process: through `PolicyPack` itself, up to the point where it would begin to serve."""

import contextlib
import os
import runpy
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import pulumi_policy
from google.protobuf.message import Message
from pulumi.runtime.proto import analyzer_pb2_grpc

from acg.testing._environment import ENVIRONMENT
from acg.testing._errors import PackStartError
from acg.testing._pack import Config, Pack


def in_process(*policies: pulumi_policy.Policy, config: Config | None = None) -> Pack:
    """A pack of these policies.

    A policy without an enforcement level of its own is advisory, as in a pack that sets none.
    """
    servicer = _servicer(lambda: pulumi_policy.PolicyPack("tested", list(policies)))
    if servicer is None:
        raise PackStartError("PolicyPack was not asked to serve")
    return _pack(servicer, config)


@contextlib.contextmanager
def load_pack(folder: str | os.PathLike[str], *, config: Config | None = None) -> Iterator[Pack]:
    """The pack in a folder, its ``__main__.py`` run in this process.

    Within the block the folder is the first on ``sys.path``; afterwards the modules that came from it are forgotten,
    so that the next pack may have modules of the same names.

    Raises:
        PackStartError: the folder's program ends without making a pack.
    """
    home = Path(folder).resolve()
    with (
        mock.patch.object(sys, "path", [str(home), *sys.path]),
        mock.patch.dict(os.environ, ENVIRONMENT),
        _modules_forgotten(home),
    ):
        try:
            served = _servicer(lambda: runpy.run_path(str(home), run_name="__main__"))
        except SystemExit as ended:
            raise PackStartError(f"{home}: the program ended with {ended}") from ended
        if served is None:
            raise PackStartError(f"{home}: the program ended without making a PolicyPack")
        yield _pack(served, config)


def _pack(servicer: analyzer_pb2_grpc.AnalyzerServicer, config: Config | None) -> Pack:
    def call(method: str, request: Message) -> Message:
        return getattr(servicer, method)(request, None)

    pack = Pack(call)
    return pack if config is None else pack.configure(config)


class _ServedError(BaseException):
    """Carries out of `PolicyPack`, which never returns, what it would serve. No ``except Exception`` holds it up."""

    def __init__(self, servicer: analyzer_pb2_grpc.AnalyzerServicer) -> None:
        self.servicer = servicer


def _servicer(make: Callable[[], object]) -> analyzer_pb2_grpc.AnalyzerServicer | None:
    def caught(servicer: analyzer_pb2_grpc.AnalyzerServicer, server: object) -> None:
        raise _ServedError(servicer)

    # The server that `PolicyPack` has made by then was never started: it has neither a port nor a thread.
    with mock.patch.object(analyzer_pb2_grpc, "add_AnalyzerServicer_to_server", caught):
        try:
            make()
        except _ServedError as served:
            return served.servicer
    return None


@contextlib.contextmanager
def _modules_forgotten(home: Path) -> Iterator[None]:
    before: Mapping[str, object] = dict(sys.modules)
    try:
        yield
    finally:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if name not in before and file is not None and Path(file).is_relative_to(home):
                del sys.modules[name]
