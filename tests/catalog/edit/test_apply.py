"""Edits of a catalog's text: the lines that change are those that the edit names."""

import difflib

import pytest

from acg.catalog.edit import Edit, EditError, append, apply_edits, put, remove

VERSIONS = ("galleries", "corp", "images", "ubuntu", "versions")
NEW = {"source": {"managedImage": "/new"}, "targetRegions": ["westeurope", {"name": "eastus"}], "build": "431"}

BLOCK = """\
# The galleries of corp.
galleries:
  corp:
    images:
      ubuntu:            # the base image
        versions:
          # The first one.
          1.0.0:
            source: {managedImage: /x}
            targetRegions:
              - westeurope
              - {name: eastus, regionalReplicaCount: 3}   # three
            tags:   {owner: "me"}

          1.1.0:
            source: {managedImage: /y}
            targetRegions: [westeurope]
            retire: false   # not yet

          # What follows is about the gallery.
    location: westeurope
"""


def changed(text: str, *edits: Edit) -> str:
    """The changed lines, as a diff without context shows them."""
    new = apply_edits(text, edits)
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


@pytest.mark.parametrize(
    ("edit", "diff"),
    [
        pytest.param(
            put((*VERSIONS, "1.2.0"), NEW),
            "+          1.2.0:\n"
            "+            source: {managedImage: /new}\n"
            "+            targetRegions: [westeurope, {name: eastus}]\n"
            '+            build: "431"',
            id="a new version takes the style of the last",
        ),
        pytest.param(
            put((*VERSIONS, "1.0.5"), {"retire": True}),
            "+          1.0.5:\n+            retire: true",
            id="a new version keeps the numbers in order",
        ),
        pytest.param(put((*VERSIONS, "1.0.0", "retire"), True), "+            retire: true", id="a new key"),
        pytest.param(
            put((*VERSIONS, "1.1.0", "retire"), True),
            "-            retire: false   # not yet\n+            retire: true   # not yet",
            id="another value keeps the comment behind it",
        ),
        pytest.param(
            put((*VERSIONS, "1.0.0", "tags", "owner"), "you"),
            '-            tags:   {owner: "me"}\n+            tags:   {owner: "you"}',
            id="quotes are kept",
        ),
        pytest.param(
            put((*VERSIONS, "1.0.0", "promoted", "eastus"), "2026-11-20"),
            "+            promoted: {eastus: 2026-11-20}",
            id="what is missing around a value is made",
        ),
        pytest.param(
            append((*VERSIONS, "1.0.0", "targetRegions"), "northeurope"),
            "+              - northeurope",
            id="an element of a list",
        ),
        pytest.param(
            append((*VERSIONS, "1.1.0", "targetRegions"), {"name": "eastus", "regionalReplicaCount": 2}),
            "-            targetRegions: [westeurope]\n"
            "+            targetRegions: [westeurope, {name: eastus, regionalReplicaCount: 2}]",
            id="an element of a list in brackets",
        ),
        pytest.param(
            put((*VERSIONS, "1.0.0", "targetRegions", 1, "regionalReplicaCount"), 5),
            "-              - {name: eastus, regionalReplicaCount: 3}   # three\n"
            "+              - {name: eastus, regionalReplicaCount: 5}   # three",
            id="a value within an element",
        ),
        pytest.param(
            put((*VERSIONS, "1.0.0", "targetRegions", 0), {"name": "westeurope", "excludeFromLatest": True}),
            "-              - westeurope\n+              - {name: westeurope, excludeFromLatest: true}",
            id="an element becomes a mapping",
        ),
        pytest.param(
            remove((*VERSIONS, "1.0.0", "targetRegions", 0)), "-              - westeurope", id="an element is removed"
        ),
        pytest.param(
            remove((*VERSIONS, "1.0.0")),
            "-          # The first one.\n"
            "-          1.0.0:\n"
            "-            source: {managedImage: /x}\n"
            "-            targetRegions:\n"
            "-              - westeurope\n"
            "-              - {name: eastus, regionalReplicaCount: 3}   # three\n"
            '-            tags:   {owner: "me"}',
            id="a removed version takes the comment above it along",
        ),
        pytest.param(
            remove((*VERSIONS, "1.1.0", "retire")), "-            retire: false   # not yet", id="a key is removed"
        ),
    ],
)
def test_an_edit_changes_its_own_lines(edit: Edit, diff: str):
    assert changed(BLOCK, edit) == diff


