"""The tables say what the installed SDK says."""

import json
import subprocess
import sys

import pulumi_azure_native.compute as compute
import pytest

from acg_sandbox.provider import generate, tables
from acg_sandbox.provider.paths import parameters_of, resource_id


def test_the_committed_tables_are_those_of_the_installed_sdk() -> None:
    assert generate.TABLES.read_text() == generate.render(generate.build()), (
        "run python -m acg_sandbox.provider.generate"
    )


def test_azure_native_is_not_imported_to_serve() -> None:
    probe = "import sys, acg_sandbox.provider; print([m for m in sys.modules if m.startswith('pulumi_azure_native')])"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize("token", tables.tokens())
def test_every_type_has_a_path_made_of_its_parameters(token: str) -> None:
    resource = tables.resource_type(token)
    inputs = {name: f"the-{name}" for name in resource.parameters}
    identifier = resource_id(resource, inputs, "sub")
    found = parameters_of(resource, identifier)
    assert found == inputs | ({"scope": "/the-scope"} if "scope" in inputs else {})
    assert "{" not in identifier


@pytest.mark.parametrize("token", tables.tokens())
def test_every_versioned_token_has_that_version(token: str) -> None:
    raw = json.loads(generate.TABLES.read_text())["resources"][token]
    package, module, name = token.split(":")
    for version in [raw["apiVersion"], *raw["otherVersions"]]:
        assert tables.resource_type(f"{package}:{module}/v{version.replace('-', '')}:{name}").api_version == version


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("v20220303", set()),
        ("v20220803", {"securityProfile"}),
        ("v20240303", {"securityProfile", "restore"}),
    ],
)
def test_older_versions_lack_what_came_later(version: str, names: set[str]) -> None:
    body = tables.resource_type(f"azure-native:compute/{version}:GalleryImageVersion").body
    assert body.keys() & {"securityProfile", "restore"} == names


def test_the_functions_of_the_sdk_are_served_with_its_arguments() -> None:
    for name in ("Gallery", "GalleryImage", "GalleryImageVersion", "Disk", "Snapshot", "Image", "VirtualMachine"):
        resource = tables.function_type(f"azure-native:compute:get{name}")
        result = getattr(compute, f"Get{name}Result")
        assert resource.token == f"azure-native:compute:{name}"
        assert {"id", "name", "azure_api_version"} <= set(dir(result))


@pytest.mark.parametrize(
    ("token", "replaces"),
    [
        ("compute:GalleryImage", {"resourceGroupName", "galleryName", "galleryImageName", "location"}),
        ("resources:ResourceGroup", {"resourceGroupName", "location"}),
        ("authorization:ManagementLockByScope", {"scope", "lockName"}),
    ],
)
def test_path_and_location_replace(token: str, replaces: set[str]) -> None:
    assert tables.resource_type(f"azure-native:{token}").replaces == replaces
