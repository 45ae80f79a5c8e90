"""Which part of the embedded Azure a request is for, and what must hold before it gets there."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from acg_sandbox.arm import checks, groups, views
from acg_sandbox.arm.calls import Answer, Call
from acg_sandbox.arm.errors import refuse
from acg_sandbox.arm.galleries import API_VERSIONS
from acg_sandbox.arm.ids import GROUP_TYPE
from acg_sandbox.arm.lifecycle import Family
from acg_sandbox.arm.operations import operation_status
from acg_sandbox.arm.regions import REGIONS

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_BIN = "microsoft.compute/galleries/softdeletedartifacttypes/artifacts"
_OPERATIONS = re.compile(r"[\w.]+/locations/(capsoperations|diskoperations|operations)")
_SHARED_LIST = "microsoft.compute/locations"


def route(call: Call) -> Answer:
    """Serve a request inside the transaction that the caller has opened; refusals are raised."""
    azure, address = call.azure, call.address
    azure.operations.settle(call.now)
    if address.tail == "subscriptions" and not address.names:
        return groups.subscriptions(call)
    _require_subscription(call)
    call.api = _api_version(call)
    kind, tail = address.type, (address.tail or "").lower()
    if kind == "microsoft.resources/subscriptions":
        return _below_subscription(call)
    if kind == GROUP_TYPE.lower() and tail == "resources":
        return groups.all_resources(call)
    if _OPERATIONS.fullmatch(kind) and not tail:
        return operation_status(call)
    if kind.startswith((views.COMMUNITY, views.SHARED)) or (kind == _SHARED_LIST and tail == "sharedgalleries"):
        return views.view(call)
    if kind == _BIN and tail == "versions":
        return azure.soft_delete.list(call)
    return _by_family(call)


def _by_family(call: Call) -> Answer:
    families, address = call.azure.families, call.address
    family = families.get(address.type)
    if address.tail is not None:
        below = families.get(f"{address.type}/{address.tail}".lower())
        if call.method == "GET" and below is not None:
            _check_rate(call, below)
            return below.list(call)
        if family is None or call.method not in {"GET", "POST"}:
            _unknown_type(call)
        _check_rate(call, family)
        above = call.at(address.path.rsplit("/", 1)[0])
        return family.post(above, address.tail) if call.method == "POST" else family.get_below(above, address.tail)
    if family is None:
        _unknown_type(call)
    _check_rate(call, family)
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


def _below_subscription(call: Call) -> Answer:
    guid, tail = call.address.names[0], (call.address.tail or "").lower()
    if call.method != "GET":
        refuse("method-not-allowed", method=call.method, scope=call.address.path)
    if tail.startswith("operationresults/"):
        return groups.operation_result(call, tail.rsplit("/", 1)[1])
    match tail:
        case "":
            return Answer(200, groups.subscription(call, guid))
        case "locations":
            return groups.locations(guid)
        case "resources":
            return groups.all_resources(call)
        case "resourcegroups":
            return call.azure.families[GROUP_TYPE.lower()].list(call)
        case _:
            return refuse("path-unknown", path=call.address.path)


def _require_subscription(call: Call) -> None:
    wanted = call.address.subscription
    if wanted is None:
        refuse("path-unknown", path=call.address.path)
    if not checks.is_guid(wanted):
        refuse("invalid-subscription", subscription=wanted)
    if wanted.lower() not in {one.lower() for one in call.azure.settings.subscriptions}:
        refuse("subscription-not-found", subscription=wanted)


def _api_version(call: Call) -> str:
    api = call.query.get("api-version", "")
    if not api:
        refuse("api-version-missing")
    kind = f"{call.address.type}/{call.address.tail or ''}".lower()
    gallery = kind.startswith(("microsoft.compute/galleries", views.COMMUNITY, views.SHARED))
    if (gallery and api not in API_VERSIONS) or not _DATE.fullmatch(api):
        _refuse_version(call, api)
    return api


def _refuse_version(call: Call, api: str) -> NoReturn:
    """ARM looks for the provider in the region of a write; a read has none and is told that the type is missing."""
    versions, region = ", ".join(API_VERSIONS), _sent_location(call)
    kind = call.azure.spelled(call.address.type).partition("/")[2] or call.address.tail or "resourceGroups"
    if not region:
        refuse("type-unknown", type=kind, namespace="Microsoft.Compute", version=api, versions=versions)
    words = {"location": region, "version": api, "type": kind, "versions": versions}
    refuse("api-version-unknown", **words, locations=", ".join(REGIONS))


def _unknown_type(call: Call) -> NoReturn:
    namespace, _, kind = call.address.type.partition("/")
    kind = "/".join(part for part in (kind, call.address.tail or "") if part)
    if not any(known.startswith(f"{namespace}/") for known in call.azure.families):
        refuse("namespace-unknown", namespace=namespace)
    refuse("type-unknown", type=kind, namespace=namespace, version=call.api, versions=", ".join(API_VERSIONS))


def _check_rate(call: Call, family: Family) -> None:
    policy = family.policies.get("PUT" if call.method in {"PUT", "PATCH", "POST"} else call.method)
    limits = call.struck_by("rate-limits")
    if policy and (limits or call.azure.settings.enforce_rates):
        found = call.azure.store.get(call.address.key)
        location = family.region(found) if found else _sent_location(call)
        call.azure.rates.require(call, policy, location, limits.share if limits else 1.0)


def _sent_location(call: Call) -> str:
    try:
        return str(json.loads(call.raw).get("location", "")).replace(" ", "").lower()
    except (ValueError, AttributeError):
        return ""
