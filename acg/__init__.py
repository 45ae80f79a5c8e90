"""The core: what Azure fixes, what a team declares, what is registered, and the rules over it. No Pulumi below."""

__version__ = "0.1.0"
