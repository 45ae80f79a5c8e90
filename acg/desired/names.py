"""Logical names: derived from the catalog's keys, so that editing the catalog never renames a neighbour."""

from typing import Final
from urllib.parse import unquote

_SECTIONS: Final = ("galleries", "images", "versions")
_OF_LABS: Final = {"lab-plan": "labPlans", "lab-account": "labAccounts"}
_ESCAPES: Final = str.maketrans({"%": "%25", "/": "%2F", "@": "%40"})


def address(*keys: str) -> str:
    """The name of a gallery, image definition or version: ``corp``, ``corp/ubuntu``, ``corp/ubuntu/1.0.3``.

    Keys that Azure would refuse as names are kept apart by escapes, so two addresses are never the same text.
    """
    return "/".join(key.translate(_ESCAPES) or "%" for key in keys)


def catalog_path(name: str) -> tuple[str, ...]:
    """Keys that lead to what has an address: those of the gallery, for what is on one."""
    above, _, below = name.partition("@")
    if (section := _OF_LABS.get(above)) is not None:
        return section, _unescaped(below)
    keys = above.split("/")
    return tuple(step for pair in zip(_SECTIONS, map(_unescaped, keys), strict=False) for step in pair)


def _unescaped(key: str) -> str:
    return "" if key == "%" else unquote(key)


def resource_group(key: str) -> str:
    """The name of a resource group. No address holds a plain ``@``, so nothing else is called so."""
    return f"resource-group@{address(key)}"


def reader(gallery: str, principal: str) -> str:
    """The name of a principal's role assignment on a gallery, given by its address."""
    return f"{gallery}@reader/{address(principal.lower())}"


def lock(gallery: str) -> str:
    """The name of a gallery's lock."""
    return f"{gallery}@lock"


def lab_plan(key: str) -> str:
    """The name of a lab plan."""
    return f"lab-plan@{address(key)}"


def lab_account(key: str) -> str:
    """The name of a lab account."""
    return f"lab-account@{address(key)}"


SERVICE_ROLE: Final = "@lab-services/"
"""Part of the names of the role assignments of Azure Lab Services on galleries."""


def service_role(gallery: str, role: str, principal: str) -> str:
    """The name of an assignment of a role to Azure Lab Services on a gallery, given by its address."""
    return f"{gallery}{SERVICE_ROLE}{role.lower()}/{address(principal.lower())}"


def role_of(name: str) -> str | None:
    """The role, in lower case, in the name of such an assignment; None for other resources."""
    return name.partition(SERVICE_ROLE)[2].partition("/")[0] or None


_TITLES: Final = {"resource-group": "resource group", "lab-plan": "lab plan", "lab-account": "lab account"}


def titled(name: str) -> str:
    """A name as messages call what has it: ``corp/ubuntu/1.0.3``, ``lab plan lp``, ``the lock of gallery corp``."""
    above, at, below = name.partition("@")
    if not at:
        return name
    if (kind := _TITLES.get(above)) is not None:
        return f"{kind} {_unescaped(below)}"
    gallery = _unescaped(above)
    match below.split("/"):
        case ["lock"]:
            return f"the lock of gallery {gallery}"
        case ["reader", principal]:
            return f"the reader {_unescaped(principal)} of gallery {gallery}"
        case ["lab-services", role, principal]:
            return f"the role {role} of Azure Lab Services ({_unescaped(principal)}) on gallery {gallery}"
        case _:
            return name
