"""Walks the models: every field, with a document that declares it and nothing that it does not need."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from acg.catalog.models.base import NOT_SENT, Model, TextOrModel
from acg.catalog.models.deferred import underlying
from acg.catalog.placeholder import Placeholder

Path = tuple[str | int, ...]

VERSION: dict[str, Any] = {}
IMAGE: dict[str, Any] = {
    "osType": "Linux",
    "osState": "Generalized",
    "identifier": {"publisher": "p", "offer": "o", "sku": "s"},
    "versions": {"1.0.0": VERSION},
}
CATALOG: dict[str, Any] = {
    "resourceGroups": {"rg": {"location": "westeurope"}},
    "galleries": {"corp": {"resourceGroup": "rg-corp", "images": {"ubuntu": IMAGE}}},
    "labPlans": {"lp": {"resourceGroup": "rg-labs"}},
}
"""The least that lowers to one resource of each kind that a version needs."""

ABSENT = object()

_REQUIRED = {("galleries", "corp", "images", "ubuntu", name) for name in ("osType", "osState", "identifier")}
"""Needed by every definition that does not exist already."""


@dataclass(frozen=True)
class Field:
    """One field of the catalog that goes to Azure."""

    path: Path
    kind: Any
    """Type of the field, without None."""
    required: bool

    def __str__(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def values(self) -> list[Any]:
        """Values that must all lead to different inputs."""
        if self.path[-2:] == ("source", "version") or self.path[-1] == "gallery":
            return ["/one", "/two", ABSENT]  # other text would be an address in the catalog
        values = [True, False] if self.kind is bool else [1, 2] if self.kind is int else samples(self.kind)
        return values if self.required else [*values, ABSENT]


def samples(kind: Any) -> list[Any]:
    """Two different values of a type, and the empty one where there is such."""
    if get_origin(kind) is dict:
        return [{}, *({"key": value} for value in samples(plain(get_args(kind)[1])))]
    if get_origin(kind) is tuple:
        return [[], *([value] for value in samples(plain(get_args(kind)[0])))]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [least(kind)]
    return ["one", "two"]


def least(model: type[BaseModel]) -> Any:
    """The shortest document that a model takes."""
    if issubclass(model, TextOrModel):
        return "one"
    return {
        alias(name, info): 0 if plain(info.annotation) is int else "one"
        for name, info in model.model_fields.items()
        if info.is_required()
    }


def alias(name: str, info: FieldInfo) -> str:
    return info.alias or name


def plain(annotation: Any) -> Any:
    """A type without None, placeholders and constraints."""
    annotation = underlying(annotation)
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind not in (NoneType, Placeholder)]
        return plain(kinds[0])
    return annotation


def is_sent(info: FieldInfo) -> bool:
    extra = info.json_schema_extra
    return not (isinstance(extra, dict) and extra.get(NOT_SENT))


def walk(model: type[Model], base: Path) -> Iterator[Field]:
    """Every field of a model that goes to Azure, and every field below it."""
    for name, info in model.model_fields.items():
        if not is_sent(info):
            continue
        kind = plain(info.annotation)
        path = (*base, alias(name, info))
        yield Field(path, kind, info.is_required() or path in _REQUIRED)
        yield from inner(kind, path)


def inner(kind: Any, path: Path) -> Iterator[Field]:
    if isinstance(kind, type) and issubclass(kind, Model):
        yield from walk(kind, path)
    elif get_origin(kind) is tuple:
        yield from inner(plain(get_args(kind)[0]), (*path, 0))
    elif get_origin(kind) is dict:
        yield from inner(plain(get_args(kind)[1]), (*path, "key"))


def with_value(document: Any, path: Path, value: Any, model: Any) -> Any:
    """A copy of a document with one value set or taken out; what must stand around it is put there."""
    step, *rest = path
    around: dict[Any, Any] = dict(enumerate(document)) if isinstance(document, list) else dict(document or {})
    if rest:
        kind, there = _kind_at(model, step), around.get(step)
        around[step] = with_value(
            there if isinstance(there, dict | list) else _expanded(kind, there), tuple(rest), value, kind
        )
    elif value is ABSENT:
        around.pop(step, None)
    else:
        around[step] = value
    return list(around.values()) if isinstance(document, list) else around


def _expanded(kind: Any, there: Any) -> Any:
    if get_origin(kind) is tuple:
        return []
    if isinstance(kind, type) and issubclass(kind, TextOrModel):
        return {kind.main_key(): there or "one"}
    return least(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else {}


def _kind_at(model: Any, step: str | int) -> Any:
    if isinstance(model, type) and issubclass(model, BaseModel):
        return next(plain(info.annotation) for name, info in model.model_fields.items() if alias(name, info) == step)
    if get_origin(model) is dict:
        return plain(get_args(model)[1])
    if get_origin(model) is tuple:
        return plain(get_args(model)[0])
    raise AssertionError(f"{model} has nothing at {step!r}")
