"""The embedded Azure's Resource Manager endpoint."""

from acg_sandbox.arm.app import Endpoint, create_app
from acg_sandbox.arm.faults import KINDS, FaultError, add_fault, clear_faults, list_faults
from acg_sandbox.arm.gate import TOKEN_FILE, TOKEN_HEADER
from acg_sandbox.arm.protocol.seed import SeedError
from acg_sandbox.arm.providers.gallery.status import Row, read_status
from acg_sandbox.arm.state.request_log import Entry, read_log
from acg_sandbox.arm.state.settings import INSTANT, PLATFORM, REAL, SECOND, TENANT, Settings

__all__ = [
    "INSTANT",
    "KINDS",
    "PLATFORM",
    "REAL",
    "SECOND",
    "TENANT",
    "TOKEN_FILE",
    "TOKEN_HEADER",
    "Endpoint",
    "Entry",
    "FaultError",
    "Row",
    "SeedError",
    "Settings",
    "add_fault",
    "clear_faults",
    "create_app",
    "list_faults",
    "read_log",
    "read_status",
]
