"""What the SDK's own clients read over HTTPS of an embedded Azure, and what they do not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from acg.state.observed import (
    AskedGallery,
    AskedSources,
    Copy,
    Part,
    Question,
    SourceKind,
    Upgrade,
    Validation,
    read_snapshot,
)
from tests.live.estate import (
    CANARY,
    COMPUTE,
    CORP,
    GALLERY,
    GROUP,
    HOME,
    NOW,
    OTHER,
    WEB,
    Estate,
    definition,
    gallery,
    numbers,
    versions,
)

ROOT = f"/subscriptions/{HOME}"


@pytest.mark.parametrize(
    "asked",
    [AskedGallery(HOME, "corp", "rg-images"), AskedGallery(HOME, "CORP"), AskedGallery(HOME)],
    ids=["gallery", "gallery of any group", "subscription"],
)
def test_a_gallery_is_read_with_everything_in_it(estate: Estate, asked: AskedGallery) -> None:
    other = f"{COMPUTE}/galleries/other"
    estate.add([gallery(other)])
    snapshot = estate.observe(Question(galleries=(asked,))).snapshot()
    ids = [one.id for one in snapshot.resources if one.id and "/galleries/other" not in one.id]
    assert sorted(ids) == sorted([GROUP, GALLERY, WEB, f"{WEB}/versions/1.0.0", f"{WEB}/versions/1.1.0"])
    assert snapshot.coverage.gaps == ()
    assert snapshot.coverage.why_unknown(Part.VERSIONS, GALLERY) is None
    assert any("/galleries/other" in (one.id or "") for one in snapshot.resources) == (asked.name is None)


def test_a_snapshot_that_is_read_now_is_that_of_its_file(estate: Estate, tmp_path: Path) -> None:
    vhd = {"uri": "https://a.blob.core.windows.net/v/d.vhd?sig=secret", "storageAccountId": COMPUTE}
    disk = {"storageProfile": {"osDiskImage": {"source": vhd}}}
    estate.add(versions(WEB, ["3.0.0"], **disk))
    found = estate.observe(CORP)
    file = tmp_path / "observed.json"
    file.write_text(found.text())
    now, later = found.snapshot(), read_snapshot(file)
    assert json.loads(json.dumps([one.inputs for one in now.resources])) == [one.inputs for one in later.resources]
    assert now.facts == later.facts
    assert "secret" not in repr(now)


def test_more_than_a_thousand_versions_are_read_page_by_page(estate: Estate) -> None:
    wanted = [f"2.{n}.0" for n in range(1200)]
    estate.add(versions(WEB, wanted))
    found = estate.observe(CORP)
    assert sorted(numbers(found.snapshot())) == sorted(["1.0.0", "1.1.0", *wanted])
    assert len(estate.requests(f"{WEB}/versions")) == 13


def test_two_readings_of_the_same_are_the_same_text(estate: Estate) -> None:
    estate.add([definition(f"{GALLERY}/images/{name}") for name in "abcdef"])
    estate.add([one for name in "abcdef" for one in versions(f"{GALLERY}/images/{name}", ["1.0.0", "1.1.0"])])
    estate.fault("throttle", path="/images/[ace]/versions", times=3, seconds=0.01)
    assert estate.observe(CORP).text() == estate.observe(CORP).text()


def test_locks_here_and_above_and_no_others(estate: Estate) -> None:
    def lock(scope: str) -> dict[str, object]:
        properties = {"level": "CanNotDelete", "notes": "Ask us."}
        return {"id": f"{scope}/providers/Microsoft.Authorization/locks/keep", "properties": properties}

    elsewhere = f"{ROOT}/resourceGroups/rg-other"
    estate.add([gallery(f"{elsewhere}/providers/Microsoft.Compute/galleries/other")])
    scopes = [ROOT, GROUP, GALLERY, f"{WEB}/versions/1.0.0"]
    estate.add([lock(one) for one in (*scopes, elsewhere)])
    snapshot = estate.observe(CORP).snapshot()
    assert sorted(one.scope for one in snapshot.locks) == sorted(scopes)
    assert [one.scope for one in snapshot.locks_on(f"{WEB}/versions/1.1.0")] == [ROOT, GROUP, GALLERY]
    assert {one.notes for one in snapshot.locks} == {"Ask us."}


def test_what_azure_says_beside_is_kept(estate: Estate) -> None:
    executed = [{"type": "TrustedLaunch", "status": "Failed", "executionTime": "2026-11-21T00:00:00+00:00"}]
    estate.change(
        f"{WEB}/versions/1.0.0",
        properties={"provisioningState": "Failed", "validationsProfile": {"executedValidations": executed}},
    )
    estate.change(GALLERY, properties={"sharingProfile": {"permissions": "Groups"}})
    snapshot = estate.observe(CORP).snapshot()
    facts = snapshot.facts[f"{WEB}/versions/1.0.0".lower()]
    assert facts.provisioning_state == "Failed"
    assert [(one.type, one.status) for one in facts.validations or ()] == [("TrustedLaunch", "Failed")]
    assert isinstance((facts.validations or (None,))[0], Validation)
    assert snapshot.facts[GALLERY.lower()].sharing == "Groups"
    assert snapshot.coverage.why_unknown(Part.SHARING, GALLERY) is None


def test_the_bin_is_looked_into_where_there_is_one(estate: Estate) -> None:
    assert estate.observe(CORP).snapshot().coverage.why_unknown(Part.SOFT_DELETED, GALLERY) == "was not asked for"
    estate.change(GALLERY, properties={"softDeletePolicy": {"isSoftDeleteEnabled": True}})
    estate.within(
        lambda session: _delete(session.compute(HOME).gallery_image_versions, "rg-images", "corp", "web", "1.0.0")
    )
    snapshot = estate.observe(CORP).snapshot()
    assert [one.id for one in snapshot.soft_deleted] == [f"{WEB}/versions/1.0.0"]
    assert snapshot.soft_deleted[0].deleted_at is not None
    assert numbers(snapshot) == ["1.1.0"]


async def _delete(operations: object, *names: str) -> None:
    poller = await operations.begin_delete(*names)  # type: ignore[attr-defined]
    await poller.wait()


SOURCES = Question(
    sources=tuple(
        AskedSources(kind, HOME, "rg-images", name)
        for kind, name in (
            (SourceKind.MANAGED_IMAGE, "web-*"),
            (SourceKind.SNAPSHOT, "WEB-*"),
            (SourceKind.DISK, "web-?"),
        )
    )
)


def test_sources_are_read_by_group_and_pattern_with_what_azure_says_of_them(estate: Estate) -> None:
    created = {"systemData": {"createdAt": "2026-11-19T08:00:00+00:00"}, "location": "westeurope"}
    disk = {"osDisk": {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}}
    estate.add(
        [
            {"id": f"{COMPUTE}/images/web-1", "properties": {"storageProfile": disk}, "tags": {"ok": "yes"}, **created},
            {"id": f"{COMPUTE}/images/db-1", "properties": {"storageProfile": disk}, **created},
            {"id": f"{COMPUTE}/snapshots/web-1", "properties": {"diskSizeGB": 30, "osType": "Linux"}, **created},
            {"id": f"{COMPUTE}/disks/web-1", "properties": {"diskSizeGB": 512}, **created},
            {"id": f"{COMPUTE}/disks/web-10", "properties": {"diskSizeGB": 512}, **created},
        ]
    )
    snapshot = estate.observe(SOURCES).snapshot()
    assert [(one.id, one.created_at and one.created_at.isoformat()) for one in snapshot.sources] == [
        (f"{COMPUTE}/{kind}/web-1", "2026-11-19T08:00:00+00:00") for kind in ("disks", "images", "snapshots")
    ]
    assert snapshot.sources[1].tags == {"ok": "yes"}
    assert snapshot.coverage.why_unknown(Part.MANAGED_IMAGES, GROUP) is None


def test_versions_of_another_gallery_are_sources_that_know_their_definition(estate: Estate) -> None:
    build = f"/subscriptions/{OTHER}/resourceGroups/rg-build/providers/Microsoft.Compute/galleries/build"
    estate.add([gallery(build), definition(f"{build}/images/k8s"), *versions(f"{build}/images/k8s", ["1.31.0"])])
    asked = replace_definitions(f"{build}/images/k8s", WEB, f"{build}/images/none", "nonsense")
    snapshot = estate.observe(asked).snapshot()
    assert [(one.name, one.os_type, one.regions) for one in snapshot.sources] == [
        ("1.0.0", "Linux", ("westeurope", "northeurope")),
        ("1.1.0", "Linux", ("westeurope", "northeurope")),
        ("1.31.0", "Linux", ("westeurope", "northeurope")),
    ]
    assert numbers(snapshot) == ["1.0.0", "1.1.0"]
    why = snapshot.coverage.why_unknown
    assert why(Part.VERSIONS, f"{build}/images/k8s") is None
    assert why(Part.VERSIONS, f"{build}/images/none") == "was not found (404 ResourceNotFound)"
    assert why(Part.VERSIONS, "nonsense") == "is not the id of an image definition"


def replace_definitions(*definitions: str) -> Question:
    return CORP._replace(definitions=definitions)


def test_the_upgrades_of_named_scale_sets_newest_first(estate: Estate) -> None:
    history = [
        {
            "type": "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
            "properties": {
                "runningStatus": {"code": code, "startTime": f"2026-11-{day}T01:00:00+00:00"},
                "progress": {"successfulInstanceCount": 3, "failedInstanceCount": 1},
                "rollbackInfo": {"successfullyRolledbackInstanceCount": 1, "failedRolledbackInstanceCount": 0},
                "targetImageReference": {"id": WEB, "exactVersion": "1.1.0"},
            },
        }
        for code, day in (("Completed", 20), ("Faulted", 25))
    ]
    sets = f"{COMPUTE}/virtualMachineScaleSets"
    properties = {"osUpgradeHistory": history}
    estate.add([{"id": f"{sets}/web", "location": "westeurope", "properties": properties}])
    snapshot = estate.observe(Question(scale_sets=(f"{sets}/web", f"{sets}/none"))).snapshot()
    (found,) = snapshot.upgrades.values()
    assert [one.status for one in found] == ["Faulted", "Completed"]
    assert isinstance(found[0], Upgrade)
    assert (found[0].failed, found[0].rolled_back, found[0].version) == (1, 1, "1.1.0")
    assert snapshot.coverage.why_unknown(Part.UPGRADES, f"{sets}/none") == "was not found (404 ResourceNotFound)"


def test_replication_is_asked_for_only_where_it_is_not_known_to_be_complete(estate: Estate) -> None:
    assert estate.observe(CORP).snapshot().copies == {}
    first = estate.observe(CORP, replication=True).snapshot()
    complete = {"westeurope": Copy("Completed", 100), "northeurope": Copy("Completed", 100)}
    assert first.copies == {f"{WEB}/versions/{n}".lower(): complete for n in ("1.0.0", "1.1.0")}

    estate.add(versions(WEB, ["1.2.0"]))
    more = [{"name": "West Europe"}, {"name": "North Europe"}, {"name": "East US 2"}]
    estate.change(f"{WEB}/versions/1.1.0", properties={"publishingProfile": {"targetRegions": more}})
    before = len(estate.requests())
    second = estate.observe(CORP, first).snapshot()
    read = {one["path"] for one in estate.requests()[before:] if "/versions/" in one["path"]}
    assert {path.rpartition("/")[2] for path in read} == {"1.1.0", "1.2.0"}
    assert len(second.copies) == 3
    assert second.coverage.why_unknown(Part.REPLICATION, GALLERY) is None


def test_neither_the_token_nor_a_secret_is_in_the_snapshot(estate: Estate) -> None:
    signed = "https://store.blob.core.windows.net/v/os.vhd?sv=1&sig=CANARYSECRET"
    disk = {"osDisk": {"osType": "Linux", "osState": "Generalized", "blobUri": signed}}
    image = {"id": f"{COMPUTE}/images/web-1", "location": "westeurope", "properties": {"storageProfile": disk}}
    estate.add([image])
    text = estate.observe(CORP._replace(sources=SOURCES.sources), replication=True).text()
    assert "os.vhd" in text
    assert CANARY not in text
    assert "CANARYSECRET" not in text


def test_what_is_written_is_what_was_read(estate: Estate) -> None:
    found = estate.observe(CORP)
    assert found.rest.read_at == NOW
    assert replace(found.snapshot(), resources=()) == replace(found.snapshot(), resources=())
