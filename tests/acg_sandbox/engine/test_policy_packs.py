"""Policy packs in the language host: started once the engine has said which stack they look at."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, language_pb2

from tests.acg_sandbox.engine.hosting import ENGINE, Host, analyzer, configure, environment, program

PACK = """\
import json, os, pathlib, pulumi
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy
pathlib.Path({seen!r}).write_text(json.dumps(dict(os.environ, cwd=os.getcwd())))
def no_spaces(args, report_violation):
    if " " in args.name:
        report_violation(f"{{pulumi.get_stack()}}: {{pulumi.Config('acg').get('catalog')}}")
policy = ResourceValidationPolicy("no-spaces", "No spaces.", no_spaces, EnforcementLevel.MANDATORY)
PolicyPack("pack", policies=[policy])
"""


def test_a_policy_pack_knows_its_stack(host: Host, tmp_path: Path):
    seen = tmp_path / "seen"
    with _pack(host, tmp_path, PACK.format(seen=str(seen))) as port:
        analyzer = configure(port)
        assert analyzer.GetAnalyzerInfo(empty_pb2.Empty()).name == "pack"
        verdict = analyzer.Analyze(
            analyzer_pb2.AnalyzeRequest(type="a:b:C", name="a b", urn="urn:pulumi:dev::p::a:b:C::a")
        )
        assert [found.message.splitlines()[-1] for found in verdict.diagnostics] == ["dev: galleries"]
    known = json.loads(seen.read_text())
    assert {name: known[name] for name in ("PULUMI_PROJECT", "PULUMI_STACK", "PULUMI_ORGANIZATION")} == {
        "PULUMI_PROJECT": "p",
        "PULUMI_STACK": "dev",
        "PULUMI_ORGANIZATION": "organization",
    }
    assert known["PULUMI_DRY_RUN"] == "true"
    assert known["cwd"] == str(tmp_path / "pack")


def test_a_policy_pack_can_be_asked_without_a_stack(host: Host, tmp_path: Path):
    with _pack(host, tmp_path, PACK.format(seen=str(tmp_path / "seen"))) as port:
        assert analyzer(port).GetAnalyzerInfo(empty_pb2.Empty()).name == "pack"
    assert "PULUMI_PROJECT" not in json.loads((tmp_path / "seen").read_text())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("print('hello')", "printed 'hello' where its port was expected"),
        ("raise SystemExit(1)", "ended before it was ready"),
    ],
)
def test_a_policy_pack_that_does_not_start_is_told_as_such(host: Host, tmp_path: Path, text: str, reason: str):
    with _pack(host, tmp_path, text) as port, pytest.raises(grpc.RpcError, match=reason):
        configure(port).GetAnalyzerInfo(empty_pb2.Empty())


@contextlib.contextmanager
def _pack(host: Host, folder: Path, text: str) -> Iterator[int]:
    info = program(folder / "pack", text)
    request = language_pb2.RunPluginRequest(info=info, kind="analyzer", args=[ENGINE], env=environment())
    call = host.rpc.RunPlugin(request)
    yield int(next(call).stdout)
    call.cancel()
