"""Troubles that end a deployment: it says which, and the next ``pulumi up`` carries on where it ended."""

from collections.abc import Iterator

import pytest

from acg_sandbox.arm import clear_faults
from acg_sandbox.engine.find import Engine
from tests.embedded import Embedded
from tests.faults.deployment import Estate, version
from tests.faults.stories import Story, proves

pytestmark = pytest.mark.engine

AGAIN = ("pulumi up",)
HALF_WAY = "Pulumi remembers what is there half-way, and the next `pulumi up` sends it again."
STORIES = (
    Story(
        "Azure answers 429 for longer than it is worth waiting",
        ({"fault": "throttle", "method": "PUT", "path": "/corp$", "times": 0, "seconds": 0.1},),
        ('Status=429 Code="TooManyRequests"',),
        AGAIN,
    ),
    Story(
        "Azure cannot be reached",
        ({"fault": "cut", "method": "PUT", "path": "/corp$", "times": 0},),
        ("no answer from Azure: Remote end closed connection without response",),
        AGAIN,
    ),
    Story(
        "Azure begins to create something and fails",
        ({"fault": "fail", "method": "PUT", "path": "/corp$", "code": "InternalExecutionError"},),
        ('Code="InternalExecutionError"',),
        AGAIN,
        HALF_WAY,
    ),
    Story(
        "What was created cannot be read yet",
        ({"fault": "stale", "method": "PUT", "path": "/ubuntu$", "reads": 1},),
        ('Status=404 Code="ResourceNotFound" Message="The Resource',),
        AGAIN,
        HALF_WAY,
    ),
    Story(
        "Replication to one region fails",
        ({"fault": "fail-region", "method": "PUT", "path": "/1.0.0$", "region": "northeurope"},),
        ('Code="GalleryReplicationFailed"', "{region:northeurope, detail:"),
        AGAIN,
        HALF_WAY + " If it fails again and again, deploy once without the region, then with it.",
    ),
    Story(
        "Azure no longer knows the operation that creates a version",
        ({"fault": "lose-operation", "method": "PUT", "path": "/1.0.1$"},),
        ('Status=404 Code="ResourceNotFound" Message="The operation ', "was not found"),
        AGAIN,
        HALF_WAY,
    ),
)
LATE = Story(
    "Creating takes longer than the version is given",
    ({"fault": "slow", "method": "PUT", "path": "/1.0.2$", "seconds": 2.5},),
    ("operation timed out",),
    ("wait until Azure is done with the version", "pulumi up"),
    "Azure goes on by itself. `timeouts` in the catalog gives a version more time.",
)

FORGOTTEN = Story(
    "Something failed in Azure, and a refresh made Pulumi forget it",
    ({"fault": "fail-region", "method": "PUT", "path": "/1.0.1$", "region": "northeurope"},),
    ("corp/ubuntu/1.0.1 is Failed in Azure, from an earlier deployment",),
    ("change anything about it in the catalog, such as a tag", "pulumi up"),
    "Without a refresh in between, `pulumi up` alone sends it again.",
)


@pytest.fixture(scope="module")
def carried(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """One stack that goes through trouble after trouble, each of which is met wherever the one before has led."""
    from acg_sandbox.launcher.azure import embedded_azure

    folder = tmp_path_factory.mktemp("carried")
    with embedded_azure(folder / "azure") as addresses:
        estate = Estate(Embedded(addresses, engine, folder))
        estate.versions["1.0.2"] = {"timeouts": {"create": "1s"}}
        estate.declare()
        yield estate


@pytest.fixture(autouse=True)
def _armed_for_one_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """A trouble that did not strike must not strike the next test."""
    yield
    if "carried" in request.fixturenames:
        clear_faults(request.getfixturevalue("carried").azure.folder / "azure")


@proves(*STORIES)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.what)
def test_the_next_up_meets_the_next_trouble(carried: Estate, story: Story) -> None:
    carried.arm(story)
    carried.fails("pulumi up", story)
    carried.disarm()


@proves(LATE)
def test_in_the_end_everything_is_there_once(carried: Estate) -> None:
    carried.arm(LATE)
    carried.fails("pulumi up", LATE)
    carried.disarm()
    carried.follow(LATE.do, {"wait until Azure is done with the version": lambda: carried.await_azure("1.0.2")})
    assert carried.creations()[version("1.0.2").lower()] == 1
    carried.assert_declared()


@proves(FORGOTTEN)
def test_a_failure_that_pulumi_forgot_is_not_taken_for_success(estate: Estate) -> None:
    def change() -> None:
        estate.versions["1.0.1"] = {"tags": {"try": "again"}}
        estate.declare()

    estate.arm(FORGOTTEN)
    estate.run("pulumi up", fails=True)
    estate.disarm()
    estate.fails("pulumi up --refresh", FORGOTTEN)
    estate.follow(FORGOTTEN.do, {FORGOTTEN.do[0]: change})
    estate.assert_declared()
