"""Galleries made to be shared, and what they may not hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.agreement.mutations import mutation
from tests.agreement.scene import Scene
from tests.agreement.sources import PLAN, set_id

Draw = st.DrawFn
Json = dict[str, Any]


def share(scene: Scene, permissions: str) -> None:
    """Share the gallery, and leave out of it what shared galleries don't hold."""
    scene.alone("image")
    scene.targets()
    scene.gallery["sharingProfile"] = {"permissions": permissions}


def community(scene: Scene) -> dict[str, str]:
    """Make the gallery one of the community; its information."""
    share(scene, "Community")
    info = {
        "publisherUri": "https://contoso.example",
        "publisherContact": "images@contoso.example",
        "eula": "https://contoso.example/eula",
        "publicNamePrefix": "contoso",
    }
    scene.gallery["sharingProfile"]["communityGalleryInfo"] = info
    return info


@mutation
def community_information(draw: Draw, scene: Scene) -> None:
    info = community(scene)
    if draw(st.booleans()):
        del info[draw(st.sampled_from(sorted(info)))]
    else:
        del scene.gallery["sharingProfile"]["communityGalleryInfo"]


@mutation
def community_information_that_is_empty(draw: Draw, scene: Scene) -> None:
    """As a program can say it; a catalog with an empty text is refused before."""
    community(scene)
    key = draw(st.sampled_from(["publisherUri", "publisherContact", "eula"]))

    def empty(inputs: Json) -> None:
        profile = inputs.get("sharingProfile") or {}
        if "communityGalleryInfo" in profile:
            inputs["sharingProfile"] = {**profile, "communityGalleryInfo": {**profile["communityGalleryInfo"], key: ""}}

    scene.edit(empty, "Gallery")


@mutation
def permissions(draw: Draw, scene: Scene) -> None:
    scene.gallery["sharingProfile"] = {"permissions": draw(st.sampled_from(["Public", "Everybody"]))}


@mutation
def shared_and_elsewhere(draw: Draw, scene: Scene) -> None:
    community(scene)
    scene.gallery["location"] = "swedencentral"
    scene.image["location"] = scene.home


@mutation
def shared_and_replicated(draw: Draw, scene: Scene) -> None:
    """Legitimate: only the image itself must live where its gallery lives."""
    community(scene)
    scene.targets("swedencentral", "West US")


@mutation
def shared_in_a_government_cloud(draw: Draw, scene: Scene) -> None:
    community(scene)
    scene.gallery["location"] = "usgovvirginia"


@mutation
def shared_with_a_plan(draw: Draw, scene: Scene) -> None:
    community(scene)
    scene.image["plan"] = PLAN


@mutation
def shared_and_private(draw: Draw, scene: Scene) -> None:
    share(scene, draw(st.sampled_from(["Groups", "groups"])))
    scene.image["securityType"] = draw(st.sampled_from(["TrustedLaunch", "ConfidentialVM"]))


@mutation
def shared_and_encrypted(draw: Draw, scene: Scene) -> None:
    share(scene, "Groups")
    scene.targets(home={"encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(scene.home)}}})


@mutation
def soft_delete_in_days(draw: Draw, scene: Scene) -> None:
    period = draw(st.sampled_from(["retentionPeriodInDays", "gracePeriodInDays"]))
    scene.edit(lambda inputs: inputs.update(softDeletePolicy={period: 30}), "Gallery")


@mutation
def identity(draw: Draw, scene: Scene) -> None:
    scene.gallery["identity"] = {"type": draw(st.sampled_from(["Managed", "SystemAssigned, None"]))}


@mutation
def identities_without_a_space(draw: Draw, scene: Scene) -> None:
    """Legitimate, and what other tools write."""
    used = "/subscriptions/x/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"
    scene.gallery["identity"] = {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": [used]}
