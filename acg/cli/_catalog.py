"""A catalog that commands look at without comparing it."""

from __future__ import annotations

from pathlib import Path

import click

from acg.catalog.reader import Reading, read_catalog
from acg.desired.lower import Lowered, lower
from acg.desired.stacks import ALL, Share
from acg.errors import CatalogError, InputError, Problem
from acg.project import project_above, shortened, stack_settings
from acg.text import inert


def usable_catalog(path: Path, share: Share = ALL) -> Lowered:
    """Read and lower a catalog; with a share of it, as the stack that deploys that knows it.

    Raises:
        CatalogError: it has problems; carries all of them.
    """
    return usable_reading(path, share)[1]


def usable_reading(path: Path, share: Share = ALL) -> tuple[Reading, Lowered]:
    """Likewise, with what was read, for commands that edit it.

    Raises:
        CatalogError: it has problems; carries all of them.
    """
    reading = read_catalog(path)
    lowered = lower(reading, protect=share.protect, galleries=share.galleries, lab_plans=share.lab_plans)
    if problems := (*reading.problems, *lowered.problems):
        raise CatalogError(problems)
    return reading, lowered


def share_of(stack: str | None) -> Share:
    """What a stack's ``acg:galleries``, ``acg:labPlans`` and ``acg:protect`` say in ``Pulumi.STACK.yaml``.

    Says on standard error that there is no such file: a misspelt name would otherwise mean the whole catalog.

    Raises:
        InputError: the file cannot be used.
    """
    if stack is None:
        return ALL
    file = stack_settings(project_above(Path.cwd()) or Path.cwd(), stack)
    if not file.is_file():
        click.echo(f"acg: there is no {inert(shortened(file).as_posix())}: the whole catalog counts", err=True)
        return ALL
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
    return Share.of(config) if isinstance(config, dict) else ALL
