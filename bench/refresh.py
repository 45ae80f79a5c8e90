"""`acg refresh`, what is pure of it, and the writing of edits, against plain PyYAML on the same catalog."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import yaml

from bench.generate import REGIONS, SOURCE, catalog

DEFINITIONS, VERSIONS, BUILDS, EDITS = 1_000, 10_000, 200, 100
SUBSCRIPTION = SOURCE.split("/")[2]
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"


def large() -> dict[str, float]:
    """Seconds of each step, in one process of its own: ``load`` is PyYAML's, the others are ours."""
    run = subprocess.run((sys.executable, "-m", "bench.refresh"), stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(run.stdout)


def refreshed_catalog() -> str:
    """A catalog all of whose definitions have a policy with three rings and retention."""
    document: dict[str, Any] = yaml.load(catalog(VERSIONS, definitions=DEFINITIONS, regions=3), yaml.CSafeLoader)
    gallery = document["galleries"]["bench"]
    gallery["subscription"] = SUBSCRIPTION
    rings = [{"regions": [REGIONS[0]]}, {"regions": [REGIONS[1]], "after": "P3D"}, {"regions": "rest", "after": "P7D"}]
    for name, image in gallery["images"].items():
        builds = {"resourceGroup": "builds", "name": f"{name}-*"}
        image["refresh"] = {"policy": "all", "from": {"managedImages": builds}}
        for version in image["versions"].values():
            version["publishedOn"] = "2026-06-01"
            version["promoted"] = dict.fromkeys(REGIONS, "2026-06-01")
    return yaml.safe_dump(
        {
            "refreshPolicies": {"all": {"rings": rings, "keep": {"versions": 5}}},
            "refreshLimits": {"newVersions": DEFINITIONS, "retirements": VERSIONS},
            "defaults": {"location": REGIONS[0], "targetRegions": list(REGIONS)},
            **document,
        },
        sort_keys=False,
    )


def _main() -> None:
    from acg.catalog.edit import apply_edits
    from acg.catalog.reader import read_files
    from acg.desired.lower import lower
    from acg.refresh.azure import Azure
    from acg.refresh.context import Context
    from acg.refresh.declared import Declared
    from acg.refresh.model import edits_of
    from acg.refresh.run import refresh

    text = refreshed_catalog()
    took: dict[str, float] = {"load": _timed(lambda: yaml.load(text, yaml.CSafeLoader))}
    reading = read_files([("catalog.yaml", text.encode())], "catalog.yaml")
    lowered = lower(reading)
    seen = _snapshot(lowered.usable())

    def run() -> Any:
        return refresh(Context(Declared(lowered), Azure(seen), date(2026, 11, 27)))

    took["pure"] = _timed(run)
    done = run()
    if len(done.decisions) < BUILDS:
        raise RuntimeError(f"only {len(done.decisions)} decisions")
    edits = edits_of(done.decisions)[:EDITS]
    took["write"] = _timed(lambda: apply_edits(text, edits, root=reading.sources.documents[0].root))
    json.dump(took, sys.stdout)


def _snapshot(resources: list[Any]) -> Any:
    """Azure in which the catalog is deployed, with a new build for some definitions and consumers of most."""
    from acg.state.observed import (
        Consumer,
        ConsumerKind,
        Coverage,
        Part,
        Reading,
        Snapshot,
        Source,
        SourceKind,
        snapshot_of,
    )

    gallery = f"{GROUP}/rg-bench/providers/Microsoft.Compute/galleries/bench"
    bodies = []
    for one in resources:
        _, *names = one.name.split("/")
        id_ = gallery + "".join(f"/{kind}/{name}" for kind, name in zip(("images", "versions"), names, strict=False))
        kind = "Microsoft.Compute/galleries" + "".join(("/images", "/versions")[: len(names)])
        properties = {key: one.inputs[key] for key in ("publishingProfile", "storageProfile") if key in one.inputs}
        bodies.append({"id": id_, "type": kind, "location": REGIONS[0], "properties": properties})
    sources = [
        Source(
            f"{GROUP}/builds/providers/Microsoft.Compute/images/image-{number:03}-{run}",
            SourceKind.MANAGED_IMAGE,
            f"image-{number:03}-{run}",
            REGIONS[0],
            {},
            datetime(2026, 11, 26, tzinfo=UTC) if run == 9 and number < BUILDS else datetime(2026, 5, 1, tzinfo=UTC),
            "Succeeded",
        )
        for number in range(DEFINITIONS)
        for run in range(10)
    ]
    consumers = [
        Consumer(
            None, ConsumerKind.MACHINE, REGIONS[0], f"{gallery}/images/image-{number:03}", None, ("1.0.9",), number=20
        )
        for number in range(DEFINITIONS)
    ]
    parts = [(part, gallery) for part in (Part.GALLERIES, Part.DEFINITIONS, Part.VERSIONS, Part.SHARING)]
    parts += [(part, f"/subscriptions/{SUBSCRIPTION}") for part in (Part.LOCKS, Part.CONSUMERS)]
    parts.append((Part.MANAGED_IMAGES, f"{GROUP}/builds"))
    coverage = Coverage(1, 1, (), tuple(Reading(part, scope.lower()) for part, scope in parts))
    rest = snapshot_of(Snapshot(datetime(2026, 11, 27, tzinfo=UTC), consumers=consumers, coverage=coverage), bodies)
    return Snapshot(**{**rest.__dict__, "sources": sources})


def _timed(run: Callable[[], object]) -> float:
    """The best of three."""
    seconds: list[float] = []
    for _ in range(3):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    _main()
