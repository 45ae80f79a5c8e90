"""What a plan says of edits that must not cost a gallery: of its sharing, its group and its name."""

from __future__ import annotations

from typing import Any

import pytest

from acg.plan.identity import Kind
from tests.plan.catalogs import Json, catalog
from tests.plan.test_outside import planned, state


def test_another_gallery_under_the_key_of_one_that_exists_is_new_and_replaces_nothing() -> None:
    def existing(made: Json) -> None:
        made["galleries"]["corp"] |= {"existing": True, "name": "before", "images": {}}

    def managed(made: Json) -> None:
        made["galleries"]["corp"]["images"] = {}

    (change,) = planned(state(catalog(existing)), catalog(managed)).changes
    assert (change.action, change.resource.title) == ("create", "gallery corp")


COMMUNITY = {
    "permissions": "Community",
    "communityGalleryInfo": {
        "publisherUri": "https://contoso.example",
        "publisherContact": "images@contoso.example",
        "eula": "https://contoso.example/eula",
        "publicNamePrefix": "contoso",
    },
}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, {"permissions": "Groups"}, [("forbidden", "sharing-changed")]),
        (None, COMMUNITY, [("undecided", "sharing-undecided")]),
        (
            {"permissions": "Groups"},
            COMMUNITY,
            [("forbidden", "sharing-changed"), ("undecided", "sharing-undecided")],
        ),
        ({"permissions": "Private"}, None, []),
        (COMMUNITY, None, [("undecided", "left-out")]),
        (
            COMMUNITY,
            {"permissions": "Private"},
            [("forbidden", "sharing-changed"), ("undecided", "sharing-undecided")],
        ),
    ],
)
def test_no_edit_about_sharing_deletes_a_gallery(before: Json | None, after: Json | None, expected: list[Any]) -> None:
    def shared(profile: Json | None) -> Json:
        made = catalog()
        made["galleries"]["corp"] |= {"sharingProfile": profile} if profile else {}
        return made

    changes = planned(state(shared(before)), shared(after)).changes
    assert [(one.action, one.reason) for one in changes] == expected


def grouped(made: Json, *groups: str) -> Json:
    made["resourceGroups"] = {name: {"location": "westeurope"} for name in groups}
    return made


def test_the_galleries_go_with_a_group_that_may_be_deleted() -> None:
    wanted = grouped(catalog(), "rg")
    wanted["resourceGroups"]["rg"]["retire"] = True
    (change,) = planned(state(grouped(catalog(), "rg")), wanted).changes
    assert (change.action, change.summary) == ("safety", "may be deleted from now on, and with it gallery corp")


@pytest.mark.parametrize(
    ("group", "action", "summary"),
    [
        ("rg", "adopt", "is to be created, but gallery corp uses it already"),
        ("RG", "adopt", "is to be created, but gallery corp uses it already"),
        ("rg-2", "create", "is created"),
    ],
)
def test_a_group_that_a_gallery_lives_in_is_not_created(group: str, action: str, summary: str) -> None:
    def second(made: Json) -> None:
        made["galleries"]["second"] = {"resourceGroup": group, "location": "westeurope"}

    changes = planned(state(catalog()), grouped(catalog(second), group)).changes
    (change,) = (one for one in changes if one.resource.kind is Kind.RESOURCE_GROUP)
    assert (change.action, change.summary) == (action, summary)


def test_a_group_that_a_gallery_stays_in_is_not_deleted() -> None:
    (change,) = planned(state(grouped(catalog(), "rg")), catalog()).changes
    assert (change.action, change.summary) == ("release", "is no longer declared, but gallery corp is in it")
