"""Each kind of drift: somebody else makes it, it is found, what is printed ends it, and it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from acg.drift.model import Drift, DriftKind
from acg.state.observed import SoftDeleted
from tests.drift.drifting import CATALOG, DEFINITION, GALLERY, GROUP, IMAGE, VERSION, Estate

ONE = f"{IMAGE}/versions/1.0.0"
TWO = f"{IMAGE}/versions/1.1.0"


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    estate = Estate(tmp_path_factory.mktemp("azure"))
    yield estate
    estate.azure.close()


@pytest.fixture
def estate(deployed: Estate) -> Estate:
    deployed.text = CATALOG
    deployed.soft_deleted = []
    deployed.deploy()
    return deployed


@dataclass
class Case:
    name: str
    make: Callable[[Estate], None]
    kind: DriftKind
    title: str
    says: str
    by: str
    """What ends it: edit, or the command."""


def regions(*names: str, **more: object) -> dict[str, object]:
    listed = [{"name": name, "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"} for name in names]
    return {"properties": {"publishingProfile": {"targetRegions": listed, **more}}}


def deleted_into_the_bin(estate: Estate) -> None:
    estate.delete(TWO)
    gone = datetime(2026, 6, 4, 12, tzinfo=UTC)
    estate.soft_deleted = [SoftDeleted(TWO, datetime(2026, 5, 28, tzinfo=UTC), gone)]


MORE = {"tags": {"owner": "us", "cost": "7"}}
KEPT = {"properties": {"softDeletePolicy": {"isSoftDeleteEnabled": True}}}
LAUNCHED = {"properties": {"features": [{"name": "SecurityType", "value": "TrustedLaunch"}]}}
ELSEWHERE = {
    "properties": {"storageProfile": {"source": {"id": ONE.replace("/web/", "/packer/").replace("1.0.0", "0.9.0")}}}
}
UPDATE = "pulumi up --refresh"
MISSING, UNDECLARED, DIFFERENT = DriftKind.MISSING, DriftKind.UNDECLARED, DriftKind.DIFFERENT
CASES = [
    # missing
    Case("version gone", lambda it: it.delete(TWO), MISSING, "corp/web 1.1.0", "does not exist", UPDATE),
    Case("lock gone", lambda it: it.delete(f"{GALLERY}/providers/Microsoft.Authorization/locks/acg"), MISSING,
         "lock acg on gallery corp", "does not exist", UPDATE),
    Case("external version gone", lambda it: it.delete(f"{GALLERY}/images/packer/versions/0.9.0"), MISSING,
         "corp/packer 0.9.0", "does not exist", "edit"),
    # undeclared
    Case("version of a definition", lambda it: it.put(f"{IMAGE}/versions/2.0.0", VERSION), UNDECLARED,
         "corp/web 2.0.0", "is not declared", "edit"),
    Case("version that others publish", lambda it: it.put(f"{GALLERY}/images/packer/versions/1.0.0", VERSION),
         UNDECLARED, "corp/packer 1.0.0", "is not declared", "edit"),
    Case("definition", lambda it: it.put(f"{GALLERY}/images/new", {**DEFINITION, "tags": {"owner": "us"}}),
         UNDECLARED, "corp/new", "is not declared", "edit"),
    # different: Azure has more
    Case("another tag", lambda it: it.change(ONE, MORE), DIFFERENT, "corp/web 1.0.0", "tags", "edit"),
    Case("another region", lambda it: it.change(ONE, regions("westeurope", "northeurope", "swedencentral")), DIFFERENT,
         "corp/web 1.0.0", "publishingProfile", "edit"),
    Case("a privacy statement", lambda it: it.change(IMAGE, {"properties": {"privacyStatementUri": "https://x.example"}}),
         DIFFERENT, "corp/web", "privacyStatementUri", "edit"),
    Case("another tag of a gallery", lambda it: it.change(GALLERY, MORE), DIFFERENT,
         "gallery corp", "tags", "edit"),
    Case("another tag of a group", lambda it: it.change(GROUP, MORE), DIFFERENT,
         "resource group rg-drift", "tags", "edit"),
    Case("soft delete", lambda it: it.change(GALLERY, KEPT),
         DIFFERENT, "gallery corp", "softDeletePolicy", "edit"),
    Case("the right to remove regions",
         lambda it: it.change(ONE, {"properties": {"safetyProfile": {"allowDeletionOfReplicatedLocations": True}}}),
         DIFFERENT, "corp/web 1.0.0", "safetyProfile", "edit"),
    # different: an update puts it right
    Case("another value of a tag", lambda it: it.change(ONE, {"tags": {"owner": "them"}}), DIFFERENT,
         "corp/web 1.0.0", "tags", UPDATE),
    Case("a tag that is gone", lambda it: it.change(TWO, {"tags": {}}), DIFFERENT, "corp/web 1.1.0",
         "tags", UPDATE),
    Case("another description", lambda it: it.change(IMAGE, {"properties": {"description": "Theirs."}}), DIFFERENT,
         "corp/web", "description", UPDATE),
    Case("a region that is gone", lambda it: it.change(ONE, regions("westeurope")), DIFFERENT, "corp/web 1.0.0",
         "publishingProfile", UPDATE),
    Case("another end of life",
         lambda it: it.change(ONE, {"properties": {"publishingProfile": {"endOfLifeDate": "2031-01-01"}}}), DIFFERENT,
         "corp/web 1.0.0", "publishingProfile", UPDATE),
    Case("excluded from latest",
         lambda it: it.change(TWO, {"properties": {"publishingProfile": {"excludeFromLatest": True}}}), DIFFERENT,
         "corp/web 1.1.0", "publishingProfile", UPDATE),
    # different: Azure never changes it
    Case("another source", lambda it: it.change(ONE, ELSEWHERE), DIFFERENT,
         "corp/web 1.0.0", "storageProfile", "edit"),
    Case("another security type",
         lambda it: it.change(IMAGE, LAUNCHED),
         DIFFERENT, "corp/web", "features", "edit"),
    # not well
    Case("failed", lambda it: it.change(ONE, {"properties": {"provisioningState": "Failed"}}), DriftKind.FAILED,
         "corp/web 1.0.0", "failed in Azure", "pulumi up"),
    Case("over", lambda it: it.change(ONE, {"properties": {"publishingProfile": {"endOfLifeDate": "2026-01-01"}}}),
         DriftKind.PAST_END_OF_LIFE, "corp/web 1.0.0", "reached its end of life on 2026-01-01", "edit"),
]  # fmt: skip


def test_a_deployed_catalog_does_not_drift(estate: Estate) -> None:
    found = estate.drift()
    assert found.drifts == ()
    assert found.unknown == ()
    assert found.exit_code == 0
    assert found.unchanged == 8


def of_kind(drifts: tuple[Drift, ...], case: Case) -> Drift:
    found = [one for one in drifts if one.kind is case.kind and one.resource.title == case.title]
    assert len(found) == 1, drifts
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_what_is_printed_ends_it(case: Case, estate: Estate) -> None:
    case.make(estate)
    found = estate.drift()
    assert found.exit_code == 1
    drift = of_kind(found.drifts, case)
    assert case.says in drift.summary
    edits, commands = drift.proposal.edits, drift.proposal.commands
    if case.by == "edit":
        assert edits
        assert all(command.startswith("pulumi import ") for command in commands)
    else:
        assert commands == (case.by,)
    estate.edit(found.drifts)
    estate.up()
    assert estate.drift().drifts == ()


def test_a_version_in_the_bin_is_restored(estate: Estate) -> None:
    deleted_into_the_bin(estate)
    (drift,) = estate.drift().drifts
    assert "in the bin until 2026-06-04 12:00 UTC" in drift.proposal.text
    estate.edit([drift])
    assert "restore: true" in estate.text
    assert drift.proposal.commands == (UPDATE,)
