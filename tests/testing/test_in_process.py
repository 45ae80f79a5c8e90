"""Policies in this process: what they see, what they report, and how a test asks."""

import pytest

from acg.testing import UNKNOWN, Diagnostic, Report, Resource, Secret, in_process
from tests.testing import policies_under_test as written

GALLERY = "azure-native:compute:Gallery"


def test_a_violation_carries_everything_that_pulumi_shows():
    gallery = Resource(GALLERY, {"location": "eastus"}, name="corp")
    report = in_process(written.LOCATION).analyze(gallery)
    assert list(report) == [
        Diagnostic(
            policy="location",
            message="lives in eastus",
            level="mandatory",
            severity="high",
            urn=gallery.urn,
            description="Nothing lives in the US",
        )
    ]


@pytest.mark.parametrize(
    "inputs", [{}, {"location": None}, {"location": "westeurope"}, {"location": ["eastus"]}], ids=repr
)
def test_no_violation_is_a_clean_report(inputs):
    in_process(written.LOCATION).analyze(Resource(GALLERY, inputs)).assert_clean()


def test_a_policy_that_touches_an_unknown_value_is_skipped_and_the_report_says_so():
    report = in_process(written.LOCATION).analyze(Resource(GALLERY, {"location": UNKNOWN}))
    assert report.skipped == ("location",)
    assert [found.level for found in report] == ["advisory"]
    assert report.mandatory == ()


def test_a_secret_is_seen_by_the_policy():
    report = in_process(written.LOCATION).analyze(Resource(GALLERY, {"location": Secret("eastus")}))
    report.assert_violation("location")


def test_a_resource_arrives_as_the_engine_would_send_it():
    parent = Resource("acg:index:Gallery", name="corp")
    child = Resource(GALLERY, {"count": 3, "none": None}, name="corp", parent=parent, options={"protect": True})
    urn = f"urn:pulumi:stack::project::acg:index:Gallery${GALLERY}::corp"
    told = in_process(written.SHAPE).analyze(child).assert_violation("shape", level="advisory").message
    assert told == repr([GALLERY, "corp", urn, True, parent.urn, [("count", 3.0), ("none", None)]])


def test_a_stack_knows_parents_dependencies_and_what_each_property_depends_on():
    group = Resource("azure-native:resources:ResourceGroup", name="rg")
    gallery = Resource(GALLERY, name="corp", depends_on=[group], property_dependencies={"resourceGroupName": [group]})
    report = in_process(written.LINKS).analyze_stack(group, gallery)
    assert [found.message for found in report] == [
        repr(["project-stack", None, [], {}]),
        repr(["rg", "project-stack", [], {}]),
        repr(["corp", "project-stack", ["rg"], {"resourceGroupName": ["rg"]}]),
    ]
    assert report.diagnostics[2].urn == gallery.urn


def test_stack_policies_see_outputs_and_resource_policies_inputs():
    one = Resource(GALLERY, {"galleryName": "a"}, name="one", outputs={"galleryName": "same"})
    two = Resource(GALLERY, {"galleryName": "b"}, name="two", outputs={"galleryName": "same"})
    pack = in_process(written.TWICE, written.SHAPE)
    report = pack.run(one, two)
    report.assert_violation("twice", "has the name of one", urn=two)
    assert [found.urn for found in report.of("shape")][1:] == [one.urn, two.urn]
    assert "('galleryName', 'a')" in report.of("shape")[1].message


def test_a_default_of_the_schema_is_a_setting_until_configured():
    pack = in_process(written.LIMIT)
    eleven = Resource("a:b:C", {"size": 11})
    pack.configure({}).analyze(eleven).assert_violation("limit", level="advisory")
    pack.configure({"limit": {"limit": 11}}).analyze(eleven).assert_clean()
    pack.configure({"limit": "mandatory"}).analyze(eleven).assert_violation("limit")
    pack.configure({"all": "disabled"}).analyze(eleven).assert_clean()
    pack.configure({"all": "disabled", "limit": "advisory"}).analyze(eleven).assert_violation("limit", level="advisory")


def test_a_remediation_shows_the_inputs_as_they_would_be_sent():
    pack = in_process(written.TAG, config={"tag": "remediate"})
    (change,) = pack.remediate(Resource(GALLERY, {"name": "corp", "key": Secret("s3cret"), "late": UNKNOWN}))
    assert change.policy == "tag"
    assert change.inputs["tags"] == {"owner": "images"}
    assert change.inputs["late"] is UNKNOWN
    assert in_process(written.TAG).remediate(Resource(GALLERY)) == ()


def test_a_policy_may_say_that_it_does_not_apply():
    assert in_process(written.RELUCTANT).analyze(Resource(GALLERY)).not_applicable == ("reluctant",)


def test_a_pack_tells_what_it_holds():
    found = in_process(written.LOCATION, written.TWICE, written.LIMIT).policies
    location = found["location"]
    assert (location.level, location.severity, location.url) == ("mandatory", "high", "https://example.com/location")
    assert location.remediation_steps == "Move it."
    assert not location.whole_stack
    assert found["twice"].whole_stack
    assert found["limit"].settings == {"limit": {"type": "integer", "default": 10}}


_ONE = Diagnostic(policy="p", message="is bad", level="mandatory", severity=None, urn="urn:a", description="")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda report: report.assert_clean(), "expected no diagnostics, got\n[mandatory] p: is bad (urn:a)"),
        (lambda report: report.assert_silent("p"), "expected nothing of p"),
        (lambda report: report.assert_violation("q"), "expected one mandatory violation of q, got 0"),
        (lambda report: report.assert_violation("p", "good"), "of p with 'good', got 0"),
        (lambda report: report.assert_violation("p", level="advisory"), "one advisory violation of p, got 0"),
        (lambda report: report.assert_violation("p", urn="urn:b"), "of p on urn:b, got 0"),
    ],
)
def test_an_assertion_that_fails_shows_the_whole_report(ask, says):
    with pytest.raises(AssertionError) as failed:
        ask(Report((_ONE,)))
    assert says in str(failed.value)
    assert "p: is bad" in str(failed.value)


def test_two_violations_are_not_one():
    with pytest.raises(AssertionError, match="got 2"):
        Report((_ONE, _ONE)).assert_violation("p")


def test_a_value_that_no_property_can_have_is_refused():
    with pytest.raises(TypeError, match="a property can hold"):
        in_process(written.SHAPE).analyze(Resource(GALLERY, {"when": object()}))
