"""`acg observe`: what exists in Azure, as a file that other commands compare with, without a login."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acg.cli._azure import AzureOptions, azure_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acg.live.observe import Observed
    from acg.state.observed import Consumer, Question


@click.command()
@click.argument("catalog", required=False, type=click.Path(path_type=Path))
@click.option(
    "--subscription", metavar="ID", help="Subscription of galleries that name none, or whose galleries to read."
)
@click.option("--gallery", metavar="NAME", help="Without a catalog: only this gallery.")
@click.option("--consumers", is_flag=True, help="Also look for who uses the images, and count them.")
@click.option("--names", is_flag=True, help="Name consumers instead of only counting them.")
@click.option("--replication", is_flag=True, help="Read the replication of all versions: a request each.")
@click.option("--since", type=click.Path(path_type=Path), help="Earlier snapshot: read replication that it lacks.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write (default: standard output).")
@azure_options
def observe(
    catalog: Path | None,
    subscription: str | None,
    gallery: str | None,
    consumers: bool,
    names: bool,
    replication: bool,
    since: Path | None,
    out: Path | None,
    azure: AzureOptions,
) -> int:
    """Read what exists in Azure into a snapshot; nothing is changed.

    Reads the galleries of CATALOG, or those of a subscription, with everything in them. Log in with `az login`, as a
    service principal or a workload identity, or set ACG_ARM_TOKEN to an access token.

    Exit code 0: the snapshot is written; what could not be read is unknown in it, and listed. 2: no gallery could be
    read, or the input cannot be used.
    """
    from acg.cli._azure import observe_azure
    from acg.state.observed import read_snapshot

    if out is not None and (out.is_dir() or not out.absolute().parent.is_dir()):
        raise click.UsageError(f"--out {out} is not a file in a folder that exists")
    if names and not consumers:
        raise click.UsageError("--names names consumers: give it with --consumers")
    question = _question(catalog, subscription, gallery, consumers, names)
    known = read_snapshot(since) if since is not None else None
    found = observe_azure(question, azure, since=known, replication=replication)
    return _finish(found, out)


def _question(
    catalog: Path | None, subscription: str | None, gallery: str | None, consumers: bool, names: bool
) -> Question:
    from acg.cli.existing._question import default_subscription, question_of
    from acg.state.observed import AskedGallery, Question

    if catalog is not None and gallery is not None:
        raise click.UsageError("--gallery names a gallery of a subscription: give it without a catalog")
    default = default_subscription(subscription)
    if catalog is not None:
        from acg.cli._catalog import usable_catalog

        return question_of(usable_catalog(catalog), default, catalog, consumers=consumers, names=names)
    if default is None:
        raise click.UsageError("name a catalog, or a subscription with --subscription")
    return Question(galleries=(AskedGallery(default, gallery),), consumers=consumers, names=names)


def _finish(found: Observed, out: Path | None) -> int:
    from acg.errors import ReaderError
    from acg.live.observe import is_known_absent
    from acg.state.observed import Part
    from acg.text import inert

    coverage = found.rest.coverage
    for sentence in coverage.gaps:
        click.echo(f"acg: {inert(sentence)}", err=True)
    if found.rest.consumers is not None:
        click.echo(f"acg: {_users(found.rest.consumers)}", err=True)
    if coverage.kinds_not_asked:
        click.echo(f"acg: not looked for as consumers: {', '.join(coverage.kinds_not_asked)}", err=True)
    galleries = [one for one in coverage.readings if one.part is Part.GALLERIES]
    absent = [one for one in coverage.readings if is_known_absent(one)]
    for one in absent:
        click.echo(f"acg: does not exist: {inert(one.scope)}", err=True)
    if galleries and all(one.unknown is not None and one not in absent for one in galleries):
        raise ReaderError("no gallery could be read; no snapshot is written")
    if out is None:
        sys.stdout.writelines(found.pieces())
        return 0
    from acg.cli._output import write

    write(out, found.pieces(), mode=0o600)
    counted = len(found.bodies) + len(found.sources)
    click.echo(f"acg: wrote {inert(out.as_posix())}: {counted:,} resources", err=True)
    return 0


def _users(consumers: Iterable[Consumer]) -> str:
    """How many use the images, in a sentence."""
    numbers: dict[str, int] = {}
    for one in consumers:
        numbers[one.kind.value] = numbers.get(one.kind.value, 0) + one.number
    parts = [f"{number:,} {kind}{'s' if number > 1 else ''}" for kind, number in sorted(numbers.items())]
    if not parts:
        return "nothing that uses the images was found"
    return f"found {', '.join(parts)} that use{'s' if sum(numbers.values()) == 1 else ''} the images"
