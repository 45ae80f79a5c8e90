"""What the reader refuses: each fault with its code, place, words and fix, and all of them at once."""

import pytest

from acg.catalog.reader import read_catalog
from acg.errors import CatalogError

GOOD = """\
galleries:
  corp:
    resourceGroup: rg
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: contoso, offer: ubuntu, sku: lts}
        versions:
"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write files into an empty folder and read them."""
    monkeypatch.chdir(tmp_path)

    def read(text, **others):
        for name, content in {"corp": text, **others}.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.yaml").write_bytes(data)
        return read_catalog("corp.yaml", *(f"{name}.yaml" for name in others))

    return read


def version(text):
    """A catalog in which a version has a key or two."""
    return f"{GOOD}          1.0.0: {{{text}}}\n"


BROKEN = [
    ("a: [1\nb: 2", "2:2", "did not find expected ',' or ']' while parsing a flow sequence that begins in line 1"),
    ("galleries:\n\tcorp: {}", "2:1", "found character that cannot start any token"),
    ("galleries: a: b", "1:13", "mapping values are not allowed in this context"),
    ("a: 1\nb: 'corp\nc: 2\n", "2:4", "found unexpected end of stream while scanning a quoted scalar"),
    ("galleries: @corp", "1:12", "found character that cannot start any token"),
    ("a: 'é\x07'", "1:6", "the character U+0007 is not allowed"),
    (
        "- a\nb: 2\n",
        "2:1",
        "did not find expected '-' indicator while parsing a block collection that begins in line 1",
    ),
]


@pytest.mark.parametrize(("text", "place", "words"), BROKEN)
def test_broken_yaml_is_reported_with_its_place(read, text, place, words):
    (problem,) = read(text).problems

    assert (problem.code, problem.place) == ("ACG002", f"corp.yaml:{place}")
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("galleries:\n\tcorp: {}", "Indent with spaces; YAML allows no tabs there."),
        ("galleries: a: b", "Put text that holds a colon in quotes, or fix the indentation."),
        ("galleries: @corp", "Put text that begins with @ in quotes."),
    ],
)
def test_common_slips_in_yaml_have_a_fix_of_their_own(read, text, fix):
    (problem,) = read(text).problems

    assert problem.fix == fix


