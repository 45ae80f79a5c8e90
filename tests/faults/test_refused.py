"""Changes that Azure refuses: its answer ends the deployment, nothing is lost, and each has a way that works."""

import httpx
import pytest

from tests.faults.deployment import DEFINITION, GALLERY, Estate, version
from tests.faults.stories import Story, proves

pytestmark = pytest.mark.engine

FEATURES = Story(
    "The features of a definition change, and nothing says that they may",
    (),
    ('Code="PropertyChangeNotAllowed" Message="Changing property \'DiskControllerTypes\' is not allowed."',),
    ("write `allowUpdateImage: true` beside the definition's features", "pulumi up"),
    "Neither the definition nor its versions are replaced. `startsAtVersion` of a feature says from which version on it"
    " holds.",
)
TRAIT = Story(
    "What a definition keeps is edited: its EULA, privacy statement, plan, identifier",
    (),
    ("unable to replace resource", "as it is currently marked for protection"),
    ("write it as it was, and declare what is wanted as a definition of its own", "pulumi up"),
    "With `protect: false`, which Pulumi's message offers, Azure answers PropertyChangeNotAllowed; and with another OS,"
    " state, generation or architecture, Pulumi would delete the versions. `acg plan` writes both edits. A definition"
    " without versions is replaced when it is retired first (`retire: true`).",
)
STORAGE = Story(
    "The storage type of a region is no longer written, and the version's own is another",
    (),
    (
        'Code="PropertyChangeNotAllowed" Message="Global storage account type does not match the storage account type'
        " in the existing TargetRegion: 'North Europe'. Please specify 'Standard_ZRS'",
    ),
    ("write the region's `storageAccountType` again", "pulumi up"),
    "A region keeps the storage type with which it was published. For another one publish a copy, which `acg plan`"
    " writes.",
)
REGION = Story(
    "A region is taken out of a published version",
    (),
    ("Removing the replicated region(s) 'North Europe' is not allowed",),
    (
        "write the region again, with `safetyProfile: {allowDeletionOfReplicatedLocations: true}` in the version",
        "pulumi up",
        "remove the region",
        "pulumi up",
    ),
    "No source says whether Azure takes the permission and the removal in one request.",
)
IN_THE_BIN = Story(
    "A number is published again that lies among the soft-deleted versions",
    (),
    ('Code="Conflict" Message="A soft-deleted gallery image version \'1.0.1\' exists.',),
    ("write `restore: true` in the version", "pulumi up"),
    "Azure brings back what was deleted, whatever the catalog says of its source. For another content, take another"
    " number.",
)
FULL_BIN = Story(
    "A gallery is destroyed while soft-deleted versions lie in it",
    (),
    ("Cannot delete resource while soft-deleted nested resources exist: '",),
    (
        "restore the versions that the message names, and delete them with `bypassSoftDelete=true`",
        "pulumi destroy --ignore-protect",
    ),
    "Both are requests with API version 2026-03-03: PUT with `properties.restore` set to true, and DELETE."
    " Waiting for the end of the retention period helps as well. Versions that are deleted after soft delete was"
    " switched off and deployed never lie there.",
)
LOCKED = Story(
    "A version is retired in a gallery with a lock",
    (),
    ('Code="ScopeLocked" Message="The scope', "Please remove the lock and try again."),
    (
        "write the version again, with `retire: true`, and take `lock` out of the gallery",
        "pulumi up",
        "remove the version",
        "pulumi up",
        "write `lock` again",
        "pulumi up",
    ),
    "A lock keeps versions from being deleted by anybody, this program included. Taking `lock` out in the same edit"
    " that removes the version avoids this, for the lock is then deleted first; after the refusal Pulumi no longer"
    " knows that order.",
)


def with_features(estate: Estate, **more: object) -> None:
    estate.definition = {"diskControllerTypes": ["SCSI", "NVMe"], **more}
    estate.declare()


@proves(FEATURES, TRAIT)
def test_features_change_in_place_when_the_catalog_says_so(estate: Estate) -> None:
    estate.run("pulumi up")
    with_features(estate)
    estate.fails("pulumi up", FEATURES)
    estate.follow(FEATURES.do, {FEATURES.do[0]: lambda: with_features(estate, allowUpdateImage=True)})
    estate.assert_declared()
    features = estate.azure.arm("GET", DEFINITION).json()["properties"]["features"]
    assert {"name": "DiskControllerTypes", "value": "SCSI, NVMe"} in features
    with_features(estate, allowUpdateImage=True, eula="https://contoso.example/eula")
    estate.fails("pulumi up", TRAIT)
    with_features(estate, allowUpdateImage=True, eula="https://contoso.example/eula", protect=False)
    estate.fails("pulumi up", TRAIT, ["PropertyChangeNotAllowed"])
    estate.follow(TRAIT.do, {TRAIT.do[0]: lambda: with_features(estate, allowUpdateImage=True)})
    estate.assert_declared()


