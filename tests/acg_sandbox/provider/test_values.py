"""Property values survive the way through the protocol."""

from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from acg_sandbox.provider.values import UNKNOWN, to_python, to_struct

_scalars = (
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.sampled_from(["", "a", UNKNOWN])
)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", ""]), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), _values))
def test_there_and_back(properties: dict[str, Any]) -> None:
    assert to_python(to_struct(properties)) == properties


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"a": None, "b": [None, {"c": None}]}, {"b": [None, {}]}),
        ({"a": 2.0}, {"a": 2}),
        ({"a": "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"}, {"a": UNKNOWN}),
        (
            {"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": {"b": 1}}},
            {"a": {"b": 1}},
        ),
        ({"a": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4"}}, {"a": UNKNOWN}),
    ],
)
def test_what_the_protocol_writes_in_its_own_way(sent: dict[str, Any], kept: dict[str, Any]) -> None:
    struct = Struct()
    struct.update(sent)
    found = to_python(struct)
    assert found == kept
    assert [type(v) for v in found.values()] == [type(v) for v in kept.values()]
