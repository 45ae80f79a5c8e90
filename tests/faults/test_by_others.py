"""What other people do meanwhile: they delete a source, and change or delete what is declared."""

import time

import pytest

from tests.faults.deployment import GALLERY, OTHER_SOURCE, SOURCE, Estate, version
from tests.faults.stories import Story, proves

pytestmark = pytest.mark.engine

SOURCE_GONE = Story(
    "Somebody deletes the source of a version while Azure copies it",
    ({"fault": "source-gone", "method": "PUT", "path": "/1.0.1$"},),
    ('Code="ResourceNotFound" Message="Source was not found: ', "Please make sure the source exists"),
    ("name another source in the catalog, with `protect: false` for this version", "pulumi up"),
    "The version is made anew from the other source: nobody used the failed one. Protect it again afterwards.",
)
DRIFT = Story(
    "Somebody changes or deletes what is declared, past Pulumi",
    (),
    ("[diff: +description]", "corp/ubuntu/1.0.0 creating"),
    ("pulumi up --refresh",),
    "Without `--refresh` Pulumi compares with what it remembers and sees nothing.",
)
GHOST = Story(
    "Azure still sees a version for a while after deleting it",
    ({"fault": "ghost-child", "method": "DELETE", "path": "/1.0.0$", "seconds": 1.5},),
    ('Status=409 Code="CannotDeleteResource" Message="Can not delete resource before nested resources are deleted."',),
    ("wait a minute", "pulumi destroy --ignore-protect"),
    "The same goes for a definition that is taken out of the catalog.",
)


@proves(SOURCE_GONE)
def test_a_version_is_made_anew_from_another_source(estate: Estate) -> None:
    def another_source() -> None:
        estate.versions["1.0.1"] = {"source": {"managedImage": OTHER_SOURCE}, "protect": False}
        estate.declare()

    estate.arm(SOURCE_GONE)
    said = estate.fails("pulumi up", SOURCE_GONE)
    assert SOURCE in said
    estate.disarm()
    estate.follow(SOURCE_GONE.do, {SOURCE_GONE.do[0]: another_source})
    estate.assert_declared(twice=[version("1.0.1")])


@proves(DRIFT)
def test_drift_is_found_and_undone(estate: Estate) -> None:
    estate.run("pulumi up")
    estate.drift(id=GALLERY, change={"properties": {"description": "by hand"}})
    estate.drift(id=version("1.0.0"), delete=True)
    [command] = DRIFT.do
    said = estate.run(command)
    for part in DRIFT.says:
        assert part in said
    estate.assert_declared(twice=[version("1.0.0")])
    assert "description" not in estate.listing()[GALLERY.lower()]


@proves(GHOST)
def test_a_parent_is_deleted_when_azure_has_forgotten_its_child(estate: Estate) -> None:
    estate.run("pulumi up")
    estate.arm(GHOST)
    estate.fails("pulumi destroy --ignore-protect", GHOST)
    estate.disarm()
    estate.follow(GHOST.do, {"wait a minute": lambda: time.sleep(GHOST.faults[0]["seconds"])})
    assert estate.azure.arm("GET", GALLERY).status_code == 404
