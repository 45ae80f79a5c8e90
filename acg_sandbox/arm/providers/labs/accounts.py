"""Lab accounts, of which there are no new ones: their attached gallery, its images, and what teachers save into it.

Sources: the requests of Microsoft's Az.LabServices module (Azure/azure-devtestlab, 2019-01-01-preview). The answers
are ours. An account's labs may be in any region of its geography (concept-lab-accounts-versus-lab-plans.md), so an
image is shown if one of those regions holds a replica.
"""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.regions import canonical, geography
from acg_sandbox.arm.providers.labs.offered import definitions
from acg_sandbox.arm.providers.labs.refusals import refuse
from acg_sandbox.arm.providers.labs.save import SIZE_GB, require_name, save
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource


class LabAccounts(Plain):
    """``Microsoft.LabServices/labaccounts``."""

    type = "Microsoft.LabServices/labaccounts"
    segment = None
    uppercase_groups = False

    def check_new(self, call: Call, resource: Resource) -> None:
        refuse("labs-account-new")


class SharedGalleries(Plain):
    """``Microsoft.LabServices/labaccounts/sharedgalleries``: the gallery that an account has attached."""

    type = "Microsoft.LabServices/labaccounts/sharedgalleries"
    segment = None
    has_location = False
    uppercase_groups = False

    def check_new(self, call: Call, resource: Resource) -> None:
        account = call.address.path.rsplit("/", 2)[0]
        gallery = str(resource.properties.get("galleryId", ""))
        if call.state.store.get(gallery.lower()) is None:
            refuse("labs-gallery-not-found", id=gallery)
        there = attached(call.state, account)
        if there is not None:
            refuse("labs-account-gallery", name=account.rsplit("/", 1)[1], gallery=there.rsplit("/", 1)[1])


def shared_images(call: Call) -> Answer:
    """GET of an account's images: what its gallery offers to labs, all of it enabled."""
    account = require_resource(call.at(call.address.path.rsplit("/", 1)[0]))
    gallery = attached(call.state, account.body["id"])
    value: list[dict[str, Any]] = []
    if gallery is not None:
        for definition, _ in definitions(call.state, gallery, geography(account.body["location"])):
            name = definition.body["name"]
            properties = {"EnableState": "Enabled", "galleryImageResourceId": definition.body["id"]}
            value.append({"id": f"{account.body['id']}/sharedimages/{name}", "name": name, "properties": properties})
    return Answer(200, {"value": value})


def attached(state: State, account: str) -> str | None:
    """The id of the gallery that an account has attached."""
    found = state.store.collection(f"{account}/sharedgalleries".lower(), "", 1)
    return str(found[0].properties["galleryId"]) if found else None


def export(
    state: State, now: float, account: str, name: str, *, system: str = "Linux", size: int | None = None
) -> Resource:
    """Play a teacher who exports the template of one of an account's labs; give the version that this makes.

    The request of the portal is documented nowhere, so nobody can send it here: this is what comes of it. A new name
    makes an image definition, an existing one a version; it is replicated in the account's geography, in which the
    gallery's own region is included as no version can do without (how-to-attach-detach-shared-image-gallery-1.md).

    Args:
        state: The embedded Azure's.
        now: Seconds since 1970.
        account: The id of the lab account.
        name: The name that the teacher gives the image.
        system: Linux or Windows.
        size: Of the lab's OS disk, in GB.

    Raises:
        RequestError: The account has no gallery, the name is none, or the definition is not the machine's kind.
    """
    found = state.store.get(account.lower())
    attached_id = attached(state, account)
    gallery = state.store.get(attached_id.lower()) if attached_id else None
    if found is None or gallery is None:
        refuse("labs-no-gallery", name=account.rsplit("/", 1)[-1])
    require_name(name)
    regions = dict.fromkeys([canonical(gallery.body["location"]), *geography(found.body["location"])])
    machine = {"osType": system, "hyperVGeneration": "V1", "sizeInGB": size or SIZE_GB}
    version = save(state, now, gallery, name, machine, list(regions))
    version.properties["provisioningState"] = "Succeeded"
    state.store.put(version)
    return version
