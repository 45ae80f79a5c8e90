"""Sources that are missing, of the wrong kind, named twice or elsewhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.mutations.origins import disk
from tests.agreement.scene import Scene
from tests.agreement.sources import (
    ACCOUNT,
    BLOBS,
    COMMUNITY,
    SHARED_VERSION,
    compute_id,
    set_id,
)

Draw = st.DrawFn
Json = dict[str, Any]


def _vhd(name: str) -> Json:
    return {"vhd": f"{BLOBS}/{name}.vhd", "storageAccount": ACCOUNT}


@mutation
def one_source(draw: Draw, scene: Scene) -> None:
    """None, several, or sources for some of the disks."""
    scene.use("image")
    image = scene.version.pop("source")
    given: list[Json] = [
        {},
        {"source": image, "osDisk": disk(scene, "os")},
        {"source": image, "dataDisks": [{"lun": 0, **disk(scene)}]},
        {"source": {**image, "communityVersion": COMMUNITY}},
        {"source": {**image, "virtualMachine": compute_id("virtualMachines", f"web-{scene.home}")}},
        {"dataDisks": [{"lun": 0, **disk(scene)}]},
        {"osDisk": disk(scene, "os"), "dataDisks": [{"lun": 0}]},
        {"osDisk": {**_vhd("os"), **disk(scene, "os")}},
        {"source": {}},
    ]
    scene.version |= draw(st.sampled_from(given))


@mutation
def one_machine_named_twice(draw: Draw, scene: Scene) -> None:
    """Legitimate: either input may name a machine."""
    scene.use("generalized machine")
    found = scene.version["source"]["virtualMachine"]
    scene.version["source"]["managedImage"] = found.upper().replace("/SUBSCRIPTIONS", "/subscriptions")


@mutation
def disks_described_beside_a_whole_source(draw: Draw, scene: Scene) -> None:
    """Legitimate: only what is named ``source`` is one."""
    scene.use("image with data disks")
    scene.version["osDisk"] = {"hostCaching": "ReadOnly", "expectedSizeGB": 127}
    scene.version["dataDisks"] = [{"lun": draw(st.sampled_from([0, 3])), "hostCaching": "None"}]


@mutation
def luns(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    one, other = draw(st.sampled_from([(0, 0), (-1, 0), (63, 63)]))
    scene.version["dataDisks"] = [{"lun": one, **disk(scene)}, {"lun": other, **disk(scene, kind="snapshot")}]


@mutation
def luns_above_63(draw: Draw, scene: Scene) -> None:
    """Legitimate as far as is known: the rule warns."""
    scene.use("disk")
    scene.version["dataDisks"] = [{"lun": 64, **disk(scene)}]


@mutation
def source_used_twice(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    upper = {"disk": disk(scene)["disk"].replace("data", "DATA")}
    disks: list[list[Json]] = [
        [{"lun": 0, **disk(scene)}, {"lun": 1, **disk(scene)}],
        [{"lun": 0, **disk(scene)}, {"lun": 1, **upper}],
        [{"lun": 0, **disk(scene, "os")}],
        [{"lun": 0, **_vhd("data")}, {"lun": 1, **_vhd("data")}],
    ]
    scene.version["dataDisks"] = draw(st.sampled_from(disks))


@mutation
def vhd_without_account(draw: Draw, scene: Scene) -> None:
    scene.use("VHD")
    del scene.version["osDisk"]["storageAccount"]


@mutation
def source_id(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    whole = [
        "golden",
        "images/golden",
        compute_id("disks", f"os-{scene.home}"),
        compute_id("galleries", "golden"),
        set_id(scene.home),
        "https://portal.azure.com/",
    ]
    match draw(st.integers(0, 4)):
        case 0:
            scene.version["source"] = {"managedImage": draw(st.sampled_from(whole))}
        case 1:
            scene.version["source"] = {"virtualMachine": compute_id("images", f"linux-{scene.home}")}
        case 2:
            scene.version["source"] = {"communityVersion": SHARED_VERSION}
        case 3:
            scene.use("disk")
            scene.version["osDisk"] = {"disk": compute_id("images", f"linux-{scene.home}")}
        case _:
            scene.use("VHD")
            scene.version["osDisk"]["storageAccount"] = compute_id("disks", f"os-{scene.home}")


@mutation
def source_id_of_a_definition(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    scene.version["source"] = {"managedImage": SHARED_VERSION.split("/versions/")[0]}


@mutation
def source_id_of_the_latest(draw: Draw, scene: Scene) -> None:
    """Undecided: what the service makes of such ids is not documented."""
    scene.use("image")
    scene.version["source"] = {"managedImage": SHARED_VERSION.replace("1.0.0", "latest")}


@mutation
def source_id_of_a_community_image(draw: Draw, scene: Scene) -> None:
    """Undecided, as that of the latest version."""
    scene.use("image")
    scene.version["source"] = {"communityVersion": COMMUNITY.split("/Versions/")[0]}


@mutation
def source_elsewhere(draw: Draw, scene: Scene) -> None:
    scene.use("disk")
    where = draw(st.sampled_from(["swedencentral", "Sweden Central"]))
    made: Json = {"osType": "Linux", "hyperVGeneration": "V2", "diskSizeGB": 30, "location": where}
    scene.version["osDisk"] = {"disk": scene.declare("Disk", "far", creationData={"createOption": "Empty"}, **made)}


@mutation
def version_elsewhere(draw: Draw, scene: Scene) -> None:
    other = _another(draw, scene, "swedencentral")
    scene.targets("northeurope")
    assert other["targetRegions"]


@mutation
def version_with_a_replica_here(draw: Draw, scene: Scene) -> None:
    """Legitimate: a version is found wherever it has a replica."""
    _another(draw, scene, "Sweden Central")
    scene.targets("swedencentral")


@unforeseeable("source-not-found")
def source_that_does_not_exist(draw: Draw, scene: Scene) -> None:
    scene.use("image")
    kind = draw(st.sampled_from(["images", "virtualMachines"]))
    scene.version["source"] = {"managedImage": compute_id(kind, "missing")}


def _another(draw: Draw, scene: Scene, where: str) -> Json:
    """A version of another region, made from the scene's, which lives at home."""
    scene.use("image")
    scene.full()
    other: Json = {"location": where, "source": {"version": scene.version_name}, "targetRegions": [where]}
    scene.gallery.pop("sharingProfile", None)
    scene.image["versions"] = {scene.number: scene.version, "8.8.8": other}
    return other
