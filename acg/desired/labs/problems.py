"""What only the whole catalog shows to be wrong with lab plans and lab accounts."""

from typing import Final

from acg.desired.labs.attached import Attached
from acg.desired.resource import Resource
from acg.errors import Problem, shown
from acg.path import Path
from acg.suggest import suggest

_CALLED: Final[dict[str | int, str]] = {
    "galleries": "gallery",
    "labPlans": "lab plan",
    "labAccounts": "lab account",
}


def wrong_subscription(resource: Resource, group: str) -> Problem:
    """A resource that does not live where its resource group does."""
    return Problem(
        code="ACG007",
        message=f"resource group {group} is created in another subscription than "
        f"{_CALLED[resource.path[0]]} {resource.path[1]} names",
        why="What is in a resource group lives in the group's subscription; the default is the provider's.",
        fix="Give both the same subscription. To use a group that exists there, take its name off resourceGroups.",
        path=(*resource.path, "resourceGroup"),
    )


def unknown_gallery(path: Path, key: str, known: list[str]) -> Problem:
    """A gallery that the catalog does not declare."""
    near = suggest(key, known)
    return Problem(
        code="ACG014",
        message=f"{shown(key)} names no gallery of this catalog",
        why="gallery is the key of a gallery that the catalog declares, or the id of any gallery.",
        fix=f"Did you mean {near[0]}?" if near else "Declare that gallery, or give the id of another.",
        path=(*path, "gallery"),
    )


def unknown_image(path: Path, index: int, image: str, gallery: str, known: list[str]) -> Problem:
    """An offered image that is no definition of the gallery."""
    near = suggest(image, known)
    return Problem(
        code="ACG014",
        message=f"{shown(image)} names no image definition of gallery {gallery}",
        fix=f"Did you mean {near[0]}?"
        if near
        else "Declare it in the gallery (existing: true if Azure has it already).",
        path=(*path, "images", index),
    )


def without_gallery(path: Path, key: str) -> Problem:
    """Images or a principal of a plan that no gallery is attached to."""
    what = "offers images" if key == "images" else "gives a role on its gallery"
    return Problem(
        code="ACG011",
        message=f"{path[1]} {what}, and has no gallery",
        fix=f"Add gallery, or remove {key}.",
        path=(*path, key),
    )


def unmanaged_gallery(path: Path, gallery: Attached) -> Problem:
    """A role on a gallery that no stack of the catalog deploys."""
    why = f"{gallery.key} says existing: true" if gallery.key else "The gallery is given by its id"
    return Problem(
        code="ACG011",
        message=f"{path[1]} asks for a role on a gallery that this catalog does not deploy, so none is assigned",
        why=f"{why}, so nothing about it is managed.",
        fix="Remove servicePrincipal, and assign the role where the gallery is deployed.",
        path=(*path, "servicePrincipal"),
    )


def no_subscription(path: Path, gallery: str) -> Problem:
    """A gallery that is not registered and whose id cannot be put together."""
    return Problem(
        code="ACG014",
        message=f"gallery {gallery} is not deployed here, and without its subscription its id is not known",
        fix=f"Give {gallery} a subscription, or write the gallery's id in place of its key.",
        path=(*path, "gallery"),
    )


def twice(path: Path, first: Path, name: str) -> Problem:
    """Two plans or accounts of one name."""
    same = path[0] == first[0]
    here, there = _CALLED[path[0]], _CALLED[first[0]]
    return Problem(
        code="ACG009",
        message=f"{here} {path[1]} is declared as {there} {first[1]} already"
        if same
        else f"{here} {path[1]} and {there} {first[1]} have one name, {name}",
        why=None if same else "Commands that work on either are given the name alone.",
        fix="Remove one of them." if same else "Give one of them another key, and its name in Azure as name.",
        path=path,
    )
