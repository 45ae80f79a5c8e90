"""Which type tokens rules look at, and through which view."""

from acg.azure import kinds
from acg.rules.views.base import View
from acg.rules.views.definition import ImageDefinition
from acg.rules.views.gallery import Gallery
from acg.rules.views.group import ResourceGroup
from acg.rules.views.labs import Lab, LabAccount, LabPlan, RoleAssignment
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
        RoleAssignment,
        LabPlan,
        LabAccount,
        Lab,
    )
}
"""The types that rules look at."""

DEFAULT_API = kinds.KINDS[kinds.VERSION].api
"""API version of a type token without one, for kinds that azure-native does not know."""


def split_token(token: str) -> tuple[str, str]:
    """Type token without its version, and the API version: ``…:compute/v20250303:GalleryImage`` -> 2025-03-03."""
    plain, api = kinds.split_token(token)
    if api is None:
        row = kinds.KINDS.get(plain)
        api = DEFAULT_API if row is None else row.api
    return plain, api


def is_looked_at(token: str) -> bool:
    """Whether rules look at resources of a type; all others are neither judged nor counted."""
    return split_token(token)[0] in VIEWS
