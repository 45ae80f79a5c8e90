"""A catalog as desired resources: parents first, explicit about all that a service could otherwise decide."""

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from acg import _gc
from acg.azure import kinds
from acg.catalog.models import Catalog, Gallery, ImageDefinition, ImageVersion, ResourceGroup
from acg.catalog.reader import Reading
from acg.desired import formerly, names, stacks
from acg.desired.dates import after, parse_day
from acg.desired.gallery import lower_gallery, lower_lock, lower_reader
from acg.desired.image import lower_image
from acg.desired.inherit import Inherited, merged, nearest
from acg.desired.inputs import RegionNames, group_name, omit_none, same_subscription, wrong_scopes
from acg.desired.links import Declared, circles, link, ordered
from acg.desired.refresh.problems import catalog_problems, image_problems
from acg.desired.resource import Place, Resource
from acg.desired.source_map import SourceMap, place_problem
from acg.desired.stacks import Mine
from acg.desired.version import lower_regions, lower_version
from acg.errors import CatalogError, Problem
from acg.path import Path


class Lowered(NamedTuple):
    """What a catalog asks for, and what stands in the way."""

    resources: list[Resource]
    """All that is declared, parents and sources first."""
    problems: tuple[Problem, ...]
    """What only the whole catalog shows; the reader's own problems are in `Reading.problems`."""
    places: SourceMap

    def locate(self, resource: Resource, path: Path) -> Place | None:
        """Where an input was declared, such as ``("publishingProfile", "targetRegions", 1, "name")``.

        An inherited input has the place of the default, and one that nobody declared at the key of its resource.
        None if the catalog is not from a file.
        """
        return self.places.locate(resource, path)

    def usable(self) -> list[Resource]:
        """The resources.

        Raises:
            CatalogError: the catalog has problems; it carries all of them.
        """
        if self.problems:
            raise CatalogError(self.problems)
        return self.resources


def lower(
    declared: Catalog | Reading,
    *,
    protect: bool | None = None,
    galleries: Collection[str] | None = None,
    lab_plans: Collection[str] | None = None,
) -> Lowered:
    """Turn what a team declares into what azure-native receives.

    Args:
        declared: a catalog, or what was read of one; without anything readable there are no resources.
        protect: the stack's switch, which wins over the catalog's; what is retired is not protected all the same.
        galleries: keys of the galleries that one stack deploys; the others are known to it, and exist already.
        lab_plans: keys of lab plans that such a stack deploys although it does not deploy their gallery.
    """
    places = SourceMap(declared)
    if places.catalog is None:
        return Lowered([], (), places)
    with _gc.held():
        return _Lowering(places, places.catalog, protect, Mine(places.catalog, galleries, lab_plans)).run()


