"""Requests to a running embedded Azure itself, past Resource Manager."""

from collections.abc import Sequence
from typing import Any

import requests

from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder

_BATCH = 200
"""Resources in one request, which may have 4 MB."""


def add_to(
    folder: StateFolder,
    addresses: Addresses,
    subscriptions: Sequence[str],
    resources: Sequence[Any] = (),
    *,
    what: str = "--subscription",
) -> int:
    """Add to a running embedded Azure; give how many resources were not there before.

    Raises:
        LauncherError: it refuses them; ``what`` is what the user has to correct.
    """
    headers = {TOKEN_HEADER: (folder.root / TOKEN_FILE).read_text()}
    made = 0
    bodies: list[dict[str, Any]] = [{"subscriptions": list(subscriptions)}] if subscriptions else []
    bodies += [{"resources": resources[at : at + _BATCH]} for at in range(0, len(resources), _BATCH)]
    for body in bodies:
        answer = requests.post(f"{addresses.arm}/sandbox/seed", json=body, headers=headers, timeout=60)
        if not answer.ok:
            raise LauncherError(f"{what}: {answer.json()['error']['message']}.\nFix: correct it and run this again.")
        made += answer.json()["made"]
    return made