@proves(STORAGE, REGION)
def test_regions_of_a_published_version_keep_what_they_have(estate: Estate) -> None:
    zoned, plain = {"name": "northeurope", "storageAccountType": "Standard_ZRS"}, "northeurope"

    def declared(*regions: object, **more: object) -> None:
        estate.versions = {"1.0.0": {"targetRegions": ["westeurope", *regions], **more}}
        estate.declare()

    declared(zoned)
    estate.run("pulumi up")
    declared(plain)
    estate.fails("pulumi up", STORAGE)
    estate.follow(STORAGE.do, {STORAGE.do[0]: lambda: declared(zoned)})
    declared()
    estate.fails("pulumi up", REGION)
    permitted = {"safetyProfile": {"allowDeletionOfReplicatedLocations": True}}
    by_hand = {REGION.do[0]: lambda: declared(zoned, **permitted), REGION.do[2]: lambda: declared(**permitted)}
    estate.follow(REGION.do, by_hand)
    regions = estate.azure.arm("GET", version("1.0.0")).json()["properties"]["publishingProfile"]["targetRegions"]
    assert [region["name"] for region in regions] == ["West Europe"]


@pytest.fixture
def with_bin(estate: Estate) -> Estate:
    """A gallery with soft delete whose second version was retired and taken out of the catalog."""
    estate.gallery = {"softDeletePolicy": {"isSoftDeleteEnabled": True}}
    estate.versions["1.0.1"] = {"retire": True}
    estate.declare()
    estate.run("pulumi up")
    del estate.versions["1.0.1"]
    estate.declare()
    estate.run("pulumi up")
    return estate


@proves(IN_THE_BIN)
def test_a_number_in_the_bin_is_restored(with_bin: Estate) -> None:
    with_bin.versions["1.0.1"] = {}
    with_bin.declare()
    with_bin.fails("pulumi up", IN_THE_BIN)

    def restored() -> None:
        with_bin.versions["1.0.1"] = {"restore": True}
        with_bin.declare()

    with_bin.follow(IN_THE_BIN.do, {IN_THE_BIN.do[0]: restored})
    with_bin.assert_declared()


@proves(FULL_BIN)
def test_a_gallery_with_a_full_bin_is_destroyed(with_bin: Estate) -> None:
    def emptied() -> None:
        for number in ("1.0.0", "1.0.1"):
            body = {"location": "westeurope", "properties": {"restore": True, "storageProfile": {}}}
            assert with_bin.azure.arm("PUT", version(number), body, "2026-03-03").status_code == 200
            url, asked = with_bin.azure.addresses.arm + version(number), {"api-version": "2026-03-03"}
            assert httpx.delete(url, params={**asked, "bypassSoftDelete": "true"}).status_code == 202

    with_bin.fails("pulumi destroy --ignore-protect", FULL_BIN)
    with_bin.follow(FULL_BIN.do, {FULL_BIN.do[0]: emptied})
    assert with_bin.azure.arm("GET", GALLERY).status_code == 404


@proves(LOCKED)
def test_a_version_is_retired_under_a_lock(estate: Estate) -> None:
    def declared(lock: bool, versions: dict[str, dict[str, object]]) -> None:
        estate.gallery = {"lock": "CanNotDelete"} if lock else {}
        estate.versions = versions
        estate.declare()

    declared(True, {"1.0.0": {}, "1.0.1": {"retire": True}})
    estate.run("pulumi up")
    declared(True, {"1.0.0": {}})
    estate.fails("pulumi up", LOCKED)
    by_hand = {
        LOCKED.do[0]: lambda: declared(False, {"1.0.0": {}, "1.0.1": {"retire": True}}),
        LOCKED.do[2]: lambda: declared(False, {"1.0.0": {}}),
        LOCKED.do[4]: lambda: declared(True, {"1.0.0": {}}),
    }
    estate.follow(LOCKED.do, by_hand)
    assert estate.azure.arm("GET", version("1.0.1")).status_code == 404
    assert estate.azure.arm("GET", version("1.0.0")).status_code == 200
