"""``python -m tests.scenarios.write`` writes what is expected of each scenario; read the difference."""

from acg.report.plan import Shown, render
from tests.scenarios.groups import GROUPS
from tests.scenarios.scenario import EXPECTED, FORMS, plan_of


def main() -> None:
    for group in GROUPS:
        (EXPECTED / group.name).mkdir(parents=True, exist_ok=True)
        for one in group.scenarios:
            shown = Shown(plan_of(group.before, one.applied(group.before)))
            for end, form in FORMS.items():
                (EXPECTED / group.name / f"{one.name}.{end}").write_text(render(form, shown))


if __name__ == "__main__":
    main()
