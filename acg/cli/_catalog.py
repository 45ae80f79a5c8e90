"""A catalog that commands look at without comparing it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from acg.catalog.reader import Reading, read_catalog
from acg.desired.lower import Lowered, lower
from acg.desired.stacks import gallery_keys
from acg.errors import CatalogError, InputError, Problem
from acg.project import project_above


def usable_catalog(path: Path, galleries: Collection[str] | None = None) -> Lowered:
    """Read and lower a catalog; with keys of galleries, as the stack that deploys those knows it.

    Raises:
        CatalogError: it has problems; carries all of them.
    """
    return usable_reading(path, galleries)[1]


def usable_reading(path: Path, galleries: Collection[str] | None = None) -> tuple[Reading, Lowered]:
    """Likewise, with what was read, for commands that edit it.

    Raises:
        CatalogError: it has problems; carries all of them.
    """
    reading = read_catalog(path)
    lowered = lower(reading, galleries=galleries)
    if problems := (*reading.problems, *lowered.problems):
        raise CatalogError(problems)
    return reading, lowered


def galleries_of(stack: str | None) -> list[str] | None:
    """The galleries that a stack's ``acg:galleries`` names in ``Pulumi.STACK.yaml``; None if it deploys all.

    Raises:
        InputError: the file cannot be used.
    """
    if stack is None or "/" in stack or (folder := project_above(Path.cwd())) is None:
        return None
    file = folder / f"Pulumi.{stack}.yaml"
    if not file.is_file():
        return None
    import yaml

    from acg.input_file import InputFileError, read_bytes

    try:
        settings = yaml.safe_load(read_bytes(file))
    except InputFileError as error:
        raise InputError([error.problem("ACG001", file)]) from None
    except yaml.YAMLError:
        problem = Problem("ACG002", "is not YAML", "Write it as `pulumi config set` does.", file=file.as_posix())
        raise InputError([problem]) from None
    config = settings.get("config") if isinstance(settings, dict) else None
    given = config.get("acg:galleries") if isinstance(config, dict) else None
    if isinstance(given, list):
        return [str(key) for key in given]
    return gallery_keys(given) if isinstance(given, str) else None
