"""The way out of what concerns resources that the catalog does not manage, or locks."""

from __future__ import annotations

import shlex

from acg.desired.resource import Resource
from acg.plan.classify.locks import Locks
from acg.plan.identity import Identity
from acg.plan.model import Change, Proposal, Snippet
from acg.plan.proposals.commands import SUBSCRIPTION, import_commands, release_commands
from acg.plan.state import State

_AFTERWARDS = "acg preview accepts this, and so does acg plan --stack-file."


def adopted(resource: Resource, identity: Identity, stack: str | None) -> Proposal:
    """How something that exists comes into a stack."""
    text = f"The import changes the state of the stack and nothing in Azure. After it {_AFTERWARDS}"
    commands = import_commands(resource, identity, stack)
    if any(SUBSCRIPTION in command for command in commands):
        text += " Write the id of the provider's subscription in place of SUBSCRIPTION."
    return Proposal(text, commands=commands)


def released(resource: Resource, before: State, stack: str | None) -> Proposal:
    """How something leaves a stack and stays in Azure."""
    text = f"Take it out of the state of the stack first; nothing changes in Azure. After that {_AFTERWARDS}"
    return Proposal(text, commands=release_commands(resource, before, stack))


def unlocked(one: Change, locks: Locks, before: State, after: State) -> Proposal | None:
    """How a lock goes: one of a catalog by an edit of another pull request, others by a command."""
    lock = (locks.against_deletions if one.after is None else locks.against_writes)(one.resource)
    if lock is None:
        return None
    declared = after.by_name.get(lock.resource.name) or before.by_name.get(lock.resource.name)
    if declared is not None and declared.path:
        text = "In a pull request of its own, remove the lock and deploy that; put it back with or after this one."
        return Proposal(text, snippets=(Snippet("# remove lock\n", declared.path[:-1], after.at(declared.path)),))
    text = "Remove the lock, deploy this, and lock it again. Nobody here manages it."
    id_ = lock.resource.id
    return Proposal(text, commands=() if id_ is None else (f"az lock delete --ids {shlex.quote(id_)}",))
