"""One Pulumi policy per rule, as Pulumi lists, configures and counts them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

import pulumi_policy as sdk
from pulumi_policy import EnforcementLevel, Policy, PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy

from acg.rules import Level, Rule, Settings
from acg.rules.guardrails import OWN_RULES, SUPPRESSIONS, default_level

GUARDRAILS: Final = "guardrails"
"""Policy that refuses settings for rules that do not exist. Those of rules that do exist are refused in their names."""

_SEVERITIES: Final = {"error": sdk.Severity.HIGH, "warning": sdk.Severity.LOW}


class RulePolicy(ResourceValidationPolicy):
    """A rule that one resource decides."""

    def validate(self, args: object, report_violation: object) -> NoReturn:
        """Refuse to be run by any other servicer than this pack's, which judges by the rule itself."""
        raise NotServedError(self.name)


class StackRulePolicy(StackValidationPolicy):
    """A rule about more than one resource."""

    def validate(self, args: object, report_violation: object) -> NoReturn:
        """As `RulePolicy.validate`."""
        raise NotServedError(self.name)


class NotServedError(RuntimeError):
    """The SDK's own servicer runs this pack. Nothing would be judged, so the deployment has to stop."""

    def __init__(self, policy: str) -> None:
        super().__init__(
            f"{policy} cannot run: this pack goes with another version of pulumi-policy. "
            "Fix: run `pulumi install` in its folder, which installs the version that it was tested with."
        )


def policies_of(rules: Iterable[Rule]) -> list[Policy]:
    """A policy for each rule, one for the settings as such, one for suppressions and one for a team's own rules."""
    return [_guardrails(), _suppressions(), _own_rules(), *map(_policy, rules)]


def _policy(rule: Rule) -> Policy:
    make = StackRulePolicy if rule.needs_index else RulePolicy
    return make(
        name=rule.name,
        description=rule.summary,
        enforcement_level=EnforcementLevel(default_level(rule).value),
        config_schema=None if rule.settings is None else PolicyConfigSchema(schema(rule.settings)),
        display_name=f"{rule.code} {rule.name}",
        severity=_SEVERITIES[rule.severity],
        tags=[rule.kind, rule.family],
        remediation_steps=rule.fix,
        url=rule.source,
    )


def _guardrails() -> Policy:
    return RulePolicy(
        name=GUARDRAILS,
        description="The settings of the pack name rules that exist",
        enforcement_level=EnforcementLevel.MANDATORY,
        severity=sdk.Severity.HIGH,
        remediation_steps="Correct the name; `acg check --list` names the rules.",
    )


def _suppressions() -> Policy:
    text = {"type": "string"}
    entry = {"type": "object", "properties": {"urn": text, "rule": text, "reason": text, "until": text}}
    settings = {"entries": {"type": "array", "items": entry}, "maximumDays": {"type": "integer"}}
    return StackRulePolicy(
        name=SUPPRESSIONS,
        description="Suppressions are well-formed, needed and not expired",
        enforcement_level=EnforcementLevel(Level.ADVISORY.value),
        config_schema=PolicyConfigSchema(settings),
        severity=sdk.Severity.LOW,
        remediation_steps="Fix what it hid and remove it, or give it a new last day.",
    )


def _own_rules() -> Policy:
    return StackRulePolicy(
        name=OWN_RULES,
        description="Rules of the team's own can be loaded",
        enforcement_level=EnforcementLevel.MANDATORY,
        config_schema=PolicyConfigSchema({"folders": {"type": "array", "items": {"type": "string"}}}),
        severity=sdk.Severity.HIGH,
        remediation_steps="Name folders of rules, relative to guardrails.json.",
    )


def schema(settings: type[Settings]) -> dict[str, dict[str, Any]]:
    """JSON schema of each setting. It has no defaults: Pulumi would send them back as if a user had set them."""
    whole = settings.model_json_schema()
    return {key: _plain(value, whole.get("$defs", {})) for key, value in whole.get("properties", {}).items()}


def _plain(value: Any, definitions: Mapping[str, Any]) -> Any:
    """A schema without references, which Pulumi does not follow, and without what it does not need."""
    if isinstance(value, list):
        return [_plain(item, definitions) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return _plain(definitions[value["$ref"].rsplit("/", 1)[-1]], definitions)
    properties = value.get("properties", {})
    kept = {key: _plain(item, definitions) for key, item in value.items() if key not in ("title", "default")}
    return {
        **kept,
        **({"properties": {k: _plain(v, definitions) for k, v in properties.items()}} if properties else {}),
    }
