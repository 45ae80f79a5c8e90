"""Machines boot from image versions: which one ``latest`` is, and what comes of it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acg_sandbox.arm.conftest import COMPUTE, IMAGE, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals.consumers import CONSUMER, PROFILE, SCALE_SET, booted, scaled, trusted, upgrading

numbers = st.tuples(*[st.sampled_from([0, 1, 2, 9, 10, 2_147_483_647])] * 3)
regions = st.dictionaries(st.sampled_from(["northeurope", "eastus"]), st.none() | st.booleans(), max_size=2)


def exact(arm: Arm, path: str = CONSUMER) -> str:
    return arm.get(path)["properties"]["storageProfile"]["imageReference"]["exactVersion"]


def test_a_machine_says_which_version_it_got(arm: Arm) -> None:
    arm.published()
    arm.put(VERSION.replace("1.0.0", "1.10.0"), version())
    arm.put(VERSION.replace("1.0.0", "1.9.0"), version())
    arm.put(CONSUMER, booted(osProfile=PROFILE))
    assert exact(arm) == "1.10.0"


def test_a_version_can_be_named(arm: Arm) -> None:
    arm.published()
    arm.put(CONSUMER, booted(VERSION, osProfile=PROFILE))
    assert exact(arm) == "1.0.0"
    disk = arm.get(CONSUMER)["properties"]["storageProfile"]["osDisk"]
    assert (disk["osType"], disk["diskSizeGB"]) == ("Linux", 30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    versions=st.dictionaries(numbers, st.tuples(st.booleans(), regions), min_size=1, max_size=5),
    region=st.sampled_from(["westeurope", "northeurope", "eastus"]),
)
def test_latest_is_the_highest_that_a_region_includes(
    arm: Arm, versions: dict[tuple[int, ...], tuple[bool, dict[str, bool | None]]], region: str
) -> None:
    arm.ask("DELETE", "/".join(COMPUTE.split("/")[:5]))
    arm.gallery()
    arm.definition()
    arm.golden()
    included: list[tuple[int, ...]] = []
    for number, (excluded, places) in versions.items():
        own = {"westeurope": None} | places
        targets = [{"name": name} | ({} if flag is None else {"excludeFromLatest": flag}) for name, flag in own.items()]
        body = version(MANAGED_IMAGE, *targets, publishingProfile={"excludeFromLatest": excluded})
        arm.put(f"{IMAGE}/versions/{'.'.join(map(str, number))}", body)
        flag = own.get(region, True)
        if not (excluded if flag is None else flag):
            included.append(number)
    answer = arm.ask("PUT", CONSUMER, booted(location=region, osProfile=PROFILE))
    if included:
        assert exact(arm) == ".".join(map(str, max(included)))
    else:
        assert answer.json()["error"]["code"] == "GalleryImageNotFound"


def test_a_trusted_launch_machine_boots_an_image_for_it(arm: Arm) -> None:
    trusted(arm)
    arm.put(CONSUMER, booted(osProfile=PROFILE, securityProfile={"securityType": "TrustedLaunch"}))
    assert exact(arm) == "1.0.0"


def test_a_scale_set_that_upgrades_automatically_follows_a_definition(arm: Arm) -> None:
    arm.published()
    arm.put(SCALE_SET, upgrading({"id": IMAGE}))
    arm.put(SCALE_SET, upgrading({"id": f"{IMAGE}/versions/latest"}))


def test_a_scale_set_goes_from_one_gallery_image_to_another(arm: Arm) -> None:
    arm.published()
    arm.put(SCALE_SET, scaled(VERSION, osProfile=PROFILE))
    arm.put(SCALE_SET, scaled(IMAGE, osProfile=PROFILE))
