"""What can change, by which way, and what it means."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from acg.azure.mutability import MUTABILITY, Change, How, create_only, mutability

_SPEC = find_spec("pulumi_azure_native")
assert _SPEC is not None
assert _SPEC.origin is not None
COMPUTE = Path(_SPEC.origin).parent / "compute"
"""azure-native's own code, read and not imported: importing it takes seconds."""


def inputs(file: str, name: str) -> list[str]:
    """The inputs of a class of azure-native by the names that Azure knows them by."""
    source = (COMPUTE / file).read_text(encoding="utf-8")
    found = re.search(rf"^class {name}:.*?(?=^\S)", source, re.DOTALL | re.MULTILINE)
    assert found
    functions = [node for node in ast.walk(ast.parse(found[0])) if isinstance(node, ast.FunctionDef)]
    names = []
    for function, decorator in [(one, it) for one in functions for it in one.decorator_list]:
        if isinstance(decorator, ast.Call):
            names.append(ast.literal_eval(decorator.keywords[0].value))
        elif ast.unparse(decorator) == "pulumi.getter":
            names.append(function.name)
    assert names
    return names


REGION = ("publishingProfile", "targetRegions", 0)


@pytest.mark.parametrize(
    ("resource", "path", "how", "change"),
    [
        ("Gallery", ("description",), How.UPDATABLE, Change.UPDATE),
        ("Gallery", ("tags", "team"), How.UPDATABLE, Change.UPDATE),
        ("Gallery", ("softDeletePolicy", "isSoftDeleteEnabled"), How.UPDATABLE, Change.UPDATE),
        ("Gallery", ("location",), How.CREATE_ONLY, Change.REPLACE),
        ("Gallery", ("galleryName",), How.CREATE_ONLY, Change.REPLACE),
        ("Gallery", ("sharingProfile", "permissions"), How.UNSETTLED, Change.UNDECIDED),
        ("GalleryImage", ("recommended", "vCPUs", "max"), How.UPDATABLE, Change.UPDATE),
        ("GalleryImage", ("endOfLifeDate",), How.UPDATABLE, Change.UPDATE),
        ("GalleryImage", ("osState",), How.CREATE_ONLY, Change.NEW_DEFINITION),
        ("GalleryImage", ("identifier", "sku"), How.CREATE_ONLY, Change.NEW_DEFINITION),
        ("GalleryImage", ("eula",), How.CREATE_ONLY, Change.NEW_DEFINITION),
        ("GalleryImage", ("purchasePlan", "name"), How.CREATE_ONLY, Change.NEW_DEFINITION),
        ("GalleryImage", ("features", 0, "value"), How.ALLOW_UPDATE_IMAGE, Change.UPDATE),
        ("GalleryImage", ("allowUpdateImage",), How.REQUEST, Change.UPDATE),
        ("GalleryImageVersion", REGION, How.UPDATABLE, Change.UPDATE),
        ("GalleryImageVersion", (*REGION, "regionalReplicaCount"), How.UPDATABLE, Change.UPDATE),
        ("GalleryImageVersion", (*REGION, "storageAccountType"), How.CREATE_ONLY, Change.NEW_VERSION),
        (
            "GalleryImageVersion",
            (*REGION, "encryption", "osDiskImage", "diskEncryptionSetId"),
            How.CREATE_ONLY,
            Change.NEW_VERSION,
        ),
        (
            "GalleryImageVersion",
            (*REGION, "additionalReplicaSets", 1, "regionalReplicaCount"),
            How.UPDATABLE,
            Change.UPDATE,
        ),
        ("GalleryImageVersion", ("storageProfile", "source", "id"), How.CREATE_ONLY, Change.NEW_VERSION),
        ("GalleryImageVersion", ("storageProfile", "dataDiskImages", 3, "lun"), How.CREATE_ONLY, Change.NEW_VERSION),
        ("GalleryImageVersion", ("publishingProfile", "replicationMode"), How.CREATE_ONLY, Change.NEW_VERSION),
        (
            "GalleryImageVersion",
            ("safetyProfile", "blockDeletionBeforeEndOfLife"),
            How.UPDATABLE,
            Change.UPDATE,
        ),
    ],
)
def test_what_a_change_takes(resource, path, how, change):
    row = mutability(resource, path)

    assert (row.how, row.change) == (how, change)


def test_what_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        mutability("GalleryImage", ("nothing", "of", "the", "kind"))


@pytest.mark.parametrize("resource", ["Gallery", "GalleryImage", "GalleryImageVersion"])
def test_paths_for_the_engine_lead_into_no_list(resource):
    assert create_only(resource)
    assert not any("[]" in path or "targetRegions" in path for path in create_only(resource))


def test_no_edit_of_sharing_or_features_makes_a_new_resource():
    assert not any(path.startswith("sharingProfile") for path in create_only("Gallery"))
    assert "features" not in create_only("GalleryImage")


def test_definition_paths_that_replace():
    assert {"osType", "osState", "hyperVGeneration", "architecture", "identifier", "purchasePlan", "eula"} < set(
        create_only("GalleryImage")
    )


@pytest.mark.parametrize("row", MUTABILITY.values(), ids=lambda row: f"{row.resource}.{row.path}")
def test_every_row_names_its_sources(row):
    assert row.sources
    assert set(row.sources) <= set("ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("resource", "file", "name", "above"),
    [
        ("Gallery", "gallery.py", "GalleryArgs", ()),
        ("GalleryImage", "gallery_image.py", "GalleryImageArgs", ()),
        ("GalleryImageVersion", "_inputs.py", "GalleryImageVersionPublishingProfileArgs", ("publishingProfile",)),
        ("GalleryImageVersion", "_inputs.py", "TargetRegionArgs", REGION),
    ],
)
def test_every_input_of_azure_native_has_a_row(resource, file, name, above):
    for key in inputs(file, name):
        assert mutability(resource, (*above, key))


def test_every_input_of_a_version_has_a_row_or_parts_that_have():
    rows = {path.split(".")[0] for resource, path in MUTABILITY if resource == "GalleryImageVersion"}

    assert set(inputs("gallery_image_version.py", "GalleryImageVersionArgs")) == rows
