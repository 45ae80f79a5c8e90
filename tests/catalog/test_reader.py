"""What the reader hands on: models, plain data and places, from one file, several or a folder."""

import gc
import io
import os
from pathlib import Path

import pytest

from acg.catalog import _files
from acg.catalog._document import Position
from acg.catalog.reader import read_catalog

CORP = """\
# the platform team's
defaults: &defaults
  targetRegions: [westeurope, {name: northeurope, regionalReplicaCount: 2}]
galleries:
  corp:
    resourceGroup: rg-images
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: contoso, offer: ubuntu, sku: "24_04"}
        versions:
          1.0.0: &first
            source: {managedImage: /subscriptions/x}
            endOfLifeDate: 2027-06-30
          1.1.0:
            <<: *first
            endOfLifeDate: 2028-06-30
            excludeFromLatest: no
          1.2.0: *first
"""
VERSIONS = ("galleries", "corp", "images", "ubuntu", "versions")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def corp(folder):
    (folder / "corp.yaml").write_text(CORP.replace("no\n", "false\n"), encoding="utf-8")
    return read_catalog("corp.yaml")


def test_anchors_aliases_and_merge_keys_are_spelled_out(corp):
    versions = corp.require().galleries["corp"].images["ubuntu"].versions

    assert {number: version.end_of_life_date for number, version in versions.items()} == {
        "1.0.0": "2027-06-30",
        "1.1.0": "2028-06-30",
        "1.2.0": "2027-06-30",
    }
    assert {version.source.managed_image for version in versions.values()} == {"/subscriptions/x"}


@pytest.mark.parametrize(
    ("path", "key", "line", "column", "length"),
    [
        (("defaults",), True, 2, 1, 8),
        (("defaults", "targetRegions"), False, 3, 18, 58),
        (("defaults", "targetRegions", 0), False, 3, 19, 10),
        (("defaults", "targetRegions", 0, "name"), False, 3, 19, 10),
        (("defaults", "targetRegions", 1, "name"), False, 3, 38, 11),
        (("defaults", "targetRegions", 1, "regionalReplicaCount"), False, 3, 73, 1),
        (("defaults", "targetRegions", 1, "regionalReplicaCount"), True, 3, 51, 20),
        ((*VERSIONS, "1.0.0"), False, 13, 11, 5),
        ((*VERSIONS, "1.0.0", "endOfLifeDate"), False, 15, 28, 10),
        ((*VERSIONS, "1.0.0", "endOfLifeDate"), True, 15, 13, 13),
        ((*VERSIONS, "1.0.0", "targetRegions"), False, 13, 11, 5),
        ((*VERSIONS, "1.0.0", "targetRegions", 3, "name"), True, 13, 11, 5),
        ((*VERSIONS, "1.1.0", "source", "managedImage"), False, 14, 36, 16),
        ((*VERSIONS, "1.1.0", "endOfLifeDate"), False, 18, 28, 10),
        ((*VERSIONS, "1.2.0"), True, 20, 11, 5),
        (("galleries", "corp", "images", "ubuntu", "identifier", "sku"), False, 11, 62, 7),
    ],
)
def test_places(corp, path, key, line, column, length):
    assert corp.position(path, key=key) == Position("corp.yaml", line, column, length)


def test_tags_that_say_what_a_value_is_anyway_are_followed(folder):
    tags = "{a: !!str 5, b: ! 6, c: !!str true, d: !!str {}}".replace("{}", "''")
    version = f"!!map {{replicaCount: !!int '2', excludeFromLatest: !!bool false, location: !!null null, tags: {tags}}}"
    (folder / "corp.yaml").write_text(
        f"galleries: {{c: {{resourceGroup: r, images: {{i: {{existing: true, versions: {{1.0.0: {version}}}}}}}}}}}"
    )

    read = read_catalog("corp.yaml").require().galleries["c"].images["i"].versions["1.0.0"]

    assert (read.replica_count, read.exclude_from_latest, read.location) == (2, False, None)
    assert read.tags == {"a": "5", "b": "6", "c": "true", "d": ""}


def test_nothing_is_near_what_no_file_has(corp):
    assert corp.position(("regions", "marsnorth")) is None
    assert corp.position(()) is None


