"""`acg preview` through the real engine, against the embedded Azure: one deployment, then edits of its catalog."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from acg_sandbox.engine.find import Engine
from tests.embedded import Embedded
from tests.program.stack import FIRST, SECOND, SOURCES, UBUNTU, Stack, catalog, definition, version

pytestmark = pytest.mark.engine

ACG = Path(sys.executable).with_name("acg")
CANARY = "hunter2-canary"
PACK = f'''
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

def talk(args, report):
    if args.resource_type.endswith("GalleryImageVersion"):
        report("{CANARY} in the message of a policy")

PolicyPack("talkative", policies=[
    ResourceValidationPolicy("talks", "Talks.", talk, enforcement_level=EnforcementLevel.ADVISORY),
])
'''
PROGRAM = f'''
import pulumi

pulumi.log.info("{CANARY} in what the program says")
pulumi.log.warn("{CANARY} in what it warns of")
pulumi.export("secret", pulumi.Output.secret("{CANARY}"))
'''
BESIDE = f'''
import pulumi_azure_native as az

GROUP = "{SOURCES.rpartition("/providers/")[0]}"
READER = "/subscriptions/{FIRST}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
image = {{"id": "{UBUNTU}"}}
profile = {{"os_profile": {{"computer_name_prefix": "web"}}, "storage_profile": {{"image_reference": image}}}}
az.compute.VirtualMachineScaleSet("web", resource_group_name="rg-sources", vm_scale_set_name="web",
    location="westeurope", sku={{"name": "Standard_D2s_v5", "capacity": 1}}, virtual_machine_profile=profile)
reader = az.authorization.RoleAssignment("reader", scope=GROUP, principal_id="{SECOND}",
    principal_type="ServicePrincipal", role_definition_id=READER)
'''
"""Beside the catalog: a scale set of a managed image, and a role assignment."""
LOCK = 'az.authorization.ManagementLockByScope("keep", scope=GROUP, level="CanNotDelete", lock_name="keep")'
VERSIONS = {
    "1.0.0": version(osDisk={"expectedSizeGB": 30}),
    "1.1.0": version(
        osDisk={"expectedSizeGB": 30},
        targetRegions=[
            {"name": "westeurope", "storageAccountType": "Standard_ZRS"},
            {"name": "northeurope", "regionalReplicaCount": 2, "storageAccountType": "Standard_ZRS"},
            {"name": "eastus2", "excludeFromLatest": True},
        ],
    ),
}


class Previewed(Stack):
    """A deployed stack, and `acg preview` in its folder."""

    def edit(self, **versions: Any) -> None:
        """Declare the catalog with other versions."""
        self.declare(catalog({"ubuntu": definition({**VERSIONS, **versions})}))

    def acg(self, *arguments: str, code: int | None = None) -> str:
        """Run a command of acg and give all that it printed."""
        result = subprocess.run(
            [ACG, *arguments],
            cwd=self.folder,
            env=self.azure.environment(self.folder),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert code in (None, result.returncode), result.stdout + result.stderr
        return result.stdout + result.stderr

    def preview_json(self, *arguments: str, code: int | None = None) -> dict[str, Any]:
        out = self.folder.parent / "preview.json"
        self.acg("preview", *arguments, "--out", f"json:{out}", code=code)
        return json.loads(out.read_text())


@pytest.fixture(scope="module")
def stack(engine: Engine, tmp_path_factory: pytest.TempPathFactory):
    from acg_sandbox.launcher.azure import embedded_azure

    folder = tmp_path_factory.mktemp("preview")
    with embedded_azure(folder / "azure") as addresses:
        azure = Embedded(addresses, engine, folder)
        found = Previewed(azure)
        (found.folder / "__main__.py").write_text((found.folder / "__main__.py").read_text() + PROGRAM + BESIDE)
        found.edit()
        found.up()
        yield found


def changes(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["action"], one["resource"]["version"] or one["resource"]["kind"]) for one in document["changes"]]


MODEL = {
    "1.1.0": version(
        osDisk={"expectedSizeGB": 30},
        targetRegions=[
            {"name": "westeurope", "storageAccountType": "Premium_LRS"},
            {"name": "northeurope", "regionalReplicaCount": 4, "storageAccountType": "Standard_ZRS"},
        ],
    ),
    "1.2.0": version(osDisk={"expectedSizeGB": 30}, targetRegions=["westeurope", "northeurope"]),
}


def test_nothing_changes_and_both_say_so(stack):
    stack.edit()
    document = stack.preview_json(code=0)
    assert document["verdict"]["status"] == "unchanged"
    assert document["engine"]["disagreements"] == []
    assert document["engine"]["steps"] == {"same": 5}
    assert document["engine"]["unknown"] == 0


def test_the_preview_says_what_the_plan_says(stack):
    stack.edit(**MODEL)
    export = stack.folder.parent / "state.json"
    export.write_text(stack.azure.pulumi("stack", "export", cwd=stack.folder))
    planned = stack.folder.parent / "plan.json"
    stack.acg("plan", "catalog.yaml", "--stack-file", str(export), "--out", f"json:{planned}", code=1)
    expected = json.loads(planned.read_text())
    document = stack.preview_json("--expect", str(planned), code=1)
    assert ("new-version-required", "1.1.0") in changes(document)
    assert ("create", "1.2.0") in changes(document)
    assert ("update", "1.1.0") in changes(document)
    assert changes(document) == changes(expected)
    assert document["digests"] == expected["digests"]
    assert document["effects"]["latest"] == expected["effects"]["latest"]
    assert document["engine"]["disagreements"] == []
    assert document["engine"]["expected"] == []


def test_nothing_else_than_what_was_reviewed_is_deployed(stack):
    reviewed = stack.folder.parent / "reviewed.json"
    stack.edit(**{"1.2.0": MODEL["1.2.0"]})
    stack.acg("preview", "--out", f"json:{reviewed}", code=0)
    stack.edit(**{"1.2.0": {**MODEL["1.2.0"], "targetRegions": ["westeurope"]}})
    document = stack.preview_json("--expect", str(reviewed), code=1)
    assert document["engine"]["expected"] == [{"definition": "corp/ubuntu", "verdict": "differs", "reason": None}]
    exception = ("--expect", str(reviewed), "--allow", "corp/ubuntu", "--reason", "urgent fix")
    assert "Reason given: urgent fix." in " ".join(stack.acg("preview", *exception, code=0).split())


def test_the_engine_is_believed_about_what_others_changed(stack):
    stack.edit()
    path = (
        f"{SOURCES.rpartition('/resourceGroups')[0]}/resourceGroups/rg/providers/Microsoft.Compute"
        "/galleries/corp/images/ubuntu/versions/1.0.0"
    )
    body = stack.azure.arm("GET", path).json()
    body["tags"] = {"changed": "by hand"}
    assert stack.azure.arm("PUT", path, body).status_code < 300
    document = stack.preview_json(code=0)
    assert document["engine"]["drifted"] == ["corp/ubuntu/1.0.0"]
    assert ("update", "1.0.0") in changes(document)
    stale = stack.acg("preview", "--no-refresh", code=0)
    assert "Not refreshed: this is about what Pulumi deployed last" in stale
    assert "No changes" in stale
    del body["tags"]
    stack.azure.arm("PUT", path, body)


def test_what_azure_refuses_beside_the_catalog_is_said(stack):
    stack.edit()
    program = Path(stack.folder / "__main__.py")
    text = program.read_text()
    gallery = f"{SOURCES.replace('rg-sources', 'rg')}/galleries/corp/images/ubuntu/versions/1.0.0"
    edited = text.replace(f'image = {{"id": "{UBUNTU}"}}', f'image = {{"id": "{gallery}"}}')
    program.write_text(edited[: edited.index("reader = az")] + LOCK)
    try:
        document = stack.preview_json(code=1)
    finally:
        program.write_text(text)
    assert [(one["resource"], one["reason"]) for one in document["engine"]["refusals"]] == [
        ("web", "goes from a managed image to an image of a gallery, and no scale set changes the kind of its image"),
        ("reader", "would be deleted, which the management lock keep forbids"),
    ]
    assert document["verdict"]["sentence"] == "Not ready to deploy: Azure would refuse 2 changes beside the catalog."


def test_no_secret_is_printed_whoever_says_it(stack, tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    runtime = {"name": "python", "options": {"virtualenv": sys.prefix}}
    (pack / "PulumiPolicy.yaml").write_text(yaml.safe_dump({"description": "Talks.", "runtime": runtime}))
    (pack / "__main__.py").write_text(PACK)
    stack.edit(**MODEL)
    files = {form: tmp_path / form for form in ("markdown", "json", "html", "sarif", "github")}
    outs = [part for form, file in files.items() for part in ("--out", f"{form}:{file}")]
    printed = stack.acg("preview", "--policy-pack", str(pack), *outs, code=1)
    assert "talkative/talks × 3" in printed
    for text in (printed, *(file.read_text() for file in files.values())):
        assert CANARY not in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--stack", "nope"], "acg: there is no stack 'nope'"),
        (["--allow", "a/b"], "--allow and --reason belong together"),
        (["--allow", "a/b", "--reason", " "], "--allow and --reason belong together"),
        (["--allow", "a/b", "--reason", "x"], "--allow makes an exception from --expect"),
        (["--expect", "catalog.yaml"], "catalog.yaml"),
        (["--policy-pack", "nowhere"], "acg: "),
    ],
)
def test_what_cannot_be_previewed_is_one_message(stack, arguments, problem):
    stack.edit()
    output = stack.acg("preview", *arguments, code=2)
    assert problem in output
    assert "Traceback" not in output


def test_without_a_cli_one_line_says_where_to_get_it(tmp_path):
    environment = {**os.environ, "PATH": str(tmp_path)}
    result = subprocess.run(
        [ACG, "preview"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "there is no pulumi on PATH" in result.stderr


def test_a_program_that_fails_is_said_to_and_its_words_are_not_repeated(stack):
    program = Path(stack.folder / "__main__.py")
    text = program.read_text()
    program.write_text(text + f'\nraise SystemExit("{CANARY}")\n')
    try:
        output = stack.acg("preview", code=1)
    finally:
        program.write_text(text)
    assert "Pulumi's preview failed" in output
    assert CANARY not in output


def test_the_engine_saves_a_plan(stack, tmp_path):
    stack.edit(**{"1.2.0": MODEL["1.2.0"]})
    stack.acg("preview", "--save-plan", str(tmp_path / "plan.json"), code=0)
    assert json.loads((tmp_path / "plan.json").read_text())
