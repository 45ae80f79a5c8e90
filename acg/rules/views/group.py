"""A resource group as the rules read it."""

from acg.azure import kinds
from acg.rules.views.base import View


class ResourceGroup(View, token=kinds.RESOURCE_GROUP):
    """A resource group that the catalog or program creates."""
