"""What stands in Azure goes into a stack, under the components, without a write to Azure."""

import json
from pathlib import Path

import pytest
import yaml

from acg.cli.main import run
from acg_sandbox.provider.paths import resource_id
from acg_sandbox.provider.shape import request_body
from acg_sandbox.provider.tables import resource_type
from tests.adopt.existing import lowered_file
from tests.agreement.embedded import _resolved
from tests.embedded import Embedded
from tests.program.stack import FIRST, SECOND, UBUNTU, counts

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]


def deployed(azure: Embedded, path: str) -> None:
    """Deploy a catalog of this project past any engine: that engines deploy them is tested with the examples."""
    ids: dict[str, str] = {}
    for one in lowered_file(path).resources:
        kind = resource_type(one.type)
        inputs = _resolved(one.inputs, ids)
        ids[one.name] = resource_id(kind, inputs, str(one.subscription or FIRST))
        if one.managed:
            body = request_body(kind.body, inputs)
            answer = azure.arm("PUT", ids[one.name], body, kind.api_version)
            assert answer.is_success, answer.text
            _wait_for(azure, ids[one.name], kind.api_version)


def _wait_for(azure: Embedded, path: str, api_version: str) -> None:
    for _ in range(200):
        state = azure.arm("GET", path, None, api_version).json()["properties"].get("provisioningState")
        if state in (None, "Succeeded"):
            return
    raise AssertionError(f"{path} does not become ready")


@pytest.fixture
def read(azure: Embedded, monkeypatch: pytest.MonkeyPatch) -> Embedded:
    """An embedded Azure that commands which read Azure read."""
    for name, value in azure.addresses.environment.items():
        if name.startswith("ACG_") or name.endswith("SUBSCRIPTION_ID"):
            monkeypatch.setenv(name, value)
    return azure


WANTED = {
    "max": (FIRST, "rg-max"),
    "contoso.community": (FIRST, "rg-max"),
    "partner": (SECOND, "rg-max-partner"),
    "hardened": (FIRST, "rg-hardened"),
    "platform": (FIRST, "rg-galleries"),
    "workloads": (FIRST, "rg-galleries"),
}


def observed(azure: Embedded) -> str:
    """A snapshot of the galleries, by `acg observe` of a catalog that names them as existing."""
    named = {
        name: {"existing": True, "resourceGroup": group, "subscription": subscription}
        for name, (subscription, group) in WANTED.items()
    }
    catalog, file = azure.folder / "wanted.yaml", azure.folder / "observed.json"
    catalog.write_text(yaml.safe_dump({"galleries": named}))
    assert run(["observe", str(catalog), "--out", str(file)]) == 0
    return str(file)


def adopted(folder: Path, *arguments: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> list[str]:
    """Run `acg adopt`, and give the commands that it says to run next."""
    assert run(["adopt", *arguments, "--out", str(folder), "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)["commands"]


def carried_out(azure: Embedded, commands: list[str], folder: Path) -> str:
    """The output of the last of the commands."""
    output = ""
    for command in commands:
        words = command.split()
        assert words[0] == "pulumi"
        yes = [] if words[1] == "config" else ["--yes", "--skip-preview"]
        output = azure.pulumi(*words[1:], *yes, cwd=folder)
    return output


def changing(azure: Embedded, since: int) -> list[str]:
    """The requests that are not for reading, from one on."""
    return [f"{one['method']} {one['path']}" for one in azure.requests()[since:] if one["method"] not in _READING]


_READING = ("GET", "HEAD")


def test_what_exists_is_adopted_into_an_empty_folder(read: Embedded, capsys: pytest.CaptureFixture[str]) -> None:
    azure = read
    for path in ("examples/max.yaml", "examples/hardened.yaml", "galleries"):
        deployed(azure, path)
    folder = azure.project((ROOT / "__main__.py").read_text(), name="adopted")
    file = observed(azure)
    written = len(azure.requests())

    commands = adopted(folder, "--observed", file, "--stack", "dev", capsys=capsys)
    output = carried_out(azure, commands, folder)
    assert set(counts(output)) == {"updated", "unchanged"}
    assert counts(output)["updated"] == 6, "the components alone, which an import leaves without inputs"
    assert set(counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=folder))) == {"unchanged"}
    assert run(["check", str(folder / "catalog.yaml")]) == 0
    assert changing(azure, written) == []


RAW = f'''
import pulumi
from pulumi_azure_native import compute, resources

group = resources.ResourceGroup("group", resource_group_name="rg-raw", location="westeurope", tags={{"a": "b"}})
gallery = compute.Gallery("gallery", gallery_name="raw", resource_group_name=group.name, location="westeurope")
image = compute.GalleryImage(
    "image",
    gallery_name=gallery.name,
    gallery_image_name="ubuntu",
    resource_group_name=group.name,
    location="westeurope",
    os_type=compute.OperatingSystemTypes.LINUX,
    os_state=compute.OperatingSystemStateTypes.GENERALIZED,
    hyper_v_generation="V2",
    identifier=compute.GalleryImageIdentifierArgs(publisher="contoso", offer="ubuntu", sku="raw"),
)
for number in ("1.0.0", "1.1.0"):
    compute.GalleryImageVersion(
        f"version-{{number}}",
        gallery_name=gallery.name,
        gallery_image_name=image.name,
        gallery_image_version_name=number,
        resource_group_name=group.name,
        location="westeurope",
        storage_profile=compute.GalleryImageVersionStorageProfileArgs(
            source=compute.GalleryArtifactVersionFullSourceArgs(id="{UBUNTU}"),
        ),
        publishing_profile=compute.GalleryImageVersionPublishingProfileArgs(
            storage_account_type="Standard_LRS",
            target_regions=[compute.TargetRegionArgs(name="westeurope")],
        ),
    )
'''


def test_a_raw_program_moves_under_the_components(azure: Embedded, capsys: pytest.CaptureFixture[str]) -> None:
    folder = azure.project(RAW, name="raw")
    azure.pulumi("up", "--yes", "--skip-preview", cwd=folder)
    azure.pulumi("stack", "export", "--file", "stack.json", cwd=folder)
    written = len(azure.requests())

    commands = adopted(folder, "--stack-file", str(folder / "stack.json"), capsys=capsys)
    (folder / "__main__.py").write_text((ROOT / "__main__.py").read_text())
    output = carried_out(azure, commands, folder)
    assert counts(output) == {"created": 1, "unchanged": 6}, "the component alone is new"
    assert set(counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=folder))) == {"unchanged"}
    assert changing(azure, written) == []
