"""Which type tokens rules look at, and through which view."""

from functools import cache

from acg.rules.views.base import View
from acg.rules.views.definition import ImageDefinition
from acg.rules.views.gallery import Gallery
from acg.rules.views.group import ResourceGroup
from acg.rules.views.sources import Disk, DiskEncryptionSet, ManagedImage, ScaleSet, Snapshot, VirtualMachine
from acg.rules.views.version import ImageVersion

VIEWS: dict[str, type[View]] = {
    view.TYPE: view
    for view in (
        ResourceGroup,
        Gallery,
        ImageDefinition,
        ImageVersion,
        Disk,
        Snapshot,
        ManagedImage,
        VirtualMachine,
        ScaleSet,
        DiskEncryptionSet,
    )
}
"""The types that rules look at."""

DEFAULT_API = "2024-03-03"
"""API version that azure-native 3.29 sends for a type token without one."""


@cache
def split_token(token: str) -> tuple[str, str]:
    """Type token without its version, and the API version: ``…:compute/v20250303:GalleryImage`` -> 2025-03-03."""
    package, _, rest = token.partition(":")
    module, _, name = rest.partition(":")
    module, _, version = module.partition("/v")
    digits = version[:8]
    if len(digits) != 8 or not digits.isdigit():
        return token, DEFAULT_API
    return f"{package}:{module}:{name}", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def is_looked_at(token: str) -> bool:
    """Whether rules look at resources of a type; all others are neither judged nor counted."""
    return split_token(token)[0] in VIEWS
