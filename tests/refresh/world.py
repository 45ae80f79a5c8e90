"""A catalog and an Azure beside it, in few words: what a refresh is given, and what comes of its edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from acg.catalog.edit.intended import intended
from acg.catalog.edit.model import Edit
from acg.catalog.models import Catalog
from acg.desired.lower import lower
from acg.refresh.azure import Azure
from acg.refresh.context import Context
from acg.refresh.declared import Declared
from acg.refresh.model import Decision, Refreshed, Waiting, edits_of
from acg.refresh.run import refresh
from acg.state.observed import (
    Consumer,
    Coverage,
    Facts,
    Lock,
    Reading,
    Snapshot,
    SoftDeleted,
    Source,
    SourceKind,
    Upgrade,
    snapshot_of,
)
from acg.state.observed import Copy as Replica
from acg.state.observed.coverage import Part

SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
CORP = f"{GROUP}/rg/providers/Microsoft.Compute/galleries/corp"
UBUNTU = f"{CORP}/images/ubuntu"
SET = f"{GROUP}/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web"
IDENTIFIER = {"publisher": "contoso", "offer": "ubuntu", "sku": "2404"}
FROM = {"managedImages": {"resourceGroup": "builds", "name": "ubuntu-*"}}
RINGS = [
    {"regions": ["northeurope"]},
    {"regions": ["westeurope"], "after": "P3D"},
    {"regions": "rest", "after": "P7D"},
]
REGIONS = ["northeurope", "westeurope", "eastus2"]


def build(name: str, created: str | None = "2026-11-20T01:00:00+00:00", **fields: Any) -> Source:
    """A managed image of a build."""
    fields = {"tags": {}, "region": "northeurope", "os_type": "Linux", "os_state": "Generalized", **fields}
    return Source(
        id=f"{GROUP}/builds/providers/Microsoft.Compute/images/{name}",
        kind=SourceKind.MANAGED_IMAGE,
        name=name,
        created_at=None if created is None else datetime.fromisoformat(created),
        provisioning_state=fields.pop("provisioning_state", "Succeeded"),
        generation=fields.pop("generation", "V1"),
        **fields,
    )


def catalog(
    versions: Mapping[str, Any] | None = None,
    *,
    policy: Mapping[str, Any] | None = None,
    refresh_: Any = None,
    image: Mapping[str, Any] | None = None,
    **top: Any,
) -> dict[str, Any]:
    """A catalog with the image corp/ubuntu, which follows the policy ``p``."""
    return {
        "refreshPolicies": {"p": {"rings": RINGS, **(policy or {})}},
        "defaults": {"location": "northeurope", "targetRegions": REGIONS},
        "galleries": {
            "corp": {
                "resourceGroup": "rg",
                "images": {
                    "ubuntu": {
                        "osType": "Linux",
                        "osState": "Generalized",
                        "identifier": IDENTIFIER,
                        "refresh": refresh_ or {"policy": "p", "from": FROM},
                        "versions": dict(versions or {}),
                        **(image or {}),
                    }
                },
            }
        },
        **top,
    }


def version(source: str = "ubuntu-1", promoted: Mapping[str, str] | None = None, **fields: Any) -> dict[str, Any]:
    """A version as a refresh writes it."""
    regions = list(promoted) if promoted is not None else REGIONS
    return {
        "source": {"managedImage": build(source).id},
        "targetRegions": regions,
        **({} if promoted is None else {"promoted": dict(promoted)}),
        **fields,
    }


_READ = (
    (Part.GALLERIES, CORP),
    (Part.DEFINITIONS, CORP),
    (Part.VERSIONS, CORP),
    (Part.SOFT_DELETED, CORP),
    (Part.SHARING, CORP),
    (Part.LOCKS, f"/subscriptions/{SUBSCRIPTION}"),
    (Part.MANAGED_IMAGES, f"{GROUP}/builds"),
    (Part.SNAPSHOTS, f"{GROUP}/builds"),
    (Part.DISKS, f"{GROUP}/builds"),
    (Part.CONSUMERS, f"/subscriptions/{SUBSCRIPTION}"),
)


def snapshot(
    deployed: Mapping[str, Any] | None = None,
    sources: Iterable[Source] = (),
    *,
    at: str = "2026-11-27T02:10:00+00:00",
    consumers: Iterable[Consumer] | None = (),
    unread: Mapping[Part, str] | None = None,
    replicas: str = "Completed",
    locks: Iterable[Lock] = (),
    binned: Iterable[str] = (),
    upgrades: Mapping[str, list[Upgrade]] | None = None,
    facts: Mapping[str, Facts] | None = None,
    sharing: str = "Private",
    bodies: list[dict[str, Any]] | None = None,
) -> Snapshot:
    """Azure in which a catalog is deployed.

    Args:
        deployed: The catalog as it was deployed; None: nothing is.
        sources: What builds left behind.
        at: When it was read.
        consumers: Who uses the images; None: nobody looked.
        unread: Parts that could not be read, and why.
        replicas: How all replications stand.
        locks: Locks.
        binned: Numbers of ubuntu in the bin.
        upgrades: History of scale sets.
        facts: More about versions of ubuntu, by number.
        sharing: Whom the gallery is shared with.
        bodies: Gets what Azure answers, to write a snapshot's file.
    """
    bodies = [] if bodies is None else bodies
    copies: dict[str, dict[str, Replica]] = {}
    for one in lower(Catalog.model_validate(deployed)).resources if deployed else ():
        name, *rest = one.name.split("/")
        id_ = f"{CORP[: -len('corp')]}{name}" + "".join(
            f"/{kind}/{part}" for kind, part in zip(("images", "versions"), rest, strict=False)
        )
        kind = "Microsoft.Compute/galleries" + "".join(("/images", "/versions")[: len(rest)])
        names = {"resourceGroupName", "galleryName", "galleryImageName", "galleryImageVersionName", "location", "tags"}
        properties = {key: deepcopy(value) for key, value in one.inputs.items() if key not in names}
        for region in properties.get("publishingProfile", {}).get("targetRegions") or ():
            copies.setdefault(id_.lower(), {})[region["name"]] = Replica(replicas)
        if kind.endswith("galleries"):
            properties["sharingProfile"] = {"permissions": sharing}
        body = {"id": id_, "type": kind, "location": one.inputs.get("location"), "properties": properties}
        bodies.append(body)
    readings = [Reading(part, scope.lower(), (unread or {}).get(part)) for part, scope in _READ]
    read = snapshot_of(
        Snapshot(
            datetime.fromisoformat(at).astimezone(UTC),
            copies=copies,
            soft_deleted=[SoftDeleted(f"{UBUNTU}/versions/{number}") for number in binned],
            locks=list(locks),
            upgrades={id_.lower(): history for id_, history in (upgrades or {}).items()},
            consumers=None if consumers is None else list(consumers),
            coverage=Coverage(1, 1, tuple(f"{part} {why}." for part, why in (unread or {}).items()), tuple(readings)),
        ),
        bodies,
    )
    more = {f"{UBUNTU}/versions/{number}".lower(): one for number, one in (facts or {}).items()}
    return replace(read, sources=list(sources), facts={**read.facts, **more})


def context(document: Mapping[str, Any], seen: Snapshot | None, today: str, **more: Any) -> Context:
    lowered = lower(Catalog.model_validate(document))
    assert lowered.problems == ()
    return Context(Declared(lowered), Azure(seen), date.fromisoformat(today), **more)


def run(
    document: Mapping[str, Any],
    seen: Snapshot | None,
    today: str = "2026-11-27",
    *,
    images: Iterable[str] = (),
    declined: Iterable[str] = (),
    **more: Any,
) -> Refreshed:
    """A refresh of a catalog."""
    return refresh(context(document, seen, today, **more), images=tuple(images), declined=tuple(declined))


def edited(document: Mapping[str, Any], decisions: Iterable[Decision]) -> dict[str, Any]:
    """The catalog in which the edits are made."""
    return applied(document, edits_of(decisions))


def applied(document: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    found: Any = document
    for edit in edits:
        found = intended(found, edit)
    return found


def said(done: Refreshed) -> list[str]:
    """The decisions and what waits, as short lines."""
    return [f"{one.action} {one.version}: {one.what}" for one in done.decisions]


def waits(done: Refreshed) -> list[tuple[str, str | None, str]]:
    """What waits, for what, until when."""
    return [(one.cause.value, one.version, _until(one)) for one in done.waiting]


def _until(one: Waiting) -> str:
    return one.until.isoformat() if one.until else one.what
