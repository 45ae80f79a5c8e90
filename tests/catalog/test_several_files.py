"""One gallery in several files of a folder, for teams that own images by their files."""

from pathlib import Path

import pytest

from acg.catalog.reader import Reading, read_catalog

IMAGE = "{osType: Linux, osState: Generalized, identifier: {publisher: a, offer: b, sku: SKU}, versions: {1.0.0: {}}}"


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog").mkdir()

    def read(*texts: str) -> Reading:
        for number, text in enumerate(texts, start=1):
            (tmp_path / "catalog" / f"{number}.yaml").write_text(text)
        return read_catalog("catalog")

    return read


def corp(keys: str) -> str:
    return f"galleries:\n  corp:\n    {keys}\n"


def image(name: str, sku: str = "x") -> str:
    return f"images: {{{name}: {IMAGE.replace('SKU', sku)}}}"


def test_images_of_one_gallery_may_stand_in_several_files(read):
    reading = read(corp(f"resourceGroup: rg\n    {image('one', 's1')}"), corp(image("two", "s2")), corp(image("three")))

    gallery = reading.require().galleries["corp"]
    assert list(gallery.images) == ["one", "two", "three"]
    assert gallery.resource_group == "rg"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("resourceGroup",), "catalog/1.yaml:3:20"),
        (("location",), "catalog/2.yaml:3:15"),
        (("images", "one"), "catalog/1.yaml:4:14"),
        (("images", "two", "osType"), "catalog/2.yaml:4:28"),
    ],
)
def test_everything_stands_in_its_own_file(read, path: tuple[str, ...], place: str):
    reading = read(corp(f"resourceGroup: rg\n    {image('one')}"), corp(f"location: a\n    {image('two')}"))

    found = reading.position(("galleries", "corp", *path))
    assert found
    assert f"{found.file}:{found.line}:{found.column}" == place


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        ("resourceGroup: other", ("catalog/2.yaml:3:5", "resourceGroup of gallery 'corp' is declared here and in")),
        ("tags: {a: c}", ("catalog/2.yaml:3:5", "tags of gallery 'corp' is declared here and in catalog/1.yaml:4")),
        (image("one"), ("catalog/2.yaml:3:14", "image 'corp/one' is declared here and in catalog/1.yaml:5")),
    ],
)
def test_the_same_thing_twice_names_both_places(read, second: str, problem: tuple[str, str]):
    place, message = problem
    reading = read(corp(f"resourceGroup: rg\n    tags: {{a: b}}\n    {image('one')}"), corp(second))

    [found] = reading.problems
    assert (found.code, found.place) == ("ACG009", place)
    assert found.message.startswith(message)


def test_a_misspelt_key_is_reported_in_its_own_file(read):
    [found] = read(corp("resourceGroup: rg"), corp("imagse: {}")).problems

    assert (found.place, found.fix) == ("catalog/2.yaml:3:5", "Write images.")


def test_an_alias_of_a_gallery_is_left_as_it_is(read):
    first = "galleries:\n  corp: &g {resourceGroup: rg, images: {}}\n  copy: *g\n"

    galleries = read(first, corp(image("one"))).require().galleries

    assert list(galleries["corp"].images) == ["one"]
    assert list(galleries["copy"].images) == []
