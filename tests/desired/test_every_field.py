"""Every field of the models that goes to Azure changes the inputs, and the inputs are all that azure-native takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

import pytest
from pulumi import _types
from pulumi_azure_native import compute, labservices

from acg.azure import kinds
from acg.catalog.models import Catalog, Defaults, Gallery, ImageDefinition, ImageVersion, ResourceGroup
from acg.catalog.models.labs import LabPlan
from acg.desired import lower
from tests.desired.fields import ABSENT, CATALOG, Field, plain, walk, with_value

GALLERY = ("galleries", "corp")
IMAGE = (*GALLERY, "images", "ubuntu")
PLAN = ("labPlans", "lp")
VERSION = (*IMAGE, "versions", "1.0.0")

FIELDS = [
    *walk(ResourceGroup, ("resourceGroups", "rg")),
    *walk(Gallery, GALLERY),
    *walk(ImageDefinition, IMAGE),
    *walk(ImageVersion, VERSION),
    *(field for field in walk(LabPlan, PLAN) if field.path[2] != "servicePrincipal"),
    *walk(Defaults, ("defaults",)),
    *walk(Defaults, (*GALLERY, "defaults")),
    *walk(Defaults, (*IMAGE, "defaults")),
]


def lowered(document: Any) -> list[tuple[str, str, Any, Any]]:
    result = lower(Catalog.model_validate(document))
    assert not result.problems
    return [(one.type, one.name, one.inputs, one.subscription) for one in result.resources]


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_value_of_a_field_leads_to_other_inputs(field: Field) -> None:
    document = CATALOG
    if str(field).endswith("images.ubuntu.startsAtVersion"):
        document = with_value(document, (*IMAGE, "hibernation"), True, Catalog)  # it shows only in features
    values = [value for value in field.values if not (value == [] and field.path[-1] == "readers")]
    seen = [repr(lowered(with_value(document, field.path, value, Catalog))) for value in values]
    assert len(set(seen)) == len(values)


def test_no_reader_is_no_resource() -> None:
    none = with_value(CATALOG, (*GALLERY, "readers"), [], Catalog)
    assert lowered(none) == lowered(CATALOG)


def everything() -> Catalog:
    document: Any = CATALOG
    for field in FIELDS:
        value = [value for value in field.values if value is not ABSENT][-1]
        if field.path[-1] in ("snapshot", "version"):
            continue  # the same property as managedImage and disk
        if {field.kind, *map(plain, get_args(field.kind))} & {str, int, bool}:
            document = with_value(document, field.path, value, Catalog)
    return Catalog.model_validate(document)


def emitted(value: Any, path: str = "") -> Iterator[str]:
    if path:
        yield path
    if isinstance(value, dict) and path != "tags":
        for key, inner in value.items():
            yield from emitted(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from emitted(inner, path)


def taken(args: type, path: str = "") -> Iterator[str]:
    """Every path of an Args class, nested ones included."""
    for name, kind in _types.input_type_types(args).items():
        inner = f"{path}.{name}" if path else name
        yield inner
        if (below := args_class(kind)) is not None:
            yield from taken(below, inner)


def args_class(kind: Any) -> type | None:
    if isinstance(kind, type) and hasattr(kind, "_pulumi_input_type"):
        return kind
    if get_origin(kind) in (Sequence, list) or (get_args(kind) and get_origin(kind) is not Mapping):
        return next(filter(None, map(args_class, get_args(kind))), None)
    return None


@pytest.mark.parametrize(
    ("type_", "args"),
    [
        (kinds.GALLERY, compute.GalleryArgs),
        (kinds.IMAGE, compute.GalleryImageArgs),
        (kinds.VERSION, compute.GalleryImageVersionArgs),
        (kinds.LAB_PLAN, labservices.LabPlanArgs),
    ],
)
def test_a_catalog_can_say_all_that_azure_native_takes(type_: str, args: type) -> None:
    resource = next(one for one in lower(everything()).resources if one.type == type_)
    assert set(emitted(resource.inputs)) == set(taken(args))
