"""The real CLI on the embedded Azure, with programs of a few lines."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from acg_sandbox.engine.find import Engine
from acg_sandbox.launcher.azure import embedded_azure
from tests.embedded import Embedded

pytestmark = pytest.mark.engine

RUNTIME = f"runtime: {{name: python, options: {{toolchain: pip, virtualenv: {sys.prefix}}}}}\n"

GALLERY = """\
import pulumi
from pulumi_azure_native import compute, resources

group = resources.ResourceGroup("rg", resource_group_name="rg-test", location="westeurope")
gallery = compute.Gallery("g", gallery_name="corp", resource_group_name=group.name, location="westeurope",
                          opts=pulumi.ResourceOptions(protect=pulumi.Config().get_bool("protect")))
pulumi.export("id", gallery.id)
"""
GROUP_PATH = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-test"
GALLERY_PATH = f"{GROUP_PATH}/providers/Microsoft.Compute/galleries/corp"

PACK = """\
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

def no_corp(args, report_violation):
    if args.props.get("galleryName") == "corp":
        report_violation("corp is taken")

PolicyPack("names", policies=[ResourceValidationPolicy("no-corp", "Not corp.", no_corp, EnforcementLevel.MANDATORY)])
"""

COMPONENT = """\
from typing import Optional, TypedDict
import pulumi
from pulumi.provider.experimental import component_provider_host

class Args(TypedDict):
    text: pulumi.Input[str]

class Shout(pulumi.ComponentResource):
    said: pulumi.Output[str]
    def __init__(self, name: str, args: Args, opts: Optional[pulumi.ResourceOptions] = None):
        super().__init__("loud:index:Shout", name, {}, opts)
        self.said = pulumi.Output.from_input(args["text"]).apply(str.upper)
        self.register_outputs({"said": self.said})

if __name__ == "__main__":
    component_provider_host(name="loud", components=[Shout])
"""

USES_COMPONENT = """\
import pulumi

class Shout(pulumi.ComponentResource):
    said: pulumi.Output[str]
    def __init__(self, name, text):
        super().__init__("loud:index:Shout", name, {"text": text, "said": None}, None, remote=True)

pulumi.export("said", Shout("s", "hello").said)
"""


def test_up_deploys_and_a_second_up_changes_nothing(azure: Embedded):
    project = azure.project(GALLERY)
    assert "+ 3 created" in azure.pulumi("up", "--yes", cwd=project)
    assert azure.arm("GET", GALLERY_PATH).json()["properties"]["provisioningState"] == "Succeeded"
    written = len(azure.requests("PUT"))
    assert "3 unchanged" in azure.pulumi("up", "--yes", cwd=project)
    assert len(azure.requests("PUT")) == written


def test_a_protected_resource_is_destroyed_only_on_demand(azure: Embedded):
    project = azure.project(GALLERY, {"test:protect": True})
    azure.pulumi("up", "--yes", cwd=project)
    assert "protected" in azure.pulumi("destroy", "--yes", cwd=project, fails=True)
    assert azure.arm("GET", GALLERY_PATH).status_code == 200
    azure.pulumi("destroy", "--yes", "--ignore-protect", cwd=project)
    assert azure.arm("GET", GALLERY_PATH).status_code == 404


def test_a_policy_pack_refuses_before_anything_is_created(azure: Embedded):
    project = azure.project(GALLERY)
    pack = azure.folder / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text(RUNTIME)
    (pack / "__main__.py").write_text(PACK)
    output = azure.pulumi("preview", "--policy-pack", str(pack), cwd=project, fails=True)
    assert "corp is taken" in output
    assert not azure.requests("PUT")


@pytest.mark.parametrize("end", ["sys.exit(32)", "raise ValueError('why')"])
def test_a_refusal_takes_no_longer_than_a_preview(azure: Embedded, end: str):
    """The engine waits five seconds for its plugins to end: a child that lives on would cost all of them."""
    start = time.monotonic()
    azure.pulumi("preview", cwd=azure.project("import sys, pulumi"))
    fine = time.monotonic() - start
    project = azure.project(f"import sys, pulumi\npulumi.log.error('refused: this')\n{end}\n", name="refuses")
    output = azure.pulumi("preview", cwd=project, fails=True)
    assert "refused: this" in output
    assert ("Traceback" in output) == ("raise" in end)
    assert time.monotonic() - start - fine < fine + 3


def test_a_component_plugin_is_run(azure: Embedded):
    project = azure.project(USES_COMPONENT)
    plugin = azure.folder / "loud"
    plugin.mkdir()
    (plugin / "PulumiPlugin.yaml").write_text(RUNTIME)
    (plugin / "__main__.py").write_text(COMPONENT)
    with (project / "Pulumi.yaml").open("a") as file:
        file.write(f"plugins: {{providers: [{{name: loud, path: {plugin}}}]}}\n")
    azure.pulumi("up", "--yes", cwd=project)
    assert azure.pulumi("stack", "output", "said", cwd=project).strip() == "HELLO"


def test_commands_leave_the_project_as_it_is(azure: Embedded):
    project = azure.project(GALLERY, {"test:protect": False})
    before = contents(project)
    for command in (["up", "--yes"], ["refresh", "--yes"], ["stack", "export"]):
        azure.pulumi(*command, cwd=project)
    azure.pulumi("config", "set", "--secret", "password", "x", cwd=project)
    azure.pulumi("destroy", "--yes", cwd=project)
    assert contents(project) == before


def test_folders_may_have_any_name(engine: Engine, tmp_path: Path):
    folder = tmp_path / "my galleries é%20#"
    with embedded_azure(folder / "azure") as addresses:
        azure = Embedded(addresses, engine, folder)
        project = azure.project("import pulumi; pulumi.export('answer', 42)")
        azure.pulumi("up", "--yes", cwd=project)
        assert azure.pulumi("stack", "output", "answer", cwd=project).strip() == "42"


def test_two_ups_of_one_stack_at_once(azure: Embedded):
    slow = "import time\ntime.sleep(3)\n"
    project = azure.project(slow)
    first = subprocess.Popen(
        [azure.engine.pulumi, "up", "--yes", "--non-interactive", "--skip-preview"],
        cwd=project,
        env=azure.environment(project),
        stdout=subprocess.DEVNULL,
    )
    with first:
        locks = azure.folder / "pulumi" / ".pulumi" / "locks"
        deadline = time.monotonic() + 20
        while not list(locks.rglob("*.json")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        output = azure.pulumi("up", "--yes", cwd=project, fails=True)
    assert "currently locked by 1 lock(s)" in output
    assert "pulumi cancel" in output
    assert first.returncode == 0


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
