"""What tests of programs in other languages get."""

import pytest

from acg_sandbox.engine.errors import NoLanguageHostError
from acg_sandbox.engine.find import Engine, find_engine
from acg_sandbox.engine.languages import add_yaml_host


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The Pulumi CLI with the host of Pulumi YAML beside it; built first if there is none on this machine.

    The product does without it: a CLI of one's own may lack it, and its module may be out of reach.
    """
    engine = find_engine()
    try:
        add_yaml_host(engine)
    except NoLanguageHostError as error:
        pytest.skip(str(error))
    return engine
