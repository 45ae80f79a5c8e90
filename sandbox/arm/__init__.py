"""The embedded Azure's Resource Manager endpoint."""

from sandbox.arm.app import create_app
from sandbox.arm.reqlog import Entry, read_log
from sandbox.arm.settings import INSTANT, PLATFORM, REAL, SECOND, TENANT, Settings

__all__ = ["INSTANT", "PLATFORM", "REAL", "SECOND", "TENANT", "Entry", "Settings", "create_app", "read_log"]
