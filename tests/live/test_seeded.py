"""A snapshot seeds an embedded Azure, where the same is read again."""

import json
from pathlib import Path

from acg.state.observed import read_snapshot
from acg_sandbox.launcher.azure import embedded_azure
from acg_sandbox.launcher.seed import read_seeds
from tests.live.estate import CORP, HOME, Estate


def test_what_was_read_can_be_seeded_and_is_read_again(estate: Estate, tmp_path: Path) -> None:
    before = estate.observe(CORP)
    (tmp_path / "observed.json").write_text(before.text())
    found = read_seeds(tmp_path / "observed.json")
    assert {"coverage", "locks", "softDeleted"} <= set(found.left_aside)
    with embedded_azure(tmp_path / "state") as addresses:
        other = Estate(addresses, tmp_path / "state")
        other.add(found.resources, *found.subscriptions)
        assert HOME in before.text()
        assert other.observe(CORP).text() == before.text()


def test_what_was_read_is_what_its_file_gives_back_in_plain_values(estate: Estate, tmp_path: Path) -> None:
    observed = estate.observe(CORP)
    (tmp_path / "observed.json").write_text(observed.text())
    read = observed.snapshot()
    assert [one.inputs for one in read.resources] == [
        one.inputs for one in read_snapshot(tmp_path / "observed.json").resources
    ]
    json.dumps([one.inputs for one in read.resources])  # an edit of a catalog writes them
