"""What Pulumi makes a new resource for."""

import pytest

from acg.azure.mutability import create_only
from acg.azure.replacing import replaced_for

TERMS = {"eula", "identifier", "privacyStatementUri", "purchasePlan"}
IMAGES = {"osType", "osState", "hyperVGeneration"}


@pytest.mark.parametrize(
    ("options", "left_out"),
    [
        ({"protected": True}, set()),
        ({"protected": False, "holds_images": False}, set()),
        ({"protected": False}, TERMS),
        ({"protected": False, "undeclared": ("hyperVGeneration",)}, TERMS | {"hyperVGeneration"}),
    ],
)
def test_what_is_published_is_not_replaced_for_its_terms_or_for_what_nobody_declared(options, left_out):
    found = set(replaced_for("GalleryImage", {"architecture": "Arm64"}, **options))
    assert set(create_only("GalleryImage")) - found == left_out
    assert found >= IMAGES - left_out


@pytest.mark.parametrize("protected", [True, False])
def test_a_default_that_is_written_or_left_out_replaces_nothing(protected):
    for inputs in ({}, {"architecture": "x64"}):
        assert "architecture" not in replaced_for("GalleryImage", inputs, protected=protected)
    assert "architecture" in replaced_for("GalleryImage", {"architecture": "Arm64"}, protected=protected)
    assert not any("replicationMode" in path for path in replaced_for("GalleryImageVersion", {}, protected=protected))
