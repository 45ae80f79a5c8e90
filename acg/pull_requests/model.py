"""What a job knows of its pull requests, whoever hosts them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol

from acg.refresh.model import Decision, Kind, Waiting


class GroupBy(StrEnum):
    """How much one pull request holds."""

    ALL = "all"
    GALLERY = "gallery"
    IMAGE = "image"


class Group(NamedTuple):
    """Edits that make one pull request."""

    kind: Kind
    name: str
    """all, a gallery, or gallery/image, by the keys of the catalog."""
    decisions: tuple[Decision, ...]
    waiting: tuple[Waiting, ...] = ()
    """What waits for something, of the same images."""

    @property
    def branch(self) -> str:
        """The branch that is its own. Keys of a catalog have no character that a branch's name cannot have."""
        return f"{BRANCHES}{self.kind.value}-{self.name.replace('/', '--')}"


BRANCHES = "acg/refresh/"
"""What the names of all branches of the job begin with."""


class PullState(StrEnum):
    """What became of a pull request."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"
    """Not merged."""


class Pull(NamedTuple):
    """A pull request from a branch of the repository itself; those of forks are never among them."""

    number: int
    url: str
    branch: str
    state: PullState
    title: str
    body: str
    author: str
    """The host's id of who opened it."""


class Comment(NamedTuple):
    """A comment on a pull request."""

    id: str
    author: str
    body: str


class Host(Protocol):
    """The interface of a host, as far as the job needs it. Every call may raise `acg.errors.ReaderError`."""

    def pulls(self, branch: str) -> list[Pull]:
        """The pull requests of a branch, newest first."""
        ...

    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Open one."""
        ...

    def change(self, pull: Pull, title: str, body: str, *, close: bool = False) -> None:
        """Give one another title and text, or close it."""
        ...

    def comments(self, pull: Pull) -> list[Comment]:
        """What is said on one."""
        ...

    def say(self, pull: Pull, body: str, instead_of: Comment | None = None) -> None:
        """Add a comment, or give one another text."""
        ...
