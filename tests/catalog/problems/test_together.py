"""All problems of all files are reported at once and each once; what is readable is handed on."""

import pytest

from acg.errors import CatalogError
from tests.catalog.problems.conftest import GOOD, version


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


def test_a_copy_of_a_file_is_one_problem(read):
    text = GOOD.replace("versions:", "location: x") + "      debian: {existing: true}\n"

    assert [(problem.place, problem.message) for problem in read(text, copy=text).problems] == [
        ("copy.yaml:2:3", "all of gallery 'corp' is declared here and in corp.yaml:3")
    ]
