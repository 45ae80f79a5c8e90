"""One gallery in several files: each edit is made in the file that holds its place, and no other file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from acg.catalog.edit import Edit, append, edited_files, put, remove, write_files
from acg.catalog.edit.intended import intended
from acg.catalog.reader import read_catalog

IMAGES = ("galleries", "corp", "images")
FILES = {
    "1-gallery.yaml": b"# the gallery\ngalleries:\n  corp:\n    resourceGroup: rg\n    tags: {owner: me}  # us\n",
    "2-linux.yaml": (
        b"\xef\xbb\xbfgalleries:\r\n  corp:\r\n    images:\r\n      ubuntu:\r\n        osType: Linux\r\n"
        b"        osState: Generalized\r\n        identifier: {publisher: a, offer: b, sku: c}\r\n"
        b"        versions:\r\n          1.0.0: {source: {managedImage: /x}, targetRegions: [westeurope]}\r\n"
        b"          1.1.0: {source: {managedImage: /y}}   # newest"
    ),
    "3-windows.json": (
        b'{"galleries": {"corp": {"images": {"windows": {"osType": "Windows", "osState": "Generalized",\n'
        b'  "identifier": {"publisher": "a", "offer": "b", "sku": "d"}, "versions": {}}}}}}\n'
    ),
    "4-defaults.yaml": b"defaults:\n  location: westeurope\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog").mkdir()
    for name, text in FILES.items():
        (tmp_path / "catalog" / name).write_bytes(text)
    return tmp_path / "catalog"


NEW = {"source": {"managedImage": "/z"}, "publishedOn": "2026-11-27"}


@pytest.mark.parametrize(
    ("edits", "changed"),
    [
        ([put((*IMAGES, "ubuntu", "versions", "1.2.0"), NEW)], {"2-linux.yaml"}),
        ([append((*IMAGES, "ubuntu", "versions", "1.0.0", "targetRegions"), "northeurope")], {"2-linux.yaml"}),
        ([remove((*IMAGES, "ubuntu", "versions", "1.1.0"))], {"2-linux.yaml"}),
        ([put((*IMAGES, "windows", "versions", "1.0.0"), NEW)], {"3-windows.json"}),
        ([put(("galleries", "corp", "location"), "westeurope")], {"1-gallery.yaml"}),
        ([put(("galleries", "corp", "tags", "owner"), "you")], {"1-gallery.yaml"}),
        ([put(("defaults", "replicaCount"), 2)], {"4-defaults.yaml"}),
        (
            [
                put((*IMAGES, "ubuntu", "versions", "1.1.0", "retire"), True),
                put((*IMAGES, "windows", "allowUpdateImage"), True),
                put(("galleries", "corp", "resourceGroup"), "other"),
            ],
            {"1-gallery.yaml", "2-linux.yaml", "3-windows.json"},
        ),
    ],
)
def test_an_edit_is_made_in_its_own_file(folder: Path, edits: list[Edit], changed: set[str]) -> None:
    reading = read_catalog("catalog")
    expected = reading.raw
    for edit in edits:
        expected = intended(expected, edit)

    write_files(edited_files(reading, [*edits, *edits[:1]]), below=folder)

    assert {name for name, text in FILES.items() if (folder / name).read_bytes() != text} == changed
    assert read_catalog("catalog").raw == expected
    linux = (folder / "2-linux.yaml").read_bytes()
    assert linux.startswith(b"\xef\xbb\xbfgalleries:\r\n")
    assert linux.count(b"\n") == linux.count(b"\r\n")
