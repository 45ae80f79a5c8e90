"""The snapshot, asked for what a refresh wants to know of it: by the names of the catalog, and never guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from acg.azure import kinds
from acg.azure.regions import canonical
from acg.azure.version_number import VersionNumber
from acg.desired.refresh.lines import parsed
from acg.desired.resource import Resource
from acg.refresh.offered import Offered
from acg.state.observed import Consumer, Facts, Plan, Snapshot, Source, SourceKind
from acg.state.observed.coverage import NOT_ASKED, Part

Names = tuple[str, ...]
"""Names of a gallery and a definition, in lower case."""


class Where(NamedTuple):
    """A definition as Azure addresses it; None: the provider's subscription, or not known."""

    subscription: str | None
    resource_group: str | None
    gallery: str
    image: str


class ObservedVersion(NamedTuple):
    """A version that exists."""

    number: VersionNumber
    resource: Resource
    id: str
    """In lower case."""
    facts: Facts

    @property
    def targets(self) -> list[dict[str, Any]]:
        """Its target regions."""
        return (self.resource.inputs.get("publishingProfile") or {}).get("targetRegions") or []

    @property
    def excluded(self) -> bool:
        """Whether it is excluded from latest where its regions do not say otherwise."""
        return bool((self.resource.inputs.get("publishingProfile") or {}).get("excludeFromLatest"))

    @property
    def regions(self) -> frozenset[str]:
        """Where it is replicated."""
        return frozenset(canonical(str(one["name"])) for one in self.targets)

    @property
    def open_in(self) -> frozenset[str]:
        """The regions in which it can be latest; canonical names, for Azure answers display names."""
        return frozenset(
            canonical(str(one["name"])) for one in self.targets if not one.get("excludeFromLatest", self.excluded)
        )


class ObservedImage:
    """A definition with its versions, as far as they were read."""

    def __init__(self, id_: str | None, versions: Iterable[ObservedVersion], unknown: str | None) -> None:
        self.id = id_
        """In lower case; None: it does not exist, or that is not known."""
        self.versions = {one.number: one for one in versions}
        self._open = {number: one.open_in for number, one in self.versions.items()}
        self.unknown = unknown
        """Why its versions are not known, as the predicate of a sentence; None: they are."""

    def latest_in(self, region: str, within: Container[VersionNumber]) -> VersionNumber | None:
        """The highest of some numbers that is open in a region."""
        return max((it for it, regions in self._open.items() if region in regions and it in within), default=None)


