"""What the tests of faults get: an estate that is declared, and not deployed yet."""

import pytest

from tests.embedded import Embedded
from tests.labs.conftest import uni  # noqa: F401 - a fixture

pytest.register_assert_rewrite("tests.faults.deployment")

from tests.faults.deployment import Estate  # noqa: E402  # its assertions are to explain themselves


@pytest.fixture
def estate(azure: Embedded) -> Estate:
    """A catalog with two versions, the second created after the first."""
    return Estate(azure)
