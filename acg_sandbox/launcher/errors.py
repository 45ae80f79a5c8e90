"""What stops a command before it begins."""


class LauncherError(Exception):
    """What, why and how to fix it, for the user (exit 2)."""
