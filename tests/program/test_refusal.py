"""What cannot be used, or must not be deployed, is said once each, and nothing is deployed."""

import re

import pytest

from tests.embedded import Embedded
from tests.program.stack import Stack, catalog, counts, definition, version

pytestmark = pytest.mark.engine

BROKEN = """\
galleries:
  corp:
    resourceGroup: rg
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: p, offer: o, sku: s}
        sauce: true
        defaults: {endOfLifeAfter: P1Y}
        versions:
          1.0.0: {source: {version: corp/ubuntu/9.9.9}}
          1.1: {}
"""


def errors(output: str) -> list[str]:
    """The messages of the diagnostics at the end, without the live display before."""
    return re.findall(r"^    error: (.*)$", output.partition("Diagnostics:")[2], flags=re.MULTILINE)


def test_every_problem_of_a_catalog_is_said_once_with_its_line(azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(BROKEN)
    output = stack.preview(fails=True)
    assert sorted(re.sub(r":\d+  ", "  ", it) for it in errors(output)) == [
        "catalog.yaml:12  error ACG013 end-of-life-unknown",
        "catalog.yaml:12  error ACG014 unknown-reference",
        "catalog.yaml:13  error ACG008 key-not-text",
        "catalog.yaml:9  error ACG005 unknown-key",
    ]
    assert "Traceback" not in output
    assert "unhandled" not in output
    assert counts(output) == {"create": 1, "errored": 1}, "nothing but the stack itself"


def test_what_azure_would_refuse_is_refused_before_the_first_call(azure: Embedded) -> None:
    stack = Stack(azure)
    away = version(targetRegions=["northeurope"])
    stack.declare(catalog({"ubuntu": definition({"1.0.0": away, "2.0": version()})}))
    output = stack.up(fails=True)
    assert len(errors(output)) >= 2
    assert "version-home-region" in output
    assert "Traceback" not in output
    assert "unhandled" not in output
    assert "corp/ubuntu/1.0.0" not in re.findall(r"GalleryImageVersion (\S+)", output)


def test_a_catalog_that_is_not_there(azure: Embedded) -> None:
    output = Stack(azure).preview(fails=True)
    (message,) = errors(output)
    assert message.startswith("catalog.yaml  error ACG001 input-unreadable")
