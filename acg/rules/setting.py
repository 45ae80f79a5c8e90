"""The base of every rule's settings."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from acg.catalog.models.base import camel


class Settings(BaseModel):
    """What a team can set about a rule: every setting has a default and a description, keys are camelCase."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=camel,
        validate_by_alias=True,
        validate_by_name=False,
        # Most runs use the defaults of nearly all rules, which needs no validator.
        defer_build=True,
    )


def described(settings: type[Settings]) -> Iterator[tuple[str, str, str]]:
    """Name, description and default, as JSON, of each setting."""
    from pydantic_core import to_json

    for name, info in settings.model_fields.items():
        yield info.alias or name, info.description or "", to_json(info.default).decode()
