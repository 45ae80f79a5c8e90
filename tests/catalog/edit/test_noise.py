"""Any layout with comments and blanks anywhere, and any edits of it: only their lines change, or all is refused."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.edit.changes import CHANGES
from tests.catalog.edit.oracle import says
from tests.catalog.edit.test_edits import FULL, edited

NOISE = st.sampled_from(
    [
        "",
        "   ",
        "# at the margin",
        "        # by eight",
        "            # by twelve: {x}",
        "                  # far out",
        "\t",
    ]
)
BEHIND = st.sampled_from(["", "  ", " # behind", "\t# behind a tab"])
LAYOUTS = {name: text for name, text in FULL.items() if name != "ends: a directive"}


@st.composite
def noisy(draw: st.DrawFn) -> str:
    """A layout with more in it that says nothing."""
    text = LAYOUTS[draw(st.sampled_from(sorted(LAYOUTS)))]
    for place, noise, behind in draw(st.lists(st.tuples(st.floats(0, 1), NOISE, BEHIND), max_size=8)):
        lines = text.split("\n")
        number = int(place * (len(lines) - 1))
        line = lines[number].removesuffix("\r")
        end = lines[number][len(line) :]
        lines[number : number + 1] = [noise + end, line + behind + end]
        more = "\n".join(lines)
        if _is_noise(more, text):
            text = more
    return text


def _is_noise(more: str, text: str) -> bool:
    try:
        return says(more) == says(text)
    except yaml.YAMLError:
        return False


@settings(max_examples=200)
@given(noisy(), st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3, unique=True))
def test_edits_among_noise(text: str, kinds: list[str]) -> None:
    edited(text, [edit for kind in kinds for edit in CHANGES[kind]])
