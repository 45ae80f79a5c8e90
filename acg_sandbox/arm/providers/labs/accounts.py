"""Lab accounts, of which there are no new ones: their attached gallery and its images.

Sources: the requests of Microsoft's Az.LabServices module (Azure/azure-devtestlab, 2019-01-01-preview). The answers
are ours.
"""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.providers.labs.offered import definitions
from acg_sandbox.arm.providers.labs.refusals import refuse
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
        there = attached(call, account)
        if there is not None:
            refuse("labs-account-gallery", name=account.rsplit("/", 1)[1], gallery=there.rsplit("/", 1)[1])


def shared_images(call: Call) -> Answer:
    """GET of an account's images: what its gallery offers to labs, all of it enabled."""
    account = require_resource(call.at(call.address.path.rsplit("/", 1)[0]))
    gallery = attached(call, account.body["id"])
    value: list[dict[str, Any]] = []
    if gallery is not None:
        regions = tuple(account.hidden.get("regions", ())) or (account.body["location"],)
        for definition, _ in definitions(call.state, gallery, regions):
            name = definition.body["name"]
            properties = {"EnableState": "Enabled", "galleryImageResourceId": definition.body["id"]}
            value.append({"id": f"{account.body['id']}/sharedimages/{name}", "name": name, "properties": properties})
    return Answer(200, {"value": value})


def attached(call: Call, account: str) -> str | None:
    """The id of the gallery that an account has attached."""
    found = call.state.store.collection(f"{account}/sharedgalleries".lower(), "", 1)
    return str(found[0].properties["galleryId"]) if found else None
