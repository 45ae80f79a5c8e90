"""A catalog lives through its changes: what updates, what is refused, what goes in which order."""

import json
import re

import pytest

from acg.azure.kinds import VERSION
from tests.embedded import Embedded
from tests.program.stack import FIRST, SECOND, UBUNTU, Stack, catalog, counts, definition, done, version

pytestmark = pytest.mark.engine

GALLERY = f"/subscriptions/{FIRST}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
TWO = [{"name": "westeurope"}, {"name": "northeurope"}]


def protected(output: str) -> set[str]:
    """What Pulumi refuses to delete or replace, by the command that it names for each."""
    return set(re.findall(r"`pulumi state unprotect '[^']*::([^':]+)'`", output))


def test_changes_that_azure_allows_are_updates(azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(targetRegions=TWO)})}))
    assert counts(stack.up()) == {"created": 6}
    assert counts(stack.up()) == {"unchanged": 6}

    more = [{"name": "westeurope", "regionalReplicaCount": 3}, {"name": "northeurope"}]
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(targetRegions=more)}, description="More.")}))
    assert stack.steps() == {"corp/ubuntu": ("update", []), "corp/ubuntu/1.0.0": ("update", [])}
    # A region in front of the others, the others in another order: Pulumi compares lists by index.
    moved = [{"name": "eastus2", "storageAccountType": "Premium_LRS"}, {"name": "northeurope"}, more[0]]
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(targetRegions=moved)})}))
    assert stack.steps() == {"corp/ubuntu/1.0.0": ("update", [])}
    assert counts(stack.up()) == {"updated": 1, "unchanged": 5}
    regions = azure.arm("GET", f"{GALLERY}/images/ubuntu/versions/1.0.0").json()["properties"]["publishingProfile"]
    assert {it["name"]: it["regionalReplicaCount"] for it in regions["targetRegions"]} == {
        "East US 2": 1,
        "North Europe": 1,
        "West Europe": 3,
    }


def test_a_definition_s_os_state_changes_only_without_protection_and_after_its_versions(azure: Embedded) -> None:
    stack = Stack(azure)
    before = catalog({"ubuntu": definition({"1.0.0": version()})})
    stack.declare(before)
    stack.up()
    disk = {"osDisk": {"disk": UBUNTU.replace("images/ubuntu-2404-20260901", "disks/postgres-os")}}
    special = {"targetRegions": ["westeurope"], **disk}
    after = catalog({"ubuntu": definition({"1.0.0": special}, osState="Specialized")})
    stack.declare(after)

    refused = stack.preview(fails=True)
    assert "corp/ubuntu  error: unable to" in refused
    assert protected(refused) == {"corp/ubuntu/1.0.0"}

    stack.set("acg:protect", "false")
    stack.declare(before)
    stack.up()
    stack.declare(after)
    assert stack.steps()["corp/ubuntu"] == ("replace", ["osState"])
    output = stack.up()
    assert done(output, "deleted original") == ["corp/ubuntu/1.0.0", "corp/ubuntu"]
    assert azure.arm("GET", f"{GALLERY}/images/ubuntu").json()["properties"]["osState"] == "Specialized"


def test_retiring_takes_two_steps_and_destroying_is_refused(azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(), "1.1.0": version()})}))
    stack.up()
    assert {"corp/ubuntu/1.0.0", "corp/ubuntu/1.1.0"} & protected(stack.destroy(fails=True))
    without = catalog({"ubuntu": definition({"1.1.0": version()})})
    stack.declare(without)
    assert protected(stack.preview(fails=True)) == {"corp/ubuntu/1.0.0"}

    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(retire=True), "1.1.0": version()})}))
    assert counts(stack.up()) == {"unchanged": 7}, "protection is the state's alone, and lines are no update"
    stack.declare(without)
    assert done(stack.up(), "deleted") == ["corp/ubuntu/1.0.0"]

    stack.set("acg:protect", "false")
    stack.up()
    order = done(stack.destroy(), "deleted")
    assert order == ["corp/ubuntu/1.1.0", "corp/ubuntu", "corp", "resource-group@rg"]
    assert azure.arm("GET", UBUNTU).status_code == 200, "sources stay"


def test_azure_refuses_another_storage_type_in_a_region_that_a_version_is_in(azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version()})}))
    stack.up()
    changed = [{"name": "westeurope", "storageAccountType": "Standard_ZRS"}]
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(targetRegions=changed)})}))
    output = stack.up(fails=True)
    assert "409" in output
    assert "PropertyChangeNotAllowed" in output
    assert "Traceback" not in output


