"""`acg adopt`: what exists, as a catalog that asks for exactly that and as a file for `pulumi import`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from acg import clock
from acg.cli._azure import AzureOptions, azure_options
from acg.cli.existing._snapshot import live_snapshot

if TYPE_CHECKING:
    from acg.adopt.model import Adoption
    from acg.state.observed import Question

CATALOG: Final = "catalog.yaml"
IMPORT: Final = "import.json"


@click.command()
@click.option("--observed", type=click.Path(path_type=Path), help="Snapshot of Azure, as acg observe writes it.")
@click.option("--live", is_flag=True, help="Read Azure now.")
@click.option("--subscription", metavar="ID", help="With --live: whose galleries to read.")
@click.option("--gallery", metavar="NAME", help="With --live: only this gallery.")
@click.option("--stack-file", type=click.Path(path_type=Path), help="Exported stack of a raw azure-native program.")
@click.option("--external", metavar="GLOB", multiple=True, help="gallery/definition whose versions others publish.")
@click.option("--out", type=click.Path(path_type=Path), default=".", help="Folder to write to (default: this one).")
@click.option("--stack", help="Stack to import into; needed for galleries in several subscriptions.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@azure_options
def adopt(
    observed: Path | None,
    live: bool,
    subscription: str | None,
    gallery: str | None,
    stack_file: Path | None,
    external: tuple[str, ...],
    out: Path,
    stack: str | None,
    form: str,
    azure: AzureOptions,
) -> int:
    """Write what exists as a catalog, and as a file for `pulumi import`.

    Writes catalog.yaml and, unless a stack has everything already, import.json; nothing is overwritten. What a catalog
    cannot manage as it is in Azure is declared as existing, which nothing touches, and is listed with the reason.

    Exit code 0: everything is adopted. 1: something is left to you. 2: input that cannot be used.
    """
    if [observed is not None, live, stack_file is not None].count(True) != 1:
        raise click.UsageError("give one of --observed, --live and --stack-file")
    if (subscription is not None or gallery is not None) and not live:
        raise click.UsageError("--subscription and --gallery say what --live reads: a snapshot has its own")
    from acg.cli._output import write
    from acg.project import project_above, shortened
    from acg.report.adopt import Adopted, adopted_json, adopted_text
    from acg.rules.declared import check_lowered

    if stack_file is not None:
        adoption = _of_stack(stack_file, external)
    else:
        if observed is not None:
            from acg.state.observed import read_snapshot

            snapshot = read_snapshot(observed)
        else:
            snapshot = live_snapshot(_question(subscription, gallery), azure)
        from acg.adopt.observed import adopt_snapshot

        adoption = adopt_snapshot(snapshot, external)
    _require_galleries(adoption, observed or stack_file)
    _require_matches(adoption, external)
    project = project_above(out) or out
    imports = shortened(project / IMPORT)  # not among the files of a catalog, which are all read
    files = {out / CATALOG: _catalog_text(adoption)}
    commands = [*_settings(adoption, _catalog_of(out, project)), *adoption.commands]
    if stack_file is None:
        files[imports] = _import_text(adoption, stack, out, commands)
        commands.append(f"pulumi import --file {IMPORT} --generate-code=false")
    commands.append("pulumi up")
    _require_free(files)
    for file, text in files.items():
        write(file, text)
    today = clock.today()
    errors = check_lowered(adoption.lowered, today=today).errors
    found = Adopted(
        adoption,
        (out / CATALOG).as_posix(),
        None if stack_file else imports.as_posix(),
        errors,
        commands,
        None if project.resolve() == Path.cwd() else shortened(project).as_posix(),
    )
    click.echo(adopted_json(found) if form == "json" else adopted_text(found), nl=False)
    return found.exit_code


def _question(subscription: str | None, gallery: str | None) -> Question:
    """The galleries of a subscription.

    Raises:
        UsageError: no subscription is named.
    """
    from acg.cli.existing._question import default_subscription
    from acg.state.observed import AskedGallery, Question

    settled = default_subscription(subscription)
    if settled is None:
        raise click.UsageError("name the subscription with --subscription")
    return Question(galleries=(AskedGallery(settled, gallery),))


def _of_stack(file: Path, external: tuple[str, ...]) -> Adoption:
    """What a stack deploys.

    Raises:
        InputError: the file cannot be used.
    """
    from acg.adopt.exported import adopt_stack
    from acg.errors import InputError
    from acg.state.exported import read_stack_file

    exported = read_stack_file(file)
    if exported.problems:
        raise InputError(exported.problems)
    return adopt_stack(exported, external)


def _require_galleries(adoption: Adoption, file: Path | None) -> None:
    """See that there is anything to adopt.

    Raises:
        InputError: there is not.
    """
    if adoption.document["galleries"]:
        return
    from acg.errors import InputError, Problem

    why = " ".join(adoption.notes) or None
    fix = "Name a subscription that has galleries, and that whoever reads may read."
    raise InputError([Problem("ACG010", "there is no gallery to adopt", fix, why, file.as_posix() if file else None)])


def _require_matches(adoption: Adoption, external: tuple[str, ...]) -> None:
    """See that every pattern means a definition: a misspelt one would have Pulumi manage what others publish.

    Raises:
        UsageError: one matches nothing.
    """
    from fnmatch import fnmatchcase

    from acg.azure import kinds
    from acg.suggest import suggest

    images = [one.inputs for one in adoption.lowered.resources if one.type == kinds.IMAGE]
    known = [f"{one['galleryName']}/{one['galleryImageName']}" for one in images]
    for pattern in external:
        if not any(fnmatchcase(one.lower(), pattern.lower()) for one in known):
            near = suggest(pattern, known)
            hint = f"did you mean {near[0]}?" if near else "write it as gallery/definition"
            raise click.UsageError(f"--external {pattern!r} matches no definition; {hint}")


def _catalog_text(adoption: Adoption) -> str:
    from acg.catalog.edit.snippet import block

    return block(adoption.document)


def _catalog_of(out: Path, project: Path) -> Path:
    """What acg:catalog is to be: the folder, if that is a catalog already, and otherwise the new file in it."""
    from acg.catalog.reader import read_catalog

    below = out.resolve().relative_to(project.resolve())
    return below if below.parts and not read_catalog(out).problems else below / CATALOG


def _settings(adoption: Adoption, catalog: Path) -> list[str]:
    """The commands that point a stack at the catalog and at its subscription."""
    commands = [shlex.join(["pulumi", "config", "set", "acg:catalog", catalog.as_posix()])]
    if adoption.subscription is not None:
        commands.append(f"pulumi config set azure-native:subscriptionId {adoption.subscription}")
    return commands


def _import_text(adoption: Adoption, stack: str | None, out: Path, commands: list[str]) -> str:
    """The file for `pulumi import`; adds the commands that register providers which it refers to."""
    import json
    from importlib.metadata import version

    from acg.adopt.imports import import_file, other_subscriptions, provider_urn
    from acg.project import project_name

    others = other_subscriptions(adoption)
    providers: dict[str, str] = {}
    if others:
        project = project_name(out)
        if stack is None or project is None:
            raise click.UsageError(
                f"galleries are in {len(others) + 1} subscriptions, so {IMPORT} has to name providers of the stack: "
                "give --stack, and --out a folder with a Pulumi.yaml"
            )
        name = stack.rpartition("/")[2]
        providers = {one: provider_urn(one, name, project) for one in others}
        targets = [word for urn in providers.values() for word in ("--target", urn)]
        commands.append(shlex.join(["pulumi", "up", *targets]))
    content = import_file(adoption, version("pulumi-azure-native"), providers)
    return json.dumps(content, indent=2) + "\n"


def _require_free(files: dict[Path, str]) -> None:
    """See that nothing is overwritten, and that there is a folder to write to."""
    from acg.errors import InputError, Problem

    problems = [
        Problem("ACG001", "exists already, and is not overwritten", "Give --out another folder.", file=file.as_posix())
        for file in files
        if file.exists()
    ]
    folder = next(iter(files)).parent
    if not folder.is_dir():
        problems = [Problem("ACG001", "is no folder", "Make it first.", file=folder.as_posix())]
    if problems:
        raise InputError(problems)
