"""`make bench`: every figure as a ratio against a named baseline of the same run, with its goal."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench import azure, azure_load, check, existing, load, observe, plan, policies, refresh
from bench.measure import Measured


@dataclass(frozen=True)
class Row:
    """One comparison."""

    what: str
    baseline: str
    ours: float
    theirs: float
    unit: str
    goal: float | None = None

    def __str__(self) -> str:
        ratio = self.ours / self.theirs
        verdict = "" if self.goal is None else f"  goal {self.goal:.2f}: {'held' if ratio <= self.goal else 'MISSED'}"
        figures = f"{self.ours:8.2f} {self.unit:2} against {self.theirs:8.2f} {self.unit:2}"
        return f"{self.what:46} {figures}  ratio {ratio:5.2f}{verdict}   ({self.baseline})"


def rows() -> Iterator[Row]:
    """Measure, one row after the other."""
    yield from _pair("load 10,000 versions, with lines", "yaml.load, CSafeLoader", load.large(), 0.50)
    checked = check.large("--no-config")
    yield from _pair("acg check, 10,000 versions", "yaml.load, CSafeLoader", checked, 0.65, memory_goal=1.0)
    yield from _pair("acg check, a finding for each version", "yaml.load, CSafeLoader", check.large())
    yield from _pair("acg check, the example, cold", "import pydantic, yaml", check.cold(), 2.0)
    plain, planned = plan.large()
    yield from _pair("acg plan, 100 changes in 10,000 versions", "yaml.load, CSafeLoader", (plain, planned), 1.0)
    _, paged = plan.large("--out", "html:plan.html")
    more = paged.seconds - planned.seconds
    yield Row("acg plan, its page on top", "yaml.load, CSafeLoader", more, plain.seconds, "s", 0.50)
    yield from _pair("acg observe, 10,000 versions", "the SDK's own listing", observe.large(), 1.3, memory_goal=2.0)
    for what, (theirs, ours) in existing.pure().items():
        yield Row(f"{what} of 10,000 versions, pure", "yaml.load, CSafeLoader", ours, theirs, "s", 1.0)
    took = refresh.large()
    yield Row(
        "acg refresh, 10,000 versions: its pure part", "yaml.load, CSafeLoader", took["pure"], took["load"], "s", 1.0
    )
    yield Row("100 edits of that catalog, checked", "yaml.load, CSafeLoader", took["write"], took["load"], "s", 0.50)
    one, ours, _ = (seconds * 1_000 for seconds in policies.per_resource())
    yield Row("policy pack, for each resource: time", "pack with one policy", ours, one, "ms", 2.0)
    previews = _previews(sizes=[10, 100, 1000, 3000], raw_sizes=[10, 1000, 3000])
    raw, ours = previews["raw", 1000], previews["catalog", 1000]
    yield from _pair("pulumi preview, 1,000 versions", "raw azure-native program", (raw, ours), 0.40, memory_goal=0.60)
    yield Row(
        "pulumi preview, 1,000 versions: all processes", "raw azure-native program", ours.together, raw.together, "MB"
    )
    yield from _pair(
        "pulumi preview, 10 versions", "raw azure-native program", (previews["raw", 10], previews["catalog", 10])
    )
    raw, ours = previews["raw", 3000], previews["catalog", 3000]
    yield from _pair("pulumi preview, 3,000 versions", "raw azure-native program", (raw, ours), 0.30)
    yield from _pair("acg preview, 1,000 versions", "pulumi preview --refresh, same pack", _joined(), 1.05)
    for small, large, goal in ((100, 1000, None), (1000, 3000, 3.1)):
        times = previews["catalog", large].seconds, previews["catalog", small].seconds
        yield Row(f"pulumi preview, {large:,} versions", f"{small:,} versions", *times, "s", goal)
    for what, (few, many) in azure.growth().items():
        goal = 1.25 if what == "a page of the list" else None
        yield Row(f"embedded Azure, {what}, 10,000 versions", "1,000 versions", many * 1_000, few * 1_000, "ms", goal)
    for what, (alone, together) in azure_load.load().items():
        yield Row(f"embedded Azure, {what}: each", "one client alone", together, alone, "ms")
    acknowledged, lost = azure_load.killed()
    yield Row("embedded Azure, kill -9: creations lost", "acknowledged before", lost, acknowledged, "", 0.0)


def _pair(
    what: str,
    baseline: str,
    pair: tuple[Measured, Measured],
    goal: float | None = None,
    memory_goal: float | None = None,
) -> Iterator[Row]:
    theirs, ours = pair
    yield Row(f"{what}: time", baseline, ours.seconds, theirs.seconds, "s", goal)
    yield Row(f"{what}: memory", baseline, ours.megabytes, theirs.megabytes, "MB", memory_goal)


def _previews(sizes: list[int], raw_sizes: list[int]) -> dict[tuple[str, int], Measured]:
    """Run the previews beneath one embedded Azure."""
    command = (sys.executable, "-m", "acg_sandbox", "exec", "--", sys.executable, "-m", "bench.preview")
    run = subprocess.run(
        [*command, json.dumps(sizes), json.dumps(raw_sizes)], stdout=subprocess.PIPE, check=True, text=True
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {(program, size): Measured(*figures) for program, size, *figures in lines}


def _joined() -> tuple[Measured, Measured]:
    """Run both previews beneath one embedded Azure."""
    command = (sys.executable, "-m", "acg_sandbox", "exec", "--", sys.executable, "-m", "bench.joined")
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    theirs, ours = (Measured(*figures) for figures in json.loads(run.stdout.splitlines()[-1]))
    return theirs, ours


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it, every process would compile its modules anew
    for row in rows():
        print(row, flush=True)
