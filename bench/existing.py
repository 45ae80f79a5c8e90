"""Drift and adoption of 10,000 versions, both pure, against plain PyYAML on the catalog of the same versions."""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.generate import catalog

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
_RUNS = 3


def pure() -> dict[str, tuple[float, float]]:
    """Processor seconds of (plain PyYAML, ours), by what is measured; medians of runs in processes of their own."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "catalog.yaml"
        path.write_text(catalog(10_000, definitions=100, regions=3))
        runs = [_seconds(path) for _ in range(_RUNS)]
    theirs = median(run["yaml"] for run in runs)
    return {what: (theirs, median(run[what] for run in runs)) for what in ("drift", "adopt")}


def _seconds(path: Path) -> dict[str, float]:
    run = subprocess.run((sys.executable, "-m", "bench.existing", str(path)), stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def _measured(path: Path) -> dict[str, float]:
    import yaml

    found: dict[str, float] = {}
    text = path.read_text()
    start = time.process_time()
    yaml.load(text, yaml.CSafeLoader)
    found["yaml"] = time.process_time() - start

    from acg.adopt.observed import adopt_snapshot
    from acg.catalog.edit.snippet import block
    from acg.catalog.reader import read_catalog
    from acg.desired.lower import lower
    from acg.drift.find import find_drift
    from acg.state.observed import Snapshot, snapshot_of

    gc.disable()  # as in every command
    lowered = lower(read_catalog(path))
    snapshot = snapshot_of(Snapshot(datetime(2026, 11, 27, tzinfo=UTC)), _bodies(lowered.resources))
    start = time.process_time()
    report = find_drift("catalog.yaml", lowered, snapshot, date(2026, 11, 27))
    found["drift"] = time.process_time() - start
    if report.drifts:
        raise RuntimeError(f"drift where there is none: {report.drifts[0]}")
    start = time.process_time()
    adoption = adopt_snapshot(snapshot)
    block(adoption.document)
    found["adopt"] = time.process_time() - start
    if len(adoption.managed) != len(lowered.resources):
        raise RuntimeError(f"not everything is adopted: {adoption.left_out[:1]}")
    return found


def _bodies(resources: list[Any]) -> Iterator[dict[str, Any]]:
    """What Azure would answer: with its defaults, and the display names of regions."""
    from acg.azure.kinds import KINDS
    from acg.azure.regions import RegionTable

    regions = RegionTable()
    for one in resources:
        row = KINDS[one.type]
        inputs = dict(one.inputs)
        names = [inputs.pop(key) for key in row.name_inputs]
        id_ = row.id(names, subscription=SUBSCRIPTION, group=inputs.pop("resourceGroupName"))
        if profile := inputs.get("publishingProfile"):
            targets = [
                {"excludeFromLatest": False, **region, "name": regions[region["name"]].display_name}
                for region in profile["targetRegions"]
            ]
            inputs["publishingProfile"] = {"replicaCount": 1, **profile, "targetRegions": targets}
            disk = {"sizeInGB": 30, "hostCaching": "ReadWrite", "source": {}}
            inputs["storageProfile"] = {**inputs["storageProfile"], "osDiskImage": disk}
            inputs["safetyProfile"] = {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False}
        location = inputs.pop("location")
        properties = {**inputs, "provisioningState": "Succeeded"}
        yield {"id": id_, "type": row.arm_type, "location": location, "properties": properties}


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1]))))
