"""What tests of programs in other languages get."""

import pytest

from acg_sandbox.engine.find import Engine, find_engine
from acg_sandbox.engine.languages import add_yaml_host


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The Pulumi CLI with the host of Pulumi YAML beside it; built first if there is none on this machine."""
    engine = find_engine()
    add_yaml_host(engine)
    return engine
