"""Versions of this package and of the provider that it registers for."""

from importlib.metadata import version
from typing import Final

AZURE_NATIVE: Final = version("pulumi-azure-native")
"""What the typed classes of azure-native send to the engine, so that it picks the same plugin for these resources."""

ACG: Final = version("pulumi-acg")