REFUSED = [
    # YAML that is in order, with what a catalog cannot have
    (GOOD + "          1.0.0: {}\n---\na: 1", "ACG003", "11:1", "a second document begins here"),
    (version("source: !!python/object/apply:os.system [ls]"), "ACG003", "10:27", "has the tag !!python/object/apply"),
    (version("replicaCount: !env REPLICAS"), "ACG003", "10:33", "has the tag !env, which a catalog cannot have"),
    (version("replicaCount: !!int two"), "ACG003", "10:33", "has the tag !!int"),
    (version("location: *home"), "ACG003", "10:29", "the alias *home has no anchor &home above it"),
    (version("tags: &t {a: *t}"), "ACG003", "10:32", "the alias *t is part of the value that &t names"),
    (version("<<: [1]"), "ACG007", "10:23", "the merge key << has a value that is neither a mapping nor a list"),
    ("[" * 65 + "]" * 65, "ACG003", "1:65", "lists and mappings are nested more than 64 deep"),
    # keys
    (version("location: a, location: b"), "ACG004", "10:32", "the key 'location' appears here and in line 10"),
    (GOOD + "          1.0.0: {}\n          1.0.0: {}", "ACG004", "11:11", "the key '1.0.0' appears here and in line"),
    (version("targetRegion: [a]"), "ACG005", "10:19", "corp/ubuntu/1.0.0 has the unknown key 'targetRegion'"),
    (version("target_regions: [a]"), "ACG005", "10:19", "corp/ubuntu/1.0.0 has the unknown key 'target_regions'"),
    (version("dataDisks: [{lun: 0, size: 5}]"), "ACG005", "10:40", "corp/ubuntu/1.0.0: dataDisks[0] has the unknown k"),
    ("galeries: {}\n", "ACG005", "1:1", "the catalog has the unknown key 'galeries'"),
    (version("dataDisks: [{disk: x}]"), "ACG006", "10:31", "corp/ubuntu/1.0.0: dataDisks[0] has no lun"),
    ("galleries: {corp: {}}", "ACG006", "1:13", "corp has no resourceGroup"),
    (GOOD + "          1.10: {}", "ACG008", "10:11", "the version 1.10 is a number to YAML, not text"),
    (version("tags: {1: a}"), "ACG008", "10:26", "the key 1 is a number to YAML, not text"),
    (version("tags: {true: a}"), "ACG008", "10:26", "the key true is true or false to YAML, not text"),
    (version("tags: {? : a}"), "ACG008", "10:28", "the key before the colon is nothing to YAML, not text"),
    (version("tags: {? [a] : b}"), "ACG008", "10:28", "a list is used as a key"),
    (version("tags: {? {a: b} : c}"), "ACG008", "10:28", "a mapping is used as a key"),
    # shapes
    (version("targetRegions: westeurope"), "ACG007", "10:34", "targetRegions is the text 'westeurope', needs a list"),
    (version("targetRegions: {a: b}"), "ACG007", "10:19", "targetRegions is a mapping, needs a list"),
    (version("targetRegions: [5]"), "ACG007", "10:35", "targetRegions[0] is the number 5, needs a mapping or text"),
    (version("excludeFromLatest: yes"), "ACG007", "10:38", "excludeFromLatest is the text 'yes', needs true or false"),
    (version("excludeFromLatest: 1"), "ACG007", "10:38", "excludeFromLatest is the number 1, needs true or false"),
    (version("excludeFromLatest: 'true'"), "ACG007", "10:38", "excludeFromLatest is the text 'true', needs true or"),
    (version("replicaCount: two"), "ACG007", "10:33", "replicaCount is the text 'two', needs a whole number"),
    (version("replicaCount: '2'"), "ACG007", "10:33", "replicaCount is the text '2', needs a whole number"),
    (version("replicaCount: 2.0"), "ACG007", "10:33", "replicaCount is the number 2.0, needs a whole number"),
    (version("replicaCount: true"), "ACG007", "10:33", "replicaCount is true, needs a whole number"),
    (version("tags: {cost: 042}"), "ACG007", "10:32", "tags.cost is the number 42, needs text"),
    (version("tags: {open: false}"), "ACG007", "10:32", "tags.open is false, needs text"),
    (version("source: text"), "ACG007", "10:27", "source is the text 'text', needs a mapping"),
    (version("publishedBy: me"), "ACG007", "10:32", "publishedBy is the text 'me', can only be 'external'"),
    (version("timeouts: {create: soon}"), "ACG007", "10:38", "timeouts.create is the text 'soon', which is not of"),
    (GOOD, "ACG007", "9:18", "corp/ubuntu: versions is empty, needs a mapping"),
    (GOOD + "          1.0.0:\n", "ACG007", "10:17", "corp/ubuntu/1.0.0 is empty, needs a mapping"),
    ("galleries:\n", "ACG007", "1:11", "galleries is empty, needs a mapping"),
    ("galleries: [corp]", "ACG007", "1:12", "galleries is a list, needs a mapping"),
    ("- corp", "ACG007", "1:1", "the file is a list, needs a mapping"),
    ("corp", "ACG007", "1:1", "the file is the text 'corp', needs a mapping"),
    # what does not go together
    ("galleries: {c: {resourceGroup: r, existing: true, lock: ReadOnly}}", "ACG011", "1:13", "c says existing: true"),
    ("galleries: {c: {resourceGroup: r, images: {i: {}}}}", "ACG011", "1:44", "c/i needs osType and osState and"),
    # nothing at all
    ("", "ACG010", "", "is empty"),
    ("# nothing\n", "ACG010", "", "is empty"),
    ("{}", "ACG010", "", "is empty"),
    ("galleries: {}", "ACG010", "", "declares no gallery"),
    ("resourceGroups: {rg: {location: westeurope}}", "ACG010", "", "declares no gallery"),
    # bytes
    (b"galleries:\n  corp: \xff", "ACG001", "2", "is not UTF-8: byte 0xFF"),
    ("galleries: {}".encode("utf-16"), "ACG001", "1", "is not UTF-8: byte 0xFF"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place", "words"), REFUSED)
def test_each_fault_has_its_code_place_and_words(read, text, code, place, words):
    (problem,) = read(text).problems

    assert (problem.code, problem.place) == (code, ":".join(filter(None, ["corp.yaml", place])))
    assert words in problem.message
    assert problem.fix.endswith((".", '"', "]", "anchor")) or ":" in problem.fix


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("1.10", "Write three parts: 1.10.0"),
        ("1.0", "Write three parts: 1.0.0"),
        ("1", "Write three parts: 1.0.0"),
        ("2024", "Write three parts: 2024.0.0"),
        ("1e3", "Write three parts: major.minor.patch, such as 1.4.0"),
    ],
)
def test_a_version_that_yaml_reads_as_a_number_is_refused_with_how_to_write_it(read, written, fix):
    (problem,) = read(f"{GOOD}          {written}: {{}}").problems

    assert (problem.code, problem.fix) == ("ACG008", fix)
    assert problem.path[-1] == written


