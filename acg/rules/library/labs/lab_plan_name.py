"""The name of a lab plan is one that Azure takes."""

import re
from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case
from acg.rules.library.labs._examples import plan
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import LabPlan
from acg.rules.words import shown

LONGEST = 100
"""Source: azure-mgmt-labservices 2.0.0, parameter ``lab_plan_name``."""
LONGEST_ANYWHERE = 260
"""Source: hashicorp/terraform-provider-azurerm, internal/services/labservice/validate."""
MARKS = "-._()"
"""What a name may have beside letters and digits. Source: azure-mgmt-labservices 2.0.0."""
RECOMMENDED = re.compile(r"[A-Za-z](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)
"""Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"""


@azure_rule(
    code="ACG851",
    name="lab-plan-name",
    looks_at=LabPlan,
    judges_existing=True,
    why="Azure takes up to 100 letters, digits, hyphens, periods, underscores and parentheses. Its page about names is "
    "stricter: no parentheses, a letter first, a letter or digit last. Where only that page forbids a name, or only "
    "Terraform's provider allows its length, this is a warning.",
    fix="Use 1 to 100 English letters, digits, hyphens, periods and underscores, a letter first, a letter or digit "
    "last.",
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
)
def lab_plan_name(plan: LabPlan) -> Iterator[Failure]:
    name = plan.name
    if name is None:
        return
    if not name:
        yield plan.fails("has an empty name", plan.NAME)
    elif len(name) > LONGEST_ANYWHERE:
        yield plan.fails(f"has a name of {len(name):,} characters, above {LONGEST}", plan.NAME)
    elif wrong := "".join(dict.fromkeys(one for one in name if not one.isalnum() and one not in MARKS)):
        yield plan.fails(f"has a name that contains {shown(wrong)}", plan.NAME)
    elif len(name) > LONGEST:
        message = f"has a name of {len(name):,} characters, above {LONGEST}"
        yield plan.fails(message, plan.NAME, severity="warning")
    elif not RECOMMENDED.fullmatch(name):
        yield plan.fails(
            f"has the name {shown(name)}, which the page about names forbids", plan.NAME, severity="warning"
        )


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a plain name", plan("lp-computing")),
            case("the longest name", plan("a" * LONGEST)),
            case("a name that Pulumi makes up", plan(None)),
        ],
        noncompliant=[
            case("a space", plan("lp computing")),
            case("no name", plan("")),
            case("a name that nobody allows", plan("a" * 261)),
            case("a name that only Terraform allows: a warning", plan("a" * 101)),
            case("a digit first: a warning", plan("1-computing")),
            case("a parenthesis: a warning", plan("lp(computing)")),
        ],
        undecided=[case("a name from another resource", plan(UNKNOWN))],
    )