@pytest.mark.parametrize(
    ("text", "edit", "diff"),
    [
        pytest.param(
            "d: &d [a, b]\nx: {k: *d, m: 1}\ny: *d\n",
            append(("x", "k"), "c"),
            "-x: {k: *d, m: 1}\n+x: {k: [a, b, c], m: 1}",
            id="an alias becomes a value of its own",
        ),
        pytest.param(
            "y: &m {p: 1, q: [1]}\nw:\n  <<: *m\n", append(("w", "q"), 2), "+  q: [1, 2]", id="a list by merge key"
        ),
        pytest.param("y: &m {p: 1}\nw:\n  <<: *m\n", put(("w", "p"), 2), "+  p: 2", id="a value by merge key"),
        pytest.param("v: {}\nw: 1\n", put(("v", "k"), "x"), "-v: {}\n+v: {k: x}", id="an empty mapping"),
        pytest.param(
            "versions:\nw: 1\n",
            put(("versions", "1.0.0"), {"retire": True}),
            "+  1.0.0: {retire: true}",
            id="no value yet",
        ),
        pytest.param(
            'v:\n    "1.0.0": {a: 1}\n', put(("v", "1.0.1"), {"a": 2}), '+    "1.0.1": {a: 2}', id="quoted keys"
        ),
        pytest.param(
            "v:\n  2.0.0: {a: 1}\n  1.0.0: {a: 1}\n",
            put(("v", "2.0.1"), {"a": 2}),
            "+  2.0.1: {a: 2}",
            id="the newest first",
        ),
        pytest.param("a: [\n  x,\n  y,\n]\n", append(("a",), "z"), "+  z,", id="brackets over several lines"),
        pytest.param("a:\n- x\n- y\nb: 1\n", append(("a",), "z"), "+- z", id="dashes below the key"),
        pytest.param("a: 1", put(("b",), "yes"), '+b: "yes"', id="no newline at the end, a word of YAML 1.1"),
        pytest.param(
            "a:\n    b:\n        c: 1\n",
            put(("a", "d"), {"e": {"f": 1}}),
            "+    d:\n+      e: {f: 1}",
            id="indented by four",
        ),
        pytest.param(
            "a: >-\n  folded\n  text\nb: 1\n", put(("b",), 2), "-b: 1\n+b: 2", id="a block of text is left alone"
        ),
        pytest.param("\ufeffa: 1\n", put(("b",), 2), "+b: 2", id="a byte order mark"),
        pytest.param('{"a": {"b": 1}}\n', put(("a", "b"), 2), '-{"a": {"b": 1}}\n+{"a": {"b": 2}}', id="JSON"),
    ],
)
def test_every_layout_is_kept(text: str, edit: Edit, diff: str):
    assert changed(text, edit) == diff


def test_lines_end_as_those_of_the_file():
    text = BLOCK.replace("\n", "\r\n")
    new = apply_edits(text, [put((*VERSIONS, "1.2.0"), NEW)])
    assert new.count("\n") == new.count("\r\n") == text.count("\n") + 4


def test_a_file_without_a_newline_at_the_end_keeps_its_last_line():
    assert apply_edits("a: 1", [put(("b",), 2)]).startswith("a: 1\n")


def test_edits_are_made_in_order():
    two = [append(("a",), "z"), remove(("a", 0)), put(("a", 1), "last")]
    assert apply_edits("a: [x, y]\n", two) == "a: [y, last]\n"


@pytest.mark.parametrize(
    ("text", "edit", "message"),
    [
        pytest.param(BLOCK, remove((*VERSIONS, "3.0.0")), "the catalog has no galleries.corp", id="nothing to remove"),
        pytest.param(BLOCK, put((*VERSIONS, "1.0.0", "targetRegions", 7), "x"), "has no", id="no such element"),
        pytest.param(BLOCK, put((*VERSIONS, "1.1.0", "promoted", 1, "x"), 1), "has no", id="an element of nothing"),
        pytest.param(BLOCK, append((*VERSIONS, "1.0.0", "tags"), "x"), "is no list", id="no list"),
        pytest.param(BLOCK, put((*VERSIONS, "1.1.0", "retire", "x"), 1), "a value where", id="a value on the way"),
        pytest.param("d: &d [a]\nx: *d\n", append(("d",), "b"), "an anchor may be shared", id="an anchor in use"),
        pytest.param("y: &m {p: 1}\nw:\n  <<: *m\n", remove(("w", "p")), "from a merge key", id="a merge key"),
        pytest.param("a: [\n", put(("a",), 1), "cannot be read as a catalog", id="broken YAML"),
        pytest.param("a: 1\na: 2\n", put(("a",), 1), "cannot be read as a catalog", id="a key twice"),
        pytest.param("- a\n", put(("a",), 1), "holds no mapping", id="a list"),
        pytest.param("%YAML 1.1\n---\na: 1\n", put(("a",), 2), "begins with a directive", id="a directive"),
        pytest.param("a: !!map\n  b: 1\n", put(("a", "c"), 2), "a has a tag", id="a tag"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_edits(text: str, edit: Edit, message: str):
    with pytest.raises(EditError, match=message) as refused:
        apply_edits(text, [edit])
    assert refused.value.edits == (edit,)


def test_without_the_library_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "yaml_edit", None)
    with pytest.raises(EditError, match=r"pulumi-acg\[edit\]"):
        apply_edits("a: 1\n", [put(("a",), 2)])
