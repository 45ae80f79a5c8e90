"""What each gallery resource consists of: ``models.yaml``, by the names that it has there."""

from pathlib import Path

from acg_sandbox.arm.protocol.surface import read_surfaces

SURFACES = read_surfaces(
    Path(__file__).with_name("models.yaml"),
    {
        "gallery": "gallery",
        "image": "galleryImage",
        "version": "galleryImageVersion",
        "application": "galleryApplication",
        "applicationVersion": "galleryApplicationVersion",
        "share": "sharingUpdate",
    },
    bare={"share"},
)
