"""Labs list an image exactly if ACG855 and ACG856 have no error for it: the rules against the embedded Azure's lists.

Azure refuses none of these catalogs: it does not list what labs cannot take, which nobody notices before the semester.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from acg.catalog.models import Catalog
from acg.desired import lower
from acg.desired.resource import Resource
from acg.rules import Evaluation
from acg_sandbox.arm import PLATFORM
from tests.agreement.agreement import TODAY
from tests.agreement.embedded import EmbeddedAzure
from tests.agreement.sources import GROUP, compute_id

CATALOGS = 300
REGIONS = ("westeurope", "northeurope", "eastus2")
SIZES = (30, 64, 127, 128, 129, 256)
"""128 is listed: where the sources contradict each other the embedded Azure lists, and the rule warns."""
PLAN = f"/subscriptions/{PLATFORM}/resourceGroups/{GROUP}/providers/Microsoft.LabServices/labPlans/lp"
RULES = {"lab-image-listed", "lab-image-region"}

Json = dict[str, Any]


def disk(gb: int, *, is_system: bool) -> Resource:
    """A disk of that size, as a program declares it."""
    name = f"{'os' if is_system else 'data'}-{gb}"
    inputs: Json = {"diskName": name, "resourceGroupName": GROUP, "location": "westeurope", "diskSizeGB": gb}
    inputs["creationData"] = {"createOption": "Empty"}
    if is_system:
        inputs |= {"osType": "Linux", "hyperVGeneration": "V2"}
    return Resource("azure-native:compute:Disk", f"disk-{name}", inputs, subscription=PLATFORM)


@st.composite
def versions(draw: st.DrawFn) -> Json:
    """A version of one disk or of two, whose sizes are declared or follow from the disks of the program."""
    size = draw(st.sampled_from(SIZES))
    declared = draw(st.booleans())
    version: Json = {
        "osDisk": {"disk": compute_id("disks", f"os-{size}"), **({"expectedSizeGB": size} if declared else {})},
        "targetRegions": ["westeurope", *draw(st.lists(st.sampled_from(REGIONS[1:]), unique=True))],
    }
    if draw(st.integers(0, 4)) == 0:
        version["dataDisks"] = [{"lun": draw(st.integers(0, 9)), "disk": compute_id("disks", "data-32")}]
    return version


@st.composite
def catalogs(draw: st.DrawFn) -> Json:
    """A gallery of a few images, all of them offered by a plan in one of three regions."""
    images: Json = {}
    for name in draw(st.lists(st.sampled_from(["intro", "statistics", "Design"]), unique=True, min_size=1)):
        numbers = draw(st.lists(st.sampled_from(["1.9.0", "1.10.0", "2.0.0"]), unique=True))
        images[name] = {
            "osType": "Linux",
            "osState": draw(st.sampled_from(["Generalized", "Specialized"])),
            "hyperVGeneration": "V2",
            "identifier": {"publisher": "university", "offer": "labs", "sku": name},
            "versions": {number: draw(versions()) for number in numbers},
        }
    home = draw(st.sampled_from(REGIONS))
    plan = {
        "resourceGroup": GROUP,
        "subscription": PLATFORM,
        "location": home,
        "gallery": "teaching",
        "images": sorted(images),
        "allowedRegions": [home, *draw(st.lists(st.sampled_from(REGIONS), unique=True))],
    }
    of_gallery = {"resourceGroup": GROUP, "subscription": PLATFORM, "location": "westeurope", "images": images}
    return {"galleries": {"teaching": of_gallery}, "labPlans": {"lp": plan}}


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[EmbeddedAzure]:
    made = EmbeddedAzure(tmp_path)
    yield made
    made.close()


def refused(resources: list[Resource]) -> set[str]:
    """Names of the definitions of which a version has an error of the two rules."""
    report = Evaluation(today=TODAY).check(resources)
    assert {one.rule.name for one in report.errors} <= RULES, report.errors
    return {name.split("/")[1] for one in report.errors for name in (one.resource, *one.also)}


def test_labs_list_what_the_rules_let_pass(azure: EmbeddedAzure) -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=CATALOGS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(catalogs())
    def compare(document: Json) -> None:
        disks = [*(disk(gb, is_system=True) for gb in SIZES), disk(32, is_system=False)]
        resources = [*disks, *lower(Catalog.model_validate(document)).usable()]
        outcomes = azure.deploy(resources)
        assert set(outcomes.values()) == {None}, outcomes
        listed = {one["name"] for one in azure.get(f"{PLAN}/images", "2023-06-07")["value"] if "." not in one["name"]}
        images = document["galleries"]["teaching"]["images"]
        without = {name for name, one in images.items() if not one["versions"]}  # the rule is undecided
        assert listed == images.keys() - refused(resources) - without, document
        seen.update({"listed": len(listed), "not listed": len(images) - len(listed), "without": len(without)})

    compare()
    assert min(seen[what] for what in ("listed", "not listed", "without")) > CATALOGS / 10, seen
