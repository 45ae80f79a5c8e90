"""Which disk of the stack an unknown id is of: by elimination, or one of several."""

from typing import Any

import pytest
from acg_policies.matching import matched

from acg.desired.resource import Resource
from acg.rules.examples import resource

OS, FIRST, SECOND = ("osDiskImage", "source", "id"), ("dataDiskImages", 0, "id"), ("dataDiskImages", 1, "id")


def disk(name: str, **inputs: Any) -> Resource:
    return resource("Disk", name, **inputs)


LINUX = disk("linux", osType="Linux")
A, B = disk("a"), disk("b")


@pytest.mark.parametrize(
    ("places", "used", "found"),
    [
        pytest.param([OS], [A], {OS: ("a",)}, id="one and one"),
        pytest.param([OS, FIRST], [LINUX, A], {OS: ("linux",), FIRST: ("a",)}, id="the one with a system"),
        pytest.param([OS, FIRST], [A, LINUX], {OS: ("linux",), FIRST: ("a",)}, id="in the other order"),
        pytest.param(
            [OS, FIRST],
            [A, disk("made", creationData={"imageReference": {"id": "x"}})],
            {OS: ("made",), FIRST: ("a",)},
            id="the one made from an image",
        ),
        pytest.param(
            [OS, FIRST],
            [LINUX, disk("copy", creationData={"galleryImageReference": {"id": "x", "lun": 0}})],
            {OS: ("linux",), FIRST: ("copy",)},
            id="a data disk of an image",
        ),
        pytest.param([OS, FIRST], [A, B], {OS: ("a", "b"), FIRST: ("a", "b")}, id="neither shows a system"),
        pytest.param(
            [OS, FIRST, SECOND],
            [LINUX, A, B],
            {OS: ("linux",), FIRST: ("a", "b"), SECOND: ("a", "b")},
            id="data disks among themselves",
        ),
        pytest.param(
            [OS, FIRST, SECOND], [LINUX, A], {OS: ("linux",), FIRST: ("linux", "a"), SECOND: ("linux", "a")}, id="twice"
        ),
        pytest.param([OS], [LINUX, A], {OS: ("linux",)}, id="something else of a disk is used as well"),
        pytest.param([FIRST], [A, B], {FIRST: ("a", "b")}, id="fewer places than disks"),
        pytest.param([OS], [], {}, id="nothing fits"),
    ],
)
def test_an_id_is_of_what_is_left_over(places: Any, used: Any, found: Any):
    slots: dict[Any, Any] = dict.fromkeys(places, used)
    assert matched(slots) == found