def test_what_exists_and_what_others_publish_is_never_touched(azure: Embedded) -> None:
    their = f"/subscriptions/{FIRST}/resourceGroups/rg-theirs"
    gallery = f"{their}/providers/Microsoft.Compute/galleries/theirs"
    image = f"{gallery}/images/ubuntu"
    properties = {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "them", "offer": "ubuntu", "sku": "gen2"},
    }
    source = {"storageProfile": {"source": {"id": UBUNTU}}}
    azure.arm("PUT", their, {"location": "westeurope"}, "2024-03-01").raise_for_status()
    azure.arm("PUT", gallery, {"location": "westeurope", "properties": {}}).raise_for_status()
    azure.arm("PUT", image, {"location": "westeurope", "properties": properties}).raise_for_status()
    azure.arm("PUT", f"{image}/versions/1.0.0", {"location": "westeurope", "properties": source}).raise_for_status()

    def standing() -> list[object]:
        return [azure.arm("GET", path).json() for path in (gallery, image, f"{image}/versions/1.0.0")]

    document = catalog({"web": definition({"1.0.0": {"source": {"version": "theirs/ubuntu/1.0.0"}}})})
    document["defaults"] = {"targetRegions": ["westeurope"], "protect": False}
    document["galleries"]["theirs"] = {
        "existing": True,
        "resourceGroup": "rg-theirs",
        "images": {"ubuntu": {"existing": True, "versions": {"1.0.0": {"publishedBy": "external"}}}},
    }
    stack = Stack(azure)
    stack.declare(document)
    _wait_for(azure, f"{image}/versions/1.0.0")
    before = standing()
    output = stack.up()
    assert "theirs/" not in output
    built = azure.arm("GET", f"{GALLERY}/images/web/versions/1.0.0").json()["properties"]["storageProfile"]["source"]
    assert built["id"].lower() == f"{image}/versions/1.0.0".lower()
    stack.destroy()
    assert standing() == before


def _wait_for(azure: Embedded, path: str) -> None:
    for _ in range(200):
        if azure.arm("GET", path).json()["properties"]["provisioningState"] == "Succeeded":
            return
    raise AssertionError(f"{path} does not become ready")


def test_one_stack_deploys_to_two_subscriptions(azure: Embedded) -> None:
    document = catalog({})
    document["resourceGroups"]["rg-partner"] = {"location": "northeurope", "subscription": SECOND}
    document["galleries"]["partner"] = {
        "resourceGroup": "rg-partner",
        "subscription": SECOND,
        "location": "northeurope",
        "readers": ["7d3c1c5e-0d5f-4c39-9f0e-2a1b6a3f9c10"],
        "lock": "CanNotDelete",
        "images": {"appliance": definition()},
    }
    document["defaults"] = {"protect": False}
    stack = Stack(azure)
    stack.declare(document)
    stack.up()
    partner = f"/subscriptions/{SECOND}/resourceGroups/rg-partner/providers/Microsoft.Compute/galleries/partner"
    assert azure.arm("GET", GALLERY).status_code == 200
    assert azure.arm("GET", f"{partner}/images/appliance").status_code == 200
    assert azure.arm("GET", partner.replace(SECOND, FIRST)).status_code == 404
    assert set(counts(stack.up())) == {"unchanged"}
    stack.destroy()
    assert azure.arm("GET", partner).status_code == 404


def test_a_version_that_exists_is_imported_under_its_component(azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version()})}))
    stack.up()
    path = f"{GALLERY}/images/ubuntu/versions/1.1.0"
    profile = {"targetRegions": [{"name": "westeurope"}], "storageAccountType": "Standard_LRS"}
    body = {
        "location": "westeurope",
        "properties": {"storageProfile": {"source": {"id": UBUNTU}}, "publishingProfile": profile},
    }
    azure.arm("PUT", path, body).raise_for_status()
    _wait_for(azure, path)

    file = stack.folder / "import.json"
    resource = {"type": VERSION, "name": "corp/ubuntu/1.1.0", "parent": "corp", "version": "3.29.0", "id": path}
    component = "urn:pulumi:dev::acg::acg:index:Gallery::corp"
    file.write_text(json.dumps({"nameTable": {"corp": component}, "resources": [resource]}))
    azure.pulumi("import", "--yes", "--generate-code=false", "--file", str(file), cwd=stack.folder)
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version(), "1.1.0": version()})}))
    output = stack.up()
    assert "corp/ubuntu/1.1.0" not in done(output, "created")
    assert not done(output, "updated")
    assert not done(output, "replaced")
