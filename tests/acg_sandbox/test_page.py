"""``docs/sandbox.md``: its example runs as it stands, and it hides no difference."""

import os
import re
import subprocess
import sys
from pathlib import Path

from acg_sandbox.launcher.azure import embedded_azure
from tests.acg_sandbox.arm.replays import test_az, test_galleries

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_the_example_for_azure_sdks_runs(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    [output] = re.findall(r"exec -- python galleries\.py\n(.*?)```", PAGE, re.DOTALL)
    with embedded_azure(tmp_path) as addresses:
        environment = {**os.environ, **addresses.environment}
        run = subprocess.run(
            [sys.executable, "-c", example], env=environment, capture_output=True, text=True, check=False
        )
    assert (run.stdout, run.stderr) == (output, "")


def test_every_difference_from_the_recording_is_told() -> None:
    differences = test_galleries.DIFFERENCES | test_az.DIFFERENCES
    assert [what for what in differences if f"\n| {what} |" not in PAGE] == []
