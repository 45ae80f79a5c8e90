"""A policy pack that runs, in this process or in one of its own: ask it as the engine does."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol, Self

from google.protobuf import empty_pb2
from google.protobuf.message import Message
from pulumi.runtime.proto import analyzer_pb2

from acg.testing._report import Level, Remediation, Report, Severity, level_name, severity_name
from acg.testing._resource import PROJECT, ROOT, STACK, Resource
from acg.testing._values import from_struct, to_struct

Config = Mapping[str, str | Mapping[str, Any]]
"""What ``--policy-pack-config`` takes: by policy, a level or a mapping with settings and ``enforcementLevel``."""

_LEVELS: Final = {level_name(number): number for number in analyzer_pb2.EnforcementLevel.values()}


class Analyzer(Protocol):
    """Calls one method of Pulumi's analyzer protocol."""

    def __call__(self, method: str, request: Message) -> Any:
        """The response."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """What a pack says about one of its policies."""

    name: str
    description: str
    level: Level
    severity: Severity | None
    settings: Mapping[str, Any]
    """JSON schema of each setting, by name."""
    url: str
    remediation_steps: str
    whole_stack: bool
    """Whether it looks at the stack, after all resources are known, or at one resource at a time."""


class Pack:
    """A policy pack that answers. Made by `in_process`, `load_pack` or `start_pack`."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._call = analyzer
        analyzer(
            "ConfigureStack",
            analyzer_pb2.AnalyzerStackConfigureRequest(
                stack=STACK, project=PROJECT, organization="organization", dry_run=True
            ),
        )

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """What the pack holds, by name."""
        found = self._call("GetAnalyzerInfo", empty_pb2.Empty())
        return {
            info.name: Policy(
                name=info.name,
                description=info.description,
                level=level_name(info.enforcementLevel),
                severity=severity_name(info.severity),
                settings=from_struct(info.configSchema.properties),
                url=info.url,
                remediation_steps=info.remediation_steps,
                whole_stack=info.policy_type == analyzer_pb2.POLICY_TYPE_STACK,
            )
            for info in found.policies
        }

    def configure(self, config: Config) -> Self:
        """Set levels and settings. As Pulumi does, policies that are not named get their own level and defaults.

        Pulumi also checks the settings against the policies' schemas before it hands them on. This does not, so that
        a test can see what the pack makes of them.
        """
        given = {
            name: {"enforcementLevel": value} if isinstance(value, str) else value for name, value in config.items()
        }
        everywhere = given.pop("all", {})
        merged = {
            name: {
                "enforcementLevel": policy.level,
                **{key: schema["default"] for key, schema in policy.settings.items() if "default" in schema},
                **everywhere,
            }
            for name, policy in self.policies.items()
        }
        for name, values in given.items():
            merged[name] = {**merged.get(name, {}), **values}
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name, values in merged.items():
            settings = {key: value for key, value in values.items() if key != "enforcementLevel"}
            request.policyConfig[name].enforcementLevel = _LEVELS[values["enforcementLevel"]]
            request.policyConfig[name].properties.CopyFrom(to_struct(settings))
        self._call("Configure", request)
        return self

    def analyze(self, resource: Resource) -> Report:
        """Show one resource to the pack's resource policies."""
        return Report.read(self._call("Analyze", resource.request()), resource.urn)

    def analyze_stack(self, *resources: Resource) -> Report:
        """Show a whole stack to the pack's stack policies."""
        request = analyzer_pb2.AnalyzeStackRequest(resources=[resource.in_stack() for resource in (ROOT, *resources)])
        return Report.read(self._call("AnalyzeStack", request))

    def remediate(self, resource: Resource) -> tuple[Remediation, ...]:
        """Let the pack's remediations change one resource."""
        return tuple(Remediation.read(found) for found in self._call("Remediate", resource.request()).remediations)

    def run(self, *resources: Resource) -> Report:
        """What a preview does: the root of the stack, every resource in the order given, then the whole stack."""
        reports = [self.analyze(resource) for resource in (ROOT, *resources)]
        return Report.together([*reports, self.analyze_stack(*resources)])
