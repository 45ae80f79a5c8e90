"""Galleries and resource groups."""

from __future__ import annotations

from acg.plan.model import Action
from tests.change_agreement.edits import D, G, V, edit
from tests.change_agreement.estate import Estate


@edit(Action.UPDATE, f"{G}description", f"{G}tags", f"{G}identity")
def words_of_a_gallery(it: Estate) -> None:
    it.gallery.update({"description": "Other images.", "tags": {}, "identity": {"type": "SystemAssigned"}})


@edit(Action.SAFETY, f"{G}softDeletePolicy")
def soft_delete(it: Estate) -> None:
    it.gallery["softDeletePolicy"] = {"isSoftDeleteEnabled": True}


@edit(Action.REPLACE, f"{G}location")
def a_gallery_in_another_location(it: Estate) -> None:
    it.gallery["location"] = it.others[0]
    for image in it.gallery["images"].values():
        image["location"] = it.home


@edit(Action.FORBIDDEN, f"{G}sharingProfile")
def a_shared_gallery(it: Estate) -> None:
    it.gallery["sharingProfile"] = {"permissions": "Groups"}


@edit(Action.UNDECIDED, f"{G}sharingProfile")
def a_community_gallery(it: Estate) -> None:
    info = {
        "publisherUri": "https://contoso.example",
        "publisherContact": "i@contoso.example",
        "eula": "https://c.example",
        "publicNamePrefix": "contoso",
    }
    it.gallery["sharingProfile"] = {"permissions": "Community", "communityGalleryInfo": info}


def _shared(it: Estate) -> None:
    del it.gallery["images"]["keys"]  # keys of customers are for private galleries
    it.gallery["sharingProfile"] = {"permissions": "Groups"}


@edit(Action.FORBIDDEN, f"{G}sharingProfile", prepare=_shared)
def a_gallery_private_again(it: Estate) -> None:
    it.gallery["sharingProfile"] = {"permissions": "Private"}


@edit(Action.UNDECIDED, f"{G}sharingProfile", prepare=_shared)
def sharing_no_longer_written(it: Estate) -> None:
    del it.gallery["sharingProfile"]


def _public(it: Estate) -> None:
    del it.gallery["images"]["keys"]
    a_community_gallery(it)


@edit(Action.UNDECIDED, f"{G}sharingProfile", prepare=_public)
def another_contact(it: Estate) -> None:
    it.gallery["sharingProfile"]["communityGalleryInfo"]["publisherContact"] = "o@contoso.example"


@edit(
    Action.REPLACE,
    *(f"{kind}resourceGroupName" for kind in (V, D, G)),
)
def a_gallery_in_another_group(it: Estate) -> None:
    it.gallery["resourceGroup"] = "rg-spare"


@edit(Action.REPLACE, *(f"{kind}galleryName" for kind in (V, D, G)))
def another_name_in_azure(it: Estate) -> None:
    it.gallery["name"] = "golden_other"


@edit(Action.REPLACE, f"{D}galleryImageName", f"{V}galleryImageName", f"{V}galleryImageVersionName")
def a_program_renames(it: Estate) -> None:
    def rename(lowered) -> None:
        for resource in lowered.resources:
            if resource.inputs.get("galleryImageName") == "disks":
                resource.inputs["galleryImageName"] = "renamed"
            if resource.name == "golden_estate/main/1.2.0":
                resource.inputs["galleryImageVersionName"] = "1.2.1"

    it.programs.append(rename)


@edit(Action.REPLACE)
def a_group_in_another_location(it: Estate) -> None:
    it.catalog["resourceGroups"]["rg-spare"]["location"] = it.others[0]


@edit(Action.UPDATE)
def a_tag_of_a_group(it: Estate) -> None:
    it.catalog["resourceGroups"]["rg-spare"]["tags"] = {"owner": "others"}