@pytest.mark.parametrize("written", ["'1.0'", '"1"', "v1.0.0", "2024-01-01", "1.0.0-beta", "latest", "01.0.0"])
def test_a_version_that_is_text_is_left_to_the_rules(read, written):
    reading = read(f"{GOOD}          {written}: {{}}")

    assert reading.problems == ()
    assert list(reading.require().galleries["corp"].images["ubuntu"].versions) == [written.strip("'\"")]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (version("targetRegion: [a]"), "Write targetRegions."),
        (version("target_regions: [a]"), "Write targetRegions."),
        (version("ENDOFLIFEDATE: a"), "Write endOfLifeDate."),
        (
            version("source: {zzz: a}"),
            "Remove it; known here are virtualMachine, managedImage, version, communityVersion.",
        ),
        (version("osType: Linux"), "Move it to an image definition."),
        ("galleries: {c: {resourceGroup: r, targetRegions: [a]}}", "Move it to a version or to defaults."),
        (version("dataDisks: [{disk: x}]"), "Add lun: Logical unit number, unique among the version's data disks."),
        (version("targetRegions: westeurope"), "Put it in brackets: [westeurope]"),
        (version("targetRegions: {a: b}"), "Put a hyphen in front of each entry."),
        (version("excludeFromLatest: yes"), "Write true or false, without quotes."),
        (version("replicaCount: '2'"), "Write it without quotes: 2"),
        (version("replicaCount: two"), "Write a whole number."),
        (version("tags: {cost: 042}"), 'Put it in quotes: "042"'),
        (GOOD.replace("versions:", "hyperVGeneration: 2"), "Write V1 or V2."),
        ("galleries: {c: {resourceGroup: r, lock: 5}}", "Write a mapping or text."),
        (version("tags: {007: bond}"), 'Put it in quotes: "007"'),
        (GOOD, "Write a mapping, or leave the key out."),
        (version("timeouts: {create: soon}"), "See what it stands for: Longest wait for a create, such as 2h or 90m."),
    ],
)
def test_the_fix_says_what_to_write(read, text, fix):
    (problem,) = read(text).problems

    assert problem.fix == fix


def test_a_misspelt_key_is_reported_once_and_not_as_missing_too(read):
    (problem,) = read("galleries: {corp: {resourceGrp: rg}}").problems

    assert (problem.code, problem.fix) == ("ACG005", "Write resourceGroup.")


def test_a_fault_behind_an_anchor_is_reported_once(read):
    text = (
        GOOD + "          1.0.0: &v {size: 5}\n          1.0.1: *v\n          1.0.2: {<<: *v, location: westeurope}\n"
    )

    (problem,) = read(text).problems

    assert problem.place == "corp.yaml:10:22"


