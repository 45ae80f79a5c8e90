"""What a snapshot knows of resources and sources, and what it says it does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from acg.state.observed import (
    Consumer,
    ConsumerKind,
    Coverage,
    Facts,
    Lock,
    Part,
    Plan,
    Reading,
    Snapshot,
    Source,
    SourceKind,
    Validation,
    observed_resource,
    snapshot_of,
)
from tests.state.observed.estate import (
    COMPUTE,
    DEFINITION,
    DISK,
    GALLERY,
    GROUP,
    IMAGE,
    SNAPSHOT,
    SUBSCRIPTION,
    VERSION,
    Json,
)

MOMENT = datetime(2026, 11, 27, tzinfo=UTC)
ESTATE = snapshot_of(Snapshot(MOMENT), [GALLERY, DEFINITION, VERSION], [IMAGE, SNAPSHOT, DISK, DEFINITION, VERSION])
ROOT = f"/subscriptions/{SUBSCRIPTION}"


def private(gallery: Json) -> Json:
    return {**gallery, "properties": {}}


def test_resources_have_the_form_that_azure_native_receives() -> None:
    assert ESTATE.resources[0].inputs == {
        "resourceGroupName": "rg",
        "galleryName": "corp",
        "location": "westeurope",
        "description": "All.",
        "sharingProfile": {"permissions": "Groups"},
    }
    assert ESTATE.resources[2].parent == DEFINITION["id"].lower()


def test_what_azure_says_beside() -> None:
    assert [ESTATE.facts[one.name] for one in ESTATE.resources] == [
        Facts("Succeeded", None, "Groups"),
        Facts("Succeeded"),
        Facts(
            "Failed",
            datetime(2026, 11, 20, 10, 0, 0, 123456, UTC),
            None,
            (Validation("TrustedLaunch", "Succeeded"),),
        ),
    ]


@pytest.mark.parametrize(
    "expected",
    [
        Source(
            IMAGE["id"],
            SourceKind.MANAGED_IMAGE,
            "web-1",
            "westeurope",
            {"validated": "true"},
            datetime(2026, 11, 19, 8, tzinfo=UTC),
            "Succeeded",
            "Linux",
            "Generalized",
            "V2",
            size_gb=30,
            data_disks=(0,),
            made_from=f"{COMPUTE}/virtualMachines/build",
        ),
        Source(
            SNAPSHOT["id"],
            SourceKind.SNAPSHOT,
            "web-os",
            "westeurope",
            {},
            datetime(2026, 11, 18, 8, tzinfo=UTC),
            "Succeeded",
            "Linux",
            None,
            "V2",
            "Arm64",
            "TrustedLaunch",
            Plan("pro", "contoso", "web"),
            64,
            made_from=DISK["id"],
        ),
        Source(DISK["id"], SourceKind.DISK, "data", "westeurope", {}, size_gb=512),
        Source(
            VERSION["id"],
            SourceKind.VERSION,
            "1.0.0",
            "westeurope",
            {"build": "7"},
            datetime(2026, 11, 20, 10, 0, 0, 123456, UTC),
            "Failed",
            "Linux",
            "Generalized",
            "V2",
            "x64",
            "TrustedLaunchSupported",
            Plan("pro", "contoso", "web"),
            30,
            (0, 1),
            IMAGE["id"],
            customer_key=True,
            regions=("westeurope", "northeurope"),
        ),
    ],
    ids=lambda one: one.kind,
)
def test_a_source_is_described_as_far_as_azure_says(expected: Source) -> None:
    assert next(one for one in ESTATE.sources if one.kind is expected.kind) == expected


def test_locks_hold_for_everything_below_and_for_nothing_beside() -> None:
    def lock(scope: str) -> Lock:
        return Lock(f"{scope}/providers/Microsoft.Authorization/locks/l", "CanNotDelete", scope)

    above, own, beside = lock(GROUP.upper()), lock(GALLERY["id"]), lock(f"{COMPUTE}/galleries/corporate")
    longer = lock(f"{COMPUTE}/galleries/co")
    snapshot = replace(ESTATE, locks=[above, own, beside, longer])
    assert snapshot.locks_on(VERSION["id"]) == [above, own]
    assert snapshot.locks_on(GROUP) == [above]


READINGS = (
    Reading(Part.GALLERIES, ROOT),
    Reading(Part.VERSIONS, DEFINITION["id"].lower()),
    Reading(Part.VERSIONS, f"{GALLERY['id']}/images/db".lower(), "broke off"),
    Reading(Part.LOCKS, ROOT, "was refused"),
    Reading(Part.REPLICATION, GALLERY["id"].lower(), "stopped"),
)


@pytest.mark.parametrize(
    ("part", "scope", "why"),
    [
        (Part.GALLERIES, ROOT, None),
        (Part.GALLERIES, GROUP, None),
        (Part.VERSIONS, DEFINITION["id"], None),
        (Part.VERSIONS, VERSION["id"], None),
        (Part.VERSIONS, f"{GALLERY['id']}/images/db", "broke off"),
        (Part.VERSIONS, GALLERY["id"], "broke off"),
        (Part.VERSIONS, f"{GALLERY['id']}/images/web2", "was not asked for"),
        (Part.LOCKS, VERSION["id"], "was refused"),
        (Part.REPLICATION, VERSION["id"], "stopped"),
        (Part.DISKS, GROUP, "was not asked for"),
        (Part.GALLERIES, "/subscriptions/other", "was not asked for"),
    ],
)
def test_coverage_says_why_a_part_is_not_known(part: Part, scope: str, why: str | None) -> None:
    assert Coverage(readings=READINGS).why_unknown(part, scope) == why


def consumer(*runs: str, number: int = 1) -> Consumer:
    return Consumer(None, ConsumerKind.MACHINE, "westeurope", DEFINITION["id"], None, runs, False, SUBSCRIPTION, number)


@pytest.mark.parametrize(
    ("consumers", "coverage", "gallery", "why"),
    [
        ((), Coverage(2, 2), private(GALLERY), ()),
        ((consumer("2.0.0"),), Coverage(2, 2), private(GALLERY), ()),
        (None, Coverage(), private(GALLERY), ("Nobody looked for consumers.",)),
        ((), Coverage(1, 2), private(GALLERY), ("Only 1 of 2 subscriptions were readable.",)),
        (
            (),
            Coverage(2, 2, readings=(Reading(Part.CONSUMERS, ROOT, "was refused"),)),
            private(GALLERY),
            (f"{ROOT} was refused.",),
        ),
        (
            (),
            Coverage(2, 2),
            GALLERY,
            ("The gallery is shared directly, and who uses it elsewhere cannot be seen.",),
        ),
        (
            (consumer(number=3), consumer("1.0.0")),
            Coverage(2, 2),
            private(GALLERY),
            ("3 of its definition's consumers do not say which version they run.",),
        ),
    ],
)
def test_nobody_uses_a_version_only_where_that_was_decided(
    consumers: tuple[Consumer, ...] | None, coverage: Coverage, gallery: Json, why: tuple[str, ...]
) -> None:
    snapshot = snapshot_of(Snapshot(MOMENT, consumers=consumers, coverage=coverage), [gallery, DEFINITION, VERSION])
    assert snapshot.why_use_is_unknown(VERSION["id"]) == why


def test_a_gallery_that_was_not_read_leaves_its_use_unknown() -> None:
    snapshot = Snapshot(MOMENT, consumers=(), coverage=Coverage(1, 1))
    assert snapshot.why_use_is_unknown(DEFINITION["id"]) == ("Nobody knows whom the gallery is shared with.",)


def test_a_group_that_a_list_writes_in_capitals_is_written_small() -> None:
    listed = {**VERSION, "id": VERSION["id"].replace("/rg/", "/RG/")}
    found = observed_resource(listed)
    assert found is not None
    assert found.id == VERSION["id"]
    assert found.inputs["resourceGroupName"] == "rg"
    mixed = observed_resource({**VERSION, "id": VERSION["id"].replace("/rg/", "/Rg-Images/")})
    assert mixed is not None
    assert mixed.inputs["resourceGroupName"] == "Rg-Images"