def test_raw_data_is_as_it_was_written(corp):
    assert corp.raw["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.1.0"] == {
        "source": {"managedImage": "/subscriptions/x"},
        "endOfLifeDate": "2028-06-30",
        "excludeFromLatest": False,
    }


def test_the_text_of_a_file_is_at_hand(corp):
    assert corp.text("corp.yaml").startswith("# the platform team's")
    assert corp.text("other.yaml") is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_do_not_shift_places(folder, newline, mark):
    text = newline.join(["# ü", "galleries:", "  größe: {resourceGroup: rg}  # 😀", "  corp: {resourceGroup: rg}", ""])
    (folder / "corp.yaml").write_bytes(mark + text.encode())

    reading = read_catalog("corp.yaml")

    assert reading.position(("galleries", "größe", "resourceGroup")) == Position("corp.yaml", 3, 26, 2)
    assert reading.position(("galleries", "corp", "resourceGroup")) == Position("corp.yaml", 4, 25, 2)


def test_a_folder_is_one_catalog(folder):
    (folder / "team").mkdir()
    (folder / ".hidden").mkdir()
    (folder / "a.yaml").write_text("defaults: {replicaCount: 2}\nresourceGroups: {rg: {location: westeurope}}\n")
    (folder / "b.yml").write_text("galleries: {b: {resourceGroup: rg}}\n")
    (folder / "team" / "c.yaml").write_text("galleries: {c: {resourceGroup: rg}}\nregions: {marsnorth: {}}\n")
    (folder / "notes.txt").write_text("galleries: [")
    (folder / ".hidden" / "d.yaml").write_text("galleries: [")
    (folder / ".e.yaml").write_text("galleries: [")

    reading = read_catalog(folder)

    catalog = reading.require()
    assert list(catalog.galleries) == ["b", "c"]
    assert list(catalog.regions) == ["marsnorth"]
    assert list(catalog.resource_groups) == ["rg"]
    assert catalog.defaults.replica_count == 2
    place = reading.position(("galleries", "c", "resourceGroup"))
    assert place
    assert place.file == (folder / "team" / "c.yaml").as_posix()


def test_a_file_that_is_named_twice_is_read_once(folder):
    (folder / "corp.yaml").write_text("galleries: {corp: {resourceGroup: rg}}")

    assert read_catalog("corp.yaml", folder, folder / "corp.yaml").problems == ()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "does not exist"),
        (Path.mkdir, "has no .yaml, .yml or .json file in it"),
        (os.mkfifo, "is not an ordinary file"),
    ],
)
def test_a_path_that_cannot_be_read_has_a_reason(folder, make, message):
    make(folder / "catalog.yaml")

    (problem,) = read_catalog("catalog.yaml").problems

    assert (problem.code, problem.file, problem.message) == ("ACG001", "catalog.yaml", message)


def test_a_path_that_the_system_refuses_has_a_reason():
    (problem,) = read_catalog("c" * 5000).problems

    assert (problem.code, problem.message) == ("ACG001", "cannot be read: file name too long")


def test_a_file_that_may_not_be_read_has_a_reason(folder, monkeypatch):
    (folder / "corp.yaml").write_text("galleries: {}")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)  # root may read everything, so a mode would not do

    (problem,) = read_catalog("corp.yaml").problems

    assert (problem.code, problem.message) == ("ACG001", "cannot be read: permission denied")


def test_a_file_over_the_size_limit_is_refused(folder, monkeypatch):
    monkeypatch.setattr(_files, "MAXIMUM_SIZE", 2**20)
    text = "galleries: {corp: {resourceGroup: rg}}\n#"
    (folder / "fits.yaml").write_text(text.ljust(2**20, "x"))
    (folder / "large.yaml").write_text(text.ljust(2**20 + 1, "x"))

    assert read_catalog("fits.yaml").problems == ()
    (problem,) = read_catalog("large.yaml").problems
    assert (problem.code, problem.file, problem.message) == ("ACG001", "large.yaml", "is larger than 1 MiB")
    (problem,) = read_catalog("large.yaml", "fits.yaml").problems
    assert problem.file == "large.yaml"


