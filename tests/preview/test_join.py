"""The engine's operations against the plan's changes."""

import pytest

from acg.plan.identity import Identity, Kind
from acg.plan.model import Action
from acg.preview.events import Events
from acg.preview.expect import compare
from acg.preview.join import joined
from acg.preview.model import Disagreement, EngineRun, Expected, PolicyResult
from acg.report.plan import FORMS, Shown, render
from tests.preview.test_events import heard, line, step
from tests.report.plan.samples import EMPTY, MODEL, RAISED, STORAGE, plan, version

URN = "urn:pulumi:dev::acg::acg:index:Gallery$azure-native:compute:GalleryImageVersion::platform/ubuntu-2404/1.1.0"
ABOVE = "urn:pulumi:dev::acg::acg:index:Gallery$azure-native:compute:GalleryImage::platform/ubuntu-2404"
END = line("summaryEvent", result="succeeded", resourceChanges={})


def run(*lines: str, changes=(), end: str = END) -> EngineRun:
    return joined(heard(*lines, end), plan(*changes), refreshed=True, expected=None)


@pytest.mark.parametrize(
    ("action", "operation", "agree"),
    [
        (None, "same", True),
        (None, "update", False),
        (Action.UPDATE, "update", True),
        (Action.UPDATE, "same", False),
        (Action.UPDATE, "replace", False),
        (Action.CREATE, "create", True),
        (Action.DELETE, "delete", True),
        (Action.DELETE, "same", False),
        (Action.NEW_VERSION, "update", True),
        (Action.NEW_VERSION, "replace", True),
        (Action.NEW_VERSION, "same", False),
        (Action.FORBIDDEN, "same", True),
        (Action.SAFETY, "same", True),
        (Action.SAFETY, "update", True),
    ],
)
def test_the_engine_does_what_the_plan_expects(action, operation, agree):
    changes = [] if action is None else [RAISED._replace(action=action)]
    found = run(step(operation, urn=URN, detailedDiff={"tags.a": {}}), changes=changes)
    assert (found.disagreements == ()) == agree
    if not agree:
        (one,) = found.disagreements
        assert one.plan == (action.value if action else "no change")


DEFINITION = RAISED._replace(resource=RAISED.resource._replace(kind=Kind.DEFINITION, version=None))


@pytest.mark.parametrize(
    ("action", "operation", "agree"),
    [
        (Action.REPLACE, "replace", True),
        (Action.REPLACE, "update", False),
        (Action.REPLACE, "delete", False),
        (Action.NEW_DEFINITION, "replace", True),
        (Action.MOVE, "delete", True),
        (Action.MOVE, "replace", False),
        (Action.UPDATE, "replace", False),
        (None, "replace", False),
    ],
)
def test_what_changes_with_something_around_it_is_no_disagreement(action, operation, agree):
    changes = [] if action is None else [DEFINITION._replace(action=action)]
    lines = [step(operation, urn=URN)] + ([] if action is None else [step("update", urn=ABOVE)])
    found = [one for one in run(*lines, changes=changes).disagreements if one.resource.endswith("1.1.0")]
    assert (found == []) == agree


LAB_PLAN = RAISED._replace(resource=Identity(Kind.LAB_PLAN, "lab-plan@lp", other="lp"))
LAB_URN = "urn:pulumi:dev::acg::acg:index:LabPlan$azure-native:labservices:LabPlan::lab-plan@lp"


@pytest.mark.parametrize(
    ("change", "operation", "agree"),
    [
        (LAB_PLAN._replace(action=Action.CREATE), "create", True),
        (LAB_PLAN._replace(action=Action.CREATE), "same", False),
        (LAB_PLAN._replace(reason="lab-images"), "same", True),
        (LAB_PLAN._replace(reason="lab-images"), "update", False),
    ],
)
def test_a_lab_plan_is_judged_but_for_its_images_which_pulumi_does_not_change(change, operation, agree):
    assert (run(step(operation, urn=LAB_URN), changes=[change]).disagreements == ()) == agree


def test_an_update_without_effect_is_no_disagreement():
    edited = joined(heard(step("update", urn=URN), END), plan(edited=(RAISED.resource,)), refreshed=True, expected=None)
    assert edited.disagreements == ()


def test_a_disagreement_names_both():
    (one,) = run(step("update", urn=URN, detailedDiff={key: {} for key in "abcde"})).disagreements
    assert one == Disagreement("platform/ubuntu-2404/1.1.0", "updates it (a, b, c and 2 more)", "no change")