class Azure:
    """What was read of Azure."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self.snapshot = snapshot
        self._images: defaultdict[Names, list[Resource]] = defaultdict(list)
        self._galleries: defaultdict[str, list[Resource]] = defaultdict(list)
        self._versions: defaultdict[str, list[Resource]] = defaultdict(list)
        self._binned: defaultdict[str, list[VersionNumber]] = defaultdict(list)
        for one in snapshot.resources if snapshot else ():
            if one.type == kinds.VERSION:
                self._versions[one.parent or ""].append(one)
            elif one.type == kinds.IMAGE:
                names = str(one.inputs["galleryName"]).lower(), str(one.inputs["galleryImageName"]).lower()
                self._images[names].append(one)
            elif one.type == kinds.GALLERY:
                self._galleries[str(one.inputs["galleryName"]).lower()].append(one)
        for one in snapshot.soft_deleted if snapshot else ():
            image, _, number = one.id.lower().rpartition("/versions/")
            if (found := parsed(number)) is not None:
                self._binned[image].append(found)
        self._consumers: defaultdict[str, list[Consumer]] = defaultdict(list)
        for one in (snapshot.consumers or ()) if snapshot else ():
            self._consumers[one.image.lower()].append(one)
        self._unknown_use: dict[str, tuple[str, ...]] = {}
        self.offered = Offered(snapshot.sources if snapshot else ())
        self._seen: dict[Where, ObservedImage] = {}

    # -- definitions and versions --------------------------------------------------------------------------------------

    def image(self, where: Where) -> ObservedImage:
        """A definition with its versions."""
        if where not in self._seen:
            self._seen[where] = self._image(where)
        return self._seen[where]

    def _image(self, where: Where) -> ObservedImage:
        if self.snapshot is None:
            return ObservedImage(None, (), "was not read")
        found = [one for one in self._images[where.gallery.lower(), where.image.lower()] if _agrees(one, where)]
        if len(found) > 1:
            return ObservedImage(None, (), "exists more than once under this name, and the catalog does not say where")
        if not found:
            return ObservedImage(None, (), self._why_missing(where))
        id_ = found[0].name
        return ObservedImage(id_, self._versions_of(id_), self.snapshot.coverage.why_unknown(Part.VERSIONS, id_))

    def _versions_of(self, id_: str) -> Iterator[ObservedVersion]:
        facts = self.snapshot.facts if self.snapshot else {}
        for one in self._versions.get(id_, ()):
            number = parsed(str(one.inputs["galleryImageVersionName"]))
            if number is not None:
                yield ObservedVersion(number, one, one.name, facts.get(one.name, Facts()))

    def _why_missing(self, where: Where) -> str | None:
        """Why it cannot be said that a definition does not exist; None if it can: then it was never deployed."""
        assert self.snapshot is not None  # noqa: S101 - `image` looked
        coverage = self.snapshot.coverage
        galleries = [one for one in self._galleries[where.gallery.lower()] if _agrees(one, where)]
        if galleries:
            return next(
                (why for one in galleries if (why := coverage.why_unknown(Part.DEFINITIONS, one.name)) is not None),
                None,
            )
        scopes = [one.scope for one in coverage.readings if one.part is Part.GALLERIES]
        if where.subscription is not None:
            scopes = [one for one in scopes if one.startswith(f"/subscriptions/{where.subscription.lower()}")]
        whys = {coverage.why_unknown(Part.GALLERIES, one) for one in scopes if _covers(one, where)} or {NOT_ASKED}
        return next((why for why in sorted(whys, key=str) if why is not None), None)

    def binned(self, image: ObservedImage) -> list[VersionNumber]:
        """Numbers of versions in the gallery's bin."""
        return self._binned.get(image.id or "", [])

    def why_bin_unknown(self, image: ObservedImage) -> str | None:
        """Why the numbers in the gallery's bin are not known; a gallery without soft delete has none to ask for."""
        if self.snapshot is None or image.id is None:
            return None
        why = self.snapshot.coverage.why_unknown(Part.SOFT_DELETED, image.id.rpartition("/images/")[0])
        return None if why == NOT_ASKED else why

    def copy_states(self, id_: str) -> dict[str, str] | None:
        """How the replication of a version stands, by region; None: nobody asked."""
        copies = self.snapshot.copies.get(id_) if self.snapshot else None
        return None if copies is None else {region: one.state for region, one in copies.items()}

    # -- sources -------------------------------------------------------------------------------------------------------

    def why_builds_unknown(self, part: Part, subscription: str | None, group: str) -> str | None:
        """Why what builds left in a resource group is not known; None: all of it was read."""
        if self.snapshot is None:
            return "was not read"
        coverage = self.snapshot.coverage
        scopes = [
            one.scope for one in coverage.readings if one.part is part and _is_group(one.scope, subscription, group)
        ]
        whys = [coverage.why_unknown(part, scope) for scope in scopes or [_group(subscription, group)]]
        return next((why for why in whys if why is not None), None)

    def versions_as_sources(self, where: Where) -> tuple[list[Source], str | None]:
        """The versions of a definition as sources, and why they are not known."""
        found = self.offered.versions_of(where.gallery, where.image)
        listed = [one for id_, one in found if _id_agrees(id_, where)]
        if listed:
            return listed, None
        seen = self.image(where)
        return [_as_source(one, self._definition(seen.id)) for one in seen.versions.values()], seen.unknown

    def _definition(self, id_: str | None) -> Resource | None:
        gallery, _, name = (id_ or "").rpartition("/images/")
        names = gallery.rpartition("/")[2], name
        return next((one for one in self._images.get(names, ()) if one.name == id_), None)

    def sources_of_versions(self) -> Iterator[str]:
        """Ids of versions that versions of the galleries are made from."""
        for one in self.snapshot.resources if self.snapshot else ():
            if one.type == kinds.VERSION:
                source = (one.inputs.get("storageProfile") or {}).get("source") or {}
                if isinstance(id_ := source.get("id"), str) and "/versions/" in id_:
                    yield id_

    # -- use -----------------------------------------------------------------------------------------------------------

    def users_of(self, image: str, number: VersionNumber) -> int:
        """How many consumers name or run a version, by the id of its definition."""
        found = 0
        for one in self._consumers.get(image, ()):
            if any(parsed(text) == number for text in (one.follows or "", *one.runs)):
                found += one.number
        return found

    def why_use_is_unknown(self, version: str) -> tuple[str, ...]:
        """Why nobody can say that a version has no consumer: the same for all versions of a definition."""
        image = version.rpartition("/versions/")[0]
        if image not in self._unknown_use:
            why = self.snapshot.why_use_is_unknown(version) if self.snapshot else ("Azure was not read.",)
            self._unknown_use[image] = why
        return self._unknown_use[image]


