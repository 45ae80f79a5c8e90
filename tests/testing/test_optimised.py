"""`python -O` takes `assert` out of a program; a failure must not become a pass by that."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = """\
from acg.testing import Diagnostic, Report
found = Diagnostic("p", "message", "mandatory", None, "urn", "description")
Report((found, found)).{assertion}
"""


@pytest.mark.parametrize("assertion", ["assert_clean()", "assert_silent('p')", "assert_violation('p')"])
def test_an_assertion_of_the_kit_fails_without_asserts(assertion: str):
    script = SCRIPT.format(assertion=assertion)
    ran = subprocess.run(
        [sys.executable, "-O", "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "\nAssertionError: expected " in ran.stderr
