"""The refusals of this provider, in ``refusals.yaml``, and the shared ones."""

from pathlib import Path

from acg_sandbox.arm.protocol.refusals import SHARED, RefusalTable, RequestError

TABLE = RefusalTable(Path(__file__).with_name("refusals.yaml"), SHARED)


def error(key: str, **words: object) -> RequestError:
    """The refusal called ``key``."""
    return TABLE.error(key, **words)
