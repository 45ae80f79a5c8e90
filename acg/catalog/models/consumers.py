"""Where those are looked for who use the images."""

from acg.catalog.models.base import Model, TupleOf, catalog_field


class Consumers(Model):
    """Where `acg observe --consumers` looks for who uses the images; in neither: the galleries' own subscriptions."""

    management_group: str | None = catalog_field(description="Management group, with all subscriptions beneath it.")
    subscriptions: TupleOf[str] = catalog_field((), description="Ids of subscriptions.")
