"""What goes wrong on request."""

from acg_sandbox.arm.faults.fault import KINDS, Fault, FaultError, FaultKind, read_fault
from acg_sandbox.arm.faults.table import Faults, add, add_fault, clear_faults, list_faults, listing, remove

__all__ = [
    "KINDS",
    "Fault",
    "FaultError",
    "FaultKind",
    "Faults",
    "add",
    "add_fault",
    "clear_faults",
    "list_faults",
    "listing",
    "read_fault",
    "remove",
]
