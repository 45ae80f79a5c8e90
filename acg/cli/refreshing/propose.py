"""`acg propose`: the pull requests of a refresh, opened, brought up to date and closed."""

from __future__ import annotations

import os
from pathlib import Path

import click

GROUPS = ("all", "gallery", "image")


@click.command()
@click.argument("catalog", type=click.Path(path_type=Path))
@click.option("--observed", type=click.Path(path_type=Path), required=True, help="Snapshot of Azure, by acg observe.")
@click.option("--base", default="main", show_default=True, help="Branch that the pull requests are to be merged into.")
@click.option("--group-by", type=click.Choice(GROUPS), default="all", show_default=True, help="What one of them holds.")
@click.option("--image", "images", multiple=True, help="Only this gallery/image; * and ? stand for others; repeatable.")
@click.option("--today", metavar="DAY", help="Day to refresh for, as YYYY-MM-DD (default: today in UTC).")
@click.option("--deployed", metavar="REVISION", help="Git revision that is deployed: what it retires may be removed.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
def propose(
    catalog: Path,
    observed: Path,
    base: str,
    group_by: str,
    images: tuple[str, ...],
    today: str | None,
    deployed: str | None,
    config: Path | None,
) -> int:
    """Open the pull requests of a refresh of CATALOG, in a run of GitHub Actions, GitLab CI or Azure Pipelines.

    Each branch is rebuilt from the base in every run; one with a commit of somebody else is left alone. What was closed
    without a merge is declined until its content changes. The plan of each change is a comment on it.

    Exit code 0: fine. 1: an edit would break a rule, or a branch was left alone. 2: unusable input, or Git or the host
    did not answer.
    """
    from acg.cli._day import day_of
    from acg.cli.refreshing._job import Job, Options
    from acg.git import Repository
    from acg.pull_requests.branches import Branches
    from acg.pull_requests.hosts.of_ci import host_of
    from acg.pull_requests.model import GroupBy
    from acg.state.observed import read_snapshot

    asked = Options(catalog, read_snapshot(observed), day_of(today), images, deployed, config)
    by = GroupBy.IMAGE if images else GroupBy(group_by)
    host = host_of(os.environ)
    branches = Branches(Repository.around(catalog), base)
    with branches.working_tree() as tree:
        return 1 if Job(asked, host, branches, tree).run(by) else 0
