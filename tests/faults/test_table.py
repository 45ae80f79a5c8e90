"""``docs/faults.md`` says what the tests prove, and leaves out nothing that the embedded Azure can do wrong."""

from pathlib import Path

from sandbox.arm import KINDS
from tests.faults import table

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == table.page(), "run: python -m tests.faults.table > docs/faults.md"


def test_every_module_of_tests_is_on_the_page() -> None:
    here = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert here - {Path(__file__).stem} == set(table.ORDER)


def test_every_kind_of_fault_is_proven_to_be_survived() -> None:
    told = {fault["fault"] for _, story in table.everything() for fault in story.faults}
    assert told == set(KINDS)
