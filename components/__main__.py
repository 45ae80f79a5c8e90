"""Hosts the components for programs in any language."""

from pulumi.provider.experimental import component_provider_host
from pulumi_acg import Gallery, ImageDefinition, ImageVersion
from pulumi_acg._version import ACG

if __name__ == "__main__":
    component_provider_host([Gallery, ImageDefinition, ImageVersion], name="acg", version=ACG)