class _Lowering:
    def __init__(self, places: SourceMap, catalog: Catalog, protect: bool | None, mine: Mine) -> None:
        self.places = places
        self.catalog = catalog
        self.protect = protect
        self.mine = mine
        self.resources: dict[str, Resource] = {}
        self.versions: list[Declared] = []
        self.problems: list[Problem] = []

    def run(self) -> Lowered:
        catalog = self.catalog
        self.regions = RegionNames(catalog)
        self.target_regions = partial(lower_regions, regions=self.regions)
        top = Inherited().below(catalog.defaults, self.target_regions)
        self.problems += wrong_scopes(catalog)
        self.problems += formerly.problems(catalog)
        self.problems += catalog_problems(catalog)
        self.problems += stacks.problems(catalog, self.mine)
        users = stacks.group_users(catalog)
        for key, group in catalog.resource_groups.items():
            if self.mine.is_all or any(self.mine.has(*user) for user in users[key]):
                self._add(self._group(key, group, top))
        for key, gallery in catalog.galleries.items():
            self._gallery(key, gallery, top)
        if catalog.lab_plans or catalog.lab_accounts:
            self._labs(top)
        self.problems += link(self.resources, self.versions, self.places.is_unreadable)
        resources, stuck = ordered(self.resources.values())
        self.problems += circles(stuck)
        resources += stuck
        return Lowered(resources, tuple(place_problem(problem, self.places) for problem in self.problems), self.places)

    def _add(self, resource: Resource) -> Resource:
        self.resources[resource.name] = resource
        return resource

    def _group(self, key: str, group: ResourceGroup, top: Inherited) -> Resource:
        inputs = omit_none(
            resourceGroupName=group_name(key, group),
            location=self.regions[group.location],
            tags=merged(top.tags, group.tags),
        )
        own_protect = nearest(nearest(group.protect, top.protect), True)
        return Resource(
            type=kinds.RESOURCE_GROUP,
            name=names.resource_group(key),
            inputs=inputs,
            path=("resourceGroups", key),
            subscription=group.subscription,
            formerly=formerly.former_group(group),
            protect=not group.retire and bool(nearest(self.protect, own_protect)),
        )

    def _gallery(self, key: str, gallery: Gallery, top: Inherited) -> None:
        wanted = gallery.resource_group
        group = self.catalog.resource_groups.get(wanted) if isinstance(wanted, str) else None
        name = wanted if group is None else group_name(str(wanted), group)
        own = self._add(lower_gallery(key, gallery, name, top, self.regions, self.protect))
        mine = self.mine.has_gallery(key)
        own.managed = own.managed and mine
        if group is not None and mine:
            own.depends_on = (names.resource_group(str(wanted)),)
            if not same_subscription(group.subscription, gallery.subscription):
                from acg.desired.labs.problems import wrong_subscription

                self.problems.append(wrong_subscription(own, str(wanted)))
        below = top.at(gallery.location, retire=gallery.retire).below(gallery.defaults, self.target_regions)
        for image_key, image in gallery.images.items():
            self._image(own, image_key, image, below, mine)
        if not mine:
            return
        for index, reader in enumerate(gallery.readers):
            assigned = lower_reader(own, index, reader)
            if assigned.name in self.resources:
                self.problems.append(_reader_twice(assigned))
            self._add(assigned)
        if not gallery.existing and (self.catalog.lab_plans or self.catalog.lab_accounts):
            self._lab_roles(key, own)
        if gallery.lock is not None:
            inside = f"{own.name}/", f"{own.name}@"
            locked = (other.name for other in self.resources.values() if other.managed)
            self._add(lower_lock(own, gallery.lock, tuple(name for name in locked if name.startswith(inside))))

    def _lab_roles(self, key: str, gallery: Resource) -> None:
        from acg.desired.labs.roles import lower_role, roles_on  # few catalogs have lab plans

        roles, problems = roles_on(self.catalog, key)
        self.problems += problems
        for role in roles:
            self._add(lower_role(gallery, role))

    def _labs(self, top: Inherited) -> None:
        from acg.desired.labs.lower import Labs

        labs = Labs(
            self.catalog, self.resources, self.mine.has, self.regions, top, self.protect, self.places.is_unreadable
        )
        for resource in labs.lowered():
            self._add(resource)
        self.problems += labs.problems

    def _image(self, gallery: Resource, key: str, image: ImageDefinition, above: Inherited, mine: bool) -> None:
        own = self._add(lower_image(gallery, key, image, above, self.regions, self.protect))
        own.managed = own.managed and mine
        below = above.at(image.location, retire=image.retire).below(image.defaults, self.target_regions)
        self.problems += image_problems(self.catalog, own.path, image, below, self.regions)
        for number, version in image.versions.items():
            end_of_life = self._end_of_life(own, number, version, below)
            lowered = lower_version(own, number, version, below, self.regions, end_of_life, self.protect)
            lowered.managed = lowered.managed and mine
            self.resources[lowered.name] = lowered
            self.versions.append((lowered, version))

    def _end_of_life(self, image: Resource, number: str, version: ImageVersion, above: Inherited) -> str | None:
        published = None
        if version.published_on is not None:
            published = parse_day(version.published_on)
            if published is None:
                self.problems.append(_no_day(image, number, version.published_on))
                return version.end_of_life_date
        duration = above.end_of_life_after
        if version.end_of_life_date is not None or duration is None:
            return version.end_of_life_date
        if published is None:
            if version.published_by is None:
                self.problems.append(_no_publication(image, number, duration))
            return None
        end = after(published, duration)
        if end is None:
            self.problems.append(_no_end(image, number, duration))
            return None
        return end.isoformat()


def _reader_twice(reader: Resource) -> Problem:
    return Problem(
        code="ACG009",
        message=f"{reader.inputs['principalId']} is a reader of the gallery twice",
        fix="Remove one of them.",
        path=reader.path,
    )


def _no_day(image: Resource, number: str, text: str) -> Problem:
    return Problem(
        code="ACG013",
        message=f"{text!r} is not a day",
        fix="Write publishedOn as YYYY-MM-DD, such as 2026-10-16.",
        path=(*image.path, "versions", number, "publishedOn"),
    )


def _no_publication(image: Resource, number: str, duration: str) -> Problem:
    return Problem(
        code="ACG013",
        message=f"{image.name}/{number} inherits endOfLifeAfter: {duration}, and has no publishedOn to count from",
        why="Nothing that deploys a catalog reads the clock, so that the same catalog always means the same.",
        fix="Add publishedOn: YYYY-MM-DD, or an endOfLifeDate.",
        path=(*image.path, "versions", number),
    )


def _no_end(image: Resource, number: str, duration: str) -> Problem:
    return Problem(
        code="ACG013",
        message=f"endOfLifeAfter: {duration} leads {image.name}/{number} beyond the year 9999",
        fix="Shorten endOfLifeAfter, or give the version an endOfLifeDate.",
        path=(*image.path, "versions", number, "publishedOn"),
    )
