"""Microsoft.Authorization: management locks and role assignments, at any scope, and what a caller may do there."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.authorization import refusals
from acg_sandbox.arm.providers.authorization.locks import Locks
from acg_sandbox.arm.providers.authorization.permissions import permissions
from acg_sandbox.arm.providers.authorization.role_assignments import RoleAssignments

PROVIDER = ResourceProvider(
    types=(Locks(), RoleAssignments()),
    routes=(Route(r"microsoft\.authorization/permissions", permissions),),
    refusals=refusals.TABLE,
)
