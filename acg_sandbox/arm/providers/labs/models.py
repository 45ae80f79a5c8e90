"""What lab plans and labs consist of: ``models.yaml``, by the names that it has there."""

from pathlib import Path

from acg_sandbox.arm.protocol.surface import read_surfaces

SURFACES = read_surfaces(Path(__file__).with_name("models.yaml"), {"plan": "labPlan", "lab": "lab"})
