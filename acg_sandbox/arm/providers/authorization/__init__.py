"""Microsoft.Authorization: management locks and role assignments, at any scope."""

from acg_sandbox.arm.protocol.provider import ResourceProvider
from acg_sandbox.arm.providers.authorization import refusals
from acg_sandbox.arm.providers.authorization.locks import Locks
from acg_sandbox.arm.providers.authorization.role_assignments import RoleAssignments

PROVIDER = ResourceProvider(types=(Locks(), RoleAssignments()), refusals=refusals.TABLE)
