"""A resource group as the rules read it."""

from acg.rules.views.base import View


class ResourceGroup(View):
    """A resource group that the catalog or program creates."""

    TYPE = "azure-native:resources:ResourceGroup"
    NAME = "resourceGroupName"
    ARM = "resourceGroups"
