"""A small catalog, deployed by the real engine onto an embedded Azure that fails on request."""

import json
import re
import shlex
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER, add_fault, clear_faults, list_faults
from tests.embedded import Embedded
from tests.faults.stories import Story

SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
IMAGES = f"{SUBSCRIPTION}/resourceGroups/rg-sources/providers/Microsoft.Compute/images"
SOURCE, OTHER_SOURCE = f"{IMAGES}/ubuntu-2404-20260901", f"{IMAGES}/ubuntu-2404-20261015"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp"
DEFINITION = f"{GALLERY}/images/ubuntu"
COMPONENT = "urn:pulumi:dev::test::acg:index:Gallery::corp"

PROGRAM = """
from pulumi_acg import declare
from acg.catalog.reader import read_catalog
declare(read_catalog("catalog.yaml"))
"""
CATALOG = """
resourceGroups:
  rg: {location: westeurope}
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {publisher: contoso, offer: ubuntu, sku: '24'}
        defaults: {targetRegions: [westeurope, northeurope]}
        versions:
"""
_GALLERY = "    location: westeurope\n"
_DEFINITION = "        osType: Linux\n"
_NO_QUESTIONS = {
    "up": ("--yes", "--skip-preview"),
    "refresh": ("--yes", "--skip-preview"),
    "import": ("--yes", "--skip-preview"),
    "destroy": ("--yes", "--skip-preview"),
    "cancel": ("--yes",),
}
_PATIENCE = 60.0
# Where an output of azure-native's has another place, or its API version lacks what Azure answers with.
_NOT_COMPARED = {"id", "properties", "azureApiVersion", "validationsProfile"}


def _lines(indent: int, members: Mapping[str, Any]) -> str:
    return "".join(f"{' ' * indent}{key}: {json.dumps(value)}\n" for key, value in members.items())


def version(number: str) -> str:
    """The id of a version."""
    return f"{DEFINITION}/versions/{number}"


