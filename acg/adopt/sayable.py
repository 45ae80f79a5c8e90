"""Whether a catalog can say what a resource is: by its keys, and in text that can be read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from acg.adopt.model import Form
from acg.catalog.edit.snippet import block
from acg.catalog.models import Gallery, ImageDefinition, ImageVersion
from acg.catalog.reader import read_files
from acg.path import Path

_LISTED = 3
"""How many names a reason lists."""
_SUSPICIOUS: Final = frozenset("{([<=$%@_")
"""What templates and other notations begin with: `acg.catalog._content` decides whether it is one."""


def unsayable(form: Form, model: type[BaseModel], tags: Mapping[str, str]) -> str | None:
    """Why a catalog cannot say this; None if it can.

    Args:
        form: What a resource says of its own.
        model: The part of a catalog that it is.
        tags: Its tags.
    """
    try:
        model.model_validate(form)
    except ValidationError as error:
        return _cannot(it["loc"] for it in error.errors(include_url=False))
    if _is_plain(form) and _is_plain(tags):
        return None
    document, depth = _document({**form, "tags": dict(tags)}, model)
    data = block(document).encode("utf-8", "surrogatepass")
    reading = read_files([("catalog.yaml", data)], "catalog.yaml")
    return _cannot(problem.path[depth:] for problem in reading.problems) if reading.problems else None


def listed(names: Iterable[str]) -> str:
    """The first few of some names, each once."""
    found: list[str] = list(dict.fromkeys(names))
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more


def _cannot(paths: Iterable[Path]) -> str:
    names = listed(".".join(str(step) for step in path) or "a text" for path in paths)
    return f"A catalog cannot say {names} as it is in Azure."


def _is_plain(value: Any) -> bool:
    """Whether all text in it can be read again beyond doubt, as nearly all can."""
    if isinstance(value, str):
        is_visible = value.isascii() and value.isprintable() and bool(value.strip())
        return is_visible and _SUSPICIOUS.isdisjoint(value)
    if isinstance(value, Mapping):
        return all(_is_plain(key) and _is_plain(one) for key, one in value.items())
    return all(map(_is_plain, value)) if isinstance(value, list) else True


def _document(form: Form, model: type[BaseModel]) -> tuple[Form, int]:
    """A catalog with nothing else in it, and how many keys lead to the form."""
    if model is Gallery:
        return {"galleries": {"g": form}}, 2
    if model is ImageDefinition:
        return {"galleries": {"g": {"resourceGroup": "g", "images": {"i": form}}}}, 4
    if model is ImageVersion:
        image = {"existing": True, "versions": {"1.0.0": form}}
        return {"galleries": {"g": {"resourceGroup": "g", "images": {"i": image}}}}, 6
    return {"resourceGroups": {"g": form}, "galleries": {"g": {"resourceGroup": "g"}}}, 2