def _agrees(one: Resource, where: Where) -> bool:
    return _same(one.subscription, where.subscription) and _same(
        one.inputs.get("resourceGroupName"), where.resource_group
    )


def _same(one: Any, other: str | None) -> bool:
    return not isinstance(one, str) or other is None or one.lower() == other.lower()


def _id_agrees(id_: str, where: Where) -> bool:
    words = id_.split("/")
    return len(words) > 4 and _same(words[2], where.subscription) and _same(words[4], where.resource_group)


def _group(subscription: str | None, group: str) -> str:
    return f"/subscriptions/{subscription or ''}/resourcegroups/{group}".lower()


def _is_group(id_: str, subscription: str | None, group: str) -> bool:
    words = id_.lower().split("/")
    return len(words) > 4 and words[4] == group.lower() and _same(words[2], subscription)


def _covers(scope: str, where: Where) -> bool:
    """Whether what was read of a scope can have the gallery in it."""
    words = scope.split("/")
    if len(words) > 4 and not _same(words[4], where.resource_group):
        return False
    return len(words) <= 8 or words[8] == where.gallery.lower()


def _as_source(one: ObservedVersion, definition: Resource | None) -> Source:
    """A version of a gallery that was read as a whole, as a source."""
    about = definition.inputs if definition else {}
    plan = about.get("purchasePlan") or {}
    return Source(
        id=one.resource.id or one.id,
        kind=SourceKind.VERSION,
        name=str(one.number),
        region=str(one.resource.inputs.get("location", "")),
        tags=one.resource.inputs.get("tags") or {},
        created_at=one.facts.created_at,
        provisioning_state=one.facts.provisioning_state,
        os_type=about.get("osType"),
        os_state=about.get("osState"),
        generation=about.get("hyperVGeneration"),
        architecture=about.get("architecture"),
        plan=Plan(plan.get("name"), plan.get("publisher"), plan.get("product")) if plan else None,
        regions=tuple(sorted(one.regions)),
        customer_key=any(_has_key(target.get("encryption") or {}) for target in one.targets),
        excluded=one.excluded,
    )


def _has_key(encryption: dict[str, Any]) -> bool:
    disks = [encryption.get("osDiskImage") or {}, *(encryption.get("dataDiskImages") or ())]
    return any(one.get("diskEncryptionSetId") for one in disks)