@dataclass
class Estate:
    """One stack: a resource group, a gallery, a definition, and the versions that are declared.

    Attributes:
        gallery: What the catalog says of the gallery, beside what it needs.
        definition: The same of the definition.
        versions: What the catalog says of each version, beside its source.
    """

    azure: Embedded
    gallery: dict[str, Any] = field(default_factory=dict)
    definition: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, dict[str, Any]] = field(default_factory=lambda: {"1.0.0": {}, "1.0.1": {}})

    def __post_init__(self) -> None:
        self.project: Path = self.azure.project(PROGRAM)
        self.declare()

    def declare(self) -> None:
        """Write the catalog."""
        lines = [
            f"          {number}: {json.dumps({'source': {'managedImage': SOURCE}} | more)}\n"
            for number, more in self.versions.items()
        ]
        head = CATALOG.replace(_GALLERY, _GALLERY + _lines(4, self.gallery)).replace(
            _DEFINITION, _DEFINITION + _lines(8, self.definition)
        )
        (self.project / "catalog.yaml").write_text(head + "".join(lines))

    # -- what goes wrong -----------------------------------------------------------------------------------------------

    def arm(self, story: Story) -> None:
        """Let go wrong what a story is about."""
        for fault in story.faults:
            add_fault(self.azure.folder / "azure", fault)

    def disarm(self) -> None:
        """Let nothing go wrong any more, after making sure that every fault struck."""
        assert all(fault["fired"] for fault in list_faults(self.azure.folder / "azure"))
        clear_faults(self.azure.folder / "azure")

    def drift(self, **change: Any) -> None:
        """Let somebody else change or delete a resource."""
        token = {TOKEN_HEADER: (self.azure.folder / "azure" / TOKEN_FILE).read_text()}
        httpx.post(f"{self.azure.addresses.arm}/sandbox/drift", json=change, headers=token).raise_for_status()

    # -- what is done --------------------------------------------------------------------------------------------------

    def run(self, command: str, words: Mapping[str, str] | None = None, *, fails: bool = False) -> str:
        """Run a command as it is documented, its words in capitals filled in, and give what it prints."""
        filled = [re.sub("[A-Z]{2,}", lambda found: (words or {})[found[0]], word) for word in shlex.split(command)]
        program, name, *arguments = filled
        assert program == "pulumi"
        return self.azure.pulumi(name, *arguments, *_NO_QUESTIONS[name], cwd=self.project, fails=fails)

    def fails(self, command: str, story: Story, says: Collection[str] | None = None) -> str:
        """Run a command that must fail and say what the story tells; no more than that, and never a traceback."""
        said = self.run(command, fails=True)
        for part in story.says if says is None else says:
            assert part in said
        assert "Traceback" not in said
        return said

    def follow(
        self,
        steps: Iterable[str],
        by_hand: Mapping[str, Callable[[], object]] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        """Take the steps that a story documents: commands as they stand, their words filled in; others by hand."""
        for step in steps:
            if step.startswith("pulumi "):
                self.run(step, words)
            else:
                (by_hand or {})[step]()

    @contextmanager
    def begun_up(self, until: str) -> Iterator["subprocess.Popen[str]"]:
        """A ``pulumi up`` under way, from the moment on when Azure has begun to create what has this id."""
        with subprocess.Popen(
            [self.azure.engine.pulumi, "up", *_NO_QUESTIONS["up"], "--non-interactive", "--color", "never"],
            cwd=self.project,
            env=self.azure.environment(self.project),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as up:
            try:
                self._wait(lambda: up.poll() is not None or bool(self.azure.requests("PUT", until)))
                assert up.poll() is None, up.communicate()[0]
                yield up
            finally:
                up.kill()

    def await_azure(self, number: str) -> None:
        """Wait until Azure is done with a version."""
        self._wait(lambda: self._state(number) == "Succeeded")

    def _state(self, number: str) -> str:
        return self.azure.arm("GET", version(number)).json()["properties"]["provisioningState"]

    @staticmethod
    def _wait(until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not until():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.02)

    # -- how it must end -----------------------------------------------------------------------------------------------

    def assert_declared(self, twice: Collection[str] = ()) -> None:
        """What is declared is in Azure, the state knows it as it is, and each id was created once.

        Args:
            twice: Ids that had to be created a second time, because they were deleted in between.
        """
        deployment = json.loads(self.azure.pulumi("stack", "export", cwd=self.project))["deployment"]
        assert not deployment.get("pending_operations")
        resources = [one for one in deployment["resources"] if one["type"].startswith("azure-native:")]
        assert [one["urn"] for one in resources if one.get("initErrors")] == []
        known = {one["id"].lower(): _plain(one["outputs"]) for one in resources}

        listed = self.listing()
        assert known == listed
        declared = [GROUP, GALLERY, DEFINITION, *map(version, self.versions)]
        assert sorted(listed) == sorted(id_.lower() for id_ in declared)
        assert {body["provisioningState"] for body in listed.values()} == {"Succeeded"}
        for number in self.versions:
            regions = listed[version(number).lower()]["publishingProfile"]["targetRegions"]
            assert [region["name"] for region in regions] == ["West Europe", "North Europe"]
        expected = Counter([id_.lower() for id_ in (*declared, *twice)])
        assert self.creations() == expected

    def creations(self) -> Counter[str]:
        """How often each id was created, as the request log tells: 201 is the answer to nothing else."""
        return Counter(entry["path"].lower() for entry in self.azure.requests("PUT") if entry["status"] == 201)

    def listing(self) -> dict[str, dict[str, Any]]:
        """What Azure lists in the resource group, by id in lower case; and the group itself."""
        found = [self.azure.arm("GET", GROUP).json()]
        collections = [f"{GROUP}/providers/Microsoft.Compute/galleries"]
        for segment in ("/images", "/versions", ""):
            bodies = [body for path in collections for body in self.azure.arm("GET", path).json()["value"]]
            found += bodies
            collections = [body["id"] + segment for body in bodies]
        return {body["id"].lower(): _plain(body) for body in found}


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body of Azure, or the outputs that azure-native makes of one: it lifts the properties of all but groups."""
    flat = {**body, **body.get("properties", {})}
    if "softDeletePolicy" in flat:
        flat["softDeletePolicy"] = {"isSoftDeleteEnabled": flat["softDeletePolicy"]["isSoftDeleteEnabled"]}
    return {key: value for key, value in flat.items() if key not in _NOT_COMPARED}
