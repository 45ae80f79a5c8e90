"""The one stand-in for a value that is known only after deployment."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Stands where a program gave a value that only the deployment will know.

    The components put one in place of each Output before validation and put the Output back after lowering;
    the rules read it as "unknown", which makes a verdict undecided, never a pass.
    """

    key: int
    """Distinguishes two placeholders of one program."""


class _OrPlaceholder:
    """Lets a text field hold a `Placeholder`, with one error message instead of one per alternative."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.union_schema(
            [core_schema.str_schema(strict=True), core_schema.is_instance_schema(Placeholder)],
            mode="left_to_right",
            custom_error_type="string_type",
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string"}


OutputText = Annotated[str | Placeholder, _OrPlaceholder()]
"""Text that a program may give as an Output: source ids, resource group names, subscriptions, tag values."""
