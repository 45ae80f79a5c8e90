"""What the kit raises when a pack cannot be run."""

from acg.errors import AcgError


class PackStartError(AcgError):
    """A folder holds no policy pack that starts; the message carries what it printed."""
