"""What cannot be managed as it is in Azure is declared as existing, and listed with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acg.adopt.observed import adopt_snapshot
from acg.state.observed import Coverage, Part, Reading, snapshot_of
from tests.adopt.answers import EMPTY, GALLERY, GROUP, IMAGE, SOURCE, Json, body, image, lock, version

VHD = {"osDiskImage": {"source": {"uri": "https://a.blob.core.windows.net/v/d.vhd?…", "storageAccountId": SOURCE}}}


@pytest.mark.parametrize(
    ("bodies", "what", "reason", "declared"),
    [
        ([body(GALLERY), image(), version(provisioningState="Failed")], "corp/web 1.0.0", "is Failed in Azure", True),
        ([body(GALLERY), image(provisioningState="Updating"), version()], "corp/web", "is Updating in Azure", True),
        ([body(GALLERY, provisioningState="Migrating")], "gallery corp", "is Migrating in Azure", True),
        ([body(GALLERY), image(), version(storageProfile=VHD)], "corp/web 1.0.0", "has a signature", True),
        ([body(GALLERY), image(), version(dice=6)], "corp/web 1.0.0", "cannot say dice as it is in Azure", True),
        ([body(GALLERY), image(dice=6), version()], "corp/web", "cannot say dice as it is in Azure", True),
        ([body(GALLERY, dice={"sides": 6}), image()], "gallery corp", "cannot say dice.sides", True),
        ([body(GALLERY), image(recommended={"gpus": {"min": 1}})], "corp/web", "cannot say recommended.gpus", True),
        (
            [body(GALLERY), image(), version(storageProfile={"source": {"id": "/nowhere"}})],
            "corp/web 1.0.0",
            "source cannot be written",
            True,
        ),
    ],
)
def test_one_thing_is_left_out(bodies: list[Json], what: str, reason: str, declared: bool) -> None:
    found = adopt_snapshot(snapshot_of(EMPTY, bodies))
    (left,) = found.left_out
    assert left.what == what
    assert reason in left.reason
    assert left.declared is declared
    unmanaged = [one for one in found.lowered.resources if not one.managed]
    assert len(unmanaged) == 1
    assert len(found.managed) == len(bodies) - 1, "its neighbours are managed all the same"


def test_what_is_left_out_takes_no_part_in_the_defaults_of_tags() -> None:
    bodies = [body(GALLERY), image(), version(), version("1.1.0"), version("1.2.0", provisioningState="Failed")]
    for one in bodies[:4]:
        one["tags"] = {"owner": "us"}
    found = adopt_snapshot(snapshot_of(EMPTY, bodies))
    assert found.document["defaults"]["tags"] == {"owner": "us"}
    assert len(found.managed) == 4


def test_versions_that_others_publish_are_known_and_not_managed() -> None:
    bodies = [body(GALLERY), image(), image("Packer-web"), version(), version("1.0.0", f"{GALLERY}/images/Packer-web")]
    found = adopt_snapshot(snapshot_of(EMPTY, bodies), ["CORP/packer-*"])
    assert found.external == 1
    assert found.left_out == ()
    assert sorted(found.managed) == ["corp", "corp/Packer-web", "corp/web", "corp/web/1.0.0"]
    declared = found.document["galleries"]["corp"]["images"]["Packer-web"]["versions"]["1.0.0"]
    assert declared == {"publishedBy": "external"}


def test_the_lock_of_a_catalog_is_adopted_and_others_go_on_to_hold() -> None:
    locks = [lock("acg", notes="Ask first."), lock("theirs"), lock("above", GROUP)]
    found = adopt_snapshot(snapshot_of(replace(EMPTY, locks=locks), [body(GALLERY)]))
    assert found.document["galleries"]["corp"]["lock"] == {"level": "CanNotDelete", "notes": "Ask first."}
    assert found.managed["corp@lock"].id == lock("acg").id
    assert [(one.what, one.declared) for one in found.left_out] == [("lock theirs on gallery corp", False)]


def test_the_lock_of_a_gallery_that_is_not_managed_is_left_out_with_it() -> None:
    snapshot = snapshot_of(replace(EMPTY, locks=[lock("acg")]), [body(GALLERY, provisioningState="Failed")])
    found = adopt_snapshot(snapshot)
    assert [one.reason for one in found.left_out if "lock" in one.what] == ["Its gallery is not managed."]
    assert "lock" not in found.document["galleries"]["corp"]


def test_what_was_not_read_is_unknown() -> None:
    readings = (
        Reading(Part.VERSIONS, IMAGE.lower(), "was refused: 403 AuthorizationFailed"),
        Reading(Part.CONSUMERS, GROUP, "was refused"),
        Reading(Part.DEFINITIONS, GALLERY.lower()),
    )
    snapshot = snapshot_of(replace(EMPTY, coverage=Coverage(readings=readings)), [body(GALLERY), image()])
    (note,) = adopt_snapshot(snapshot).notes
    assert note == f"versions of {IMAGE.lower()}: was refused: 403 AuthorizationFailed."


def test_galleries_of_one_name_in_two_places_get_two_keys() -> None:
    other = GALLERY.replace("/rg/", "/rg-b/").replace("corp", "CORP")
    found = adopt_snapshot(snapshot_of(EMPTY, [body(GALLERY), body(other)]))
    galleries = found.document["galleries"]
    assert {key: (one.get("name"), one["resourceGroup"]) for key, one in galleries.items()} == {
        "CORP": (None, "rg-b"),
        "corp-2": ("corp", "rg"),
    }
    assert len(found.managed) == 2