def test_all_problems_of_all_files_are_reported_at_once_in_order(read):
    reading = read(
        GOOD + "          1.0: {}\n          1.0.0: {replicaCount: x, location: 5}\n          1.0.0: {}\n",
        broken="a: [",
        empty="",
        more="galleries: {more: {resourceGroup: 7}}\n",
    )

    assert [(problem.place, problem.code) for problem in reading.problems] == [
        ("broken.yaml:1:5", "ACG002"),
        ("corp.yaml:10:11", "ACG008"),
        ("corp.yaml:11:33", "ACG007"),
        ("corp.yaml:11:46", "ACG007"),
        ("corp.yaml:12:11", "ACG004"),
        ("empty.yaml", "ACG010"),
        ("more.yaml:1:35", "ACG007"),
    ]


def test_what_stands_below_a_key_that_is_a_number_is_reported_too_and_not_handed_on(read):
    reading = read(GOOD + "          1.10: {replicaCount: x}\n          1.0.0: {}\n")

    assert [(problem.place, problem.code) for problem in reading.problems] == [
        ("corp.yaml:10:11", "ACG008"),
        ("corp.yaml:10:32", "ACG007"),
    ]
    assert list(reading.catalog.galleries["corp"].images["ubuntu"].versions) == ["1.0.0"]


def test_what_is_readable_is_handed_on(read):
    reading = read(
        GOOD
        + "          1.0.0: {replicaCount: x}\n          1.0.1: {}\n"
        + "      windows: {osTyp: Windows, existing: true, versions: {2.0.0: {}}}\n"
        + "      bare: {osState: Generalized}\n"
        + "  other: {location: westeurope}\n",
        broken="a: [",
    )

    assert reading.catalog
    (gallery,) = reading.catalog.galleries.values()
    assert {name: list(image.versions) for name, image in gallery.images.items()} == {
        "ubuntu": ["1.0.1"],
        "windows": ["2.0.0"],
    }


def test_nothing_is_handed_on_where_nothing_is_readable(read):
    reading = read("galleries: {corp: 5}")

    assert reading.catalog is not None
    assert reading.catalog.galleries == {}
    assert read("galleries: [").catalog is None


def test_a_catalog_that_is_required_raises_all_problems(read):
    with pytest.raises(CatalogError) as caught:
        read(version("location: 5, replicaCount: x")).require()

    assert [problem.code for problem in caught.value.problems] == ["ACG007", "ACG007"]
    assert "corp.yaml:10:29  error ACG007 wrong-shape" in str(caught.value)


def test_a_part_that_two_files_declare_names_both_places(read):
    reading = read(
        "galleries: {corp: {resourceGroup: a}}\ndefaults: {}\nresourceGroups: {a: {location: x}}",
        other="\ngalleries:\n  corp: {resourceGroup: 5}\ndefaults: {}\nresourceGroups: {a: {location: x}}",
    )

    assert [(problem.place, problem.code, problem.message) for problem in reading.problems] == [
        ("other.yaml:3:10", "ACG009", "resourceGroup of gallery 'corp' is declared here and in corp.yaml:1"),
        ("other.yaml:3:25", "ACG007", "corp: resourceGroup is the number 5, needs text"),
        ("other.yaml:4:1", "ACG009", "defaults is declared here and in corp.yaml:2"),
        ("other.yaml:5:18", "ACG009", "resource group 'a' is declared here and in corp.yaml:3"),
    ]


def test_aliases_cannot_stand_for_more_than_fits_into_memory(read):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    (problem,) = read("\n".join(lines)).problems

    assert (problem.code, problem.line) == ("ACG003", 6)
    assert "aliases stand for 257,961 values" in problem.message


def test_aliases_may_be_used_often(read):
    regions = GOOD + "          1.0.0: {targetRegions: &all [westeurope, northeurope, eastus]}\n"
    more = "".join(f"          1.0.{number}: {{targetRegions: *all}}\n" for number in range(1, 2000))

    assert read(regions + more).problems == ()
