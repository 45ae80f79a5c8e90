"""What galleries, image definitions and image versions have in common; none of it but tags is sent to Azure."""

from typing import Annotated

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf, local_field
from acg.catalog.placeholder import OutputText

Tags = dict[str, OutputText]

Duration = Annotated[str, Field(pattern=r"^P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?$", min_length=3)]
"""A span of calendar time in ISO 8601's notation, whole years to days: ``P18M``, ``P1Y6M``, ``P90D``."""

Timeout = Annotated[str, Field(pattern=r"^(?:\d+h)?(?:\d+m)?(?:\d+s)?$", min_length=2)]
"""A span of clock time as Pulumi writes it: ``90m``, ``2h30m``."""


Reason = Annotated[str, Field(pattern=r"\S")]
"""Why, in words for people: not blank."""


class Timeouts(Model):
    """How long Pulumi waits for one operation before it gives up."""

    create: Timeout | None = local_field(description="Longest wait for a create, such as 2h or 90m.")
    update: Timeout | None = local_field(description="Longest wait for an update.")
    delete: Timeout | None = local_field(description="Longest wait for a delete.")


class Suppression(Model):
    """One rule, switched off for one resource until a day, for a reason that reviewers can read."""

    rule: str = local_field(..., description="Code or name of the rule, such as ACG402.")
    reason: Reason = local_field(..., description="Why the rule may be broken here.")
    until: str = local_field(..., description="Last day on which the suppression holds, as YYYY-MM-DD.")


class ResourceOptions(Model):
    """What a team says about the handling of a resource."""

    protect: bool | None = local_field(description="Whether Pulumi refuses to delete or replace it.")
    retire: bool = local_field(
        False, description="Lifts the protection of this and of what it holds: the first of two steps to delete it."
    )
    timeouts: Timeouts | None = local_field(
        description="Longest waits for operations (default: from regions and replicas)."
    )
    suppress: TupleOf[Suppression] = local_field((), description="Rules that this resource may break for a while.")
