"""`acg init`: a project of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def init(folder: Path) -> int:
    """Write a Pulumi project that deploys a catalog into FOLDER, by default the current one.

    The project file and the program, pinned requirements, a commented catalog, guardrails, and workflows for GitHub.
    Nothing is overwritten: where one of these files is already, none is written.
    """
    from acg.new_project import write_project
    from acg.new_project.origin import Origin, is_release
    from acg.text import visible

    written = write_project(folder)
    place = "" if folder == Path() else f"cd {shlex.quote(visible(folder.as_posix()))} && "
    click.echo("".join(f"{path}\n" for path in written))
    click.echo(f"Check it:                     {place}acg check galleries")
    click.echo(f"Deploy to an embedded Azure:  {place}acg-sandbox exec -- pulumi up")
    if Origin.installed() is None and not is_release():
        click.echo(
            "This copy of pulumi-acg comes from a folder or a file: write in requirements.txt where others get it."
        )
    if any("OWNER/" in text for text in written.values()):
        click.echo(
            "Before the workflows can run, write the repository and commit of your copy of pulumi-acg in them, for"
        )
        click.echo("OWNER/pulumi-acg and COMMIT.")
    return 0
