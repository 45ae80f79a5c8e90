"""A deployed catalog, what others do to it in Azure, and what is read of it then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request

from acg.azure import kinds
from acg.catalog.edit import apply_edits
from acg.catalog.reader import read_files
from acg.desired.lower import Lowered, lower
from acg.drift.find import find_drift
from acg.drift.model import Drift, DriftReport
from acg.state.observed import Coverage, Lock, Part, Reading, Snapshot, SoftDeleted, snapshot_of
from acg_sandbox.arm import PLATFORM, control
from tests.agreement.embedded import NOW
from tests.change_agreement.changing import ChangingAzure

Json = dict[str, Any]
TODAY: date = datetime.fromtimestamp(NOW, UTC).date()
GROUP = f"/subscriptions/{PLATFORM}/resourceGroups/rg-drift"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp"
IMAGE = f"{GALLERY}/images/web"
SOURCE = f"/subscriptions/{PLATFORM}/resourceGroups/rg-sources/providers/Microsoft.Compute/images/ubuntu-2404-20260901"
API = "api-version=2024-03-03"
CATALOG = f"""\
resourceGroups:
  rg-drift: {{location: westeurope, tags: {{owner: us}}}}
defaults:
  targetRegions: [westeurope, northeurope]
  tags: {{owner: us}}
galleries:
  corp:
    resourceGroup: rg-drift
    location: westeurope
    description: All.
    lock: CanNotDelete
    images:
      web:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        securityType: TrustedLaunchSupported
        identifier: {{publisher: contoso, offer: web, sku: gen2}}
        description: The web.
        versions:
          1.0.0:
            source: {{managedImage: {SOURCE}}}
            endOfLifeDate: 2030-06-30
          1.1.0:
            source: {{managedImage: {SOURCE}}}
            targetRegions: [westeurope]
      packer:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: packer, sku: gen2}}
        versions:
          0.9.0: {{publishedBy: external}}
"""


def lowered(text: str) -> Lowered:
    reading = read_files([("catalog.yaml", text.encode())], "catalog.yaml")
    found = lower(reading)
    assert not reading.problems, reading.problems
    assert not found.problems, found.problems
    return found


class Estate:
    """A catalog, and what Azure has of it."""

    def __init__(self, folder: Path, text: str = CATALOG) -> None:
        self.azure = ChangingAzure(folder)
        self.text = text
        self.soft_deleted: list[SoftDeleted] = []

    def deploy(self) -> None:
        """Send everything that is declared, and have somebody else publish what they publish."""
        self.azure.reset()
        self.azure.ids.clear()
        self.up()
        self.put(f"{GALLERY}/images/packer/versions/0.9.0", VERSION)

    def up(self) -> None:
        """Create and update everything that is declared, as `pulumi up --refresh` does."""
        for one in lowered(self.text).resources:
            if one.managed:
                refused = self.azure.put(one)
                assert refused is None or refused.key == "locked", refused
            else:
                self.azure.refer(one)

    def put(self, id_: str, body: Json) -> None:
        """Somebody else's request."""
        status, answer, headers = self.azure._ask("PUT", id_, API, body)
        assert self.azure._done(status, answer, headers) is None

    def change(self, id_: str, patch: Json) -> None:
        """Somebody else's change, past Resource Manager."""
        self._control({"id": id_, "change": patch})

    def delete(self, id_: str) -> None:
        """Somebody else's deletion, past Resource Manager."""
        self._control({"id": id_, "delete": True})

    def _control(self, asked: Json) -> None:
        scope = {"type": "http", "method": "POST", "path": "/sandbox/drift", "query_string": b"", "headers": []}
        answer = control.serve(self.azure._azure, Request(scope), json.dumps(asked).encode())
        assert answer.status_code == 200, bytes(answer.body)

    def edit(self, drifts: Iterable[Drift]) -> None:
        """Make the edits that were printed."""
        edits = [edit for one in drifts for edit in one.proposal.edits]
        self.text = apply_edits(self.text, edits)

    def drift(self, **more: Any) -> DriftReport:
        return find_drift("catalog.yaml", lowered(self.text), replace(self.observe(), **more), TODAY)

    # -- reading ---------------------------------------------------------------------------------------------------

    def observe(self) -> Snapshot:
        """Everything, read through Resource Manager as `acg observe` reads it."""
        readings: list[Reading] = []
        bodies = list(self._bodies(readings))
        locks = [
            Lock(one["id"], one["properties"]["level"], GALLERY, one["properties"].get("notes"))
            for one in self._listed(f"{GALLERY}/providers/Microsoft.Authorization/locks", "api-version=2020-05-01")
        ]
        readings.append(Reading(Part.LOCKS, f"/subscriptions/{PLATFORM}"))
        rest = Snapshot(
            datetime.fromtimestamp(NOW, UTC),
            locks=locks,
            soft_deleted=self.soft_deleted,
            coverage=Coverage(readings=tuple(readings)),
        )
        return snapshot_of(rest, bodies)

    def _bodies(self, readings: list[Reading]) -> Iterator[Json]:
        status, group, _ = self.azure._ask("GET", GROUP, "api-version=2024-03-01")
        readings.append(Reading(Part.GROUPS, GROUP.lower(), _absent(status, group)))
        if status == 200:
            yield group
        status, gallery, _ = self.azure._ask("GET", GALLERY, API)
        readings.append(Reading(Part.GALLERIES, GALLERY.lower(), _absent(status, gallery)))
        if status != 200:
            return
        yield gallery
        readings.append(Reading(Part.DEFINITIONS, GALLERY.lower()))
        for image in self._listed(f"{GALLERY}/images"):
            yield image
            readings.append(Reading(Part.VERSIONS, image["id"].lower()))
            yield from self._listed(f"{image['id']}/versions")

    def _listed(self, path: str, query: str = API) -> list[Json]:
        status, answer, _ = self.azure._ask("GET", path, query)
        return answer["value"] if status == 200 else []


def _absent(status: int, answer: Json) -> str | None:
    return None if status == 200 else f"was not found ({status} {answer['error']['code']})"


PROFILE = {"targetRegions": [{"name": "westeurope"}, {"name": "northeurope"}]}
VERSION: Json = {
    "location": "westeurope",
    "tags": {"owner": "us"},
    "properties": {"storageProfile": {"source": {"id": SOURCE}}, "publishingProfile": PROFILE},
}
DEFINITION: Json = {
    "location": "westeurope",
    "properties": {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "contoso", "offer": "new", "sku": "gen2"},
    },
}
TYPES = (kinds.GALLERY, kinds.IMAGE, kinds.VERSION)
