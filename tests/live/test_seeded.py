"""A snapshot seeds an embedded Azure, where the same is read again."""

from pathlib import Path

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
