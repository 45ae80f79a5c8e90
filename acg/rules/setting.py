"""The base of every rule's settings."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Settings(BaseModel):
    """What a team can set about a rule: every setting has a default and a description, keys are camelCase."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=False,
        # Most runs use the defaults of nearly all rules, which needs no validator.
        defer_build=True,
    )