def test_what_the_engine_does_not_mention_is_a_disagreement_only_if_it_finished():
    assert [one.engine for one in run(changes=[RAISED]).disagreements] == ["does not mention it"]
    failed = run(changes=[RAISED], end=line("summaryEvent", result="failed"))
    assert failed.disagreements == ()
    assert failed.refused


def test_resources_that_a_plan_does_not_speak_of_are_not_judged():
    found = run(step("create", urn="urn:pulumi:dev::acg::azure-native:compute:Disk::disk"))
    assert (found.steps, found.disagreements) == ({}, ())


@pytest.mark.parametrize(
    ("reviewed", "now", "allowed", "found"),
    [
        ({"a/b": "1"}, {"a/b": "1"}, {}, []),
        ({"a/b": "1"}, {"a/b": "2"}, {}, [Expected("a/b", "differs")]),
        ({}, {"a/b": "2"}, {}, [Expected("a/b", "unexpected")]),
        ({"a/b": "1"}, {}, {}, [Expected("a/b", "done")]),
        ({"a/b": "1", "": "0"}, {"a/b": "2", "": "0"}, {"a/b": "urgent"}, [Expected("a/b", "differs", "urgent")]),
    ],
)
def test_digests_are_compared_definition_by_definition(reviewed, now, allowed, found):
    assert list(compare(reviewed, now, allowed)) == found
    assert any(one.refused for one in found) == any(one.verdict != "done" and not allowed for one in found)


AGREED = EngineRun(refreshed=True, succeeded=True, steps={"same": 3, "update": 1})


@pytest.mark.parametrize(
    ("fields", "verdict", "said"),
    [
        ({}, "No changes", "Pulumi's preview says the same as this plan: 1 to update, 3 unchanged."),
        (
            {"succeeded": False, "errors": 2},
            "Not ready to deploy: Pulumi's preview failed.",
            "2 error messages are not shown",
        ),
        ({"expected": ()}, "No changes", "Everything is as reviewed."),
        (
            {"expected": (Expected("a/b", "differs"),)},
            "Not ready to deploy: 1 definition is not as reviewed.",
            "a/b would change otherwise than reviewed.",
        ),
        ({"expected": (Expected("a/b", "unexpected", "urgent"),)}, "No changes", "Reason given: urgent."),
        (
            {"disagreements": (Disagreement("x", "updates it", "no change"),)},
            "No changes",
            "x: the plan expects no change, but Pulumi updates it.",
        ),
        ({"drifted": ("corp",)}, "No changes", "1 resource was changed outside Pulumi"),
        (
            {"policies": (PolicyResult("p", "q", "mandatory", "r"),)},
            "Not ready to deploy: 1 mandatory policy fails.",
            "Fails: mandatory policy p/q for r.",
        ),
        ({"policies": (PolicyResult("p", "q", "advisory", "r"),)}, "No changes", "without stopping anything: p/q × 1."),
        (
            {"policies": (PolicyResult("p", "q", "advisory", "r", ran=False),)},
            "No changes",
            "Not run: policy p/q for r",
        ),
        ({"unknown": 2}, "No changes", "2 lines of Pulumi's output are in a form"),
    ],
)
def test_the_page_says_what_the_engine_says(fields, verdict, said):
    shown = Shown(EMPTY, engine=AGREED._replace(**fields), width=300)
    text = render("text", shown)
    assert verdict in text.splitlines()[1]
    assert said in text
    assert shown.exit_code == int("Not ready" in verdict)
    assert {form for form in FORMS if not render(form, shown)} == {"github"}  # which has nothing to show beside lines


def test_without_refresh_the_first_line_says_so():
    shown = Shown(MODEL, engine=AGREED._replace(refreshed=False), width=300)
    assert render("text", shown).startswith("Not refreshed: this is about what Pulumi deployed last")
    assert render("markdown", shown).split("\n\n")[1].startswith("Not refreshed:")


def test_a_refused_plan_stays_refused_for_its_own_reason():
    text = render("text", Shown(plan(STORAGE._replace(resource=version("1.0.0"))), engine=AGREED, width=300))
    assert "Not ready to merge: Azure would refuse the change" in text


def test_events_can_be_joined_with_no_plan_at_all():
    assert joined(Events(), EMPTY, refreshed=True, expected=None).succeeded is False
