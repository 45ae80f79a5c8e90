"""Microsoft.DevCenter: dev centers, the galleries attached to them, and Dev Box definitions, as far as images go."""

from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.provider import ResourceProvider


class DevCenters(Plain):
    """``Microsoft.DevCenter/devcenters``."""

    type = "Microsoft.DevCenter/devcenters"


class AttachedGalleries(Plain):
    """``Microsoft.DevCenter/devcenters/galleries``; ``galleryResourceId`` is the gallery."""

    type = "Microsoft.DevCenter/devcenters/galleries"
    has_location = False


class DevBoxDefinitions(Plain):
    """``Microsoft.DevCenter/devcenters/devboxdefinitions``; the ``imageReference`` is by the attached gallery."""

    type = "Microsoft.DevCenter/devcenters/devboxdefinitions"


PROVIDER = ResourceProvider(types=(DevCenters(), AttachedGalleries(), DevBoxDefinitions()))
