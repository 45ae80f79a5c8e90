"""What counts as drift and what does not, over Azure's answers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from acg.drift.find import find_drift
from acg.drift.model import Drift, DriftReport
from acg.state.observed import Consumer, ConsumerKind, Copy, Coverage, Lock, Part, Reading, snapshot_of
from tests.adopt.answers import EMPTY, GALLERY, GROUP, IMAGE, SOURCE, Json, body, image, lock, version
from tests.drift.drifting import lowered

TODAY = date(2026, 11, 27)
READ = tuple(Reading(part, "/".join(GROUP.lower().split("/")[:3])) for part in Part)
ONE = f"{IMAGE}/versions/1.0.0"
ALL = [body(GALLERY), image(), version()]
VERSION = f"{{source: {{managedImage: {SOURCE}}}, targetRegions: [westeurope]}}"


def catalog(versions: str = f"{{1.0.0: {VERSION}}}", *, gallery: str = "", image: str = "", head: str = "") -> str:
    return f"""\
{head}
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    {gallery}
    images:
      web:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: web, sku: web}}
        {image}
        versions: {versions}
"""


def found(bodies: list[Json], text: str = "", readings: tuple[Reading, ...] = READ, **more: Any) -> DriftReport:
    rest = replace(EMPTY, coverage=Coverage(readings=readings), **more)
    return find_drift("catalog.yaml", lowered(text or catalog()), snapshot_of(rest, bodies), TODAY)


def one(report: DriftReport) -> Drift:
    assert len(report.drifts) == 1, report.drifts
    return report.drifts[0]


OTHERS = f"{{1.0.0: {VERSION}, 0.9.0: {{publishedBy: external}}}}"
PROFILE = {"targetRegions": [{"name": "West Europe", "regionalReplicaCount": 1}]}


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        pytest.param(ALL, catalog(), id="as it is declared"),
        pytest.param(
            ALL,
            catalog(
                head="labPlans: {lp: {resourceGroup: rg, gallery: corp, images: [web], servicePrincipal: someone}}"
            ),
            id="a lab plan and its role, which are not read",
        ),
        pytest.param([*ALL, version("1.1.0")], catalog(image="existing: true"), id="a version of others' definition"),
        pytest.param([*ALL, image("new")], catalog(gallery="existing: true"), id="a definition of others' gallery"),
        pytest.param(
            [body(GALLERY, description="Theirs."), image(), version()],
            catalog(gallery="existing: true"),
            id="what others change of theirs",
        ),
        pytest.param(
            [*ALL, version("0.9.0", publishingProfile={"targetRegions": [{"name": "eastus"}]})],
            catalog(OTHERS),
            id="where others publish theirs",
        ),
        pytest.param(
            [body(GALLERY, softDeletePolicy={"isSoftDeleteEnabled": False}), image(architecture="x64"), version()],
            catalog(),
            id="defaults that Azure writes out",
        ),
        pytest.param(
            [body(GALLERY), image(endOfLifeDate="2030-01-01T00:00:00+00:00"), version()],
            catalog(image="endOfLifeDate: 2030-01-01"),
            id="another spelling of a day",
        ),
        pytest.param(
            [body(GALLERY), image(), version(publishingProfile={"endOfLifeDate": "2020-01-01", **PROFILE})],
            catalog(f"{{1.0.0: {VERSION[:-1]}, endOfLifeDate: 2020-01-01, retire: true}}}}"),
            id="a version that is over and retired",
        ),
        pytest.param(
            [body(GALLERY), image(), version(publishingProfile={"endOfLifeDate": "2026-11-27", **PROFILE})],
            catalog(f"{{1.0.0: {VERSION[:-1]}, endOfLifeDate: 2026-11-27}}}}"),
            id="a version whose last day is today",
        ),
    ],
)
def test_no_drift(bodies: list[Json], text: str) -> None:
    report = found(bodies, text)
    assert report.drifts == ()
    assert report.unknown == ()


def test_galleries_of_others_are_counted() -> None:
    other = body(GALLERY.replace("corp", "theirs"))
    report = found([*ALL, other])
    assert report.drifts == ()
    assert report.notes == ("1 gallery of the snapshot is not in the catalog.",)


@pytest.mark.parametrize("kind", ["Creating", "Updating", "Deleting"])
def test_what_is_under_way_is_a_note(kind: str) -> None:
    report = found([body(GALLERY), image(), version(provisioningState=kind)])
    assert report.drifts == ()
    assert report.notes == (f"corp/web 1.0.0 is {kind}: compare again when that is over.",)


def test_replication_that_failed_in_some_regions_is_tried_again() -> None:
    copies = {ONE.lower(): {"westeurope": Copy("Completed", 100), "eastus": Copy("Failed"), "asia": Copy("Failed")}}
    drift = one(found(ALL, copies=copies))
    assert drift.kind == "half-replicated"
    assert drift.summary == "was not replicated to asia and eastus"
    (edit,) = drift.proposal.edits
    assert edit.path[-2:] == ("tags", "acg-retry")
    assert edit.value == "2026-11-27"
    assert drift.proposal.commands == ("pulumi up",)


def test_a_version_that_failed_is_one_line_with_its_regions() -> None:
    copies = {ONE.lower(): {"eastus": Copy("Failed")}}
    drift = one(found([body(GALLERY), image(), version(provisioningState="Failed")], copies=copies))
    assert drift.kind == "failed"
    assert drift.summary == "failed in Azure, and so did its replication to eastus"


def consumer(
    id_: str | None, follows: str | None, kind: ConsumerKind = ConsumerKind.SCALE_SET, number: int = 1
) -> Consumer:
    return Consumer(id_, kind, "westeurope", IMAGE, follows, number=number)


SET = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/web"


def test_scale_sets_that_refer_to_a_version_that_is_gone_are_named() -> None:
    consumers = [consumer(SET, "0.8.0"), consumer(None, "0.8.0", number=2), consumer(SET, "1.0.0"), consumer(SET, None)]
    drift = one(found(ALL, consumers=consumers))
    assert drift.kind == "orphan"
    assert drift.resource.title == "corp/web 0.8.0"
    assert drift.summary == "does not exist, and 3 scale sets refer to it"
    field = "virtualMachineProfile.storageProfile.imageReference.id"
    assert drift.proposal.commands == (f"az vmss update --ids {SET} --set {field}={IMAGE}",)


def test_an_id_is_one_word_of_a_command_whatever_it_says() -> None:
    drift = one(found(ALL, consumers=[consumer("/x; reboot $(id)", "0.8.0")]))
    assert "--ids '/x; reboot $(id)' --set" in drift.proposal.commands[0]


def test_machines_go_on_without_their_version_and_unread_versions_may_exist() -> None:
    assert found(ALL, consumers=[consumer(SET, "0.8.0", ConsumerKind.MACHINE)]).drifts == ()
    unread = tuple(one for one in READ if one.part is not Part.VERSIONS)
    assert found(ALL, readings=unread, consumers=[consumer(SET, "0.8.0")]).drifts == ()


def test_an_undeclared_version_gets_what_its_definition_hands_down() -> None:
    text = catalog(
        head="defaults: {tags: {owner: us}, replicaCount: 2}", image="defaults: {targetRegions: [westeurope]}"
    )
    new = version("1.1.0", publishingProfile={"replicaCount": 2, "targetRegions": [{"name": "West Europe"}]})
    tagged = [{**one, "tags": {"owner": "us"}} for one in [*ALL, new]]
    drifts = [drift for drift in found(tagged, text).drifts if drift.kind == "undeclared"]
    (edit,) = drifts[0].proposal.edits
    assert edit.value == {"source": {"managedImage": SOURCE}, "osDisk": {"expectedSizeGB": 30}}


def test_a_version_beside_those_that_others_publish_is_declared_as_theirs() -> None:
    bodies = [*ALL, version("0.9.0"), version("0.9.1")]
    drift = one(found(bodies, catalog(OTHERS)))
    (edit,) = drift.proposal.edits
    assert edit.value["publishedBy"] == "external"
    assert drift.proposal.commands == ()


def test_many_imports_go_by_a_file() -> None:
    new = [image("new"), *(version(f"1.{minor}.0", f"{GALLERY}/images/new") for minor in range(12))]
    drift = one(found([*ALL, *new]))
    assert drift.summary == "exists and is not declared, with 12 image versions in it"
    assert drift.proposal.commands == ()
    assert "the file that `acg adopt` makes" in drift.proposal.text


def test_a_region_is_declared_beside_the_others_with_what_it_has_of_its_own() -> None:
    regions = [
        {"name": "West Europe", "regionalReplicaCount": 2},
        {"name": "East US", "regionalReplicaCount": 5, "storageAccountType": "Standard_ZRS"},
        {"name": "North Europe", "regionalReplicaCount": 2},
    ]
    text = catalog(f"{{1.0.0: {VERSION[:-1]}, replicaCount: 2}}}}")
    drift = one(
        found([body(GALLERY), image(), version(publishingProfile={"replicaCount": 2, "targetRegions": regions})], text)
    )
    (edit,) = drift.proposal.edits
    assert edit.value == [
        "westeurope",
        {"name": "eastus", "regionalReplicaCount": 5, "storageAccountType": "Standard_ZRS"},
        "northeurope",
    ]


def test_only_the_catalog_s_own_lock_is_compared() -> None:
    theirs = Lock(f"{GALLERY}/providers/Microsoft.Authorization/locks/theirs", "ReadOnly", GALLERY)
    assert found(ALL, locks=[theirs]).drifts == ()
    drift = one(found(ALL, locks=[theirs, lock("acg", notes="Ask.")]))
    assert drift.kind == "undeclared"
    assert drift.proposal.edits[0].value == {"level": "CanNotDelete", "notes": "Ask."}
    drift = one(found(ALL, catalog(gallery="lock: ReadOnly"), locks=[lock("acg")]))
    assert drift.kind == "different"
    assert drift.proposal.commands == ("pulumi up --refresh",)


def test_a_subscription_that_is_not_clear_is_not_guessed() -> None:
    elsewhere = Reading(Part.GALLERIES, "/subscriptions/aaaaaaaa-0000-4000-8000-000000000009")
    report = found([], readings=(*READ, elsewhere))
    assert report.drifts == ()
    assert report.unknown == ("Whether gallery corp exists is not known: the catalog does not name its subscription.",)
    named = catalog(gallery=f"subscription: {GROUP.split('/')[2]}")
    assert one(found([], named, readings=(*READ, elsewhere))).kind == "missing"


def test_a_gallery_in_another_group_is_declared_where_it_is() -> None:
    elsewhere = [{**one, "id": one["id"].replace("/rg/", "/rg-b/")} for one in ALL]
    drift = one(found(elsewhere))
    assert (drift.kind, drift.resource.title) == ("different", "gallery corp")
    assert [(each.before, each.after) for each in drift.inputs] == [("rg-b", "rg")]
    (edit,) = drift.proposal.edits
    assert (edit.path, edit.value) == (("galleries", "corp", "resourceGroup"), "rg-b")
    assert found(elsewhere, catalog().replace("resourceGroup: rg", "resourceGroup: rg-b")).drifts == ()


def test_a_gallery_of_the_same_name_in_another_subscription_is_another_one() -> None:
    theirs = [{**one, "id": one["id"].replace("0001/", "0002/")} for one in ALL]
    named = catalog(gallery=f"subscription: {GROUP.split('/')[2]}")
    report = found(theirs, named)
    assert [(drift.kind, drift.resource.title) for drift in report.drifts] == [("missing", "gallery corp")]


def test_a_lock_that_forbids_an_update_is_named() -> None:
    theirs = Lock(f"{GROUP}/providers/Microsoft.Authorization/locks/freeze", "ReadOnly", GROUP)
    drift = one(
        found(
            [body(GALLERY), image(description="Theirs."), version()],
            catalog(image="description: Ours."),
            locks=[theirs],
        )
    )
    assert drift.proposal.commands == ("pulumi up --refresh",)
    assert "The read-only lock freeze forbids it" in drift.proposal.text
    drift = one(found([body(GALLERY), image()], locks=[theirs]))
    assert drift.kind == "missing"
    assert "The read-only lock freeze forbids it" in drift.proposal.text
