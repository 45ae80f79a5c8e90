"""Whole packs: in this process, and in one of their own over gRPC."""

import os
import sys
import threading
from pathlib import Path

import pytest
from pulumi_policy import policy as sdk

from acg.testing import UNKNOWN, PackStartError, Resource, load_pack, start_pack

PACKS = Path(__file__).parent / "packs"


@pytest.mark.parametrize("run", [load_pack, start_pack])
def test_a_pack_answers_alike_here_and_in_its_own_process(run):
    with run(PACKS / "sample") as pack:
        assert set(pack.policies) == {"odd"}
        pack.analyze(Resource("a:b:C", {"number": 3})).assert_violation("odd", "is odd in")
        pack.analyze(Resource("a:b:C", {"number": 4})).assert_clean()
        assert pack.analyze(Resource("a:b:C", {"number": UNKNOWN})).skipped == ("odd",)


def test_a_process_gets_the_stack_in_its_environment():
    with start_pack(PACKS / "sample", config={"odd": "advisory"}) as pack:
        pack.analyze(Resource("a:b:C", {"number": 3})).assert_violation("odd", "odd in stack", level="advisory")


@pytest.mark.parametrize(("folder", "says"), [("broken", "no such rule"), ("printing", "hello"), (".", "__main__")])
def test_a_process_that_does_not_start_shows_what_it_printed(folder, says):
    with pytest.raises(PackStartError, match=says), start_pack(PACKS / folder):
        pass


def test_a_program_that_makes_no_pack_is_no_pack():
    with pytest.raises(PackStartError, match="without making a PolicyPack"), load_pack(PACKS / "printing"):
        pass


def test_a_program_that_ends_says_with_what(tmp_path):
    (tmp_path / "__main__.py").write_text("import sys; sys.exit('no rules')")
    with pytest.raises(PackStartError, match="ended with no rules"), load_pack(tmp_path):
        pass


def test_nothing_is_left_behind():
    threads = threading.active_count()
    modules = set(sys.modules)
    path = list(sys.path)
    servicer = sdk._PolicyAnalyzerServicer  # pyright: ignore[reportPrivateUsage]
    with load_pack(PACKS / "sample") as pack:
        assert "helper" in sys.modules
        assert pack.policies
    with start_pack(PACKS / "sample") as pack:
        children = _children()
        assert children
    assert not _children() & children
    assert threading.active_count() == threads
    assert set(sys.modules) == modules
    assert sys.path == path
    assert sdk._PolicyAnalyzerServicer is servicer  # pyright: ignore[reportPrivateUsage]


def _children() -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == os.getpid() and fields[0] != "Z":
                found.add(int(entry.name))
    return found
