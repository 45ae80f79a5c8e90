"""Microsoft.Compute/galleries: galleries, image definitions and versions, applications, and shared galleries."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.gallery import refusals
from acg_sandbox.arm.providers.gallery.applications import Applications, ApplicationVersions
from acg_sandbox.arm.providers.gallery.galleries import Galleries
from acg_sandbox.arm.providers.gallery.image_definitions import ImageDefinitions
from acg_sandbox.arm.providers.gallery.limits import API_VERSIONS, RATE_LIMITS
from acg_sandbox.arm.providers.gallery.shared import view
from acg_sandbox.arm.providers.gallery.soft_delete import list_deleted
from acg_sandbox.arm.providers.gallery.versions import Versions

_LOCATIONS = r"microsoft\.compute/locations"

PROVIDER = ResourceProvider(
    types=(Galleries(), ImageDefinitions(), Versions(), Applications(), ApplicationVersions()),
    routes=(
        Route(rf"{_LOCATIONS}/(communitygalleries|sharedgalleries)(/.*)?", view),
        Route(r"microsoft\.compute/galleries/softdeletedartifacttypes/artifacts/versions", list_deleted),
    ),
    refusals=refusals.TABLE,
    api_versions=API_VERSIONS,
    rate_limits=RATE_LIMITS,
)
