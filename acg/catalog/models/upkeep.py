"""What a catalog says beside its refresh policies of what is brought up to date: halts, ends, numbers and limits.

`acg refresh` and its like read it. Azure receives only what lowering makes of ``revoked`` and ``promoted``.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, WrapValidator

from acg.catalog.models.base import Model, TupleOf, catalog_field
from acg.catalog.models.common import Reason
from acg.catalog.models.deferred import Refresh, underlying

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Day = Annotated[str, Field(pattern=r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]
"""A day, as YYYY-MM-DD."""

REST = "rest"
"""Stands for the regions that no ring names."""


class Hold(Model):
    """A halt for a reason, until a day."""

    reason: Reason = catalog_field(..., description="Why, for those who wait.")
    until: Day = catalog_field(..., description="Last day of it, as YYYY-MM-DD.")


class Revocation(Model):
    """Why a version must not be booted any more, and since when."""

    reason: Reason = catalog_field(..., description="What is wrong with it.")
    on: Day = catalog_field(..., description="Day of the rollback, as YYYY-MM-DD.")


class Deprecation(Model):
    """An image that gets no new versions any more."""

    since: Day = catalog_field(..., description="First day without new versions, as YYYY-MM-DD.")
    replacement: str | None = catalog_field(description="What to use instead, such as corp/ubuntu-2604.")
    until: Day | None = catalog_field(
        description="End of life of the definition, unless it has an endOfLifeDate, as YYYY-MM-DD."
    )


class Limits(Model):
    """How much one run may do."""

    new_versions: int = catalog_field(10, description="New versions in one run (default: 10).")
    retirements: int = catalog_field(10, description="Retirements in one run (default: 10).")


@cache
def _validator(kind: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(kind, config={"strict": True})  # made when a catalog has such a value


def _one_or_several(value: Any, _: Any) -> Refresh | tuple[Refresh, ...]:
    # Told apart here, so that a message speaks of the form that was written, and of no other.
    if isinstance(value, list | tuple):
        return _validator(TupleOf[Refresh]).validate_python(value)
    return underlying(Refresh).model_validate(value)


def _text_or_by_line(value: Any, handler: Any) -> str | dict[str, str]:
    return _validator(dict[str, str]).validate_python(value) if isinstance(value, dict) else handler(value)


OneOrSeveral = Annotated[Refresh | TupleOf[Refresh], WrapValidator(_one_or_several)]
Highest = Annotated[str | dict[str, str], WrapValidator(_text_or_by_line)]


def lines_of(refresh: Refresh | Sequence[Refresh] | None) -> tuple[Refresh, ...]:
    """The lines of a definition; one without a ``line`` is about all its versions."""
    if refresh is None:
        return ()
    return tuple(refresh) if isinstance(refresh, Sequence) else (refresh,)
