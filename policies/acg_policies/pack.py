"""Serve the pack: every rule of this project, and of the team's, as a Pulumi policy."""

import json
import os
from pathlib import Path

from pulumi_policy import EnforcementLevel, PolicyPack

from acg.project import guardrails_of, running_project
from acg.rules.guardrails_file import TeamRules, load_team_rules

from .policies import policies_of
from .servicer import judging_by


def serve(name: str = "acg") -> None:
    """Serve the pack until the engine hangs up; a team's own pack calls this with a name of its own."""
    team = team_rules()
    with judging_by(team):
        PolicyPack(name, policies_of(team.rules.values()), enforcement_level=EnforcementLevel.ADVISORY)


def team_rules() -> TeamRules:
    """Rules and settings of the project that the engine runs.

    Settings are in the file that the stack's configuration names as acg:guardrails, relative to the project; without
    one, in guardrails.json beside Pulumi.yaml if there is one. An empty acg:guardrails wants none. Settings that cannot
    be used stop the first resource.
    """
    project = running_project(os.environ.get("PULUMI_PROJECT") or None)
    named = _configured("acg:guardrails")
    if project is None and named is None:
        return load_team_rules(None)
    return load_team_rules(guardrails_of(project or Path.cwd(), named))


def _configured(key: str) -> str | None:
    try:
        return json.loads(os.environ.get("PULUMI_CONFIG", "{}")).get(key)
    except (ValueError, AttributeError):
        return None
