"""The managed identity of a gallery."""

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf
from acg.catalog.placeholder import OutputText


class Identity(Model):
    """The managed identity of a gallery."""

    type: str | None = Field(
        default=None, description="SystemAssigned, UserAssigned, 'SystemAssigned, UserAssigned' or None, in quotes."
    )
    user_assigned_identities: TupleOf[OutputText] | None = Field(
        default=None, description="Ids of user-assigned identities."
    )
