"""Data files that lie beside the code that reads them."""

import json
from pathlib import Path
from typing import Any

import yaml


def load(path: Path) -> Any:
    """The content of a JSON or YAML file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both loaders are safe ones
