"""The branches of the job: rebuilt from the base in a working tree of their own, and pushed over nobody's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from acg.errors import ReaderError
from acg.git import Repository
from acg.pull_requests.model import BRANCHES
from acg.pull_requests.protocol import AUTHOR, TRAILER, Commit

_REMOTE: Final = "origin"
_TRACKED: Final = f"refs/remotes/{_REMOTE}/"


class OvertakenError(ReaderError):
    """The branch has changed since it was read: another run, or a person, was faster."""


class Branches:
    """The job's branches at the remote, as they were when they were fetched."""

    def __init__(self, repository: Repository, base: str) -> None:
        """Fetch the base and the branches.

        Raises:
            ReaderError: they cannot be had.
        """
        self.repository = repository
        self.base_name = base
        refs = (f"+refs/heads/{one}:{_TRACKED}{one}" for one in (base, f"{BRANCHES}*"))
        repository.run("fetch", "--quiet", "--prune", "--no-tags", _REMOTE, *refs)
        commit = repository.commit(f"{_TRACKED}{base}")
        if commit is None:
            raise ReaderError(f"{_REMOTE} has no branch {base}")
        self.base = commit
        listed = repository.run("for-each-ref", "--format=%(objectname) %(refname)", f"{_TRACKED}{BRANCHES}")
        self.tips = {name.removeprefix(_TRACKED): id_ for id_, name in (line.split() for line in listed.splitlines())}
        """The newest commit of each branch, by its name."""

    def commits(self, branch: str) -> list[Commit]:
        """What a branch has that the base has not, newest first."""
        form = "--format=%H%x00%ae%x00%ce%x00%B%x1e"
        listed = self.repository.run("log", form, f"{self.base}..{self.tips[branch]}")
        return [Commit(*one.strip("\n").split("\0")) for one in listed.split("\x1e") if one.strip()]

    def last_run(self) -> str | None:
        """The day, as YYYY-MM-DD, on which a run last wrote something that is merged or still open."""
        tips = [self.base, *self.tips.values()]
        found = self.repository.run("log", "-1", "--format=%cs", f"--author={re.escape(AUTHOR[1])}", *tips, "--")
        return found or None

    @contextmanager
    def working_tree(self) -> Iterator[WorkingTree]:
        """A working tree at the base, for as long as the context lasts; what is checked out is not touched."""
        with TemporaryDirectory(prefix="acg-refresh-") as folder:
            top = Path(folder, "tree")
            self.repository.run("worktree", "add", "--quiet", "--detach", str(top), self.base)
            try:
                yield WorkingTree(self, Repository(top, self.repository.git))
            finally:
                self.repository.run("worktree", "remove", "--force", str(top))

    def delete(self, branch: str) -> None:
        """Delete a branch, unless it has changed.

        Raises:
            OvertakenError: it has.
        """
        self.push(self.repository, f":refs/heads/{branch}", branch)

    def push(self, repository: Repository, refspec: str, branch: str) -> None:
        """Push over what was fetched, and over nothing else."""
        lease = f"--force-with-lease=refs/heads/{branch}:{self.tips.get(branch, '')}"
        try:
            repository.run("push", "--quiet", "--no-verify", lease, _REMOTE, refspec)
        except ReaderError as error:
            if "stale info" in str(error) or "fetch first" in str(error):
                raise OvertakenError(f"the branch {branch} has changed meanwhile; the next run looks again") from None
            raise


class WorkingTree:
    """A working tree in which one branch after the other is made."""

    def __init__(self, branches: Branches, repository: Repository) -> None:
        self._branches = branches
        self._repository = repository
        self.top = repository.top

    def inside(self, path: Path) -> Path:
        """The same path in this working tree."""
        return self.top / self._branches.repository.inside(path)

    def reset(self) -> None:
        """Be as the base is."""
        self._repository.run("reset", "--quiet", "--hard", self._branches.base)

    def publish(self, branch: str, subject: str) -> bool:
        """Commit what has changed and push it as a branch of one commit; whether there was anything to push.

        Raises:
            OvertakenError: the branch has changed meanwhile.
        """
        name, mail = AUTHOR
        message = f"{subject}\n\n{TRAILER}: {branch.removeprefix(BRANCHES)}\n"
        self._repository.run("add", "--update")
        who = ("-c", f"user.name={name}", "-c", f"user.email={mail}", "-c", "commit.gpgSign=false")
        self._repository.run("commit", "--quiet", "--no-verify", "-m", message, settings=who)
        tip = self._branches.tips.get(branch)
        if tip is not None and self._same("HEAD", tip):
            self._repository.run(
                "reset", "--quiet", "--hard", tip
            )  # what is said of HEAD is said of what was published
            return False
        self._branches.push(self._repository, f"HEAD:refs/heads/{branch}", branch)
        return True

    def _same(self, one: str, other: str) -> bool:
        """Whether two commits have the same content, message and parents."""
        form = "--format=%T %P %B"
        return self._repository.run("show", "--no-patch", form, one) == self._repository.run(
            "show", "--no-patch", form, other
        )
