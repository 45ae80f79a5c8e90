"""Files beside a catalog that a refresh reads: manifests of Packer, and results of gates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from acg.input_file import InputFileError, read_json
from acg.refresh.declared import Declared


def files_beside(catalog: Path, declared: Declared) -> dict[str, Any]:
    """What the files hold, by their names in the catalog; a text says why one is not usable."""
    folder = (catalog if catalog.is_dir() else catalog.parent).resolve()
    names = {line.refresh.from_.packer_manifest for line in declared.lines}
    names |= {gate.result_file for line in declared.lines for gate in line.policy.gates.values()}
    return {name: _content(folder, name) for name in sorted(name for name in names if name is not None)}


def _content(folder: Path, name: str) -> Any:
    file = folder / name
    if not file.resolve().is_relative_to(folder):
        return "is not below the folder of the catalog"
    try:
        content = read_json(file)
    except InputFileError as error:
        return error.cause
    return content if isinstance(content, dict) else "holds no JSON object"
