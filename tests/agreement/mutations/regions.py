"""Regions, replicas, storage and dates that Azure refuses."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.scene import Scene

Draw = st.DrawFn
Json = dict[str, Any]
WRONG_COUNTS = st.sampled_from([0, -1, 101, 1000])


def _targets(scene: Scene, *more: Any, home: Json | None = None) -> None:
    scene.full()
    scene.targets(*more, home=home)


@mutation
def region_misspelt(draw: Draw, scene: Scene) -> None:
    wrong = draw(st.sampled_from(["westeurop", "West-Europe", "noth europe", "eastsu2", "swedencentrall"]))
    match draw(st.integers(0, 3)):
        case 0:
            scene.gallery["location"] = wrong
        case 1:
            scene.image["location"] = wrong
            scene.version["location"] = scene.home
        case 2:
            _targets(scene, wrong)
        case _:
            _targets(scene)
            edge = {"name": "losangeles", "type": "EdgeZone"}
            scene.version["targetExtendedLocations"] = [{"name": wrong, "extendedLocation": edge}]


@mutation
def region_of_the_group_misspelt(draw: Draw, scene: Scene) -> None:
    scene.catalog["resourceGroups"] = {"rg-images": {"location": "westeurop"}}
    scene.gallery["resourceGroup"] = "rg-images"
    if "subscription" in scene.gallery:
        scene.name_subscription()


@mutation
def region_unknown(draw: Draw, scene: Scene) -> None:
    _targets(scene, draw(st.sampled_from(["atlantis", "eastus7", "mooncentral"])))


@mutation
def region_twice(draw: Draw, scene: Scene) -> None:
    _targets(scene, *draw(st.sampled_from([["swedencentral", "Sweden Central"], ["West US", {"name": "westus"}]])))


@mutation
def region_without_home(draw: Draw, scene: Scene) -> None:
    scene.full()
    scene.version["targetRegions"] = draw(st.sampled_from([["swedencentral"], ["West US", "Sweden Central"]]))


@mutation
def region_of_another_cloud(draw: Draw, scene: Scene) -> None:
    _targets(scene, draw(st.sampled_from(["usgovvirginia", "chinaeast2", "usdodcentral"])))


@mutation
def replicas(draw: Draw, scene: Scene) -> None:
    count = draw(WRONG_COUNTS)
    match draw(st.integers(0, 2)):
        case 0:
            _targets(scene)
            scene.version["replicaCount"] = count
        case 1:
            _targets(scene, {"name": "westus", "regionalReplicaCount": count})
        case _:
            _targets(scene)
            edge = {"name": "losangeles", "type": "EdgeZone"}
            zone = {"name": "westus", "extendedLocation": edge, "extendedLocationReplicaCount": count}
            scene.version["targetExtendedLocations"] = [zone]


@mutation
def replicas_above_100_in_sum(draw: Draw, scene: Scene) -> None:
    """Legitimate as far as is known: the sources do not agree."""
    _targets(scene, {"name": "westus", "regionalReplicaCount": 100}, home={"regionalReplicaCount": 100})


@mutation
def additional_replicas(draw: Draw, scene: Scene) -> None:
    extra = {"storageAccountType": "PremiumV2_LRS", "regionalReplicaCount": draw(WRONG_COUNTS)}
    _targets(scene, home={"additionalReplicaSets": [extra]})


@mutation
def storage_type(draw: Draw, scene: Scene) -> None:
    wrong = draw(st.sampled_from(["Standard_GRS", "StandardSSD_LRS", "Premium"]))
    _targets(scene)
    match draw(st.integers(0, 3)):
        case 0:
            scene.version["storageAccountType"] = wrong
        case 1:
            _targets(scene, home={"storageAccountType": wrong})
        case 2:
            _targets(scene, home={"additionalReplicaSets": [{"storageAccountType": wrong}]})
        case _:
            edge = {"name": "losangeles", "type": "EdgeZone"}
            zone = {"name": "westus", "extendedLocation": edge, "storageAccountType": "PremiumV2_LRS"}
            scene.version["targetExtendedLocations"] = [zone]


@mutation
def zone_redundancy(draw: Draw, scene: Scene) -> None:
    match draw(st.integers(0, 2)):
        case 0:
            _targets(scene, {"name": "West US", "storageAccountType": "Standard_ZRS"})
        case 1:
            _targets(scene, "northcentralus")
            scene.version["storageAccountType"] = "standard_zrs"
        case _:
            extra = {"storageAccountType": "Standard_ZRS", "regionalReplicaCount": 1}
            _targets(scene, {"name": "westus", "additionalReplicaSets": [extra]})


@mutation
def storage_strategy(draw: Draw, scene: Scene) -> None:
    def both(inputs: Json) -> None:
        inputs["publishingProfile"]["storageAccountStrategy"] = "PreferStandard_ZRS"

    _targets(scene)
    scene.edit(both, api="2025-03-03")


@mutation
def storage_strategy_alone(draw: Draw, scene: Scene) -> None:
    """Legitimate: Azure chooses the type for each region that has none of its own."""
    strategy = draw(st.sampled_from(["PreferStandard_ZRS", "DefaultStandard_LRS"]))

    def instead(inputs: Json) -> None:
        del inputs["publishingProfile"]["storageAccountType"]
        inputs["publishingProfile"]["storageAccountStrategy"] = strategy

    _targets(scene, {"name": "westus", "storageAccountType": "Premium_LRS"}, "northcentralus")
    scene.edit(instead, api="2025-03-03")


@mutation
def shallow(draw: Draw, scene: Scene) -> None:
    extra = {"storageAccountType": "Premium_LRS", "regionalReplicaCount": 1}
    edge = {"name": "losangeles", "type": "EdgeZone"}
    match draw(st.integers(0, 4)):
        case 0:
            _targets(scene, "westus")
        case 1:
            _targets(scene, home={"regionalReplicaCount": 2})
        case 2:
            _targets(scene, home={"additionalReplicaSets": [extra]})
        case 3:
            _targets(scene)
            scene.version["targetExtendedLocations"] = [{"name": "westus", "extendedLocation": edge}]
        case _:
            scene.full()
            scene.version.pop("targetRegions", None)
            scene.version["replicaCount"] = 3
    scene.version["replicationMode"] = draw(st.sampled_from(["Shallow", "shallow"]))


@mutation
def edge_zone(draw: Draw, scene: Scene) -> None:
    zones: list[Json] = [
        {"extendedLocation": {"name": "losangeles", "type": "EdgeZone"}},
        {"name": "westus"},
        {"name": "westus", "extendedLocation": {"type": "EdgeZone"}},
        {"name": "westus", "extendedLocation": {"name": "losangeles", "type": "Edge"}},
    ]
    _targets(scene)
    scene.version["targetExtendedLocations"] = [draw(st.sampled_from(zones))]


@mutation
def words(draw: Draw, scene: Scene) -> None:
    """Words that stand on none of Azure's lists."""
    match draw(st.integers(0, 4)):
        case 0:
            scene.image["osType"] = draw(st.sampled_from(["linus", "FreeBSD"]))
        case 1:
            scene.image["osState"] = "Sysprepped"
        case 2:
            scene.image["hyperVGeneration"] = draw(st.sampled_from(["V3", "Gen2", "2"]))
        case 3:
            scene.image["architecture"] = draw(st.sampled_from(["arm", "x86_64"]))
        case _:
            scene.full()
            scene.version["replicationMode"] = "Lazy"


