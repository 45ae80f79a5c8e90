"""``docs/faults.md`` says what the tests prove, and leaves out nothing that the embedded Azure can do wrong."""

import shlex
from pathlib import Path

from acg_sandbox.arm import KINDS, list_faults
from acg_sandbox.launcher.faults import arm_fault
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


def test_what_stands_under_try_it_arms_the_fault_of_the_test(tmp_path: Path) -> None:
    faults = [fault for _, story in table.everything() for fault in story.faults]
    for fault in faults:
        kind, *settings = shlex.split(table.command(fault))
        arm_fault(tmp_path, kind, tuple(settings))
    for fault, armed in zip(faults, list_faults(tmp_path), strict=True):
        assert armed.items() >= fault.items()
