"""What a program gives a component: checked against the catalog's models, with every problem at once."""

import re
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin

import pulumi
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from acg.catalog.models.base import is_catalog_only
from acg.catalog.models.deferred import underlying
from acg.catalog.placeholder import Placeholder
from acg.suggest import suggest
from acg.text import inert, without_commands
from acg.validation import words

M = TypeVar("M", bound=BaseModel)


class ArgsError(pulumi.InputPropertiesError, pulumi.RunError):
    """The args of a component cannot be used; carries every problem with its property path.

    The engine shows an `InputPropertiesError` of a component that it hosts, and a `RunError` of a program, by its
    message alone, without a traceback.
    """

    def __init__(self, component: str, errors: Iterable[tuple[str, str]]) -> None:
        details: list[pulumi.InputPropertyErrorDetails] = [
            # Once, also where several resources would get the same value.
            {"property_path": inert(path), "reason": inert(reason)}
            for path, reason in dict.fromkeys(errors)
        ]
        lines = [f"{inert(component)} has errors:"]
        lines += [f"  {it['property_path'] or 'args'}: {it['reason']}" for it in details]
        super().__init__(without_commands("\n".join(lines)), details)


class Given(Generic[M]):
    """Args of a component as a model, and the Outputs among them."""

    def __init__(self, component: str, model: type[M], args: Mapping[str, Any]) -> None:
        """Check args.

        Raises:
            ArgsError: carries every problem.
        """
        self.component = component
        self.outputs: dict[Placeholder, pulumi.Output[Any]] = {}
        self._refused: list[tuple[str, str]] = []
        prepared = self._prepared(args, model)
        if self._refused:
            raise ArgsError(component, self._refused)
        try:
            self.model = model.model_validate(prepared)
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise ArgsError(component, ((property_path(it["loc"]), _reason(it, model)) for it in details)) from None

    def _prepared(self, value: Any, kind: Any, path: tuple[str | int, ...] = ()) -> Any:
        """What the models read: YAML's names for keys, placeholders for Outputs, and integers that came as floats."""
        if isinstance(value, pulumi.Output | Awaitable):
            key = Placeholder(len(self.outputs))
            self.outputs[key] = pulumi.Output.from_input(value)
            return key
        kind = _plain(kind)
        if isinstance(value, Mapping):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                return self._fields_of(value, kind, path)
            inner = get_args(kind)[1] if get_origin(kind) is dict else None
            return {key: self._prepared(item, inner, (*path, key)) for key, item in value.items()}
        if isinstance(value, Sequence) and not isinstance(value, str):
            inner = get_args(kind)[0] if get_origin(kind) is tuple else None
            return [self._prepared(item, inner, (*path, index)) for index, item in enumerate(value)]
        if isinstance(value, float) and value.is_integer():
            return int(value)  # every number arrives as a float from a program in another language
        return value

    def _fields_of(self, value: Mapping[str, Any], model: type[BaseModel], path: tuple[str | int, ...]) -> Any:
        fields, prepared = _fields(model), {}
        for key, item in value.items():
            if item is None:
                continue
            if key in _of_catalogs(model):
                reason = f"is for catalogs; a program gives the component options, such as aliases for {key}"
                self._refused.append((property_path((*path, key)), reason))
            else:
                name, inner = fields.get(key, (key, None))
                prepared[name] = self._prepared(item, inner, (*path, name))
        return prepared

    def restored(self, value: Any) -> Any:
        """The value with the Outputs back in their places, each with its dependencies and secretness."""
        if isinstance(value, Placeholder):
            return self.outputs[value]
        if isinstance(value, dict):
            return {key: self.restored(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.restored(item) for item in value]
        return value


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[str, Any]]:
    """YAML's name and the type of each field, by YAML's name, by Python's, and by the one in the args."""
    found = {}
    for name, field in model.model_fields.items():
        if is_catalog_only(field):
            continue
        entry = (field.alias or name, field.annotation)
        found |= {name: entry, entry[0]: entry}
    return found | {_snake(alias): entry for alias, entry in list(found.items())}


@cache
def _of_catalogs(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields that catalogs alone have."""
    only = [(name, field) for name, field in model.model_fields.items() if is_catalog_only(field)]
    return frozenset(key for name, field in only for key in (name, field.alias or name))


def _snake(alias: str) -> str:
    """The name in the args that Pulumi turns into ``alias``: ``expectedSizeGB`` is ``expected_size_GB``."""
    return "_".join(word if len(word) > 1 and word[:2].isupper() else word.lower() for word in _WORDS.findall(alias))


_WORDS = re.compile(r"[A-Z]{2,}s?(?=[A-Z][a-z]|$)|[A-Z]?[^A-Z]+|[A-Z]")


def _plain(kind: Any) -> Any:
    """A type without None and constraints."""
    if get_origin(kind) is Annotated:
        return _plain(underlying(kind))
    if get_origin(kind) in (Union, UnionType):
        return next((_plain(one) for one in get_args(kind) if one not in (NoneType, Placeholder)), None)
    return kind


def _reason(detail: ErrorDetails, model: type[BaseModel]) -> str:
    """A pydantic error in plain words."""
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            wrong, known = str(detail["loc"][-1]), _keys_at(model, detail["loc"][:-1])
            if "_" in wrong or wrong.islower():
                known = [_snake(key) for key in known]  # what Python's args call it; other languages use camelCase
            near = suggest(wrong, known)
            return f"is not known here; did you mean {near[0]}?" if near else "is not known here"
    if isinstance(detail["input"], Placeholder):
        return "is an Output, and has to be known before deployment: names, numbers, regions and sizes are plain values"
    return words(detail, detail["input"]).cause


def _keys_at(model: Any, path: tuple[str | int, ...]) -> list[str]:
    for step in path:
        kind = _plain(model)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            model = _fields(kind).get(str(step), (None, None))[1]
        else:
            model = get_args(kind)[-1 if get_origin(kind) is dict else 0] if get_args(kind) else None
    kind = _plain(model)
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return [alias for alias, _ in _fields(cast(type[BaseModel], kind)).values()] if is_model else []


def property_path(path: Iterable[str | int]) -> str:
    """A path as Pulumi writes it: ``images["ubuntu-2404"].targetRegions[0].name``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier():
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text
