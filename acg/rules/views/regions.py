"""Names of regions, made comparable once."""

from functools import lru_cache

from acg.azure import regions

canonical = lru_cache(maxsize=4096)(regions.canonical)
"""As `acg.azure.regions.canonical`; a catalog repeats a few names ten thousand times."""
