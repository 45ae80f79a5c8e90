"""The rules of the job: what one pull request holds, what people declined, and when a branch is left alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from acg.pull_requests.model import Comment, Group, GroupBy, Pull, PullState
from acg.refresh.model import Decision, Kind, Refreshed

_IDS: Final = re.compile(r"<!-- acg:refresh-ids ([0-9a-f ]*) -->")

TRAILER: Final = "Acg-Refresh"
"""The line of a commit's message that says which pull request it was made for."""

AUTHOR: Final = ("acg refresh", "acg-refresh@users.noreply.invalid")
"""Who makes the commits; .invalid is nobody's domain. Source: https://www.rfc-editor.org/rfc/rfc2606"""


class Commit(NamedTuple):
    """A commit on a branch of the job."""

    id: str
    author: str
    """Mail address."""
    committer: str
    message: str


def groups(refreshed: Refreshed, by: GroupBy) -> list[Group]:
    """The pull requests of a run, those that publish first. A retirement never shares one with anything published."""
    found: list[Group] = []
    for kind in Kind:
        names: dict[str, list[Decision]] = {}
        for one in refreshed.of(kind):
            names.setdefault(group_of(one.image, by), []).append(one)
        for name, decisions in sorted(names.items()):
            waiting = tuple(one for one in refreshed.waiting if name == group_of(one.image, by))
            found.append(Group(kind, name, tuple(decisions), waiting))
    return found


def group_of(image: str, by: GroupBy) -> str:
    """The name of the group that an image, ``gallery/image``, belongs to."""
    return {GroupBy.ALL: "all", GroupBy.GALLERY: image.partition("/")[0], GroupBy.IMAGE: image}[by]


def declined(pulls: Iterable[Pull]) -> frozenset[str]:
    """The ids of the decisions that people declined: those of pull requests that were closed and not merged.

    The ids of a decision change with its content, so what was declined comes again when it is something else.
    """
    closed = (one for one in pulls if one.state is PullState.CLOSED)
    return frozenset(id_ for one in closed for found in _IDS.findall(one.body) for id_ in found.split())


def without_ids(body: str) -> str:
    """The text of a pull request that the job itself closes: nobody declined what it held."""
    return _IDS.sub("<!-- acg:refresh-ids  -->", body)


def open_one(pulls: Iterable[Pull]) -> Pull | None:
    """The open pull request of a branch."""
    return next((one for one in pulls if one.state is PullState.OPEN), None)


def by_others(commits: Iterable[Commit]) -> list[Commit]:
    """The commits of a branch that the job has not made, or that somebody has changed since."""
    return [one for one in commits if not _is_own(one)]


def _is_own(commit: Commit) -> bool:
    return commit.author == commit.committer == AUTHOR[1] and f"\n{TRAILER}: " in commit.message


def abandoned(branches: Collection[str], wanted: Iterable[Group]) -> list[str]:
    """The branches of earlier runs for which there is nothing to do any more."""
    return sorted(set(branches) - {one.branch for one in wanted})


def comment_with(comments: Sequence[Comment], marker: str, author: str) -> Comment | None:
    """The job's own comment: found by its marker and by who wrote it, for anybody can write a marker."""
    return next((one for one in comments if one.author == author and one.body.startswith(marker)), None)
