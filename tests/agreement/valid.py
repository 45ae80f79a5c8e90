"""Catalogs that deploy: everything that teams legitimately vary, up to the limits of what Azure accepts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acg_sandbox.arm import PLATFORM
from tests.agreement.scene import Scene
from tests.agreement.sources import GROUP, HOMES, SETS, Source, set_id, sources

Json = dict[str, Any]
Draw = st.DrawFn

SPELT = {
    "westeurope": ("westeurope", "West Europe", "WestEurope", "west europe"),
    "northeurope": ("northeurope", "North Europe"),
    "eastus2": ("eastus2", "East US 2", "EastUS2"),
    "swedencentral": ("swedencentral", "Sweden Central"),
    "westus": ("westus", "West US"),
    "northcentralus": ("northcentralus", "North Central US"),
}
ZONELESS = ("westus", "northcentralus")

GALLERY_NAMES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._]{0,78}[A-Za-z0-9])?", fullmatch=True)
DEFINITION_NAMES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9])?", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-z0-9._-]{0,63}[A-Za-z0-9_-]", fullmatch=True)
PARTS = st.one_of(st.sampled_from([0, 1, 9, 10, 2**31 - 1]), st.integers(0, 2**31 - 1))
NUMBERS = st.builds("{}.{}.{}".format, PARTS, PARTS, PARTS)
ENDS = st.sampled_from(
    [
        "2026-05-29",
        "2027-06-30",
        "2027-06-30T12:00:00Z",
        "2027-06-30T12:59:59+02:00",
        "2028-02-29T00:00:00.0000000+00:00",
        "2027-06-30T12:00:00",
    ]
)
STORAGE = st.sampled_from(["Standard_LRS", "Standard_ZRS", "Premium_LRS", "standard_lrs"])
REPLICAS = st.sampled_from([1, 2, 3, 50, 100])


def some(draw: Draw) -> bool:
    """Whether an option is used."""
    return draw(st.integers(0, 3)) == 0


def spelt(draw: Draw, region: str) -> str:
    return draw(st.sampled_from(SPELT.get(region, (region,))))


@st.composite
def scenes(draw: Draw) -> Scene:
    """A catalog with nothing wrong, varied in whatever a team may vary."""
    home = draw(st.sampled_from(HOMES))
    name = draw(st.sampled_from(sorted(sources(home))))
    source = sources(home)[name]
    version: Json = {}
    image: Json = {"identifier": {"publisher": "contoso", "offer": "servers", "sku": "main"}}
    gallery: Json = {"resourceGroup": GROUP}
    catalog: Json = {"defaults": {"location": spelt(draw, home)}, "galleries": {}}
    if some(draw):
        catalog["resourceGroups"] = {"rg-images": {"location": spelt(draw, home)}}
        gallery["resourceGroup"] = "rg-images"
    image["versions"] = {draw(NUMBERS): version}
    gallery["images"] = {draw(DEFINITION_NAMES): image}
    catalog["galleries"][draw(GALLERY_NAMES)] = gallery
    scene = Scene(home, catalog, gallery, image, version, source)
    scene.take(source)
    if some(draw):
        scene.name_subscription()
    shared = _gallery(draw, scene)
    _definition(draw, scene, is_shared=shared)
    encrypted = not shared and source.takes_keys and some(draw)
    _version(draw, scene, is_encrypted=encrypted)
    if some(draw):
        _neighbours(draw, scene)
    return scene


def _gallery(draw: Draw, scene: Scene) -> bool:
    """Vary the gallery; whether it is made to be shared."""
    gallery = scene.gallery
    if some(draw):
        gallery["name"] = draw(GALLERY_NAMES)
    if some(draw):
        gallery["description"] = draw(
            st.text(max_size=40, alphabet=st.characters(codec="utf-8", categories=["L", "P"]))
        )
    if some(draw):
        gallery["softDeletePolicy"] = {"isSoftDeleteEnabled": draw(st.booleans())}
    if some(draw):
        gallery["identity"] = {"type": draw(st.sampled_from(["SystemAssigned", "systemassigned"]))}
    if some(draw):
        gallery["tags"] = {f"tag{n}": "x" for n in range(draw(st.sampled_from([1, 2, 50])))}
    if some(draw):
        gallery["readers"] = ["12121212-1212-1212-1212-121212121212"]
    if some(draw):
        gallery["lock"] = draw(
            st.sampled_from(["CanNotDelete", {"level": "CanNotDelete", "notes": "Released images."}])
        )
    kind = draw(st.sampled_from([None, None, None, "Private", "Groups", "Community", "community"]))
    profile: Json = {"permissions": kind}
    if kind is not None:
        gallery["sharingProfile"] = profile
    if kind in {"Community", "community"}:
        profile["communityGalleryInfo"] = {
            "publisherUri": "https://contoso.example",
            "publisherContact": "images@contoso.example",
            "eula": "https://contoso.example/eula",
            "publicNamePrefix": draw(st.from_regex(r"[A-Za-z0-9]{5,16}", fullmatch=True)),
        }
    return kind in {"Groups", "Community", "community"}


def _definition(draw: Draw, scene: Scene, *, is_shared: bool) -> None:
    image, source = scene.image, scene.source
    if is_shared and (image.get("plan") or not source.takes_plan):
        scene.use("image")
        source = scene.source
    elif source.takes_plan and not is_shared and some(draw):
        image["plan"] = {"name": "basic", "publisher": "fabrikam", "product": "os"}
    image["identifier"] = {"publisher": draw(WORDS), "offer": draw(WORDS), "sku": draw(WORDS)}
    if image["hyperVGeneration"] == "V2":
        _security(draw, image, source, is_shared=is_shared)
    if some(draw):
        image["recommended"] = {"vCPUs": {"min": 2, "max": draw(st.sampled_from([2, 64, 832]))}, "memory": {"min": 4}}
    if some(draw):
        image |= {"hibernation": draw(st.booleans()), "diskControllerTypes": ["SCSI", "NVMe"]}
    if some(draw):
        image["features"] = {
            "isMeasuredBootSupported": "true",
            "NewFeature": {"value": "1", "startsAtVersion": "1.0.0"},
        }
    if some(draw):
        image |= {"endOfLifeDate": draw(ENDS), "releaseNoteUri": "https://contoso.example/notes"}
    if some(draw):
        image["disallowedDiskTypes"] = ["Standard_LRS"]
    if some(draw):
        image["osType"] = image["osType"].lower()


def _security(draw: Draw, image: Json, source: Source, *, is_shared: bool) -> None:
    kinds = [None, "Standard"]
    if not is_shared:
        kinds.append("TrustedLaunch")
    if source.takes_supported:
        kinds += ["TrustedLaunchSupported", "trustedlaunchsupported", "TrustedLaunchAndConfidentialVmSupported"]
    kind = draw(st.sampled_from(kinds))
    if kind is not None and image["architecture"] == "x64":
        image["securityType"] = kind


def _version(draw: Draw, scene: Scene, *, is_encrypted: bool) -> None:
    version = scene.version
    if some(draw):
        version["endOfLifeDate"] = draw(ENDS)
    if some(draw):
        version["safetyProfile"] = {
            "allowDeletionOfReplicatedLocations": draw(st.booleans()),
            "blockDeletionBeforeEndOfLife": draw(st.booleans()),
        }
    if some(draw):
        version["excludeFromLatest"] = draw(st.booleans())
    if some(draw):
        version["tags"] = {f"tag{n}": "x" for n in range(draw(st.sampled_from([1, 50])))}
        scene.gallery.pop("tags", None)
    if some(draw):
        _sizes(version, scene.source)
    if not is_encrypted and some(draw):
        version["replicationMode"] = "Shallow"
        if some(draw):
            version |= {"replicaCount": 3, "targetRegions": [{"name": scene.home, "regionalReplicaCount": 1}]}
        return
    _regions(draw, scene, is_encrypted=is_encrypted)


def _sizes(version: Json, source: Source) -> None:
    """Say how large the disks are, truthfully."""
    version.setdefault("osDisk", {})["expectedSizeGB"] = source.sizes[None]
    listed = version.setdefault("dataDisks", [])
    for lun in source.luns:
        disk = next((one for one in listed if one["lun"] == lun), None)
        if disk is None:
            listed.append(disk := {"lun": lun})
        disk["expectedSizeGB"] = source.sizes[lun]


def _regions(draw: Draw, scene: Scene, *, is_encrypted: bool) -> None:
    version, home = scene.version, scene.home
    if some(draw):
        version["replicaCount"] = draw(REPLICAS)
    general = draw(STORAGE) if some(draw) else None
    if general is not None:
        version["storageAccountType"] = general
    others = [one for one in SPELT if one != home and (not is_encrypted or one in SETS)]
    names = [home, *draw(st.lists(st.sampled_from(others), unique=True, max_size=3))]
    targets = [_target(draw, one, general) for one in draw(st.permutations(names))]
    if is_encrypted:
        luns = draw(st.lists(st.sampled_from(scene.source.luns or [0]), unique=True)) if scene.source.luns else []
        with_os = draw(st.booleans()) or not luns
        for target, region in zip(targets, (_plain(one["name"]) for one in targets), strict=True):
            data = [{"lun": lun, "diskEncryptionSetId": set_id(region)} for lun in luns]
            keys: Json = {"dataDiskImages": data} if data else {}
            target["encryption"] = keys | ({"osDiskImage": {"diskEncryptionSetId": set_id(region)}} if with_os else {})
    elif len(names) == 1 and some(draw):
        return  # its own region alone is what a version without targetRegions gets
    version["targetRegions"] = [one["name"] if one.keys() == {"name"} else one for one in targets]
    if some(draw):
        edge = {"name": "losangeles", "type": draw(st.sampled_from(["EdgeZone", "edgezone"]))}
        version["targetExtendedLocations"] = [
            {"name": spelt(draw, "westus"), "extendedLocation": edge, "storageAccountType": "StandardSSD_LRS"}
        ]


def _target(draw: Draw, region: str, general: str | None) -> Json:
    target: Json = {"name": spelt(draw, region)}
    if some(draw):
        target["regionalReplicaCount"] = draw(REPLICAS)
    if region in ZONELESS and general == "Standard_ZRS":
        target["storageAccountType"] = "Standard_LRS"
    elif some(draw):
        target["storageAccountType"] = draw(STORAGE.filter(lambda one: one != "Standard_ZRS" or region not in ZONELESS))
    if some(draw):
        target["excludeFromLatest"] = draw(st.booleans())
    if some(draw):
        target["additionalReplicaSets"] = [{"storageAccountType": "PremiumV2_LRS", "regionalReplicaCount": 2}]
    return target


def _plain(region: str) -> str:
    return region.replace(" ", "").lower()


def _neighbours(draw: Draw, scene: Scene) -> None:
    """Further galleries, definitions and versions, one of them made from the first."""
    number = draw(NUMBERS)
    if number != scene.number and "encryption" not in str(scene.version):
        scene.image["versions"][number] = {"source": {"version": scene.version_name}}
        if scene.image.get("plan") is None:
            scene.image.pop("plan", None)
    key = scene.image_key
    if key.lower() != "ubuntu":
        scene.gallery["images"]["ubuntu"] = {
            "osType": "Linux",
            "osState": "Specialized",
            "identifier": {"publisher": "contoso", "offer": "servers", "sku": "ubuntu"},
            "hyperVGeneration": "V2",
            "versions": {"1.0.0": {"source": sources(scene.home)["specialized image"].version["source"]}},
        }
    name = "second_gallery"
    if name not in (scene.gallery_key.lower(), scene.gallery.get("name", "").lower()):
        scene.catalog["galleries"][name] = {"resourceGroup": GROUP, "location": "North Europe"}
        if "subscription" in scene.gallery:
            scene.catalog["galleries"][name]["subscription"] = PLATFORM
