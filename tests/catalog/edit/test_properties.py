"""Whatever a file looks like, an edit says what it is to say and leaves other lines alone, or is refused whole."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from acg.catalog._yaml_loader import build
from acg.catalog.edit import Edit, EditError, append, apply_edits, put, remove
from acg.catalog.edit.snippet import flow

WORDS = st.sampled_from(
    ["a", "westeurope", "1.0.0", "2027-01-01", "yes", "~", "1e3", "0x1F", "a: b", "#x", "- a", "*a", "é…", "", "a'b"]
)
TEXT = WORDS | st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=8)
SCALARS = TEXT | st.booleans() | st.none() | st.integers(-5, 5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=3),
    max_leaves=6,
)
TREES = st.dictionaries(st.sampled_from(["a", "b", "1.0.0", "1.1.0"]), VALUES, min_size=1, max_size=4)
COMMENTS = st.lists(st.sampled_from(["", "# a comment", "    # indented"]), max_size=6)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Any]:
    tree = draw(TREES)
    style = draw(st.sampled_from([None, False, True]))
    text = yaml.safe_dump(
        tree,
        default_flow_style=style,
        indent=draw(st.sampled_from([2, 4])),
        allow_unicode=True,
        width=draw(st.sampled_from([40, 10_000])),
        sort_keys=False,
    )
    lines = text.splitlines()
    for comment in draw(COMMENTS):
        lines.insert(draw(st.integers(0, len(lines))), comment)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(lines) + draw(st.sampled_from([end, ""]))
    document, problems = build("file", text)
    return (text, document.root) if document and not problems else (flow(tree) + "\n", tree)


def places(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if path:
        yield path, tree
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


@st.composite
def edits(draw: st.DrawFn, tree: Any) -> Edit:
    path, value = draw(st.sampled_from(list(places(tree))))
    kinds = [put(path, draw(VALUES)), remove(path)]
    if isinstance(value, list):
        kinds.append(append(path, draw(VALUES)))
    if isinstance(value, dict):
        kinds.append(put((*path, "new"), draw(VALUES)))
    return draw(st.sampled_from(kinds))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_an_edit_is_right_or_refused(data: st.DataObject):
    text, tree = data.draw(files())
    edit = data.draw(edits(tree))
    try:
        new = apply_edits(text, [edit])
    except EditError:
        return
    document, problems = build("file", new)
    assert document is not None
    assert not problems
    assert is_made(tree, document.root, edit)
    before, after = text.splitlines(), new.splitlines()
    named = written(build("file", text)[0], edit, text)
    kept = [line for number, line in enumerate(before) if number not in named]
    rest = iter(after)
    assert all(line in rest for line in kept), (text, edit, new)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_a_value_on_one_line_is_read_as_itself(value: Any):
    text = f"a: {flow(value)}\n"
    document, problems = build("file", text)
    assert document is not None
    assert not problems
    assert document.root == {"a": value}
    assert yaml.safe_load(f"- {flow('yes')}") == ["yes"]


def at(root: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        root = root[step]
    return root


def is_made(before: Any, after: Any, edit: Edit) -> bool:
    """Whether the edit's path has what it ought to have."""
    *above, last = edit.path
    if edit.action == "append":
        return at(after, edit.path) == [*at(before, edit.path), edit.value]
    if edit.action == "put":
        return at(after, edit.path) == edit.value
    old, new = at(before, tuple(above)), at(after, tuple(above)) if above else after
    if isinstance(old, list):
        return new == [one for index, one in enumerate(old) if index != last]
    return new == {key: one for key, one in old.items() if key != last}


def test_edits_are_mostly_made() -> None:
    """What holds of every edit that is made proves nothing where all are refused."""
    made: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.data())
    def gather(data: st.DataObject) -> None:
        text, tree = data.draw(files())
        edit = data.draw(edits(tree))
        try:
            apply_edits(text, [edit])
        except EditError:
            made["refused"] += 1
        else:
            made[edit.action] += 1

    gather()
    assert min(made["put"], made["remove"], made["append"]) >= 3, made
    assert made["refused"] < made.total() / 2, made


def written(document: Any, edit: Edit, text: str) -> set[int]:
    """The lines from the comment above the top-level key of an edit to the next top-level key, which brackets share."""
    if any(line.startswith("{") for line in text.splitlines()):
        return set(range(len(text.splitlines())))
    starts = sorted(text.count("\n", 0, document.span((key,), key=True).start) for key in document.root)
    own = text.count("\n", 0, document.span(edit.path[:1], key=True).start)
    end = next((start for start in starts if start > own), len(text.splitlines()))
    above = own
    lines = text.splitlines()
    while above > 0 and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return set(range(above, max(end, own + 1)))


@pytest.mark.parametrize("text", ["\x85", "\u2028", "\u2029", "\x9f", "\ufeff", "a\x7fb"])
def test_what_yaml_takes_for_the_end_of_a_line_is_escaped(text: str) -> None:
    assert yaml.safe_load(flow({"a": text})) == {"a": text}
