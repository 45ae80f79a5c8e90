"""A plan is read back as it was written, and nothing else is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.errors import InputError
from acg.preview.model import Disagreement, EngineRun, Expected, PolicyResult, Refusal
from acg.report.plan import Shown, render
from acg.report.plan.read import read_plan
from tests.report.plan.samples import FULL, MODEL, PLANS

ENGINE = EngineRun(
    refreshed=True,
    succeeded=True,
    steps={"same": 1},
    disagreements=(Disagreement("a", "b", "c"),),
    refusals=(Refusal("r", "s", "t", "https://example.com"),),
    drifted=("d",),
    policies=(PolicyResult("p", "q", "advisory", "r"),),
    policy_packs=("p",),
    errors=1,
    unknown=2,
    expected=(Expected("a/b", "differs", "urgent"),),
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text()


def read(tmp_path, document) -> Shown:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document))
    return read_plan(file)


@pytest.mark.parametrize("engine", [None, ENGINE], ids=["plan", "preview"])
@pytest.mark.parametrize("name", PLANS)
def test_what_was_written_is_read(tmp_path, name, engine):
    shown = Shown(PLANS[name], engine=engine)
    found = read(tmp_path, json.loads(render("json", shown)))
    for form in ("json", "markdown", "text"):
        assert render(form, found) == render(form, shown)


def document() -> dict:
    return json.loads(render("json", Shown(FULL)))


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        (lambda plan: plan.update(version=2), "it has another version"),
        (lambda plan: plan.pop("stack"), "plan has no key 'stack'"),
        (lambda plan: plan.update(html="<b>"), "plan has an unknown key 'html'"),
        (lambda plan: plan.update(catalog=3), "plan.catalog has another form"),
        (lambda plan: plan.update(today="tomorrow"), "plan.today has another form"),
        (lambda plan: plan.update(changes={}), "plan.changes has another form"),
        (lambda plan: plan["changes"][0].update(action="nothing"), "plan.changes[0].action has another form"),
        (
            lambda plan: plan["findings"]["new"][0]["rule"].update(name="x"),
            "plan.findings.new[0].rule has another form",
        ),
        (lambda plan: plan["effects"]["storage"].update(addedGB=True), "plan.effects.storage.addedGB has another form"),
        (lambda plan: plan.update(noEffect={"a": "b"}), "plan.noEffect.a has another form"),
    ],
)
def test_other_forms_are_refused(tmp_path, edit, cause):
    plan = document()
    edit(plan)
    with pytest.raises(InputError) as caught:
        read(tmp_path, plan)
    assert cause in str(caught.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    )
)
def test_anything_else_is_one_message(tmp_path_factory, value):
    with pytest.raises(InputError):
        read(tmp_path_factory.getbasetemp(), value)


def test_rules_are_those_of_this_program(tmp_path):
    plan = document()
    plan["findings"]["new"][0]["rule"]["why"] = "Because @octocat says so."
    assert "octocat" not in render("markdown", read(tmp_path, plan))


def test_no_address_is_linked_but_those_of_the_vendor(tmp_path):
    plan = document()
    for index, source in enumerate(
        ("https://evil.example/x", "javascript:alert(1)", "https://learn.microsoft.com/>)<b>")
    ):
        plan["changes"][index]["source"] = source
    shown = read(tmp_path, plan)
    for form in ("markdown", "html"):
        text = render(form, shown)
        assert "](<https://evil" not in text
        assert 'href="https://evil' not in text
        assert "<javascript" not in text
        assert 'href="javascript' not in text


def test_a_plan_that_is_too_large_is_refused(tmp_path):
    plan = json.loads(render("json", Shown(MODEL)))
    plan["changes"][0]["summary"] = "x" * (20 * 2**20)
    with pytest.raises(InputError) as caught:
        read(tmp_path, plan)
    assert "is larger than 20 MiB" in str(caught.value)
