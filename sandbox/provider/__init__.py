"""A stand-in for ``pulumi-resource-azure-native``: the same tokens, inputs and outputs, against any ARM endpoint."""

from .server import Server, serve

__all__ = ["Server", "serve"]
