"""Catalogs to be changed: every property that can be declared is declared, and what varies freely is drawn."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from acg.catalog.reader import read_files
from acg.desired.lower import Lowered, lower
from acg_sandbox.arm import PLATFORM
from tests.agreement.sources import GROUP, HOMES, SETS, compute_id, set_id

Json = dict[str, Any]

OTHERS = {"westeurope": ("northeurope", "swedencentral"), "eastus2": ("northeurope", "westeurope")}
"""Two further regions for each home."""


@dataclass
class Estate:
    """A catalog, before or after a change."""

    home: str
    catalog: Json
    programs: list[Any] = field(default_factory=list)
    """Changes of resources that programs can make and catalogs cannot."""
    written: str | None = None
    """The catalog's text, where it is no longer what the mapping says."""

    def copied(self) -> Estate:
        return Estate(self.home, copy.deepcopy(self.catalog), list(self.programs))

    @property
    def gallery(self) -> Json:
        return self.catalog["galleries"]["golden_estate"]

    @property
    def image(self) -> Json:
        return self.gallery["images"]["main"]

    @property
    def versions(self) -> Json:
        return self.image["versions"]

    @property
    def version(self) -> Json:
        return self.versions["1.1.0"]

    @property
    def single(self) -> Json:
        """A version in its own region alone."""
        return self.versions["1.0.0"]

    @property
    def disks(self) -> Json:
        return self.gallery["images"]["disks"]["versions"]["1.0.0"]

    @property
    def encrypted(self) -> Json:
        return self.gallery["images"]["keys"]["versions"]["1.0.0"]

    @property
    def others(self) -> tuple[str, str]:
        return OTHERS[self.home]

    def source(self, name: str = "linux") -> Json:
        return {"managedImage": compute_id("images", f"{name}-{self.home}")}

    def text(self) -> str:
        import yaml

        return self.written or yaml.safe_dump(self.catalog, sort_keys=False)

    def lower(self) -> Lowered:
        reading = read_files([("catalog.yaml", self.text().encode())], "catalog.yaml")
        lowered = lower(reading)
        assert not reading.problems, reading.problems
        assert not lowered.problems, lowered.problems
        for program in self.programs:
            program(lowered)
        return lowered


COUNTS = st.sampled_from([1, 2, 3, 50])
FLAGS = st.sampled_from([None, None, True, False])


def _region(draw: st.DrawFn, name: str, storage: str | None = None) -> Json:
    made: Json = {"name": name}
    if draw(st.booleans()):
        made["regionalReplicaCount"] = draw(COUNTS)
    if storage:
        made["storageAccountType"] = storage
    flag = draw(FLAGS)
    if flag is not None:
        made["excludeFromLatest"] = flag
    return made


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    """A catalog that deploys."""
    home = draw(st.sampled_from(HOMES))
    one, two = OTHERS[home]
    source = {"managedImage": compute_id("images", f"linux-{home}")}
    versions: Json = {
        "1.0.0": {"source": source, "targetRegions": [home]},
        "1.1.0": {
            "source": source,
            "endOfLifeDate": "2027-06-30",
            "tags": {"tier": "gold"},
            "replicaCount": draw(COUNTS),
            "targetRegions": [_region(draw, home, "Standard_ZRS"), _region(draw, one), _region(draw, two)],
        },
        "1.2.0": {"source": source, "targetRegions": [_region(draw, home), _region(draw, one)]},
        "2.0.0": {"source": source},
    }
    for version in versions.values():
        flag = draw(FLAGS)
        if flag is not None:
            version["excludeFromLatest"] = flag
    traits = {"osType": "Linux", "hyperVGeneration": "V2"}
    main: Json = {
        **traits,
        "osState": "Generalized",
        "architecture": "x64",
        "description": "The base of everything.",
        "identifier": {"publisher": "contoso", "offer": "base", "sku": "main"},
        "eula": "https://contoso.example/eula",
        "privacyStatementUri": "https://contoso.example/privacy",
        "releaseNoteUri": "https://contoso.example/notes",
        "plan": {"name": "pro", "publisher": "fabrikam", "product": "os"},
        "hibernation": True,
        "diskControllerTypes": ["SCSI"],
        "recommended": {"vCPUs": {"min": 2, "max": 16}, "memory": {"min": 4, "max": 64}},
        "disallowedDiskTypes": ["Standard_LRS"],
        "endOfLifeDate": "2028-06-30",
        "tags": {"owner": "platform"},
        "versions": versions,
    }
    disks = {
        "osDisk": {"disk": compute_id("disks", f"os-{home}"), "hostCaching": "ReadWrite"},
        "dataDisks": [
            {"lun": 0, "disk": compute_id("disks", f"data-{home}"), "hostCaching": "ReadOnly"},
            {"lun": 7, "snapshot": compute_id("snapshots", f"data-{home}")},
        ],
    }
    keyed = [home, *(name for name in (one, two) if name in SETS)][:2]
    keys = [{"name": name, "encryption": {"osDiskImage": {"diskEncryptionSetId": set_id(name)}}} for name in keyed]
    gallery: Json = {
        "resourceGroup": "rg-images",
        "subscription": PLATFORM,
        "description": "Images of the company.",
        "tags": {"owner": "platform"},
        "softDeletePolicy": {"isSoftDeleteEnabled": False},
        "readers": ["12121212-1212-1212-1212-121212121212"],
        "images": {
            "main": main,
            "disks": {
                **traits,
                "osState": "Generalized",
                "identifier": {"publisher": "contoso", "offer": "base", "sku": "disks"},
                "versions": {"1.0.0": disks},
            },
            "keys": {
                **traits,
                "osState": "Generalized",
                "identifier": {"publisher": "contoso", "offer": "base", "sku": "keys"},
                "versions": {"1.0.0": {"source": source, "targetRegions": keys}},
            },
        },
    }
    second = {"resourceGroup": GROUP, "subscription": PLATFORM, "images": {}}
    group = {"location": home, "subscription": PLATFORM, "tags": {"owner": "platform"}}
    catalog = {
        "resourceGroups": {"rg-images": group, "rg-spare": dict(group)},
        "defaults": {"location": home, "targetRegions": [home, _region(draw, one)], "replicaCount": 1},
        "galleries": {"golden_estate": gallery, "second_estate": second},
    }
    return Estate(home, catalog)
