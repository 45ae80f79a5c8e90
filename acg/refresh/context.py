"""Everything that a refresh looks at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from acg.refresh.azure import Azure
from acg.refresh.declared import Declared


@dataclass(frozen=True)
class Context:
    """What is declared, what exists, the day, and what was asked for."""

    declared: Declared
    azure: Azure
    today: date
    files: Mapping[str, Any] = field(default_factory=dict)
    """Contents of manifests and result files by their names in the catalog; a text says why one is not usable."""
    expedited: Collection[str] = ()
    """Images, as gallery/image, whose new versions do not wait for the version before to have soaked."""
    deployed_retired: Collection[str] | None = None
    """Versions, as gallery/image/number, that the deployed commit retires; None: not known."""
