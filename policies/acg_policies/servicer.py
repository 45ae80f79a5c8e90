"""The analyzer that Pulumi talks to: the SDK's own, but each resource is read once instead of once per policy.

The SDK deserialises the properties of a resource anew for every policy of a pack: with some ninety policies that is
most of the time of a preview. Names, descriptions, levels and settings of the policies are still the SDK's business.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import policy as sdk

from acg.desired.lines import Lines
from acg.errors import Problem
from acg.project import running_project
from acg.rules import Evaluation, Guardrails
from acg.rules.guardrails import LEVEL
from acg.rules.guardrails_file import TeamRules, read_guardrails
from acg.rules.team.own import OWN_RULES_PROBLEM

from .diagnostics import Diagnostics
from .policies import GUARDRAILS
from .snapshot import Snapshot, split


class Servicer(sdk._PolicyAnalyzerServicer):  # pyright: ignore[reportPrivateUsage]  # the SDK offers no other way
    """One run of the pack."""

    team: TeamRules
    """All rules, and the settings beside the project; set by `judging_by`."""

    def __init__(self, name: str, version: str, policies: list[sdk.Policy], *further: Any) -> None:
        super().__init__(name, version, policies, *further)
        self._lock = threading.Lock()
        project = running_project(os.environ.get("PULUMI_PROJECT") or None)
        self._lines = Lines([] if project is None else [project])
        self._policies = {policy.name: policy for policy in policies}
        self._pack = (name, version)
        self._use(self.team.guardrails, self.team.problems)

    def Configure(self, request: analyzer_pb2.ConfigureAnalyzerRequest, context: object) -> empty_pb2.Empty:  # noqa: N802
        """Take over levels and settings. Invalid settings are reported with the first resource, and stop it.

        The engine hands on a level for every policy even if nobody set one. Without a single one that differs from
        the pack's own, the settings beside the project hold.
        """
        answer = super().Configure(request, context)
        given = {
            name: {
                **_plain(config.properties),
                LEVEL: analyzer_pb2.EnforcementLevel.Name(config.enforcementLevel).lower(),
            }
            for name, config in request.policyConfig.items()
            if name != GUARDRAILS
        }
        if all(self._is_default(name, settings) for name, settings in given.items()):
            self._use(self.team.guardrails, self.team.problems)
        else:
            guardrails, problems = read_guardrails(given, rules=self.team.rules)
            self._use(guardrails, [*problems, *(one for one in self.team.problems if one.code == OWN_RULES_PROBLEM)])
        return answer

    def Analyze(self, request: analyzer_pb2.AnalyzeRequest, context: object) -> analyzer_pb2.AnalyzeResponse:  # noqa: N802
        """Judge one resource by what it is given."""
        with self._lock:
            found = self._of_settings()
            known = self._snapshot.meet(request)
            if regions := self._snapshot.new_regions():
                self._evaluation.add_regions(regions)
            if known is not None:
                met = self._snapshot.related(known.plain)
                found += self._diagnostics.of_report(self._evaluation.early(known.plain, known.public, met))
            return analyzer_pb2.AnalyzeResponse(diagnostics=found)

    def AnalyzeStack(self, request: analyzer_pb2.AnalyzeStackRequest, context: object) -> analyzer_pb2.AnalyzeResponse:  # noqa: N802
        """Judge what can only be judged when all resources are known."""
        with self._lock:
            resources, public = split(self._snapshot.whole(request))
            found = self._of_settings()
            names = {shown.urn for shown in request.resources}
            found += self._diagnostics.of_report(self._evaluation.final(resources, public, names))
            return analyzer_pb2.AnalyzeResponse(diagnostics=found)

    def Remediate(self, request: analyzer_pb2.AnalyzeRequest, context: object) -> analyzer_pb2.RemediateResponse:  # noqa: N802
        """Change nothing: this pack judges."""
        return analyzer_pb2.RemediateResponse()

    def _use(self, guardrails: Guardrails, problems: Sequence[Problem]) -> None:
        self._snapshot = Snapshot()
        self._evaluation = Evaluation(guardrails, known=self.team.rules, locate=self._lines.locate)
        self._diagnostics = Diagnostics(self._pack, self._policies)
        self._problems = problems

    def _of_settings(self) -> list[analyzer_pb2.AnalyzeDiagnostic]:
        """What is wrong with the settings, the first time that it is asked for."""
        problems, self._problems = self._problems, ()
        return list(self._diagnostics.of_problems(problems))

    def _is_default(self, name: str, settings: dict[str, Any]) -> bool:
        policy = self._policies.get(name)
        level = policy.enforcement_level if policy is not None else None
        return level is not None and settings == {LEVEL: level.value}


@contextmanager
def judging_by(team: TeamRules) -> Iterator[None]:
    """Within the block `PolicyPack` serves with this module's servicer in place of its own."""
    theirs = sdk._PolicyAnalyzerServicer  # pyright: ignore[reportPrivateUsage]
    sdk._PolicyAnalyzerServicer = type("Servicer", (Servicer,), {"team": team})
    try:
        yield
    finally:
        sdk._PolicyAnalyzerServicer = theirs


def _plain(properties: Any) -> dict[str, Any]:
    """Settings out of a message, whose numbers are all floats."""
    return {key: _whole(value) for key, value in json_format.MessageToDict(properties).items()}


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return value
