"""The events that the engine streams: what is kept of them, and that nothing is which could hold a secret."""

import json

import pytest

from acg.catalog.placeholder import Placeholder
from acg.preview.events import Events
from acg.preview.model import Operation, PolicyResult
from acg.state.exported import resources_of

CANARY = "hunter2-canary"
VERSION = "urn:pulumi:dev::acg::acg:index:Gallery$azure-native:compute:GalleryImageVersion::corp/ubuntu/1.0.0"


def line(kind: str, **content: object) -> str:
    return json.dumps({"sequence": 1, "timestamp": 2, kind: content}, separators=(",", ":"))


def state(**inputs: object) -> dict:
    return {
        "type": "azure-native:compute:GalleryImageVersion",
        "urn": VERSION,
        "custom": True,
        "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/x",
        "inputs": {"galleryName": "Corp", "galleryImageName": "ubuntu", "galleryImageVersionName": "1.0.0", **inputs},
        "outputs": {},
    }


def step(operation: str, kind: str = "resourcePreEvent", urn: str = VERSION, **content: object) -> str:
    metadata = {"op": operation, "urn": urn, "type": "", "old": None, "new": None, "detailedDiff": None, **content}
    return line(kind, metadata=metadata, planning=True)


def heard(*lines: str) -> Events:
    events = Events()
    events.hear(lines)
    return events


@pytest.mark.parametrize(
    ("operations", "kept"),
    [
        (["same"], Operation.SAME),
        (["update"], Operation.UPDATE),
        (["create-replacement", "replace", "delete-replaced"], Operation.REPLACE),
        (["delete-replaced", "create-replacement"], Operation.REPLACE),
        (["discard"], Operation.OTHER),
    ],
)
def test_a_resource_has_one_operation(operations, kept):
    found = heard(*map(step, operations)).steps[VERSION]
    assert (found.operation, found.type, found.name) == (
        kept, "azure-native:compute:GalleryImageVersion", "corp/ubuntu/1.0.0",
    )  # fmt: skip


def test_paths_of_a_difference_are_kept_and_names_are_those_of_azure():
    event = step("update", new=state(), detailedDiff={"tags.b": {"diffKind": "update"}, "tags.a": {}})
    found = heard(event).steps[VERSION]
    assert found.paths == ("tags.a", "tags.b")
    assert found.azure == "corp/ubuntu/1.0.0"


def test_what_exists_is_what_azure_answered():
    refreshed = step("refresh", "resOutputsEvent", new=state(location="westeurope"), detailedDiff={"location": {}})
    events = heard(refreshed, step("create", urn=VERSION.replace("1.0.0", "2.0.0"), new=state()))
    (found,) = resources_of(events.states.values())
    assert found.inputs["location"] == "westeurope"
    assert events.drifted == {VERSION: "changed"}


def test_what_azure_no_longer_has_does_not_exist():
    events = heard(step("refresh", old=state()), step("refresh", "resOutputsEvent", old=state()))
    assert events.states == {}
    assert events.drifted == {VERSION: "deleted"}


def test_a_masked_secret_is_a_value_that_nobody_knows():
    (found,) = resources_of(
        heard(step("same", old=state(description="[secret]", tags={"a": ["[secret]"]}))).states.values()
    )
    assert isinstance(found.inputs["description"], Placeholder)
    assert isinstance(found.inputs["tags"]["a"][0], Placeholder)


def test_a_policy_keeps_its_name_and_never_its_message():
    content = {
        "resourceUrn": VERSION, "message": CANARY, "policyName": "quota", "policyPackName": "acg", "color": "never",
        "policyPackVersion": "1", "enforcementLevel": "mandatory", "severity": "low",
    }  # fmt: skip
    events = heard(line("policyEvent", **content), line("policyEvent", **content))
    assert list(events.policies) == [PolicyResult("acg", "quota", "mandatory", "corp/ubuntu/1.0.0")]
    skipped = heard(
        line("policyEvent", **{**content, "message": "can't run policy quota", "enforcementLevel": "advisory"})
    )
    assert [one.ran for one in skipped.policies] == [False]


def test_diagnostics_are_counted_and_never_kept():
    events = heard(
        line("diagnosticEvent", prefix="error: ", message=CANARY, severity="error"),
        line("diagnosticEvent", message=CANARY, severity="warning"),
        line("stdoutEvent", message=CANARY),
        line("policyRemediationEvent", before={"a": CANARY}, after={"a": CANARY}),
    )
    assert events.errors == 1
    assert events.unknown == 0
    assert CANARY not in repr(vars(events))


@pytest.mark.parametrize(
    "text",
    ["Previewing update (dev):", "{", "[]", "null", '{"sequence":1}', '{"sequence":1,"timestamp":2,"newEvent":{}}',
     '{"sequence":1,"timestamp":2,"resourcePreEvent":{}}', '{"sequence":1,"timestamp":2,"resourcePreEvent":null}'],
)  # fmt: skip
def test_lines_that_are_not_known_are_counted(text):
    assert heard(text, "", step("same")).unknown == 1


def test_the_end_says_how_it_went():
    end = line("summaryEvent", result="failed", PolicyPacks={"acg|local|policies": "1"}, resourceChanges={"same": 1})
    events = heard(line("preludeEvent", config={"acg:catalog": "galleries", "acg:secret": {"x": 1}}), step("same"), end)
    assert (events.result, events.policy_packs, events.stack) == ("failed", ("acg",), "dev")
    assert events.config == {"acg:catalog": "galleries"}


def test_a_resource_under_an_alias_exists_once():
    old = {**state(), "urn": VERSION}
    renamed = VERSION.replace("corp/ubuntu", "teams/ubuntu")
    events = heard(step("refresh", "resOutputsEvent", new=old), step("same", urn=renamed, old=old, new=state()))
    assert list(events.states) == [VERSION]


def test_the_end_of_the_declarations_is_heard_once_and_not_at_the_beginning():
    found = []
    events = Events(on_declared=lambda: found.append(len(events.steps)))
    root = "urn:pulumi:dev::acg::pulumi:pulumi:Stack::acg-dev"
    events.hear(
        [
            step("refresh", "resOutputsEvent", urn=root),
            step("same", urn=root),
            step("same", "resOutputsEvent", urn=root),  # it begins
            step("create"),
            step("create", "resOutputsEvent"),
            step("same", "resOutputsEvent", urn=root),
        ]
    )
    assert found == [2]
