"""What tests of the language host get."""

from tests.acg_sandbox.engine.hosting import host

__all__ = ["host"]
