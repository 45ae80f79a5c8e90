"""Resources that are on one side only, or are managed on one side only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from acg.azure import kinds
from acg.azure.dates import day
from acg.azure.identity import ByIdentity
from acg.azure.identity import Identity as AzureIdentity
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired.identity import identities
from acg.desired.resource import Resource
from acg.plan.classify.compare import leaves
from acg.plan.classify.effective import effective, effective_regions
from acg.plan.classify.locks import Lock, Locks
from acg.plan.classify.match import Pair
from acg.plan.classify.reasons import ON_GALLERIES, change
from acg.plan.classify.words import listing
from acg.plan.identity import EXTENSIONS, Identity, Kind
from acg.plan.model import Change
from acg.plan.parts import part
from acg.plan.state import State, kind_of, token


class Coming:
    """Judges what appears and what disappears between two states."""

    def __init__(
        self,
        before: State,
        after: State,
        gone: Iterable[Resource],
        today: date,
        locks: Locks,
        observed: Iterable[Resource] = (),
        in_bin: Iterable[str] = (),
    ) -> None:
        self.before = before
        self.after = after
        self.today = today
        self.gone = {resource.name: resource for resource in gone}
        self.locks = locks
        self._blocked: dict[str, bool] = {}
        self._bin = ByIdentity((one, True) for id_ in in_bin for one in _with_parents(id_))
        self._observed = ByIdentity((one, True) for one in identities(observed) if one is not None)

    def created(self, resource: Resource) -> Change:
        """A resource that is new."""
        one = self.after.identity(resource)
        place = self.after.locate(resource)
        if one.kind in EXTENSIONS:
            word = ON_GALLERIES[one.kind]
            return change(word, one, "is added", inputs=leaves(_tree(self.after, resource)), after=place)
        if one.kind is Kind.RESOURCE_GROUP and (users := galleries_in(self.before, one)):
            summary = f"is to be created, but {listing(users)} uses it already"
            return change("adopted", one, summary, after=place)
        if one.kind is not Kind.RESOURCE_GROUP and self._observed.find(self.after.azure(resource)):
            return change("adopted", one, "is to be created, but exists in Azure already", after=place)
        inputs = leaves(_tree(self.after, resource))
        if one.kind is Kind.DEFINITION and (holder := self._identified(resource)) is not None:
            summary = f"is to be created with the publisher, offer and SKU of {self.before.identity(holder).title}"
            return change("identifier-taken", one, summary, inputs=inputs, after=place)
        is_published = one.kind is Kind.VERSION and not resource.inputs.get("restore")
        if is_published and self._bin.find(self.after.azure(resource)):
            summary = "is to be published, and soft delete keeps a version of this number"
            return change("number-in-bin", one, summary, inputs=inputs, after=place)
        made = change("new", one, _created(resource, one), inputs=inputs, after=place)
        if lock := self.locks.against_writes(one):
            return change("locked", one, made.summary, inputs=inputs, after=place, why=locked_by(lock))
        return made

    def _identified(self, definition: Resource) -> Resource | None:
        """The definition of the same gallery that has the identifier of a new one until the deployment ends."""
        gallery = self.after.parent(definition)
        wanted = _identifier(definition)
        if gallery is None or wanted is None:
            return None
        return next(
            (
                one
                for one in self.gone.values()
                if _identifier(one) == wanted
                and (parent := self.before.parent(one)) is not None
                and self.before.azure(parent).may_be(self.after.azure(gallery))
            ),
            None,
        )

    def deleted(self, resource: Resource) -> Change:
        """A managed resource that is no longer declared."""
        one = self.before.identity(resource)
        place = self.before.locate(resource)
        if one.kind in EXTENSIONS:
            lock = None if one.kind is Kind.LOCK else self.locks.against_deletions(one)
            if lock is not None:
                return change("locked", one, "is removed", before=place, why=locked_by(lock))
            return change(ON_GALLERIES[one.kind], one, "is removed", before=place)
        if one.kind is Kind.RESOURCE_GROUP and (users := galleries_in(self.after, one)):
            summary = f"is no longer declared, but {listing(users)} is in it"
            return change("group-in-use", one, summary, before=place)
        word, summary = self._verdict(resource, one)
        made = change(word, one, summary, before=place, protected=resource.protect)
        lock = self.locks.against_deletions(one) if word == "locked" else None
        if lock is not None:
            return made._replace(why=locked_by(lock))
        kept = _KEPT.get(one.kind) if word == "removed" and self._soft_deletes(resource) else None
        return made if kept is None else made._replace(why=kept)

    def adopted(self, pair: Pair) -> Change:
        """Something that was said to exist outside is to be managed."""
        return self._handed(pair, "adopted", "is to be managed from now on")

    def released(self, pair: Pair) -> Change:
        """Something managed is said to exist outside."""
        return self._handed(pair, "released", "is no longer to be managed")

    def _handed(self, pair: Pair, word: str, summary: str) -> Change:
        return change(
            word,
            self.after.identity(pair.after),
            summary,
            before=self.before.locate(pair.before),
            after=self.after.locate(pair.after),
            protected=pair.before.protect,
        )

    def _verdict(self, resource: Resource, one: Identity) -> tuple[str, str]:
        """Why a deletion is refused, or that it is carried out."""
        if resource.protect:
            return "protected", "is deleted"
        if self.locks.against_deletions(one):
            return "locked", "is deleted"
        if one.kind is Kind.VERSION and (end := self._guarded_until(resource)):
            return "guarded-until-end-of-life", f"is deleted before its end of life, {end}"
        if staying := self._staying(resource):
            return "has-children", f"is deleted, but {listing(staying[:3])} stays in it"
        if one.kind in (Kind.DEFINITION, Kind.GALLERY):
            if self._bin.find(self.before.azure(resource)):
                return "soft-deleted-versions", "is deleted, and soft delete keeps versions of it"
            if self._soft_deletes(resource) and self._has_versions(resource):
                return "soft-deleted-versions", "is deleted together with versions that soft delete keeps"
        return "removed", "is deleted"

    def blocked(self, resource: Resource) -> bool:
        """Whether the deletion of a resource is refused."""
        if resource.name not in self._blocked:
            kind = kind_of(resource)
            self._blocked[resource.name] = (
                kind not in EXTENSIONS and self._verdict(resource, self.before.identity(resource))[0] != "removed"
            )
        return self._blocked[resource.name]

    def _staying(self, resource: Resource) -> list[str]:
        """What lives in a resource and is not deleted."""
        return [
            self.before.identity(child).title
            for child in self.before.children.get(resource.name, ())
            if kind_of(child) not in EXTENSIONS
            and (child.name not in self.gone or not child.managed or self.blocked(child))
        ]

    def _guarded_until(self, resource: Resource) -> str | None:
        tree = effective(token(resource), resource.inputs)
        end = part(tree, "publishingProfile").get("endOfLifeDate")
        if part(tree, "safetyProfile").get("blockDeletionBeforeEndOfLife") is not True or not isinstance(end, str):
            return None
        last = day(end)
        return last.isoformat() if last is not None and last > self.today else None

    def _soft_deletes(self, resource: Resource) -> bool:
        """Whether the gallery of a resource keeps deleted versions when the deletions come."""
        gallery: Resource | None = resource
        while gallery is not None and kind_of(gallery) is not Kind.GALLERY:
            gallery = self.before.parent(gallery)
        if gallery is None:
            return False
        policy = gallery.inputs
        for other in self.after.resources:
            if kind_of(other) is Kind.GALLERY and _is_same_gallery(self.after.identity(other), self.before, gallery):
                policy = other.inputs
        return part(policy, "softDeletePolicy").get("isSoftDeleteEnabled") is True

    def _has_versions(self, resource: Resource) -> bool:
        return any(kind_of(one) is Kind.VERSION and one.managed for one in self._below(resource))

    def _below(self, resource: Resource) -> Iterator[Resource]:
        for child in self.before.children.get(resource.name, ()):
            yield child
            yield from self._below(child)


def _is_same_gallery(one: Identity, before: State, gallery: Resource) -> bool:
    return (one.gallery or "").lower() == (before.identity(gallery).gallery or "").lower()


def _identifier(resource: Resource) -> tuple[str, ...] | None:
    """What no two definitions of a gallery share; None for what is none, or where that is not known."""
    parts = [part(resource.inputs, "identifier").get(key) for key in ("publisher", "offer", "sku")]
    texts = tuple(one.lower() for one in parts if isinstance(one, str))
    return texts if kind_of(resource) is Kind.DEFINITION and len(texts) == len(parts) else None


def galleries_in(state: State, group: Identity) -> list[str]:
    """The galleries of a state that live in a resource group."""
    name = (group.resource_group or "").lower()
    return [
        state.identity(one).title
        for one in state.resources
        if kind_of(one) is Kind.GALLERY and (state.identity(one).resource_group or "").lower() == name
    ]


def locked_by(lock: Lock) -> str:
    """The fact behind what a lock forbids."""
    return f"A lock on {lock.title} forbids it."


_KEPT: Final = {
    Kind.VERSION: "Soft delete keeps it and its number for 7 days; restore: true in the version brings it back.",
    Kind.DEFINITION: "If versions of it were deleted in the last 7 days, soft delete keeps them, and Azure refuses.",
    Kind.GALLERY: "If versions in it were deleted in the last 7 days, soft delete keeps them, and Azure refuses.",
}
"""What a deletion means in a gallery with soft delete."""


def _with_parents(id_: str) -> Iterator[AzureIdentity]:
    """A version, its definition and its gallery; nothing for what is not the id of a version."""
    try:
        version = AzureIdentity.of_id(ResourceId.parse(id_))
    except ResourceIdError:
        return
    if version is not None and version.token == kinds.VERSION:
        for depth, token in enumerate((kinds.GALLERY, kinds.IMAGE, kinds.VERSION), start=1):
            yield version._replace(token=token, names=version.names[:depth])


def _created(resource: Resource, one: Identity) -> str:
    if one.kind is not Kind.VERSION:
        return "is created"
    if resource.inputs.get("restore"):
        return "is restored"
    regions = list(effective_regions(resource.inputs))
    return f"is published to {listing(regions)}" if regions else "is published"


def _tree(state: State, resource: Resource) -> dict:
    tree = effective(token(resource), state.resolved(resource.inputs))
    return {key: value for key, value in tree.items() if key != "tags" or value}


def number_of(identity: Identity) -> VersionNumber | None:
    """The number of a version; None if Azure would refuse it."""
    try:
        return VersionNumber.parse(identity.version or "")
    except VersionNumberError:
        return None
