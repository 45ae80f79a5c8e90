"""What the models know about a place in a catalog: which keys it may have, and what they are for."""

from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from acg.catalog.models import Catalog
from acg.catalog.models.base import TextOrModel
from acg.catalog.models.deferred import underlying
from acg.path import Path


class Place(NamedTuple):
    """What the models say about a place."""

    model: type[BaseModel] | None
    """The model that a mapping there is read by; None where there is no model, such as for tags."""
    field: FieldInfo | None
    """The field that the value belongs to; None for an entry of a list or of a mapping with free keys."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that a mapping there may have, as they are written in YAML."""
        return tuple(keys(self.model)) if self.model else ()

    @property
    def may_be_text(self) -> bool:
        """Whether plain text may replace the mapping."""
        return self.model is not None and issubclass(self.model, TextOrModel)


@cache
def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the key that they have in YAML."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def place(path: Path) -> Place:
    """What the models say about a place; nothing where the path leaves what they know."""
    annotation: Any = Catalog
    field: FieldInfo | None = None
    for step in path:
        model = _model(annotation)
        if model is not None and not isinstance(step, int):
            field = keys(model).get(str(step))
            if field is None:
                return Place(None, None)
            annotation = field.annotation
        else:
            annotation, field = _element(annotation), None
    return Place(_model(annotation), field)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model in an annotation such as ``Model | None``."""
    for option in _options(annotation):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
    return None


def _element(annotation: Any) -> Any:
    """What the elements of a list, or the values of a mapping, are annotated with."""
    for option in _options(annotation):
        if get_origin(option) in (tuple, dict):
            return get_args(option)[0 if get_origin(option) is tuple else 1]
    return None


def _options(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of a union, without what Annotated adds."""
    annotation = underlying(annotation)
    if get_origin(annotation) in (tuple, dict) or isinstance(annotation, type):
        return (annotation,)
    return tuple(inner for option in get_args(annotation) for inner in _options(option))
