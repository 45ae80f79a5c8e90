"""Regions that the project does not know of itself."""

from acg.catalog.models.base import Model, TupleOf, local_field


class AddedRegion(Model):
    """A region that the project's own table lacks; its key is its name."""

    display_name: str | None = local_field(description="Name that people read, such as East US 2.")
    geography: str | None = local_field(description="Geography, such as United States.")
    paired_region: str | None = local_field(description="Name of the paired region.")
    zones: TupleOf[str] = local_field((), description="Availability zones; none means that the region has none.")
