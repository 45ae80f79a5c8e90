"""Each source that is listed fits the version that names it: the embedded Azure, which compares them, takes it."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from acg.azure import kinds
from acg.azure.kinds import KINDS as ROWS
from acg.desired.resource import Resource
from acg.sources import Needed, needed_by
from acg_sandbox.arm.protocol.seed import plant_more
from tests.acg_sandbox.arm.conftest import Arm
from tests.sources.catalogs import ACCOUNT, BLOBS, COMPUTE, HOME, KINDS, PLAN, PUBLIC, catalog, definition, lowered

NOT_PROPERTIES = {"resourceGroupName", "galleryName", "galleryImageName", "galleryImageVersionName", "location"}


@pytest.fixture
def arm() -> Arm:
    return Arm(None)


def plant(arm: Arm, needed: Needed) -> None:
    resources = [{"id": str(one.id), "comment": "for a test", **one.body} for one in needed.resources]
    plant_more(arm.azure.state, arm.azure.registry.types, resources, needed.subscriptions)


def deploy(arm: Arm, resources: list[Resource]) -> dict[str, dict[str, Any]]:
    """Send what azure-native would, and give what is there then."""
    found: dict[str, dict[str, Any]] = {}
    for resource in resources:
        row = ROWS[resource.type]
        names = [resource.inputs[key] for key in row.name_inputs]
        path = row.id(names, subscription=str(resource.subscription), group=resource.inputs["resourceGroupName"])
        properties = {key: value for key, value in resource.inputs.items() if key not in NOT_PROPERTIES}
        arm.put(path, {"location": resource.inputs["location"], "properties": properties})
        found[resource.name] = arm.get(path)["properties"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_of_each_kind_of_source_is_made(arm: Arm, kind: str):
    resources = lowered(catalog({kind: dict(KINDS[kind])}))
    needed = needed_by(resources)
    assert needed.left_out == ()
    assert HOME in needed.subscriptions
    plant(arm, needed)
    version = deploy(arm, resources)[f"corp/{kind}/1.0.0"]
    assert version["provisioningState"] == "Succeeded"
    (declared,) = [resource for resource in resources if resource.type == kinds.VERSION]
    storage = version["storageProfile"]
    shown: dict[int | None, int] = {None: storage["osDiskImage"]["sizeInGB"]}
    shown |= {disk["lun"]: disk["sizeInGB"] for disk in storage.get("dataDiskImages", ())}
    assert {lun: shown[lun] for lun in declared.expected_sizes} == declared.expected_sizes


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_source_the_same_version_is_refused(arm: Arm, kind: str):
    resources = lowered(catalog({kind: dict(KINDS[kind])}))
    needed = needed_by(resources)
    groups = [one for one in needed.resources if one.id.names == ()]
    plant(arm, needed._replace(resources=tuple(groups)))
    with pytest.raises(AssertionError, match=r"NotFound|Invalid|not exist"):
        deploy(arm, resources)


def test_one_catalog_with_every_kind_needs_each_resource_once(arm: Arm):
    resources = lowered(catalog({kind: dict(image) for kind, image in KINDS.items()}))
    needed = needed_by(resources)
    ids = [str(one.id).lower() for one in needed.resources]
    assert len(set(ids)) == len(ids)
    plant(arm, needed)
    assert len(deploy(arm, resources)) == 1 + 2 * len(KINDS)


def whole(**source: str) -> dict[str, Any]:
    return {"source": source}


SOURCES = [
    whole(managedImage=f"{COMPUTE}/images/golden"),
    whole(virtualMachine=f"{COMPUTE}/virtualMachines/golden"),
    whole(version=f"{COMPUTE}/galleries/shared/images/base/versions/5.2.0"),
    whole(communityVersion=f"/CommunityGalleries/{PUBLIC}/Images/base/Versions/9.4.0"),
    {"osDisk": {"disk": f"{COMPUTE}/disks/os"}},
    {"osDisk": {"snapshot": f"{COMPUTE}/snapshots/os"}},
    {"osDisk": {"vhd": f"{BLOBS}/os.vhd", "storageAccount": ACCOUNT}},
]


def in_any_case(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from([spelled for word in words for spelled in (word, word.lower(), word.upper())])


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    version = {**draw(st.sampled_from(SOURCES))}
    if (size := draw(st.none() | st.integers(1, 2_048))) is not None:
        version["osDisk"] = {**version.get("osDisk", {}), "expectedSizeGB": size}
    home = draw(st.sampled_from(["uksouth", "West Europe", "northeurope"]))
    version |= {"location": home, "targetRegions": [home, "ukwest"]}
    arm = draw(st.booleans())
    traits = {
        "osType": draw(in_any_case("Linux", "Windows")),
        "osState": draw(in_any_case("Generalized", "Specialized")),
        "hyperVGeneration": draw(in_any_case("V2") if arm else in_any_case("V1", "V2")),
        "architecture": "Arm64" if arm else "x64",
    }
    return definition(version, **traits, plan=draw(st.sampled_from([None, PLAN])))


@given(definitions())
def test_whatever_a_definition_says_its_source_fits(one: dict[str, Any]):
    arm, resources = Arm(None), lowered(catalog({"one": one}))
    needed = needed_by(resources)
    assert [resource.conflicts for resource in needed.resources if resource.conflicts] == []
    plant(arm, needed)
    assert deploy(arm, resources)["corp/one/1.0.0"]["provisioningState"] == "Succeeded"
