"""The pack in this process, and resources that it lets pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acg.rules import examples
from acg.testing import Pack, Resource, load_pack

POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture
def pack() -> Iterator[Pack]:
    """The pack, fresh for each test."""
    with load_pack(POLICIES) as loaded:
        yield loaded


def gallery(**more: Any) -> Resource:
    """A gallery that every rule passes."""
    return _shown(examples.gallery(), "corp", **more)


def definition(**more: Any) -> Resource:
    """An image definition that every rule passes."""
    return _shown(examples.definition(), "corp/ubuntu", **more)


def version(number: str = "1.0.0", *, with_inputs: dict[str, Any] | None = None, **more: Any) -> Resource:
    """An image version that every rule passes, if its number does."""
    shown = _shown(examples.version(number), f"corp/ubuntu/{number}", **more)
    return Resource(**{**vars(shown), "inputs": {**shown.inputs, **(with_inputs or {})}})


def disk(size: object, name: str = "data", **more: Any) -> Resource:
    """A managed disk."""
    return _shown(examples.resource("Disk", name, diskSizeGB=size), name, **more)


def _shown(resource: Any, name: str, **more: Any) -> Resource:
    return Resource(resource.type, resource.inputs, name=name, **more)
