"""The reader against PyYAML on generated data, and against anything at all."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from acg.catalog._scalars import PlainScalars
from acg.catalog._yaml_loader import build
from acg.catalog.reader import read_catalog

PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff￾￿"), max_size=12
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | PRINTABLE
    | st.sampled_from(["no", "1_0", "<<"])
)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4), max_leaves=20
)


class Dumper(yaml.SafeDumper):
    """Quotes the text that is something else by the rules of YAML 1.2, beside that of YAML 1.1."""

    def ignore_aliases(self, data):
        return True


def represent_text(dumper, text):
    is_text = PlainScalars()[text] is text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_text else '"')


Dumper.add_representer(str, represent_text)


def leaves(value, path=()):
    """Every path to a scalar, with the scalar."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield path, value
    for key, inner in entries:
        yield from leaves(inner, (*path, key))


@given(DATA, st.sampled_from([True, False, None]))
def test_what_pyyaml_writes_is_read(data, flow):
    document, problems = build("", yaml.dump(data, Dumper=Dumper, default_flow_style=flow, allow_unicode=True))

    assert problems == []
    assert document
    assert document.root == data


@given(DATA, st.sampled_from([True, False, None]))
def test_every_value_stands_where_the_reader_says(data, flow):
    text = yaml.dump(data, Dumper=Dumper, default_flow_style=flow, allow_unicode=True, width=10**9)
    document, _ = build("", text)

    assert document
    for path, value in leaves(data):
        if path:
            again, _ = build("", document.written(path))
            assert again
            assert again.root == value


@given(DATA)
def test_places_lie_in_the_text(data):
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True)
    document, _ = build("", text)
    lines = text.splitlines()

    assert document
    for path, _ in leaves(data):
        place = document.position(document.span(path))
        assert place.column - 1 + (place.length if place.length > 1 else 0) <= len(lines[place.line - 1])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("catalog") / "any.yaml"


CATALOG = """\
defaults: &d {targetRegions: [westeurope, {name: northeurope}], tags: {a: "b"}}
galleries:
  corp:
    resourceGroup: rg
    defaults: *d
    images:
      i:
        existing: true
        versions:
          1.0.0: {replicaCount: 2, dataDisks: [{lun: 0}]}
          1.0.1: {<<: *d}
"""


@st.composite
def mangled(draw):
    """A catalog with a piece of it replaced by something."""
    start = draw(st.integers(0, len(CATALOG)))
    end = draw(st.integers(start, min(len(CATALOG), start + 12)))
    put = draw(
        st.sampled_from(["", "*d", "&x", "!!t ", "[", "}", ": ", "- ", "\n", "\t", "5", "~", "<<", "? ", "---\n"])
    )
    return (CATALOG[:start] + put + CATALOG[end:]).encode()


@settings(max_examples=300)
@given(data=st.binary() | st.text().map(str.encode) | mangled())
@example(data=b"\xef\xbb\xbf")
@example(data=b"a: &a {<<: *a}")
@example(data=b"&a [*a]")
@example(data=b"? *a : b")
@example(data=b"{? {? {a: b} : c} : d}")
@example(data=b"galleries: {a: {}, <<: {a: 5}}")
@example(data=b"%YAML 1.1\n---\n...\n%YAML 1.1\n---\n")
def test_no_file_makes_the_reader_fail(file, data):
    file.write_bytes(data)

    reading = read_catalog(file)

    assert reading.problems or reading.catalog
    for problem in reading.problems:
        assert str(problem).startswith(file.as_posix())
        assert problem.message
        assert problem.fix


@given(mangled())
def test_a_catalog_is_whole_or_has_problems(file, data):
    file.write_bytes(data)

    reading = read_catalog(file)

    if reading.catalog and not reading.problems:
        versions = [
            len(i.get("versions", ())) for g in reading.raw["galleries"].values() for i in g.get("images", {}).values()
        ]
        read = [len(i.versions) for g in reading.catalog.galleries.values() for i in g.images.values()]
        assert read == versions
