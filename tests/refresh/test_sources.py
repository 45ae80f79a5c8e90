"""Which source a new version is made from."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.refresh.azure import Azure
from acg.refresh.context import Context
from acg.refresh.declared import Declared
from acg.refresh.run import refresh
from acg.state.observed import Facts, Plan, SourceKind
from acg.state.observed.coverage import Part
from tests.refresh.world import build, catalog, edited, run, said, snapshot, version, waits

OLD = build("ubuntu-1", "2026-11-01T00:00:00+00:00")
NEW = build("ubuntu-2", "2026-11-26T00:00:00+00:00")
ONE = {"1.0.0": version("ubuntu-1", publishedOn="2026-11-02")}


def published(document: dict[str, Any], sources: list[Any], today: str = "2026-11-27", **more: Any) -> list[str]:
    """The new versions, each with the name of its source."""
    done = run(document, snapshot(document, sources, **more), today)
    return [f"{one.version} from {one.origin.name}" for one in done.decisions if one.origin]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([OLD, NEW], ["1.0.1 from ubuntu-2"]),
        ([OLD], []),
        ([NEW], ["1.0.1 from ubuntu-2"]),
        ([], []),
        ([OLD, NEW, build("ubuntu-3", "2026-11-25T00:00:00+00:00")], ["1.0.1 from ubuntu-2"]),
        ([OLD, build("ubuntu-9", "2026-11-26T00:00:00+00:00"), build("ubuntu-10", "2026-11-26T00:00:00+00:00")],
         ["1.0.1 from ubuntu-10"]),
        ([OLD, build("debian-2", "2026-11-26T00:00:00+00:00")], []),
        ([OLD, NEW._replace(kind=SourceKind.SNAPSHOT)], []),
        ([OLD, NEW._replace(id=NEW.id.replace("/builds/", "/others/"))], []),
        ([OLD, build("ubuntu-0", "2026-10-01T00:00:00+00:00")], []),
    ],
    ids=["newer", "used", "used-is-gone", "none", "newest-by-creation", "tie-by-number-in-name", "other-name",
         "other-kind", "other-group", "older"],
)  # fmt: skip
def test_the_newest_unused_source_becomes_the_next_version(sources: list[Any], expected: list[str]) -> None:
    assert published(catalog(ONE), sources) == expected


def test_a_source_that_is_gone_is_no_reason_to_take_an_older_one() -> None:
    """The build behind 1.0.0 was deleted; the one left was made on the day before."""
    left = build("ubuntu-0", "2026-11-01T12:00:00+00:00")

    assert published(catalog(ONE), [left]) == []


def test_without_any_date_of_the_last_version_nothing_is_taken_for_newer() -> None:
    document = catalog({"1.0.0": version("ubuntu-1")})

    assert waits(run(document, snapshot(document, [NEW]))) == [
        ("unknown", None, "a publishedOn of 1.0.0, of which nobody has written down when its source was created")
    ]


def test_the_day_on_which_azure_made_the_last_version_decides_where_no_other_is_written_down() -> None:
    document = catalog({"1.0.0": version("ubuntu-1")})
    before, after = (Facts("Succeeded", created_at=datetime(2026, 11, day, tzinfo=UTC)) for day in (25, 27))

    assert published(document, [NEW], facts={"1.0.0": before}) == ["1.0.1 from ubuntu-2"]
    assert published(document, [NEW], facts={"1.0.0": after}) == []


def test_the_moment_of_creation_that_was_written_down_decides_between_builds_of_one_day() -> None:
    document = catalog({"1.0.0": version("ubuntu-1", provenance={"created": "2026-11-26T06:00:00Z"})})
    morning, evening = build("ubuntu-a1", "2026-11-26T05:00:00+00:00"), build("ubuntu-a3", "2026-11-26T07:00:00+00:00")

    assert published(document, [morning]) == []
    assert published(document, [morning, evening]) == ["1.0.1 from ubuntu-a3"]


@pytest.mark.parametrize(
    ("newest_by", "expected"),
    [("created", "ubuntu-1.9"), ("name", "ubuntu-1.10"), ({"tag": "build"}, "ubuntu-1.8")],
)
def test_what_is_newest_is_said_by_the_catalog(newest_by: Any, expected: str) -> None:
    builds = {"managedImages": {"resourceGroup": "builds", "newestBy": newest_by}}
    sources = [
        build("ubuntu-1.8", "2026-11-20T00:00:00+00:00", tags={"build": "30"}),
        build("ubuntu-1.9", "2026-11-26T00:00:00+00:00", tags={"build": "9"}),
        build("ubuntu-1.10", "2026-11-24T00:00:00+00:00", tags={"build": "10"}),
    ]

    assert published(catalog(refresh_={"policy": "p", "from": builds}), sources) == [f"1.0.0 from {expected}"]


def test_tags_select_among_builds() -> None:
    builds = {"managedImages": {"resourceGroup": "builds", "tags": {"channel": "stable"}}}
    stable = OLD._replace(tags={"channel": "stable", "team": "os"})

    assert published(catalog(refresh_={"policy": "p", "from": builds}), [stable, NEW]) == ["1.0.0 from ubuntu-1"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (NEW._replace(provisioning_state="Creating"), "it is Creating, not Succeeded"),
        (NEW._replace(region="westus"), "it is in westus, the version in northeurope"),
        (NEW._replace(os_type="Windows"), "its osType is Windows, the definition's Linux"),
        (NEW._replace(os_state="Specialized"), "its osState is Specialized, the definition's Generalized"),
        (NEW._replace(generation="V2"), "its hyperVGeneration is V2, the definition's V1"),
        (NEW._replace(architecture="Arm64"), "its architecture is Arm64, the definition's x64"),
        (NEW._replace(plan=Plan("a", "b", "c")), "its purchase plan is not the definition's"),
        (NEW._replace(os_type="Windows", region="westus"), "it is in westus, the version in northeurope, its osType"),
    ],
)
def test_what_does_not_fit_is_left_alone_with_every_reason(source: Any, why: str) -> None:
    [(cause, _, what)] = waits(run(catalog(ONE), snapshot(catalog(ONE), [OLD, source])))

    assert cause == "unfit"
    assert f"ubuntu-2, {why}" in what


def test_the_newest_that_fits_is_taken_and_the_newer_one_is_named() -> None:
    broken = build("ubuntu-3", "2026-11-27T00:00:00+00:00", os_type="Windows")
    done = run(catalog(ONE), snapshot(catalog(ONE), [OLD, NEW, broken]))

    assert said(done) == ["publish 1.0.1: latest in northeurope only"]
    assert [cause for cause, _, _ in waits(done)] == ["unfit"]


def test_a_source_that_may_be_incomplete_is_not_known_to_fit() -> None:
    [(cause, _, what)] = waits(run(catalog(ONE), snapshot(catalog(ONE), [OLD, NEW._replace(provisioning_state=None)])))

    assert (cause, "ubuntu-2, Azure does not say whether it is complete" in what) == ("unknown", True), what


@pytest.mark.parametrize(("kind", "field"), [(SourceKind.SNAPSHOT, "snapshots"), (SourceKind.DISK, "disks")])
def test_a_data_disk_is_no_source(kind: SourceKind, field: str) -> None:
    document = catalog(refresh_={"policy": "p", "from": {field: {"resourceGroup": "builds"}}})
    [(cause, _, what)] = waits(run(document, snapshot(document, [NEW._replace(kind=kind, os_type=None)])))

    assert (cause, "it holds no operating system" in what) == ("unfit", True), what


def test_what_azure_does_not_say_of_a_source_stands_in_nobodys_way() -> None:
    silent = NEW._replace(os_type=None, os_state=None, generation=None, architecture=None)

    assert published(catalog(ONE), [OLD, silent]) == ["1.0.1 from ubuntu-2"]


@pytest.mark.parametrize(("kind", "key"), [(SourceKind.SNAPSHOT, "snapshot"), (SourceKind.DISK, "disk")])
def test_snapshots_and_disks_become_the_operating_system_disk(kind: SourceKind, key: str) -> None:
    field = "snapshots" if kind is SourceKind.SNAPSHOT else "disks"
    document = catalog(refresh_={"policy": "p", "from": {field: {"resourceGroup": "builds"}}})
    after = edited(document, run(document, snapshot(document, [NEW._replace(kind=kind)])).decisions)

    assert after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]["osDisk"] == {key: NEW.id}


def test_what_was_not_read_is_not_taken_for_empty() -> None:
    done = run(catalog(ONE), snapshot(catalog(ONE), [NEW], unread={Part.MANAGED_IMAGES: "answered 403"}))

    assert done.decisions == ()
    assert waits(done) == [("unknown", None, "resource group builds, which answered 403")]
    assert done.not_read == ("managedImages answered 403.",)


def test_without_a_snapshot_everything_is_unknown() -> None:
    done = run(catalog(ONE), None)

    assert done.decisions == ()
    assert [cause for cause, _, _ in waits(done)] == ["unknown"]
    assert done.not_read == ("Azure was not read: give a snapshot with --observed, or --live.",)


def test_a_manifest_of_packer_names_the_source() -> None:
    document = catalog(ONE, refresh_={"policy": "p", "from": {"packerManifest": "manifest.json"}})
    manifest = {"builds": [{"artifact_id": NEW.id, "packer_run_uuid": "x"}], "last_run_uuid": "x"}

    assert said(run(document, snapshot(document, [OLD, NEW]), files={"manifest.json": manifest})) == [
        "publish 1.0.1: latest in northeurope only"
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("cannot be read: no such file or directory", "manifest.json, which cannot be read: no such file or directory"),
        ({"builds": []}, "manifest.json, which names no managed image and no version in its last run"),
        ({"builds": [{"artifact_id": f"{NEW.id}-x"}]}, "ubuntu-2-x, which manifest.json names and which was not found"),
    ],
)
def test_a_manifest_that_says_nothing_is_not_taken_for_no_build(content: Any, what: str) -> None:
    document = catalog(ONE, refresh_={"policy": "p", "from": {"packerManifest": "manifest.json"}})
    [(cause, _, said_)] = waits(run(document, snapshot(document, [OLD, NEW]), files={"manifest.json": content}))

    assert cause == "unknown"
    assert said_.startswith(what)


def test_the_order_of_files_is_irrelevant() -> None:
    parts = catalog(ONE)
    other = catalog(ONE)["galleries"]["corp"]
    other["images"] = {
        "debian": {**other["images"]["ubuntu"], "identifier": {"publisher": "a", "offer": "b", "sku": "d"}}
    }
    files = [
        ("a.yaml", {"galleries": {"spare": {**other, "resourceGroup": "rg"}}}),
        ("b.yaml", {"galleries": parts["galleries"]}),
        ("c.yaml", {key: value for key, value in parts.items() if key != "galleries"}),
    ]
    seen = snapshot(parts, [OLD, NEW])

    def found(order: list[Any]) -> Any:
        reading = read_files([(name, json.dumps(part).encode()) for name, part in order], "folder")
        assert reading.problems == ()
        return refresh(Context(Declared(lower(reading)), Azure(seen), date(2026, 11, 27)))

    assert found(files) == found(files[::-1])
    assert [one.image for one in found(files).decisions] == ["corp/ubuntu"]
