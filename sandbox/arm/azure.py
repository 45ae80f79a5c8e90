"""One embedded Azure: its state, its resource types, and which of them a request is for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NoReturn

from sandbox.arm import checks, groups, views
from sandbox.arm.applications import Applications, ApplicationVersions
from sandbox.arm.authorization import Locks, RoleAssignments
from sandbox.arm.calls import Answer, Call
from sandbox.arm.errors import refuse
from sandbox.arm.faults import Faults
from sandbox.arm.galleries import API_VERSIONS, Galleries
from sandbox.arm.groups import Groups
from sandbox.arm.ids import GROUP_TYPE, Address, parse
from sandbox.arm.images import Images
from sandbox.arm.lifecycle import Family
from sandbox.arm.machines import Machines, ScaleSets
from sandbox.arm.operations import Operations, operation_status
from sandbox.arm.ratelimits import RateLimits
from sandbox.arm.regions import REGIONS
from sandbox.arm.settings import Settings
from sandbox.arm.softdelete import SoftDelete
from sandbox.arm.sourcekinds import Disks, EncryptionSets, ManagedImages, Snapshots, StorageAccounts
from sandbox.arm.sources import parse_blob
from sandbox.arm.store import Resource, Store
from sandbox.arm.versions import Versions

_FAMILIES: tuple[type[Family], ...] = (
    Groups,
    Galleries,
    Images,
    Versions,
    Applications,
    ApplicationVersions,
    Disks,
    Snapshots,
    ManagedImages,
    EncryptionSets,
    Machines,
    ScaleSets,
    StorageAccounts,
    Locks,
    RoleAssignments,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_BIN = "microsoft.compute/galleries/softdeletedartifacttypes/artifacts"
_OPERATIONS = re.compile(r"[\w.]+/locations/(capsoperations|diskoperations|operations)")


class Azure:
    """Everything behind the endpoint; used by one thread only."""

    def __init__(self, folder: Path | None, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(folder)
        self.operations = Operations(self.store, settings)
        self.rates = RateLimits()
        self.faults = Faults(self.store)
        self.haunted: dict[str, float] = {}  # parents that still seem to have a child, until when
        self.stale: dict[str, tuple[Resource | None, int]] = {}  # what reads still see of a key, and how many of them
        self.soft_delete = SoftDelete(self.store, settings)
        self.views = views.Views(self.store, settings)
        self.families: dict[str, Family] = {family.type.lower(): family() for family in _FAMILIES}
        self._known = {one.lower() for one in settings.subscriptions}

    def answer(self, call: Call) -> Answer:
        """Serve one request inside the transaction that the caller has opened; refusals are raised."""
        self.operations.settle(call.now)
        address = call.address
        if address.tail == "subscriptions" and not address.names:
            return groups.subscriptions(call)
        self._require_subscription(address)
        call.api = self._api_version(call)
        if address.type == "microsoft.resources/subscriptions":
            return self._below_subscription(call)
        if address.type == GROUP_TYPE.lower() and address.tail == "resources":
            return groups.all_resources(call)
        if _OPERATIONS.fullmatch(address.type) and address.tail is None:
            return operation_status(call)
        if address.type.startswith((views.COMMUNITY, views.SHARED)) or address.tail == "sharedGalleries":
            return views.view(call)
        if address.type == _BIN and (address.tail or "").lower() == "versions":
            return self.soft_delete.list(call)
        return self._by_family(call)

    def _by_family(self, call: Call) -> Answer:
        address = call.address
        family = self.families.get(address.type)
        if address.tail is not None:
            below = self.families.get(f"{address.type}/{address.tail}".lower())
            if call.method == "GET" and below is not None:
                self._check_rate(call, below)
                return below.list(call)
            if call.method == "POST" and family is not None:
                self._check_rate(call, family)
                return family.post(call.at(address.path.rsplit("/", 1)[0]), address.tail)
            if isinstance(family, Machines) and call.method == "GET":
                found = family.get_below(call.at(address.path.rsplit("/", 1)[0]), address.tail)
                if found is not None:
                    return found
        if family is None or address.tail is not None:
            self._unknown_type(call)
        self._check_rate(call, family)
        serve = {
            "GET": family.get,
            "HEAD": family.head,
            "PUT": family.put,
            "PATCH": family.patch,
            "DELETE": family.delete,
        }
        if call.method not in serve:
            refuse("method-not-allowed", method=call.method, scope=address.path)
        return serve[call.method](call)

    def _below_subscription(self, call: Call) -> Answer:
        guid, tail = call.address.names[0], (call.address.tail or "").lower()
        if call.method != "GET":
            refuse("method-not-allowed", method=call.method, scope=call.address.path)
        if not tail:
            return Answer(200, groups.subscription(call, guid))
        if tail == "locations":
            return groups.locations(guid)
        if tail == "resources":
            return groups.all_resources(call)
        if tail == "resourcegroups":
            return self.families[GROUP_TYPE.lower()].list(call)
        if tail.startswith("operationresults/"):
            return groups.operation_result(call, tail.rsplit("/", 1)[1])
        return refuse("path-unknown", path=call.address.path)

    def _require_subscription(self, address: Address) -> None:
        if address.subscription is None:
            refuse("path-unknown", path=address.path)
        if not checks.is_guid(address.subscription):
            refuse("invalid-subscription", subscription=address.subscription)
        if address.subscription.lower() not in self._known:
            refuse("subscription-not-found", subscription=address.subscription)

    def _api_version(self, call: Call) -> str:
        api = call.query.get("api-version", "")
        if not api:
            refuse("api-version-missing")
        kind = call.address.type
        gallery = kind.startswith(("microsoft.compute/galleries", views.COMMUNITY, views.SHARED))
        gallery = gallery or f"{kind}/{call.address.tail}".lower() == "microsoft.compute/galleries"
        if (gallery and api not in API_VERSIONS) or not _DATE.fullmatch(api):
            kind = self.spelled(kind).partition("/")[2] or call.address.tail or "resourceGroups"
            _refuse_version(call, api, kind)
        return api

    def _unknown_type(self, call: Call) -> NoReturn:
        namespace, _, kind = call.address.type.partition("/")
        kind = "/".join(part for part in (kind, call.address.tail or "") if part)
        if not any(known.startswith(f"{namespace}/") for known in self.families):
            refuse("namespace-unknown", namespace=namespace)
        refuse("type-unknown", type=kind, namespace=namespace, version=call.api, versions=", ".join(API_VERSIONS))

    def _check_rate(self, call: Call, family: Family) -> None:
        policy = family.policies.get("PUT" if call.method in {"PUT", "PATCH", "POST"} else call.method)
        limits = call.struck_by("rate-limits")
        if policy and (limits or self.settings.enforce_rates):
            found = self.store.get(call.address.key)
            location = family.region(found) if found else _sent_location(call)
            self.rates.require(call, policy, location, limits.share if limits else 1.0)

    def seen(self, call: Call) -> Resource | None:
        """The resource that a request finds, or what a stale read finds in its place."""
        left = self.stale.get(call.address.key) if call.method == "GET" else None
        if left is None:
            return self.store.get(call.address.key)
        before, reads = left
        if reads > 1:
            self.stale[call.address.key] = before, reads - 1
        else:
            del self.stale[call.address.key]
        return before

    def spelled(self, kind: str) -> str:
        """A lower-case type as the service spells it."""
        family = self.families.get(kind)
        return family.type if family else kind

    def canonical(self, address: Address) -> Address:
        """The address with the type spelled as the service spells it; names stay as the client wrote them."""
        spelled = self.spelled(address.type)
        if address.type == GROUP_TYPE.lower():
            return parse(f"/subscriptions/{address.subscription}/resourceGroups/{address.group}")
        namespace, *types = spelled.split("/")
        scope = re.sub("/resourcegroups/", "/resourceGroups/", address.scope, flags=re.IGNORECASE)
        pairs = "/".join(f"{kind}/{name}" for kind, name in zip(types, address.names, strict=True))
        return parse(f"{scope}/providers/{namespace}/{pairs}")

    def blob_size(self, uri: str) -> int | None:
        """Bytes of a VHD blob in a storage account whose blobs are known."""
        account = uri.split("://", 1)[-1].split(".", 1)[0].lower()
        for found in self.store.everywhere("microsoft.storage/storageaccounts"):
            if found.body["name"].lower() == account:
                return (found.hidden.get("blobs") or {}).get(parse_blob(uri))
        return None


def _refuse_version(call: Call, api: str, kind: str) -> NoReturn:
    """ARM looks for the provider in the region of a write; a read has none and is told that the type is missing."""
    versions, region = ", ".join(API_VERSIONS), _sent_location(call)
    if not region:
        refuse("type-unknown", type=kind, namespace="Microsoft.Compute", version=api, versions=versions)
    words = {"location": region, "version": api, "type": kind, "versions": versions}
    refuse("api-version-unknown", **words, locations=", ".join(REGIONS))


def _sent_location(call: Call) -> str:
    try:
        return str(json.loads(call.raw).get("location", "")).replace(" ", "").lower()
    except (ValueError, AttributeError):
        return ""
