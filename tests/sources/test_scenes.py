"""Whatever a team may vary in a catalog that deploys: with what is listed as needed, and nothing else, it deploys."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from acg.sources import needed_by
from acg_sandbox.arm import PLATFORM
from tests.agreement.embedded import EmbeddedAzure
from tests.agreement.scene import Scene
from tests.agreement.valid import scenes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenes")


@settings(
    derandomize=True,
    database=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(scenes())
def test_what_is_listed_suffices(folder: Path, scene: Scene) -> None:
    lowered, resources = scene.lower(folder)
    needed = needed_by(lowered.resources, PLATFORM)
    azure = EmbeddedAzure(folder, [{"id": str(one.id), **one.body} for one in needed.resources])
    try:
        refused = {name: vars(one) for name, one in azure.deploy(resources).items() if one is not None}
    finally:
        azure.close()
    assert refused == {}, scene.text()
