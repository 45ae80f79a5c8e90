"""The analyzer that Pulumi talks to: the SDK's own, but each resource is read once instead of once per policy.

The SDK deserialises the properties of a resource anew for every policy of a pack: with some ninety policies that is
most of the time of a preview. Names, descriptions, levels and settings of the policies are still the SDK's business.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import policy as sdk

from acg.rules import Guardrails, Rule
from acg.rules.guardrails import LEVEL

from .diagnostics import Diagnostics
from .judging import Judge
from .policies import GUARDRAILS
from .snapshot import Estate, split


class Servicer(sdk._PolicyAnalyzerServicer):  # pyright: ignore[reportPrivateUsage]  # the SDK offers no other way
    """One run of the pack."""

    rules: Mapping[str, Rule]
    """All rules by name; set by `judging_by`."""

    def __init__(self, name: str, version: str, policies: list[sdk.Policy], *further: Any) -> None:
        super().__init__(name, version, policies, *further)
        self._lock = threading.Lock()
        self._pack = (name, version)
        self._policies = {policy.name: policy for policy in policies}
        self._estate = Estate()
        self._use(Guardrails())

    def Configure(self, request: analyzer_pb2.ConfigureAnalyzerRequest, context: object) -> empty_pb2.Empty:  # noqa: N802
        """Take over levels and settings. What cannot be used is told with the first resource, and stops it."""
        answer = super().Configure(request, context)
        given = {
            name: {
                **_plain(config.properties),
                LEVEL: analyzer_pb2.EnforcementLevel.Name(config.enforcementLevel).lower(),
            }
            for name, config in request.policyConfig.items()
            if name != GUARDRAILS
        }
        guardrails, problems = Guardrails.read(given, rules=self.rules)
        self._use(guardrails)
        self._diagnostics.problems = problems
        return answer

    def Analyze(self, request: analyzer_pb2.AnalyzeRequest, context: object) -> analyzer_pb2.AnalyzeResponse:  # noqa: N802
        """Judge one resource by what it is given."""
        with self._lock:
            response = self._diagnostics.of_settings()
            seen = self._estate.meet(request)
            if seen is not None:
                response.extend(self._diagnostics.of_resource(self._judge.alone(seen.plain, seen.public)))
            return analyzer_pb2.AnalyzeResponse(diagnostics=response)

    def AnalyzeStack(self, request: analyzer_pb2.AnalyzeStackRequest, context: object) -> analyzer_pb2.AnalyzeResponse:  # noqa: N802
        """Judge what can only be judged when all resources are known."""
        with self._lock:
            resources, public = split(self._estate.whole(request))
            response = self._diagnostics.of_settings()
            response += self._diagnostics.of_stack(self._judge.together(resources, public))
            response += self._diagnostics.of_suppressions(
                resources, self._judge.rules, {shown.urn for shown in request.resources}
            )
            return analyzer_pb2.AnalyzeResponse(diagnostics=response)

    def Remediate(self, request: analyzer_pb2.AnalyzeRequest, context: object) -> analyzer_pb2.RemediateResponse:  # noqa: N802
        """Change nothing: this pack judges."""
        return analyzer_pb2.RemediateResponse()

    def _use(self, guardrails: Guardrails) -> None:
        today = datetime.now(UTC).date()
        self._judge = Judge(self.rules.values(), guardrails, today)
        self._diagnostics = Diagnostics(self._pack, self._policies, guardrails, today, self.rules)


@contextmanager
def judging_by(rules: Mapping[str, Rule]) -> Iterator[None]:
    """Within the block `PolicyPack` serves with this module's servicer in place of its own."""
    theirs = sdk._PolicyAnalyzerServicer  # pyright: ignore[reportPrivateUsage]
    sdk._PolicyAnalyzerServicer = type("Servicer", (Servicer,), {"rules": rules})
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
