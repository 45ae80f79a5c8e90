"""Whatever Azure has for text, the catalog that is written can be read again and says the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acg.adopt.observed import adopt_snapshot
from acg.state.observed import snapshot_of
from tests.adopt.answers import EMPTY, GALLERY, body, image, version
from tests.adopt.existing import lowered_text

HOSTILE = (
    "a\u202eb",
    "x\x1b[31m",
    "tab\there",
    "two\nlines",
    "\x00",
    "\ud800",
    "<% x %>",
    "{{ x }}",
    "${X}",
)


@given(description=st.text(), key=st.text(min_size=1), value=st.text())
@example(description="{{ x }}", key="\u200b", value="\ud800")
@example(description="\x85", key="0", value="\u2028")
@example(description="# no comment", key="null", value=": yes")
def test_text_comes_back_or_is_left_out(description: str, key: str, value: str) -> None:
    tagged = {**version(), "tags": {key: value}}
    found = adopt_snapshot(snapshot_of(EMPTY, [body(GALLERY, description=description), image(), tagged]))
    read = {one.name: one for one in lowered_text(found.document).resources}
    if read["corp"].managed:
        assert read["corp"].inputs.get("description", "") == description
    if read["corp/web/1.0.0"].managed:
        assert read["corp/web/1.0.0"].inputs["tags"] == {key: value}
    assert read["corp/web"].managed, "its neighbours are managed all the same"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_catalog_refuses_is_left_out_with_its_place(text: str) -> None:
    found = adopt_snapshot(snapshot_of(EMPTY, [body(GALLERY), image(), {**version(), "tags": {"k": text}}]))
    (left,) = found.left_out
    assert left.what == "corp/web 1.0.0"
    where = "a text" if text == "\ud800" else "tags.k"
    assert left.reason == f"A catalog cannot say {where} as it is in Azure."
