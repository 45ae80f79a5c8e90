"""How one embedded Azure is set up: who lives in it, how fast time passes, what it hands out."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from acg_sandbox.subscriptions import PLATFORM, SECOND, TENANT

DEFAULT_SEED = Path(__file__).parents[2] / "seed.yaml"

INSTANT = 0.0
REAL = 1.0


@dataclass(frozen=True)
class Settings:
    """What can be chosen when the embedded Azure starts.

    Attributes:
        pace: How long operations take, as a factor of the recorded durations: 0 is instant, 1 is as real.
        enforce_rates: Answer 429 when a token bucket is empty; otherwise the buckets only show in headers.
        signed_operations: Give operation URLs the signed query of today's Azure, over 4 KB long.
        page_size: Most resources that one page of a list holds.
        seed: The list of resources that a fresh state starts with; None starts empty.
        clock: Seconds since 1970; tests pass their own.
        new_guid: Where ids of operations and requests come from.
    """

    subscriptions: tuple[str, ...] = (PLATFORM, SECOND)
    tenant: str = TENANT
    pace: float = INSTANT
    enforce_rates: bool = False
    signed_operations: bool = False
    page_size: int = 100
    seed: Path | None = DEFAULT_SEED
    clock: Callable[[], float] = time.time
    new_guid: Callable[[], str] = lambda: str(uuid.uuid4())
