"""Reading a catalog starts fast: it imports nothing that only a terminal, a server or the engine needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "acg.azure.regions",
        "acg.catalog.models",
        "acg.catalog.reader",
        "acg.desired.lower",
        "acg.errors",
        "acg.input_file",
    ],
)
def test_imports_stay_light(module):
    program = f"import sys, {module}; print(*(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert not {"click", "rich", "pulumi", "jsonschema", "asyncio", "http", "json", "difflib"} & set(loaded)


NUMBER = "galleries: {corp: {resourceGroup: rg, images: {ubuntu: {existing: true, versions: {1.0.0: {%s}}}}}}"
REGION = "targetRegions: [{name: westeurope, %s}]"
GALLERY = "galleries: {corp: {resourceGroup: rg, %s}}"


FEW = [
    ("", NUMBER % "location: westeurope, targetRegions: [westeurope], keep: {reason: why, until: 2027-01-01}"),
    ("added_regions", f"{GALLERY % ''}\nregions: {{atlantis: {{zones: []}}}}"),
    ("consumers", f"{GALLERY % ''}\nconsumers: {{managementGroup: mg}}"),
    ("edge_zones", NUMBER % "targetExtendedLocations: [{name: westus}]"),
    ("encryption", NUMBER % REGION % "encryption: {osDiskImage: {}}"),
    ("identity", GALLERY % "identity: {type: SystemAssigned}"),
    ("labs", f"{GALLERY % ''}\nlabPlans: {{plan: {{resourceGroup: rg}}}}"),
    ("labs", f"{GALLERY % ''}\nlabAccounts: {{account: {{resourceGroup: rg}}}}"),
    ("refresh", f"{GALLERY % ''}\nrefreshPolicies: {{slow: {{}}}}"),
    ("refresh", GALLERY % "images: {ubuntu: {existing: true, refresh: {policy: slow, from: {definition: a/b}}}}"),
    ("sharing", GALLERY % "sharingProfile: {permissions: Private}"),
    ("uefi", NUMBER % "uefiSettings: {signatureTemplateNames: []}"),
]


@pytest.mark.parametrize(("deferred", "catalog"), FEW)
def test_models_that_few_catalogs_need_are_imported_for_those_alone(tmp_path, deferred, catalog):
    (tmp_path / "catalog.yaml").write_text(catalog)
    program = (
        "import sys; from acg.catalog.reader import read_catalog; from acg.desired import lower;"
        "lower(read_catalog(sys.argv[1]).require());"
        "print(*(name.removeprefix('acg.catalog.models.') for name in sys.modules if name.startswith('acg.')))"
    )
    command = [sys.executable, "-c", program, tmp_path / "catalog.yaml"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    seldom = {name for name, _ in FEW} - {""}
    assert seldom & set(loaded) == {deferred} - {""}
    assert ("acg.desired.labs.lower" in loaded) is (deferred == "labs")
    assert not {"acg.catalog._invalid", "acg.catalog._fields", "acg.catalog._hints"} & set(loaded)
