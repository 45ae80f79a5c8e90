"""What all catalog models share: frozen, strict, camelCase in YAML, and telling Azure's fields from the project's."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, Strict, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from acg.catalog.placeholder import Placeholder

T = TypeVar("T")

TupleOf = Annotated[tuple[T, ...], Strict(False)]
"""A YAML list, kept as a tuple. The list may be any sequence; what is in it is as strict as everything else."""

NOT_SENT = "x-not-sent-to-azure"
"""Marks a property in the JSON Schema that the project reads itself and Azure never sees."""

CATALOG_ONLY = "x-catalog-only"
"""Marks a property that a catalog has and a component's args have not."""


def camel(name: str) -> str:
    """The key of a field: ``replica_count`` is ``replicaCount``. Pydantic's own compiles four patterns for it."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


class Model(BaseModel):
    """A part of a catalog. Shapes are strict; values that Azure would refuse are kept as written, for the rules."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=camel,
        validate_by_alias=True,
        validate_by_name=False,
        serialize_by_alias=True,
        defer_build=True,  # only the models that are validated against are built: half of the time to import
    )


class TextOrModel(Model):
    """A model that may also be written as plain text: the value of its first field."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str | Placeholder):
            return {cls.main_key(): value}
        return value

    @classmethod
    def main_key(cls) -> str:
        """The key, as written in YAML, that plain text stands for."""
        name, field = next(iter(cls.model_fields.items()))
        return field.alias or name

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long_form = handler.resolve_ref_schema(handler(schema))
        description = long_form.pop("description", None)
        return {"description": description, "anyOf": [{"type": "string"}, long_form]}


def local_field(default: Any = None, *, description: str, alias: str | None = None) -> Any:
    """Declare a field of the project's own, which is not sent to Azure."""
    return Field(default, description=description, alias=alias, json_schema_extra={NOT_SENT: True})


def catalog_field(default: Any = None, *, description: str, alias: str | None = None) -> Any:
    """Declare a local field that only catalogs have: programs have other means, so component args leave it out."""
    extra: dict[str, Any] = {NOT_SENT: True, CATALOG_ONLY: True}
    return Field(default, description=description, alias=alias, json_schema_extra=extra)


def is_catalog_only(field: FieldInfo) -> bool:
    """Whether a field is one of catalogs alone."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get(CATALOG_ONLY))