def test_a_catalog_over_the_size_limit_is_refused(folder, monkeypatch):
    monkeypatch.setattr(_files, "MAXIMUM_SIZE", 2**20)
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(f"galleries: {{{name}: {{resourceGroup: rg}}}}\n#".ljust(2**19 + 1, "x"))

    (problem,) = read_catalog(folder).problems

    assert (problem.code, problem.message) == ("ACG001", "has more than 1 MiB in all its files")


def test_a_catalog_of_too_many_files_is_refused(folder, monkeypatch):
    monkeypatch.setattr(_files, "MAXIMUM_FILES", 3)
    for number in range(4):
        (folder / f"{number}.yaml").write_text(f"galleries: {{g{number}: {{resourceGroup: rg}}}}")

    (problem,) = read_catalog(folder).problems

    assert (problem.code, problem.message) == ("ACG001", "has more than 3 files")


def test_what_stands_in_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"galleries:\n  corp: {resourceGroup: rg}\n")))

    reading = read_catalog("-")

    assert list(reading.require().galleries) == ["corp"]
    assert reading.position(("galleries", "corp")) == Position("<stdin>", 2, 3, 4)


@pytest.mark.parametrize("name", ["a.yaml", "A.YML", "b.Yaml", "c.json"])
def test_files_of_a_folder_are_read_by_their_endings_in_any_case(folder, name):
    (folder / "catalog").mkdir()
    (folder / "catalog" / name).write_text('{"$schema": "x.json", "galleries": {"corp": {"resourceGroup": "rg"}}}')

    assert list(read_catalog("catalog").require().galleries) == ["corp"]


def test_other_files_of_a_folder_are_named_once(folder):
    (folder / "catalog").mkdir()
    for name in ("Pulumi.dev.yaml", "README.md", "catalog.schema.json", "guardrails.json", "notes.txt", ".gitignore"):
        (folder / "catalog" / name).write_text("{}")
    (folder / "catalog" / "corp.yaml").write_text("galleries: {corp: {resourceGroup: rg}}")

    reading = read_catalog("catalog")

    assert reading.problems == ()
    assert reading.notes == (
        "not read, because a catalog is YAML or JSON: catalog/Pulumi.dev.yaml, catalog/README.md, "
        "catalog/catalog.schema.json and 2 more",
    )


def test_a_file_that_is_named_alone_says_what_it_lacks_of_its_folder(folder):
    (folder / "common.yaml").write_text("defaults: {tags: {a: b}}\nresourceGroups: {rg: {location: westeurope}}\n")
    (folder / "other.yaml").write_text("galleries: {other: {resourceGroup: rg, defaults: {replicaCount: 1}}}")
    (folder / "corp.yaml").write_text("galleries: {corp: {resourceGroup: rg}}")

    assert read_catalog("corp.yaml").notes == (
        "common.yaml is not read, and with it defaults and resourceGroups that it declares for the whole folder",
    )
    assert read_catalog("corp.yaml", "common.yaml").notes == ()
    assert read_catalog(folder).notes == ()


def test_keys_for_anchors_are_no_part_of_the_catalog(folder):
    (folder / "corp.yaml").write_text(
        "x-regions: &regions [westeurope]\nx-any: 5\n"
        "galleries: {corp: {resourceGroup: rg, defaults: {targetRegions: *regions}}}"
    )

    reading = read_catalog("corp.yaml")

    assert reading.problems == ()
    assert reading.raw["galleries"]["corp"]["defaults"] == {"targetRegions": ["westeurope"]}
    assert list(reading.raw) == ["galleries"]


def test_lines_that_end_with_a_carriage_return_alone_are_lines(folder):
    (folder / "corp.yaml").write_bytes(b"galleries:\r  corp:\r    resourceGroup: rg\r    locatoin: x\r")

    reading = read_catalog("corp.yaml")

    assert [problem.place for problem in reading.problems] == ["corp.yaml:4:5"]
    assert reading.position(("galleries", "corp", "resourceGroup")) == Position("corp.yaml", 3, 20, 2)


def test_the_garbage_collector_is_left_as_it_was_found(folder):
    gc.disable()
    try:
        read_catalog("nothing.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()
    read_catalog("nothing.yaml")
    assert gc.isenabled()
