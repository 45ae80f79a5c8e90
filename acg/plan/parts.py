"""Parts of a resource's inputs, whatever a stack says in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def part(inputs: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A mapping among inputs; an empty one where it is missing, secret or known only after deployment."""
    found = inputs.get(key)
    return found if isinstance(found, dict) else {}
