"""All lab plans and accounts of a catalog as desired resources, with what stands in the way."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from acg.catalog.models import Catalog
from acg.catalog.models.labs import LabPlan
from acg.catalog.placeholder import Placeholder
from acg.desired import names
from acg.desired.inherit import Inherited
from acg.desired.inputs import RegionNames, group_name, same_subscription
from acg.desired.labs import problems
from acg.desired.labs.attached import Attachable, Attached, attached, existing_id
from acg.desired.labs.plan import GalleryId, lower_account, lower_plan
from acg.desired.labs.roles import all_of, role_of, unknown_role
from acg.desired.resource import Derived, Resource
from acg.errors import Problem
from acg.path import Path


class Labs:
    """Lowers plans and accounts, once the galleries are lowered.

    ``is_mine`` says of a section and a key whether the stack deploys what is declared there.
    """

    def __init__(
        self,
        catalog: Catalog,
        resources: Mapping[str, Resource],
        is_mine: Callable[[str, str], bool],
        regions: RegionNames,
        top: Inherited,
        protect: bool | None,
        is_unreadable: Callable[[Path], bool],
    ) -> None:
        self._catalog = catalog
        self._resources = resources
        self._is_mine = is_mine
        self._regions = regions
        self._top = top
        self._protect = protect
        self._is_unreadable = is_unreadable
        self.problems: list[Problem] = []

    def lowered(self) -> Iterator[Resource]:
        """The plans and accounts that the stack deploys or knows; accounts are never registered."""
        seen: dict[Any, Path] = {}
        for path, one in all_of(self._catalog):
            section, key = str(path[0]), str(path[1])
            place = attached(self._catalog, one)
            self._judge(path, one, place, seen)
            group, name = self._group(one)
            if not (self._is_mine(section, key) or (section == "labAccounts" and self._has_gallery(place))):
                continue  # another stack deploys and judges it
            managed = isinstance(one, LabPlan) and not one.existing
            gallery = self._gallery_id(path, place, managed)
            if isinstance(one, LabPlan):
                resource = lower_plan(key, one, name, gallery, self._top, self._regions, self._protect)
                resource.managed = managed
            else:
                resource = lower_account(key, one, name, gallery, self._top, self._regions)
            resource.depends_on = (*([group] if group and managed else []), *self._before(place))
            declared = self._catalog.resource_groups.get(str(one.resource_group))
            if group and declared and not same_subscription(declared.subscription, one.subscription):
                self.problems.append(problems.wrong_subscription(resource, str(one.resource_group)))
            yield resource

    def _has_gallery(self, place: Attached | None) -> bool:
        """Whether the stack deploys a gallery, or no stack does."""
        return place is None or place.key is None or not place.is_declared or self._is_mine("galleries", place.key)

    def _group(self, one: Attachable) -> tuple[str | None, str | Placeholder]:
        """The resource group's name in the set, if it is created here, and its name in Azure."""
        wanted = one.resource_group
        group = self._catalog.resource_groups.get(wanted) if isinstance(wanted, str) else None
        if group is None:
            return None, wanted
        logical = names.resource_group(str(wanted))
        return (logical if logical in self._resources else None), group_name(str(wanted), group)

    def _before(self, place: Attached | None) -> Iterator[str]:
        """What must exist before a plan: its gallery, and the service's role on it."""
        if place is None or place.gallery is None or place.key is None:
            return
        gallery = names.address(place.key)
        yield gallery
        yield from (name for name in self._resources if name.startswith(gallery + names.SERVICE_ROLE))

    def _gallery_id(self, path: Path, place: Attached | None, managed: bool) -> GalleryId:
        if place is None or place.key is None:
            return None if place is None else place.id
        if place.gallery is None:
            return Placeholder(-1)  # reported
        own = self._resources[names.address(place.key)]
        if own.managed or not managed:
            return Derived(own.name)
        if (id_ := existing_id(place.gallery, own.inputs)) is None:
            self.problems.append(problems.no_subscription(path, place.key))
            return Placeholder(-1)
        return id_

    def _judge(self, path: Path, one: Attachable, place: Attached | None, seen: dict[Any, Path]) -> None:
        name = str(path[1]) if one.name is None else one.name
        of_name = seen.setdefault(name.lower(), path)
        where = path[0], one.subscription, str(one.resource_group).lower(), name.lower()
        same = seen.setdefault(where, path)
        if same != path:
            self.problems.append(problems.twice(path, same, name))
        elif of_name[0] != path[0]:
            self.problems.append(problems.twice(path, of_name, name))
        if one.service_principal is not None and role_of(one.service_principal, one) is None:
            self.problems.append(unknown_role(one.service_principal, path))
        if place is None:
            wrong = [
                key for key, value in (("images", one.images), ("servicePrincipal", one.service_principal)) if value
            ]
            self.problems += (problems.without_gallery(path, key) for key in wrong)
        elif place.key is not None and place.gallery is None:
            if not self._is_unreadable(("galleries", place.key)):
                self.problems.append(problems.unknown_gallery(path, place.key, list(self._catalog.galleries)))
        else:
            self._judge_images(path, one, place)
            if one.service_principal is not None and not place.is_declared:
                self.problems.append(problems.unmanaged_gallery(path, place))

    def _judge_images(self, path: Path, one: Attachable, place: Attached) -> None:
        """Offered images are definitions of the gallery. One that exists already may hold more than is declared."""
        if not place.is_declared or place.gallery is None or place.key is None:
            return
        known = list(place.gallery.images)
        for index, image in enumerate(one.images or ()):
            if image not in place.gallery.images and not self._is_unreadable(("galleries", place.key, "images", image)):
                self.problems.append(problems.unknown_image(path, index, image, place.key, known))
