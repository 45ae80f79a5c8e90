"""Every kind of edit in every layout of a file: only its own lines change, or it is refused whole."""

from __future__ import annotations

import pytest

from acg.catalog.edit import Edit, EditError, apply_edits, put, remove
from tests.catalog.edit.changes import CHANGES, PUBLISHED, UBUNTU
from tests.catalog.edit.layouts import plain, styles
from tests.catalog.edit.oracle import require_right

FULL = {
    f"{family}: {name}": text
    for family, layouts in {
        "ends": plain.ENDS,
        "indentation": plain.INDENTATION,
        "comments": plain.COMMENTS,
        "JSON": plain.JSON,
        "quotes": styles.QUOTES,
        "brackets": styles.BRACKETS,
        "texts": styles.TEXTS,
        "shared": styles.SHARED,
        "keys": styles.KEYS,
    }.items()
    for name, text in layouts.items()
}

_FIRST_ONES = {"opened in further regions", "excluded", "retired", "restored"}
REFUSED: dict[str, set[str]] = {
    # yaml-edit edits no text with a directive.
    "ends: a directive": set(CHANGES),
    # yaml-edit would pull the last bracket up, into a line that no edit is about.
    "JSON: JSON over many lines": {"the last removed"},
    "JSON: JSON by tabs": {"the last removed"},
    "brackets: a version in brackets per line": {"the last removed"},
    # What others share by an anchor cannot change for one of them alone, nor go while they name it.
    "shared: an anchor on a version, and a merge": {*_FIRST_ONES, "removed"},
    "shared: a version by an alias": {*_FIRST_ONES, "removed"},
    "shared: an anchor on a value": {"excluded", "restored", "removed"},
    "shared: regions shared by an alias": {"an inherited region"},
    "shared: versions by a merge": {
        *CHANGES,
    }
    - {
        "a permission",
        "a new definition beside it",
        "a key renamed",
        "a gallery put back",
        "an inherited region",
    },
    # Behind a tag, yaml-edit sees no mapping.
    "shared: a tag on a mapping": _FIRST_ONES,
}
"""What no edit is made for, by layout; all else is edited."""

LIFE = ["a new version", "opened in further regions", "excluded", "retired", "removed", "revoked"]
"""What happens to a file over months."""


def edited(text: str, edits: list[Edit]) -> str | None:
    """The text with the edits, which are right; None: they are refused."""
    try:
        new = apply_edits(text, edits)
    except EditError:
        return None
    require_right(text, new, edits)
    return new


def test_there_are_layouts_of_many_kinds() -> None:
    assert len(FULL) + len(styles.EMPTY) >= 60


@pytest.mark.parametrize("layout", FULL)
def test_every_edit_in_every_layout(layout: str) -> None:
    refused = {kind for kind, edits in CHANGES.items() if edited(FULL[layout], edits) is None}

    assert refused == REFUSED.get(layout, set())


@pytest.mark.parametrize("layout", [name for name in FULL if name not in REFUSED])
def test_one_edit_after_the_other(layout: str) -> None:
    text = FULL[layout]
    for kind in LIFE:
        new = edited(text, CHANGES[kind])
        assert new is not None
        text = new


def test_ten_thousand_versions() -> None:
    edits = [put((*UBUNTU, "versions", f"0.{minor}.77", "retire"), True) for minor in range(6)]
    edits += [remove((*UBUNTU, "versions", f"0.7.{patch}")) for patch in range(100, 104)]

    assert edited(styles.LARGE, [*edits, *CHANGES["a new version"], *CHANGES["excluded"]]) is not None


@pytest.mark.parametrize("layout", styles.EMPTY)
@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_first_version(layout: str, kind: str) -> None:
    assert edited(styles.EMPTY[layout], PUBLISHED[kind]) is not None
