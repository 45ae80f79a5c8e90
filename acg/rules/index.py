"""All resources of one check, indexed: what belongs to what, and which resource an id means.

Views read one resource and know no other. A rule that looks further has a parameter ``index``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar

from acg.azure.kinds import Kind, Scope
from acg.desired.resource import Derived, Resource
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import Part, View
from acg.rules.views.definition import ImageDefinition
from acg.rules.views.gallery import Gallery
from acg.rules.views.ids import PROVIDERS_SUBSCRIPTION, ResourcesById, above, id_of
from acg.rules.views.lazy import lazy
from acg.rules.views.reference import Reference
from acg.rules.views.replication import Replications
from acg.rules.views.sources import Disk, Origin, SizedDisk, VirtualMachine
from acg.rules.views.tokens import VIEWS, split_token
from acg.rules.views.version import ImageVersion

T = TypeVar("T")
V = TypeVar("V", bound=View)

PARENTS: dict[type[View], type[View]] = {
    view: VIEWS[view.ROW.parent] for view in VIEWS.values() if view.ROW.parent and view.ROW.scope is not Scope.RESOURCE
}

_Sources = tuple[tuple[tuple[Reference, Origin], ...], tuple[Reference, ...]]
"""What a version is made from that the index has, and what it does not have."""

Trait = Literal["os_type", "os_state", "generation", "architecture"]
"""What a definition says of its versions, and a source of itself."""


class ResourceIndex:
    """All resources of one check. Built once; what a rule asks of it is a look-up."""

    def __init__(self, resources: Iterable[Resource], replications: Replications | None = None) -> None:
        """Index resources.

        Args:
            resources: Those that are to be judged, and those that are merely known.
            replications: Hands out what versions have in common, beyond this index; None keeps it to this one.
        """
        shared = Replications() if replications is None else replications
        self._once: dict[Callable[[ResourceIndex], Any], Any] = {}
        self._sources: dict[View, _Sources] = {}
        self.views: list[View] = []
        """What rules look at, in the order given; resources of other types are left out."""
        add = self.views.append
        for resource in resources:
            plain, api = split_token(resource.type)
            view = VIEWS.get(plain)
            if view is ImageVersion:
                add(ImageVersion(resource, api, shared))
            elif view is not None:
                add(view(resource, api))

    def once(self, compute: Callable[[ResourceIndex], T]) -> T:
        """What a rule computes over all resources, computed when it is first asked for."""
        found = self._once.get(compute)
        if found is None:
            found = self._once[compute] = compute(self)
        return found

    def all(self, kind: type[V]) -> Sequence[V]:
        """All resources of a type, those that exist already included."""
        return self._by_type.get(kind, ())  # pyright: ignore[reportReturnType]

    def parent(self, view: View) -> View | None:
        """The gallery of a definition or the definition of a version, where the index has it.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        named = self._by_name.get(view.resource.parent) if view.resource.parent else None
        wanted = PARENTS.get(type(view))
        if named is not None and type(named) is wanted:
            return named
        if wanted is None:
            return None
        return self._by_id.find(above(view), is_providers=view.subscription is None)

    def home(self, view: View) -> Hashable:
        """What tells the gallery of a definition, or the definition of a version, from all others, indexed or not.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        parent = self.parent(view)
        return above(view) if parent is None else id(parent)

    def children(self, view: View) -> Sequence[View]:
        """The definitions of a gallery or the versions of a definition. Those with unknown parents belong to none."""
        return self._children.get(view, ())

    def without_parent(self, kind: type[View]) -> Sequence[View]:
        """Definitions or versions whose gallery or definition is known only after deployment."""
        return [view for view in self._children.get(None, ()) if type(view) is kind]

    def versions(self, definition: ImageDefinition) -> Sequence[ImageVersion]:
        """The versions of a definition."""
        return self.children(definition)  # pyright: ignore[reportReturnType]  # nothing else has a definition as parent

    def definition(self, version: ImageVersion) -> ImageDefinition | None:
        """The definition of a version, where the index has it.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        named = self._by_name.get(version.resource.parent or "")
        found = named if named.__class__ is ImageDefinition else self.parent(version)
        return found if isinstance(found, ImageDefinition) else None

    def required_definition(self, version: ImageVersion) -> ImageDefinition:
        """The definition of a version.

        Raises:
            UnknownValueError: if the index does not have it, or the names that lead to it are known only after
                deployment.
        """
        found = self.definition(version)
        if found is None:
            raise UnknownValueError((ImageDefinition.NAME,), "its image definition is not known here")
        return found

    def required_gallery(self, image: ImageDefinition | ImageVersion) -> Gallery:
        """The gallery of a definition or version.

        Raises:
            UnknownValueError: if the index does not have it, or the names that lead to it are known only after
                deployment.
        """
        found = self.gallery(image)
        if found is None:
            raise UnknownValueError((Gallery.NAME,), "its gallery is not known here")
        return found

    def gallery(self, image: ImageDefinition | ImageVersion) -> Gallery | None:
        """The gallery of a definition or version, where the index has it, also if it has no definition of a version.

        Raises:
            UnknownValueError: if the names that lead to it are known only after deployment.
        """
        definition = self.definition(image) if isinstance(image, ImageVersion) else image
        if definition is not None:
            found = self.parent(definition)
        else:
            found = self._by_id.find(above(image).rpartition("/images/")[0], is_providers=image.subscription is None)
        return found if isinstance(found, Gallery) else None

    def resolve(self, reference: Reference | str | Derived | None) -> View | None:
        """The resource that an id means, where the index has it.

        An id names a subscription. Resources of the provider's subscription, which is not known here, are therefore
        found only by the ids that they will have, not by text: another subscription may have the same names.
        """
        if isinstance(reference, Reference):
            reference = reference.value
        if reference is None:
            return None
        if isinstance(reference, str):
            return self._by_id.find(reference.lower(), is_providers=False)
        base = self._by_name.get(reference.resource)
        if base is None or reference.template == "{id}":
            return base
        try:
            subscription = base.subscription or base.resource.provider or PROVIDERS_SUBSCRIPTION
            text = reference.template.format(id=id_of(base), subscription=subscription)
        except UnknownValueError:
            return None
        return self._by_id.find(text.lower(), is_providers=base.subscription is None)

    def lookalike(self, reference: Reference) -> View | None:
        """The resource of a provider's subscription that an id would mean if that is the subscription it names."""
        if reference.id is None or reference.id.subscription is None:
            return None
        for unknown in sorted(self._by_id.unknown):
            mine = reference.key.replace(reference.id.subscription, unknown.lower(), 1)
            found = self._by_id.find(mine.removesuffix("/versions/latest"), is_providers=True)
            if found is not None:
                return found
        return None

    def kind(self, reference: Reference) -> Kind | None:
        """What a reference is the id of: the resource that the index has, or what the id itself says."""
        found = self.resolve(reference) if isinstance(reference.value, Derived) else None
        return (found.KIND if found is not None else None) or reference.kind

    def origins(self, version: ImageVersion) -> tuple[tuple[Reference, Origin], ...]:
        """Of the resources that a version is made from, those that the index has.

        Where it is not known which of several resources is which disk, a reference has the path of a disk that its
        resource may be, a data disk if it may be one.
        """
        return (self._sources.get(version) or self._sources_of(version))[0]

    def outside(self, version: ImageVersion) -> tuple[Reference, ...]:
        """Of the resources that a version is made from, those that the index does not have."""
        return (self._sources.get(version) or self._sources_of(version))[1]

    def _sources_of(self, version: ImageVersion) -> _Sources:
        found = self._sources.get(version)
        if found is None:
            found = self._sources[version] = self._find_sources(version)
        return found

    def _find_sources(self, version: ImageVersion) -> _Sources:
        references = [*version.origins]
        if version.unplaced and version.places_each_once:
            references += version.unplaced_origins
        if version.source.has("communityGalleryImageId") and (community := version.source.community_version):
            references.append(community)
        inside: list[tuple[Reference, Origin]] = []
        outside: list[Reference] = []
        for reference in references:
            target = self.resolve(reference)
            if isinstance(target, Origin):
                inside.append((reference, target))
            else:
                outside.append(reference)
        return tuple(inside), tuple(outside)

    def trait(self, origin: Origin, name: Trait) -> str | None:
        """What a source says of itself, or a machine's system disk and a version's definition in its place."""
        own = getattr(origin, name)
        if own is not None:
            return own
        if isinstance(origin, ImageVersion):
            behind = self.definition(origin)
        elif isinstance(origin, VirtualMachine):
            behind = self.attached(origin.os_disk)
        else:
            behind = self.copied(origin) if isinstance(origin, SizedDisk) else None
        if isinstance(behind, SizedDisk):
            return next((found for one in self.copies(behind) if (found := getattr(one, name)) is not None), None)
        return getattr(behind, name) if behind is not None else None

    def plan(self, origin: Origin) -> Part:
        """The purchase plan that a source carries; that of a version is its definition's."""
        definition = self.definition(origin) if isinstance(origin, ImageVersion) else None
        return origin.plan if definition is None else definition.plan

    def attached(self, disk: Part) -> Disk | None:
        """The managed disk behind one of a machine's disks, where the index has it."""
        found = self.resolve(disk.part("managedDisk", Part).reference("id"))
        return found if isinstance(found, Disk) else None

    def copied(self, disk: SizedDisk) -> SizedDisk | None:
        """The disk or snapshot that a disk or snapshot is a copy of, where the index has it."""
        creation = disk.part("creationData", Part)
        if not (creation.text("createOption") or "").lower().startswith("copy"):
            return None
        found = self.resolve(creation.reference("sourceResourceId"))
        return found if isinstance(found, SizedDisk) else None

    def copies(self, disk: SizedDisk) -> Iterator[SizedDisk]:
        """A disk or snapshot, then what it is a copy of, and so on; the resources may form a circle of copies."""
        seen: set[View] = set()
        while disk not in seen:
            yield disk
            seen.add(disk)
            behind = self.copied(disk)
            if behind is None:
                return
            disk = behind

    @lazy
    def _by_type(self) -> dict[type[View], list[View]]:
        found: dict[type[View], list[View]] = {}
        for view in self.views:
            found.setdefault(type(view), []).append(view)
        return found

    @lazy
    def _by_name(self) -> dict[str, View]:
        return {view.resource.name: view for view in self.views}

    @lazy
    def _by_id(self) -> ResourcesById:
        return ResourcesById(self.views)

    @lazy
    def _children(self) -> dict[View | None, list[View]]:
        found: dict[View | None, list[View]] = {}
        for view in self.views:
            if type(view) not in PARENTS:
                continue
            try:
                parent = self.parent(view)
            except UnknownValueError:
                found.setdefault(None, []).append(view)
                continue
            if parent is not None:
                found.setdefault(parent, []).append(view)
        return found
