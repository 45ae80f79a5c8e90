"""What Azure would refuse, and what the team forbids, is refused before the first registration."""

from datetime import date
from pathlib import Path

import pulumi

from acg.desired import Lowered
from acg.errors import Refused
from acg.rules import Finding, Guardrails
from acg.rules.declared import check_lowered


def findings(lowered: Lowered) -> tuple[Finding, ...]:
    """The errors that the rules find, by the settings in the file that the configuration names as acg:guardrails.

    Warnings are left to the policy pack, which shows them as advice.

    Raises:
        InputError: the settings cannot be used; carries every problem.
    """
    file = pulumi.Config("acg").get("guardrails")
    settings = Guardrails.load(Path(file)) if file else None
    return check_lowered(lowered, settings, date.today()).errors  # noqa: DTZ011 - a team's day is that of its own place


def refuse(lowered: Lowered) -> None:
    """Stop where the rules find errors.

    Raises:
        Refused: carries every finding.
        InputError: the settings cannot be used; carries every problem.
    """
    if errors := findings(lowered):
        raise Refused(errors)
