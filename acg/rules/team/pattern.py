"""Regular expressions of settings, matched in time that grows with the text and no faster.

Python's own engine backtracks: ``(a+)+b`` hangs it on thirty letters. pydantic validates strings with Rust's engine,
which has no backtracking and therefore no backreferences and no look-around.
"""

from __future__ import annotations

from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema


class Pattern:
    """A regular expression for whole texts."""

    def __init__(self, text: str) -> None:
        """Read one.

        Raises:
            ValueError: if it is none, or one that only a backtracking engine can match.
        """
        self.text = text
        try:
            _validator(text)  # by itself, so that it cannot close the group around it
            self._validator = _validator(f"^(?:{text})$")
        except SchemaError:
            raise ValueError("is not a regular expression without look-around and backreferences") from None

    def matches(self, text: str) -> bool:
        """Whether the whole text follows it."""
        try:
            self._validator.validate_python(text)
        except ValidationError:
            return False
        return True

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(strict=True))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return {"type": "string", "format": "regex"}


def _validator(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
