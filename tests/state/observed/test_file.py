"""A snapshot is read as it was written, is what its schema says, and differs only where Azure does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from acg.errors import InputError
from acg.state.observed import (
    Consumer,
    ConsumerKind,
    Copy,
    Coverage,
    Lock,
    Part,
    Reading,
    Snapshot,
    SoftDeleted,
    Upgrade,
    read_snapshot,
    write_snapshot,
)
from tests.state.observed.estate import DEFINITION, DISK, GALLERY, GROUP, IMAGE, SNAPSHOT, SUBSCRIPTION, VERSION

CHECKOUT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((CHECKOUT / "docs/observed.schema.json").read_text())
MOMENT = datetime(2026, 11, 27, 2, 10, tzinfo=UTC)
FULL = Snapshot(
    read_at=MOMENT,
    copies={VERSION["id"].lower(): {"westeurope": Copy("Completed", 100), "northeurope": Copy("Replicating")}},
    copied_in={DEFINITION["id"].lower(): [9.0, 14.5]},
    soft_deleted=[SoftDeleted(f"{DEFINITION['id']}/versions/0.9.0", MOMENT)],
    locks=[Lock(f"{GROUP}/providers/Microsoft.Authorization/locks/keep", "CanNotDelete", GROUP, "Ask first.")],
    upgrades={f"{GROUP}/providers/microsoft.compute/virtualmachinescalesets/web".lower(): [
        Upgrade("Completed", MOMENT, None, DEFINITION["id"], "1.0.0", 3, 1, 0, 0, 1)
    ]},
    consumers=[
        Consumer(None, ConsumerKind.MACHINE, "westeurope", DEFINITION["id"], "1.0.0", ("1.0.0",), number=12),
        Consumer("/x", ConsumerKind.SCALE_SET, "westeurope", DEFINITION["id"], None, (), True, SUBSCRIPTION, 1, 0),
    ],
    coverage=Coverage(1, 2, ("One is missing.",), (
        Reading(Part.LOCKS, f"/subscriptions/{SUBSCRIPTION}", "was refused: 403 AuthorizationFailed"),
        Reading(Part.VERSIONS, DEFINITION["id"].lower()),
    )),
)  # fmt: skip
BODIES, SOURCES = [GALLERY, DEFINITION, VERSION], [IMAGE, SNAPSHOT, DISK]


def written(tmp_path: Path, snapshot: Snapshot, *bodies: list[Any]) -> Path:
    file = tmp_path / "observed.json"
    file.write_text(write_snapshot(snapshot, *(bodies or ([],))))
    return file


def problems(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(json.loads(text))]


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = read_snapshot(written(tmp_path, FULL, BODIES, SOURCES))
    for name in ("read_at", "copies", "copied_in", "soft_deleted", "locks", "upgrades", "coverage"):
        assert getattr(found, name) == getattr(FULL, name), name
    assert set(found.consumers or ()) == set(FULL.consumers or ())
    assert [one.id for one in found.resources] == [GALLERY["id"], DEFINITION["id"], VERSION["id"]]
    assert [one.name for one in found.sources] == ["data", "web-1", "web-os"]


def test_what_is_written_is_what_the_schema_says() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert problems(write_snapshot(FULL, BODIES, SOURCES)) == []
    assert problems(write_snapshot(Snapshot(MOMENT), [])) == []


def test_the_schema_names_every_part_and_every_kind_of_consumer() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["Reading"]["properties"]["part"]["enum"] == [one.value for one in Part]
    assert definitions["Consumer"]["properties"]["kind"]["enum"] == [one.value for one in ConsumerKind]


def test_the_schema_allows_nothing_else() -> None:
    data = json.loads(write_snapshot(FULL, BODIES, SOURCES))
    for node in _nodes(data):
        node["surprise"] = 1
        assert problems(json.dumps(data)), node
        del node["surprise"]


def _nodes(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every object of the format's own; not the resources, which are Azure's, nor maps by id."""
    yield data
    yield data["coverage"]
    for key in ("softDeleted", "locks", "consumers"):
        yield data[key][0]
    yield data["coverage"]["parts"][0]
    yield next(iter(data["upgrades"].values()))[0]
    yield next(iter(next(iter(data["copies"].values())).values()))


@given(st.permutations(BODIES), st.permutations(SOURCES), st.permutations(FULL.consumers or ()))
def test_the_order_in_which_azure_answers_does_not_matter(
    bodies: list[Any], sources: list[Any], consumers: list[Consumer]
) -> None:
    shuffled = replace(FULL, consumers=consumers)
    assert write_snapshot(shuffled, bodies, sources) == write_snapshot(FULL, BODIES, SOURCES)


def test_signatures_people_and_marks_of_the_moment_are_not_written() -> None:
    uri = "https://store.blob.core.windows.net/vhds/os.vhd?sv=2024&sig=CANARY"
    properties = {"storageProfile": {"osDisk": {"blobUri": uri}}, "etag": "CANARY"}
    people = {"createdBy": "CANARY", "lastModifiedAt": "CANARY", "createdAt": "2026-11-20T00:00:00Z"}
    text = write_snapshot(FULL, [], [{**IMAGE, "properties": properties, "systemData": people}])
    assert "CANARY" not in text
    assert "https://store.blob.core.windows.net/vhds/os.vhd" in text
    assert "2026-11-20" in text


@pytest.mark.parametrize(
    "text", ["[]", '{"acgSnapshot": 2}', '{"acgSnapshot": 1}', '{"acgSnapshot": 1, "readAt": "x"}']
)
def test_a_file_that_is_no_snapshot_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "azure.json"
    file.write_text(text)
    with pytest.raises(InputError, match=r"azure\.json"):
        read_snapshot(file)


def test_a_large_snapshot_is_read_and_an_endless_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = write_snapshot(FULL, BODIES, SOURCES)
    file_module = import_module("acg.state.observed.file")
    file = tmp_path / "azure.json"
    file.write_text(text + " " * (33 << 20))  # more than other files may have
    assert len(read_snapshot(file).resources) == 3
    monkeypatch.setattr(file_module, "LARGEST", 1 << 20)
    with pytest.raises(InputError, match="1 MiB"):
        read_snapshot(file)
