"""What Pulumi knew a resource by before its key in the catalog changed, or before it was in a catalog."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from acg.azure import kinds
from acg.catalog.models import Catalog, Gallery, ResourceGroup
from acg.catalog.models.deferred import LabPlan
from acg.desired import names
from acg.desired.resource import Resource
from acg.errors import Problem
from acg.path import Path

COMPONENT: Final = "acg:index:Gallery"
"""Type of the component that a catalog's gallery is registered as."""

LAB_PLAN: Final = "acg:index:LabPlan"
"""Type of the component that a catalog's lab plan is registered as."""

_URN = "urn:pulumi:"


def urn_type(former: str) -> str | None:
    """The type that a URN ends in, without those of its parents; None for what is no URN."""
    parts = former.split("::")
    return parts[2].rpartition("$")[2] if former.startswith(_URN) and len(parts) >= 4 else None


def former_gallery(gallery: Gallery) -> str | None:
    """The former logical name of a gallery, or its former URN."""
    return _former(gallery.formerly, names.address)


def former_group(group: ResourceGroup) -> str | None:
    """The former logical name of a resource group, or its former URN."""
    return _former(group.formerly, names.resource_group)


def former_plan(plan: LabPlan) -> str | None:
    """The former logical name of a lab plan, or its former URN."""
    return _former(plan.formerly, names.lab_plan)


def _former(formerly: str | None, name: Callable[[str], str]) -> str | None:
    return formerly if formerly is None or formerly.startswith(_URN) else name(formerly)


def former_type(resource: Resource) -> str | None:
    """The type of what Pulumi knew a resource by: that of its component, or azure-native's; None if by none.

    A former key of a gallery or lab plan is that of its component: what is beneath follows it, for its names begin with
    the key.
    """
    if resource.formerly is None:
        return None
    if (found := urn_type(resource.formerly)) is not None:
        return kinds.split_token(found)[0]
    return _COMPONENTS.get(resource.type, resource.type)


_COMPONENTS: Final = {kinds.GALLERY: COMPONENT, kinds.LAB_PLAN: LAB_PLAN}


def problems(catalog: Catalog) -> Iterator[Problem]:
    """Former keys that cannot be meant."""
    galleries = {key: it.formerly for key, it in catalog.galleries.items()}
    groups = {key: it.formerly for key, it in catalog.resource_groups.items()}
    yield from _section("galleries", "gallery", galleries, (COMPONENT, kinds.GALLERY))
    plans = {key: it.formerly for key, it in catalog.lab_plans.items()}
    yield from _section("resourceGroups", "resource group", groups, (kinds.RESOURCE_GROUP,))
    yield from _section("labPlans", "lab plan", plans, (LAB_PLAN, kinds.LAB_PLAN))
    first: dict[str, str] = {}
    for gallery_key, gallery in catalog.galleries.items():
        for key, image in gallery.images.items():
            path = ("galleries", gallery_key, "images", key)
            if image.formerly is not None:
                yield from _of_program(image.formerly, path, "definition", kinds.IMAGE, first)
            for number, version in image.versions.items():
                if version.formerly is not None:
                    where = (*path, "versions", number)
                    yield from _of_program(version.formerly, where, "version", kinds.VERSION, first)


def _of_program(former: str, path: Path, what: str, token: str, first: dict[str, str]) -> Iterator[Problem]:
    """Problems of a definition's or version's former URN: their keys are their names in Azure, which never change."""
    name = "/".join(str(step) for step in path[1::2])
    cause = _wrong_urn(former, (token,))
    if cause is None and first.setdefault(former, name) != name:
        cause = f"is what {first[former]} says that it was, too: only one can go on as the former {what}"
    if cause is not None:
        yield Problem(
            code="ACG011",
            message=f"formerly: {former} {cause}",
            why=f"formerly of a {what} names the resource of another program that Pulumi goes on with.",
            fix="Write its URN, as `pulumi stack --show-urns` lists it, or remove formerly.",
            path=(*path, "formerly"),
        )


def _section(section: str, what: str, formerly: Mapping[str, str | None], types: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key, former in formerly.items():
        if former is None:
            continue
        if former.startswith(_URN):
            cause = _wrong_urn(former, types)
        elif former == key:
            cause = f"is the key that this {what} has now"
        elif former in formerly:
            cause = f"is the key of another {what} of this catalog, which Pulumi would confuse with it"
        else:
            cause = None
        if cause is None and first.setdefault(former, key) != key:
            cause = f"is what {first[former]} says that it was, too: only one can go on as the former {what}"
        if cause is not None:
            yield Problem(
                code="ACG011",
                message=f"formerly: {former} {cause}",
                why="formerly gives Pulumi the new name of something that it deployed under an old one.",
                fix=f"Write the key that the {what} had when it was last deployed, or remove formerly.",
                path=(section, key, "formerly"),
            )


def _wrong_urn(urn: str, types: tuple[str, ...]) -> str | None:
    found = urn_type(urn)
    if found is None:
        return f"is not a whole URN, such as urn:pulumi:prod::images::{types[0]}::corp"
    token = kinds.split_token(found)[0]
    return None if token in types else f"is the URN of {found}, not of {' or '.join(types)}"
