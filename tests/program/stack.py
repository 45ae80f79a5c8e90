"""The product's own program over a catalog of a test, in the real engine."""

import json
import re
from copy import copy
from pathlib import Path
from typing import Any

import yaml

from tests.embedded import DEFAULT_STACK, Embedded

ROOT = Path(__file__).resolve().parents[2]
FIRST = "11111111-1111-1111-1111-111111111111"
SECOND = "22222222-2222-2222-2222-222222222222"
SOURCES = f"/subscriptions/{FIRST}/resourceGroups/rg-sources/providers/Microsoft.Compute"
UBUNTU = f"{SOURCES}/images/ubuntu-2404-20260901"


def definition(versions: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A definition of generalized Linux."""
    base = {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "gen2"},
    }
    return {**base, **fields, "versions": versions or {}}


def version(**fields: Any) -> dict[str, Any]:
    """A version of the seeded managed image, in its own region."""
    return {"source": {"managedImage": UBUNTU}, "targetRegions": ["westeurope"], **fields}


def catalog(images: dict[str, Any], **gallery: Any) -> dict[str, Any]:
    """A catalog of one gallery in a resource group of its own."""
    corp = {"resourceGroup": "rg", "location": "westeurope", **gallery, "images": images}
    return {"resourceGroups": {"rg": {"location": "westeurope"}}, "galleries": {"corp": corp}}


class Stack:
    """A stack whose program is the product's; the catalog can be edited between two commands."""

    def __init__(self, azure: Embedded, **config: object) -> None:
        self.azure = azure
        self.name = DEFAULT_STACK
        self.folder = azure.project(
            (ROOT / "__main__.py").read_text(), {"acg:catalog": "catalog.yaml", **config}, name="acg"
        )

    def sibling(self, name: str) -> "Stack":
        """Another stack of the same project, with the catalog alone for its settings."""
        other = copy(self)
        other.name = name
        (self.folder / f"Pulumi.{name}.yaml").write_text(yaml.safe_dump({"config": {"acg:catalog": "catalog.yaml"}}))
        return other

    def declare(self, document: dict[str, Any] | str) -> None:
        text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
        (self.folder / "catalog.yaml").write_text(text)

    def up(self, *, fails: bool = False) -> str:
        return self._run("up", "--yes", "--skip-preview", fails=fails)

    def preview(self, *, fails: bool = False) -> str:
        return self._run("preview", fails=fails)

    def destroy(self, *, fails: bool = False) -> str:
        return self._run("destroy", "--yes", "--skip-preview", fails=fails)

    def set(self, key: str, value: str) -> None:
        self._run("config", "set", key, value)

    def _run(self, *arguments: str, fails: bool = False) -> str:
        return self.azure.pulumi(*arguments, cwd=self.folder, stack=self.name, fails=fails)

    def steps(self) -> dict[str, tuple[str, list[str]]]:
        """What a preview would do to each resource that it would touch: the operation, and what it replaces for."""
        return steps(self._run("preview", "--json"))


def steps(output: str) -> dict[str, tuple[str, list[str]]]:
    """The steps of `pulumi preview --json`, by logical name of azure-native's resources."""
    digest = json.loads(output[output.index("{\n") :])
    return {
        step["urn"].rpartition("::")[2]: (step["op"], _replacing(step))
        for step in digest["steps"]
        if "azure-native:" in step["urn"] and step["op"] not in ("same", "delete-replaced", "create-replacement")
    }


def _replacing(step: dict[str, Any]) -> list[str]:
    changes = step.get("detailedDiff") or {}
    return [path for path, change in changes.items() if change["kind"].endswith("replace")]


def counts(output: str) -> dict[str, int]:
    """What the engine says at the end that it did, or would do, by kind: ``{"created": 5}``."""
    resources = output.rpartition("Resources:")[2].partition("Duration:")[0]
    found = re.findall(r"(\d+) (?:to )?([a-z]+)", resources)
    return {kind: int(number) for number, kind in found if kind not in ("change", "changes")}


def done(output: str, what: str) -> list[str]:
    """Names of azure-native's resources in the order in which something was done to them, such as ``deleted``."""
    return re.findall(rf"azure-native:\S+ (\S+) {re.escape(what)} \(", output)