@mutation
def end_of_life_past(draw: Draw, scene: Scene) -> None:
    ends = ["2026-05-27", "2026-05-28", "2020-12-01T00:00:00Z", "2026-05-28T08:00:00Z", "2026-05-29T02:00:00+06:00"]
    one = draw(st.sampled_from([scene.image, scene.version]))
    one["endOfLifeDate"] = draw(st.sampled_from(ends))


@mutation
def end_of_life_later_today(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    scene.version["endOfLifeDate"] = draw(st.sampled_from(["2026-05-28T23:59:59Z", "2026-05-28T22:30:00+01:00"]))


@mutation
def end_of_life_no_date(draw: Draw, scene: Scene) -> None:
    one = draw(st.sampled_from([scene.image, scene.version]))
    one["endOfLifeDate"] = draw(st.sampled_from(["2027-02-29", "2027-13-01", "never", "2027-06-30T25:00:00Z"]))


@mutation
def end_of_life_in_another_notation(draw: Draw, scene: Scene) -> None:
    ends = ["06/30/2027", "30 June 2027", " 2027-06-30", "2027.06.30", "2027-6-30"]
    scene.version["endOfLifeDate"] = draw(st.sampled_from(ends))


@unforeseeable("soft-deleted-missing")
def restored(draw: Draw, scene: Scene) -> None:
    for key in ("source", "osDisk", "dataDisks"):
        scene.version.pop(key, None)
    scene.targets()
    scene.version["restore"] = True
