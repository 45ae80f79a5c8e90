"""What Azure would refuse, and what the team forbids, is refused before the first registration."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import pulumi
from pulumi.runtime import config as runtime_config

from acg.desired import Lowered
from acg.errors import InputError, Problem, Refused
from acg.project import guardrails_of, running_project, shortened
from acg.rules import Finding
from acg.rules.declared import check_lowered
from acg.rules.guardrails_file import TeamRules, load_team_rules

_SETTINGS: Final = ("catalog", "galleries", "guardrails", "labPlans", "protect")
"""Keys of the stack's configuration in our namespace."""


def findings(lowered: Lowered) -> tuple[Finding, ...]:
    """The errors that the rules find, by the team's settings and with the team's own rules.

    Settings are in the file that the configuration names as acg:guardrails, relative to the project; without one, in
    guardrails.json beside Pulumi.yaml if there is one. An empty acg:guardrails wants none. Warnings are left to the
    policy pack, which shows them.

    Raises:
        InputError: the settings cannot be used; carries every problem.
    """
    team = _team_rules()
    return check_lowered(lowered, team.guardrails, known=team.rules).errors


def refuse(lowered: Lowered) -> None:
    """Stop where the rules find errors.

    Raises:
        Refused: carries every finding.
        InputError: the settings cannot be used; carries every problem.
    """
    if errors := findings(lowered):
        raise Refused(errors)


def _team_rules() -> TeamRules:
    if problems := tuple(_unknown_settings()):
        raise InputError(problems)
    project = running_project(pulumi.get_project()) or Path.cwd()
    named = pulumi.Config("acg").get("guardrails")
    if (file := guardrails_of(project, named)) is None:
        return load_team_rules(None).usable()
    return _loaded(shortened(file), file.stat().st_mtime_ns if file.is_file() else 0)


@lru_cache(maxsize=4)
def _loaded(file: Path, changed: int) -> TeamRules:
    """The file's settings, read once and not for each of a program's components."""
    return load_team_rules(file).usable()


def _unknown_settings() -> list[Problem]:
    from difflib import get_close_matches

    found: list[Problem] = []
    for full in runtime_config.CONFIG.get():
        namespace, _, key = full.partition(":")
        if namespace != "acg" or key in _SETTINGS:
            continue
        near = get_close_matches(key, _SETTINGS, n=1)
        fix = f"Did you mean acg:{near[0]}?" if near else f"There are acg:{', acg:'.join(_SETTINGS)}."
        found.append(Problem("ACG022", f"{full} in the stack's configuration is not a setting", fix))
    return found
