"""The args say what the models say, and other languages are told what they mean."""

import json
from typing import Any, get_args, get_origin

import pytest
from pulumi.provider.experimental.analyzer import Analyzer
from pulumi.provider.experimental.component import ComponentProvider
from pulumi_acg import Gallery, ImageDefinition, ImageVersion, LabPlan, args
from pulumi_acg._given import _fields, _snake, property_path
from pulumi_acg._version import ACG
from pulumi_acg.image_definition import DefinitionModel
from pulumi_acg.image_version import VersionModel
from pulumi_acg.lab_plan import PlanModel

from acg.catalog import models
from acg.catalog.models.base import Model, is_catalog_only
from tests.desired.fields import alias, plain

CALLED = {
    "Image": models.ImageDefinition,
    "Version": models.ImageVersion,
    "GalleryArgs": models.Gallery,
    "LabPlanArgs": PlanModel,
}


def all_models() -> dict[str, type[Model]]:
    found: dict[str, type[Model]] = {}
    pending: list[Any] = [models.Gallery, PlanModel]
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, Model) and kind.__name__ not in found:
            found[kind.__name__] = kind
            pending += [plain(field.annotation) for field in kind.model_fields.values() if not is_catalog_only(field)]
        pending += [plain(one) for one in get_args(kind)] if get_origin(kind) in (dict, tuple) else []
    renamed = {model: name for name, model in CALLED.items()}
    return {renamed.get(model, name): model for name, model in found.items()}


MIRRORS = {**all_models(), "ImageDefinitionArgs": DefinitionModel, "ImageVersionArgs": VersionModel}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    host = ComponentProvider([Gallery, ImageDefinition, ImageVersion, LabPlan], "acg", None, ACG)
    return json.loads(host.schema or "")


def test_every_model_has_its_args() -> None:
    assert set(args.__all__) == set(MIRRORS)


@pytest.mark.parametrize("name", sorted(MIRRORS))
def test_args_mirror_the_models(name: str) -> None:
    typed, model = getattr(args, name), MIRRORS[name]
    properties, _ = Analyzer("acg").analyze_type(typed, is_component_output=False)
    fields = {alias(key, field): field for key, field in model.model_fields.items() if not is_catalog_only(field)}
    assert set(properties) == set(fields), "other languages know the same names as YAML"
    for key, field in fields.items():
        assert properties[key].optional == (not field.is_required()), key
        described = " ".join((properties[key].description or "").split())
        assert described, key
        if field.description:
            assert described == field.description, key


@pytest.mark.parametrize("name", sorted(MIRRORS))
def test_what_other_languages_give_arrives_as_the_models_call_it(name: str) -> None:
    """The host of the package gives a component the keys of the args, and the components read YAML's."""
    typed, model = getattr(args, name), MIRRORS[name]
    _, keys = Analyzer("acg").analyze_type(typed, is_component_output=False)
    assert {yaml_key: _fields(model)[key][0] for yaml_key, key in keys.items()} == {key: key for key in keys}
    assert {yaml_key: _snake(yaml_key) for yaml_key in keys} == keys, "what a message proposes"


@pytest.mark.parametrize("name", sorted(MIRRORS))
def test_only_what_can_be_an_output_takes_one(name: str) -> None:
    """Scalars are plain wherever the models want them known: an Output there would fail in other languages, too."""
    typed, model = getattr(args, name), MIRRORS[name]
    properties, _ = Analyzer("acg").analyze_type(typed, is_component_output=False)
    for key, field in model.model_fields.items():
        if is_catalog_only(field):
            continue
        property_ = properties[alias(key, field)]
        scalar = property_
        while scalar.items or scalar.additional_properties:
            scalar = scalar.items or scalar.additional_properties
            assert scalar is not None
        if scalar.type is not None:
            takes_output = "Placeholder" in str(field.annotation) or "Placeholder" in str(field.metadata)
            takes_output |= "_OrPlaceholder" in str(field.metadata)
            assert bool(scalar.plain) != takes_output, key


def test_everything_in_the_package_is_described(schema: dict[str, Any]) -> None:
    assert schema["version"] == ACG
    assert set(schema["resources"]) == {
        "acg:index:Gallery",
        "acg:index:ImageDefinition",
        "acg:index:ImageVersion",
        "acg:index:LabPlan",
    }
    missing = [
        f"{token}.{name}"
        for token, thing in {**schema["types"], **schema["resources"]}.items()
        for section in ("properties", "inputProperties")
        for name, property_ in thing.get(section, {}).items()
        if not property_.get("description")
    ]
    assert not missing
    assert all(thing.get("description") for thing in {**schema["types"], **schema["resources"]}.values())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("images", "ubuntu", "osType"), "images.ubuntu.osType"),
        (("images", "ubuntu-24", "versions", "1.0.0"), 'images["ubuntu-24"].versions["1.0.0"]'),
        (("targetRegions", 1, "name"), "targetRegions[1].name"),
    ],
)
def test_paths_are_written_as_pulumi_writes_them(path: tuple[str | int, ...], text: str) -> None:
    assert property_path(path) == text
