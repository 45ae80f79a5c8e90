"""Galleries, definitions and versions in the form in which a catalog declares them: the lowering, backwards.

Nothing is said that the lowering says by itself. Tags, places and what versions have in common are left to
`acg.adopt.defaults`, which knows what is inherited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any, Final

from acg.azure.regions import canonical
from acg.desired.inputs import omit_none
from acg.desired.resource import Resource
from acg.desired.version import DEFAULT_STORAGE
from acg.plan.proposals.catalog_form import storage_form

Form = dict[str, Any]
Inputs = Mapping[str, Any]

OWN_FEATURES: Final = {
    "securitytype": "securityType",
    "ishibernatesupported": "hibernation",
    "isacceleratednetworksupported": "acceleratedNetworking",
    "diskcontrollertypes": "diskControllerTypes",
}
"""Fields that a catalog has for features, by their names in lower case."""

_AS_THEY_ARE: Final = ("description", "eula", "privacyStatementUri", "releaseNoteUri")


def gallery_form(inputs: Inputs) -> Form:
    """What is the gallery's own."""
    sharing = dict(inputs.get("sharingProfile") or {})
    if sharing.get("permissions") == "Private":
        del sharing["permissions"]
    identity = inputs.get("identity")
    return omit_none(
        location=inputs.get("location"),
        description=inputs.get("description") or None,
        identity=None if identity == {"type": "None"} else identity,
        sharingProfile=sharing or None,
        softDeletePolicy=inputs.get("softDeletePolicy") or None,
    )


def image_form(inputs: Inputs) -> Form:
    """What is a definition's own."""
    own = {key: inputs[key] for key in _AS_THEY_ARE if inputs.get(key)}
    architecture = inputs.get("architecture")
    disallowed = (inputs.get("disallowed") or {}).get("diskTypes")
    return {
        **({"description": own.pop("description")} if "description" in own else {}),
        **omit_none(
            osType=inputs.get("osType"),
            osState=inputs.get("osState"),
            hyperVGeneration=inputs.get("hyperVGeneration"),
            architecture=None if architecture == "x64" else architecture,
        ),
        **_features(inputs.get("features") or ()),
        **omit_none(
            identifier=inputs.get("identifier"),
            plan=inputs.get("purchasePlan") or None,
            recommended=inputs.get("recommended") or None,
            disallowedDiskTypes=disallowed or None,
            endOfLifeDate=day(inputs.get("endOfLifeDate")),
        ),
        **own,
    }


def _features(features: Any) -> Form:
    """Features by their own fields where a catalog has them; it gives those all the same first version."""
    since = {one.get("startsAtVersion") for one in features}
    common = next(iter(since)) if len(since) == 1 else None
    found: Form = {}
    others: Form = {}
    for one in features:
        name, value, own = str(one["name"]), str(one["value"]), one.get("startsAtVersion")
        field = OWN_FEATURES.get(name.lower())
        plain = _feature(field, value) if field is not None and own == common else None
        if field is not None and plain is not None and field not in found:
            found[field] = plain
        else:
            others[name] = value if own == common else omit_none(value=value, startsAtVersion=own)
    return {**found, **omit_none(features=others or None, startsAtVersion=common)}


def _feature(field: str, value: str) -> Any:
    """The value of a field; None if the lowering would not make the same text of it."""
    match field:
        case "hibernation" | "acceleratedNetworking":
            return {"True": True, "False": False}.get(value)
        case "diskControllerTypes":
            listed = [one.strip() for one in value.split(",")]
            return listed if ", ".join(listed) == value else None
        case _:
            return None if value.lower() == "standard" else value


def version_form(version: Resource) -> Form | None:
    """What is a version's own; None if its source cannot be written in a catalog."""
    inputs = version.inputs
    storage = storage_form(_with_sizes(version))
    if storage is None:
        return None
    profile = inputs.get("publishingProfile") or {}
    mode = profile.get("replicationMode")
    safety = {key: True for key, value in (inputs.get("safetyProfile") or {}).items() if value is True}
    uefi = (inputs.get("securityProfile") or {}).get("uefiSettings")
    return {
        **storage,
        **omit_none(
            targetExtendedLocations=_edges(profile.get("targetExtendedLocations")),
            replicationMode=None if mode == "Full" else mode,
            endOfLifeDate=day(profile.get("endOfLifeDate")),
            excludeFromLatest=profile.get("excludeFromLatest") or None,
            safetyProfile=safety or None,
            uefiSettings=uefi or None,
        ),
    }


def external_form(version: Resource) -> Form:
    """A version that others publish: what `latest` and the regions of copies are computed from."""
    profile = version.inputs.get("publishingProfile") or {}
    return {
        "publishedBy": "external",
        **omit_none(
            endOfLifeDate=day(profile.get("endOfLifeDate")),
            excludeFromLatest=profile.get("excludeFromLatest") or None,
        ),
    }


def _with_sizes(version: Resource) -> Resource:
    """The version with the sizes that Azure read as declared ones.

    Of disks that a whole source brings along the caching is kept: an import reads it, and to Pulumi a source that is
    written in fewer words is another one.
    """
    storage = dict(version.inputs.get("storageProfile") or {})
    os_disk, disks = storage.get("osDiskImage") or {}, storage.get("dataDiskImages") or []
    sizes = {None: os_disk.get("sizeInGB"), **{one.get("lun"): one.get("sizeInGB") for one in disks}}
    found = {lun: int(size) for lun, size in sizes.items() if isinstance(size, int | float)}
    return replace(version, inputs={**version.inputs, "storageProfile": storage}, expected_sizes=found)


def regions_form(inputs: Inputs) -> list[Form]:
    """Target regions without what the version says for all of them."""
    profile = inputs.get("publishingProfile") or {}
    common = {
        "regionalReplicaCount": replicas(inputs),
        "storageAccountType": storage_type(inputs),
        "excludeFromLatest": bool(profile.get("excludeFromLatest")),
    }
    listed = profile.get("targetRegions") or ([{"name": inputs["location"]}] if "location" in inputs else [])
    return [
        {
            "name": canonical(str(one["name"])),
            **{key: value for key, value in one.items() if key != "name" and value not in (None, common.get(key))},
        }
        for one in listed
    ]


def replicas(inputs: Inputs) -> int:
    """Replicas in each region of a version that does not say otherwise."""
    return int((inputs.get("publishingProfile") or {}).get("replicaCount") or 1)


def storage_type(inputs: Inputs) -> str:
    """Storage type of each region of a version that does not say otherwise."""
    return str((inputs.get("publishingProfile") or {}).get("storageAccountType") or DEFAULT_STORAGE)


def _edges(edges: Any) -> list[Form] | None:
    return [dict(one) for one in edges] if edges else None


def day(text: Any) -> str | None:
    """A date as people write it: without the hour where that is midnight in UTC."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    offset = moment.utcoffset()
    return moment.date().isoformat() if moment.time() == time() and not offset else text
