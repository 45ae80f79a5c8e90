"""Catalog to desired resources: the only place that turns the one into the other."""

from acg.desired.lower import Lowered, lower
from acg.desired.resource import Derived, Place, Resource, Suppressed, Timeouts

__all__ = ["lower", "Lowered", "Resource", "Derived", "Place", "Suppressed", "Timeouts"]
