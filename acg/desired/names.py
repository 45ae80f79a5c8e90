"""Logical names: derived from the catalog's keys, so that editing the catalog never renames a neighbour."""

from typing import Final

_ESCAPES: Final = str.maketrans({"%": "%25", "/": "%2F", "@": "%40"})


def address(*keys: str) -> str:
    """The name of a gallery, image definition or version: ``corp``, ``corp/ubuntu``, ``corp/ubuntu/1.0.3``.

    Keys that Azure would refuse as names are kept apart by escapes, so two addresses are never the same text.
    """
    return "/".join(key.translate(_ESCAPES) or "%" for key in keys)


def resource_group(key: str) -> str:
    """The name of a resource group. No address holds a plain ``@``, so nothing else is called so."""
    return f"resource-group@{address(key)}"


def reader(gallery: str, principal: str) -> str:
    """The name of a principal's role assignment on a gallery, given by its address."""
    return f"{gallery}@reader/{address(principal.lower())}"


def lock(gallery: str) -> str:
    """The name of a gallery's lock."""
    return f"{gallery}@lock"
