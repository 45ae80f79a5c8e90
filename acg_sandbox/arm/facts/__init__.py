"""What the embedded Azure knows of the real one, as data files that name their sources."""

import json
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


def load(name: str) -> Any:
    """The content of a fact file beside this module."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        return json.loads(text)
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both loaders are safe ones
