"""Azure ends Lab Services on 28 June 2027."""

from collections.abc import Container, Iterator
from datetime import date, timedelta

from acg.azure.lab_services import END
from acg.rules.examples import Examples, case, case_on
from acg.rules.library.labs._examples import account, lab, plan
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Lab, LabAccount, LabPlan
from acg.rules.words import counted

NOTICE = timedelta(days=90)


@azure_rule(
    code="ACG857",
    name="lab-services-end",
    looks_at=(LabPlan, LabAccount, Lab),
    judges_existing=True,
    why="From that day on nobody can reach lab plans, lab accounts and labs. The gallery and its images stay. What "
    "exists may still be in the stack, so from then on this is an error only for a plan that is known to be new.",
    fix="Save the templates, copy the images to a gallery that no lab writes to, and delete labs and plans.",
    source="https://learn.microsoft.com/azure/lab-services/retirement-guide",
)
def lab_services_end(subject: LabPlan | LabAccount | Lab, today: date, new: Container[str]) -> Iterator[Failure]:
    if today < END - NOTICE:
        return
    if today < END:
        message = f"works for {counted((END - today).days, 'day')} more, until {END}"
        yield subject.fails(message, subject.NAME, severity="warning")
    else:
        is_new = isinstance(subject, LabPlan) and subject.resource.name in new
        message = f"belongs to a service that ended on {END}"
        yield subject.fails(message, subject.NAME, severity="error" if is_new else "warning")


def examples() -> Examples:
    notice = END - NOTICE
    return Examples(
        compliant=[
            case("more than 90 days before", plan()),
            case_on(notice - timedelta(days=1), "the day before the notice", plan()),
        ],
        noncompliant=[
            case_on(notice, "90 days before: a warning", plan()),
            case_on(END - timedelta(days=1), "the day before: a warning", lab({})),
            case_on(END, "the day itself: a warning", account()),
        ],
    )
