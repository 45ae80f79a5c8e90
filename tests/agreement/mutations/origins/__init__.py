"""Sources that Azure refuses, whoever names them and whatever they are."""

from __future__ import annotations

from typing import Any

from tests.agreement.scene import Scene
from tests.agreement.sources import compute_id

Json = dict[str, Any]


def disk(scene: Scene, name: str = "data", kind: str = "disk") -> Json:
    """Reference to a disk or snapshot in the scene's home region."""
    return {kind: compute_id(f"{kind}s", f"{name}-{scene.home}")}
