"""What others see of a shared gallery: the community's and the directly shared read-only views."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.polling import identifier
from acg_sandbox.arm.protocol.regions import canonical, display
from acg_sandbox.arm.providers.gallery import published
from acg_sandbox.arm.providers.gallery.image_definitions import ImageDefinitions
from acg_sandbox.arm.providers.gallery.latest import latest, replicated
from acg_sandbox.arm.providers.gallery.refusals import error
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import Resource

_DISCLAIMER = "https://aka.ms/community-gallery-disclaimer"
COMMUNITY = "microsoft.compute/locations/communitygalleries"
SHARED = "microsoft.compute/locations/sharedgalleries"
_DEFINITIONS = ImageDefinitions()
_HIDDEN = {"provisioningState", "description", "releaseNoteUri", "allowUpdateImage"}


def view(call: Call) -> Answer:
    """GET below ``communityGalleries`` or ``sharedGalleries``."""
    address = call.address
    kind = COMMUNITY if address.type.startswith(COMMUNITY) else SHARED
    state, names = call.state, address.names
    if kind == SHARED and len(names) == 1:
        galleries = published.shared_with(state, address.subscription or "", names[0])
        return Answer(200, {"value": [_gallery(call, found, kind) for found in galleries]})
    if len(names) < 2:
        raise _missing(call)
    gallery = (
        published.community(state, names[1])
        if kind == COMMUNITY
        else published.shared(state, names[1], address.subscription or "")
    )
    if gallery is None:
        raise _missing(call)
    answer = Answer(200, _inside(call, gallery, kind), location=canonical(names[0]))
    if kind == COMMUNITY:
        depth = ("Gallery", "GalleryArtifact", "GalleryArtifactVersion")[len(names) - 2 + (address.tail is not None)]
        answer.headers["x-ms-operation-identifier"] = identifier(call, answer.location)
        answer.policy = f"{'List' if address.tail else 'Get'}{depth}"
    return answer


def _inside(call: Call, gallery: Resource, kind: str) -> dict[str, Any]:
    address, store = call.address, call.state.store
    region, names = canonical(address.names[0]), address.names[2:]
    if not names:
        if address.tail is None:
            return _gallery(call, gallery, kind)
        images = store.collection(f"{gallery.address.key}/images", "", -1)
        return {"value": [_image(call, gallery, image, kind) for image in images]}
    image = store.get(f"{gallery.address.key}/images/{names[0]}".lower())
    if image is None:
        raise _missing(call)
    if len(names) == 1 and address.tail is None:
        return _image(call, gallery, image, kind)
    if len(names) == 1:
        versions = store.collection(f"{image.address.key}/versions", "", -1)
        if kind == COMMUNITY:  # only the latest is listed (share-gallery-community.md)
            newest = latest(call, image.address.key, region)
            versions = [newest] if newest else []
        return {"value": [_version(call, gallery, one, kind) for one in versions if replicated(one, region)]}
    version = store.get(f"{image.address.key}/versions/{names[1]}".lower())
    if version is None or not replicated(version, region):
        raise _missing(call)
    return _version(call, gallery, version, kind)


def _missing(call: Call) -> Exception:
    path = call.address
    return error("resource-not-found", type=path.type, name="/".join(path.names), rg="")


def _envelope(
    call: Call, gallery: Resource, name: str, kind: str, below: str, properties: dict[str, Any]
) -> dict[str, Any]:
    location = canonical(call.address.names[0])
    if kind == SHARED:
        unique = f"/SharedGalleries/{gallery.properties['identifier']['uniqueName']}{below}"
        body: dict[str, Any] = {"identifier": {"uniqueId": unique}, "location": location, "name": name}
    else:
        public = gallery.properties["sharingProfile"]["communityGalleryInfo"]["publicNames"][0]
        body = {
            "identifier": {"uniqueId": f"/CommunityGalleries/{public}{below}"},
            "location": call.address.names[0],  # as it was asked for
            "name": name,
        }
        properties = {"disclaimer": _DISCLAIMER, **properties}
    return {"properties": properties, **body} if properties else body


def _gallery(call: Call, gallery: Resource, kind: str) -> dict[str, Any]:
    if kind == SHARED:
        return _envelope(call, gallery, gallery.properties["identifier"]["uniqueName"], kind, "", {})
    info = gallery.properties["sharingProfile"]["communityGalleryInfo"]
    members = ("publisherUri", "publisherContact", "eula", "publicNames")
    metadata = {member: info[member] for member in members if member in info}
    body = _envelope(call, gallery, info["publicNames"][0], kind, "", {"communityMetadata": metadata})
    return {**body, "communityMetadata": metadata}  # in both places: clients of 2022 look outside the properties


def _image(call: Call, gallery: Resource, image: Resource, kind: str) -> dict[str, Any]:
    shown = _DEFINITIONS.render(call, image.body)["properties"]
    properties = {key: value for key, value in shown.items() if key not in _HIDDEN}
    if kind == COMMUNITY:
        properties = {
            **properties,
            "recommended": properties.get("recommended") or {},
            "architecture": image.properties["architecture"],
            "identifier": {"publisher": "", "offer": "", "sku": ""},
        }
    return _envelope(call, gallery, image.body["name"], kind, f"/Images/{image.body['name']}", properties)


def _version(call: Call, gallery: Resource, version: Resource, kind: str) -> dict[str, Any]:
    profile = version.properties["publishingProfile"]
    region = display(call.address.names[0])
    own = next((t for t in profile["targetRegions"] if t["name"] == region), {})
    properties = {key: profile[key] for key in ("publishedDate", "endOfLifeDate") if key in profile}
    properties["excludeFromLatest"] = own.get("excludeFromLatest", profile["excludeFromLatest"])
    properties["storageProfile"] = _storage(version.properties["storageProfile"])
    if call.api >= "2026-03-03":
        properties["imageState"] = "Active"
    image = parse(version.body["id"]).names[1]
    below = f"/Images/{image}/Versions/{version.body['name']}"
    return _envelope(call, gallery, version.body["name"], kind, below, properties)


def _storage(profile: dict[str, Any]) -> dict[str, Any]:
    def disk(image: dict[str, Any]) -> dict[str, Any]:
        named = {"lun": "lun", "sizeInGB": "diskSizeGB", "hostCaching": "hostCaching"}
        return {new: image[old] for old, new in named.items() if old in image}

    shown: dict[str, Any] = {"osDiskImage": disk(profile.get("osDiskImage") or {})}
    if profile.get("dataDiskImages"):
        shown["dataDiskImages"] = [disk(image) for image in profile["dataDiskImages"]]
    return shown
