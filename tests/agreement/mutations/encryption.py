"""Customer keys that Azure refuses."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import SECOND
from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.scene import Scene
from tests.agreement.sources import compute_id, set_id

Draw = st.DrawFn
Json = dict[str, Any]


def _prepare(scene: Scene, source: str = "image with data disks") -> None:
    scene.alone(source)
    scene.gallery.pop("sharingProfile", None)


def _os(region: str, **more: Any) -> Json:
    return {"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(region), **more}}}


def _data(*luns: int, region: str) -> Json:
    return {"encryption": {"dataDiskImages": [{"lun": lun, "diskEncryptionSetId": set_id(region)} for lun in luns]}}


@mutation
def keys_in_some_regions(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    match draw(st.integers(0, 2)):
        case 0:
            scene.targets("northeurope", home=_os(scene.home))
        case 1:
            scene.targets({"name": "northeurope", **_data(0, region="northeurope")}, home=_os(scene.home))
        case _:
            scene.targets(
                {"name": "northeurope", **_data(0, region="northeurope")}, home=_data(0, 3, region=scene.home)
            )


@mutation
def keys_for_some_disks(draw: Draw, scene: Scene) -> None:
    """Legitimate: each disk counts for itself, and one set may serve several."""
    _prepare(scene)
    home = _data(0, 3, region=scene.home)["encryption"] | _os(scene.home)["encryption"]
    away = _data(3, 0, region="northeurope")["encryption"] | _os("northeurope")["encryption"]
    if draw(st.booleans()):
        home.pop("osDiskImage")
        away.pop("osDiskImage")
    scene.targets({"name": "northeurope", "encryption": away}, home={"encryption": home})


@mutation
def set_id_malformed(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    wrong = draw(st.sampled_from(["des-westeurope", compute_id("disks", "os"), "/subscriptions/x/des"]))
    part = draw(st.sampled_from(["os", "data", "secure"]))
    if part == "os":
        scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": wrong}}})
    elif part == "data":
        scene.targets(home={"encryption": {"dataDiskImages": [{"lun": 0, "diskEncryptionSetId": wrong}]}})
    else:
        profile = {"confidentialVMEncryptionType": "EncryptedWithCmk", "secureVMDiskEncryptionSetId": wrong}
        scene.targets(home={"encryption": {"osDiskImage": {"securityProfile": profile}}})


@mutation
def set_id_without_its_slash(draw: Draw, scene: Scene) -> None:
    """The rule warns: a script of the documentation writes it so."""
    _prepare(scene)
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home)[1:]}}})


@mutation
def set_of_another_subscription(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    scene.name_subscription()
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home, SECOND)}}})


@mutation
def set_of_a_subscription_that_may_be_ours(draw: Draw, scene: Scene) -> None:
    """Undecided: the catalog does not say which subscription it is deployed to."""
    _prepare(scene)
    for one in (*scene.catalog["galleries"].values(), *scene.catalog.get("resourceGroups", {}).values()):
        one.pop("subscription", None)
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home, SECOND)}}})


@mutation
def set_of_another_region(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    if draw(st.booleans()):
        scene.targets({"name": "northeurope", **_os(scene.home)}, home=_os(scene.home))
    else:
        made = scene.declare("DiskEncryptionSet", "far", location="northeurope")
        scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": made}}})


@unforeseeable("des-not-found")
def set_that_does_not_exist(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id("nowhere")}}})


@mutation
def keys_for_a_lun_twice(draw: Draw, scene: Scene) -> None:
    _prepare(scene)
    scene.targets(home=_data(0, 0, region=scene.home))


@mutation
def keys_for_a_lun_that_is_not_there(draw: Draw, scene: Scene) -> None:
    _prepare(scene, draw(st.sampled_from(["disk", "disk and data"])))
    scene.targets(home=_data(draw(st.sampled_from([1, 5])), region=scene.home))


@mutation
def keys_for_a_lun_of_an_unknown_source(draw: Draw, scene: Scene) -> None:
    """Undecided: which data disks an image that exists has is not known."""
    _prepare(scene)
    scene.targets(home=_data(9, region=scene.home))


@mutation
def keys_for_a_vhd(draw: Draw, scene: Scene) -> None:
    """The rule warns."""
    _prepare(scene, "VHD")
    scene.targets(home=_os(scene.home))


@mutation
def keys_for_a_version(draw: Draw, scene: Scene) -> None:
    """Legitimate as far as is known: the rule warns."""
    _prepare(scene, "version")
    scene.targets(home=_os(scene.home))


@mutation
def confidential_without_set(draw: Draw, scene: Scene) -> None:
    _confidential(
        scene, {"confidentialVMEncryptionType": draw(st.sampled_from(["EncryptedWithCmk", "encryptedwithcmk"]))}
    )


@mutation
def confidential_with_set(draw: Draw, scene: Scene) -> None:
    """Legitimate."""
    profile: Json = {"confidentialVMEncryptionType": "EncryptedWithCmk"}
    _confidential(scene, profile | {"secureVMDiskEncryptionSetId": set_id(scene.home)})


@mutation
def confidential_with_platform_keys(draw: Draw, scene: Scene) -> None:
    """Legitimate, also for a VHD: nothing of the customer's is needed."""
    kinds = ["EncryptedVMGuestStateOnlyWithPmk", "EncryptedWithPmk", "NonPersistedTPM"]
    profile = {"confidentialVMEncryptionType": draw(st.sampled_from(kinds))}
    _confidential(scene, profile, draw(st.sampled_from(["disk", "VHD"])))


@mutation
def confidential_in_a_new_way(draw: Draw, scene: Scene) -> None:
    _confidential(scene, {"confidentialVMEncryptionType": "EncryptedWithQuantumKeys"})


@mutation
def confidential_in_another_region(draw: Draw, scene: Scene) -> None:
    """Refused, unless nothing of the machine's state is kept."""
    profile = {"confidentialVMEncryptionType": draw(st.sampled_from(["EncryptedWithPmk", "NonPersistedTPM"]))}
    _confidential(scene, profile)
    other = {"encryption": {"osDiskImage": {"securityProfile": profile}}}
    scene.version["targetRegions"].append({"name": "northeurope", **(other if draw(st.booleans()) else {})})


@mutation
def confidential_in_one_region_and_plain_in_another(draw: Draw, scene: Scene) -> None:
    """The rule warns: what a confidential disk's set is worth beside a plain one is not written."""
    profile: Json = {"confidentialVMEncryptionType": "EncryptedWithCmk"}
    _confidential(scene, profile | {"secureVMDiskEncryptionSetId": set_id(scene.home)})
    scene.image["securityType"] = "ConfidentialVMSupported"  # others stay in their region
    scene.version["targetRegions"].append({"name": "northeurope", **_os("northeurope")})


def _confidential(scene: Scene, profile: Json, source: str = "disk") -> None:
    _prepare(scene, source)
    scene.image["securityType"] = "ConfidentialVM"
    scene.image["hyperVGeneration"] = "V2"
    scene.targets(home={"encryption": {"osDiskImage": {"securityProfile": profile}}})
