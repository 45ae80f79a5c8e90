"""Git: files at a revision, with nothing checked out, and commands, with no program run that the repository names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from acg.errors import ReaderError

_SAFE: Final = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"),
    *("-c", "diff.external=", "-c", "diff.renameLimit=2000", "--no-pager"),
)
"""A repository's own settings can name programs; none of them is run. Source: https://git-scm.com/docs/git-config"""

_SECONDS: Final = 60
_REASONS: Final = ("fatal:", "error:", " ! ")
"""How the lines begin in which Git says what is wrong; others may come before."""
_ORDINARY: Final = (b"100644", b"100755")
_DEFAULT_BRANCHES: Final = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


class Base(NamedTuple):
    """What a pull request is compared with."""

    name: str
    """As people call it: a branch, or the revision that was given."""
    commit: str
    """Full id."""


class Repository:
    """A Git repository with a working tree."""

    def __init__(self, top: Path, git: str) -> None:
        """Use `Repository.around` to find one."""
        self.top = top
        self._git = git

    @classmethod
    def around(cls, path: Path) -> Repository:
        """The repository that a path lies in.

        Raises:
            ReaderError: there is no Git, or no repository.
        """
        git = shutil.which("git")
        if git is None:
            raise ReaderError("git is not installed, or not on PATH")
        place = path if path.is_dir() else path.parent
        if not place.is_dir():
            place = Path()
        try:
            return cls(Path(cls(place, git)._text("rev-parse", "--show-toplevel")), git)
        except ReaderError as error:
            if "not a git repository" not in str(error):
                raise
            message = f"{path.as_posix()} is in no Git repository"
            raise ReaderError(message) from None

    # -- revisions -----------------------------------------------------------------------------------------------------

    def commit(self, revision: str) -> str | None:
        """The full id of a commit; None if the repository does not have it."""
        wanted = f"{revision}^{{commit}}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, allowed=(0, 1, 128))
        return found.stdout.decode().strip() or None if found.returncode == 0 else None

    def base(self, revision: str | None, environment: Mapping[str, str]) -> Base:
        """The base of a comparison: a revision, or where the branch left the one that it is to be merged into.

        Args:
            revision: As given by the user; None: what the variables of the CI say, otherwise the default branch.
            environment: The process's.

        Raises:
            ReaderError: there is none; the message says how to get it.
        """
        if revision is not None:
            if (commit := self.commit(revision)) is not None:
                return Base(revision, commit)
            raise ReaderError(f"the repository has no revision {revision!r}{self._deepen(revision)}")
        if (merged := _merge_target(environment)) is not None and (first := self._first_parent()) is not None:
            return Base(merged, first)
        if given := environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
            target = environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME") or given[:8]
            if (commit := self.commit(given)) is not None:
                return Base(target, commit)
            raise ReaderError(f"the repository has no commit {given}{self._deepen(target)}")
        target = _target_branch(environment)
        names = (f"origin/{target}", target) if target else _DEFAULT_BRANCHES
        for name in names:
            if self.commit(name) is not None:
                return Base(name, self._merge_base(name))
        if target:
            raise ReaderError(f"the repository does not have the branch {target}{self._fetch(target)}")
        raise ReaderError("the repository has no branch main or master to compare with: name one with --base")

    def _first_parent(self) -> str | None:
        """The first parent of HEAD, if it is a merge; on a merge of which it was not fetched, an error."""
        listed = self._text("cat-file", "-p", "HEAD").split("\n\n", 1)[0].splitlines()
        parents = [line.split()[1] for line in listed if line.startswith("parent ")]
        if len(parents) < 2:
            return None
        if self.commit(parents[0]) is None:
            raise ReaderError(
                "the clone is shallow and lacks the commit to compare with: run `git fetch --deepen=1`, or check out "
                "with fetch-depth: 2"
            )
        return parents[0]

    def _merge_base(self, name: str) -> str:
        found = self._run("merge-base", "HEAD", name, allowed=(0, 1))
        if found.returncode == 0:
            return found.stdout.decode().strip()
        if self._is_shallow():
            raise ReaderError(f"the clone is shallow and ends before HEAD and {name} meet{self._deepen(name)}")
        raise ReaderError(f"HEAD and {name} have no commit in common: name the state before with --base")

    def _deepen(self, name: str) -> str:
        return f": the clone is shallow, run `git fetch --unshallow` ({name})" if self._is_shallow() else ""

    def _fetch(self, branch: str) -> str:
        quoted = branch if re.fullmatch(r"[\w./-]+", branch) else "BRANCH"
        return (
            f": run `git fetch --unshallow origin {quoted}`"
            if self._is_shallow()
            else f": run `git fetch origin {quoted}`"
        )

    def _is_shallow(self) -> bool:
        return self._text("rev-parse", "--is-shallow-repository") == "true"

    def is_clean(self, paths: Sequence[Path]) -> bool:
        """Whether files in the working tree are as they are at HEAD."""
        names = [self.inside(path) for path in paths]
        return not self._text(
            "status", "--porcelain", "--untracked-files=all", "--", *(f":(top,literal){one}" for one in names)
        )

    # -- files ---------------------------------------------------------------------------------------------------------

    def files(self, commit: str, path: Path) -> list[str]:
        """Ordinary files at a commit below a path, or the file itself, by their paths from the top; links are left out.

        Where the path is not there, files that have been renamed since and now lie below it count.
        """
        inside = self.inside(path)
        found = self._below(commit, inside)
        return found or self._renamed_from(commit, inside)

    def read(self, commit: str, files: Iterable[str]) -> list[tuple[str, bytes]]:
        """The contents of files at a commit, by their paths from the top; those that are not there are left out."""
        wanted = [file for file in files if "\n" not in file]
        if not wanted:
            return []
        request = "".join(f"{commit}:{file}\n" for file in wanted).encode()
        answer = memoryview(self._run("cat-file", "--batch", standard_input=request).stdout)
        found: list[tuple[str, bytes]] = []
        at = 0
        for file in wanted:
            end = at + bytes(answer[at : at + 65_536]).index(b"\n")
            head = bytes(answer[at:end]).rsplit(b" ", 2)
            at = end + 1
            if head[-1] == b"missing" or head[1] != b"blob":
                continue
            size = int(head[-1])
            found.append((file, bytes(answer[at : at + size])))
            at += size + 1
        return found

    def _below(self, commit: str, inside: str) -> list[str]:
        names = ["--", inside] if inside != "." else []
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *names).stdout
        found: list[str] = []
        for entry in filter(None, listed.split(b"\0")):
            head, _, name = entry.partition(b"\t")
            if head.split()[0] in _ORDINARY:
                found.append(os.fsdecode(name))
        return found

    def _renamed_from(self, commit: str, inside: str) -> list[str]:
        """What files below a path were called at a commit."""
        command = (
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--find-renames=30%",
            "--diff-filter=R",
            "--name-status",
            "-z",
        )
        parts = [os.fsdecode(part) for part in self._run(*command, commit, "--").stdout.split(b"\0")]
        renames = zip(parts[1::3], parts[2::3], strict=False)
        return sorted(old for old, new in renames if new == inside or PurePosixPath(new).is_relative_to(inside))

    def inside(self, path: Path) -> str:
        """A path from the top of the repository.

        Raises:
            ReaderError: it is outside.
        """
        try:
            return path.resolve().relative_to(self.top.resolve()).as_posix()
        except ValueError:
            raise ReaderError(f"{path.as_posix()} is outside the repository {self.top.as_posix()}") from None

    # -- the command ---------------------------------------------------------------------------------------------------

    @property
    def git(self) -> str:
        """The program."""
        return self._git

    def run(self, *arguments: str, settings: Sequence[str] = ()) -> str:
        """Run a command of Git, which may write; give its output.

        Args:
            arguments: The command with its arguments.
            settings: Settings for this once, each as ``-c`` and ``name=value``.

        Raises:
            ReaderError: it failed; carries what Git says.
        """
        return os.fsdecode(self._run(*arguments, settings=settings).stdout).strip()

    def _text(self, *arguments: str) -> str:
        return os.fsdecode(self._run(*arguments).stdout).strip()

    def _run(
        self,
        *arguments: str,
        standard_input: bytes = b"",
        allowed: tuple[int, ...] = (0,),
        settings: Sequence[str] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {key: value for key, value in os.environ.items() if key != "GIT_EXTERNAL_DIFF"}
        environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603 - git itself, its arguments as a list
                [self._git, *_SAFE, *settings, *arguments],
                cwd=self.top,
                env=environment,
                input=standard_input,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReaderError(f"git {arguments[0]} did not answer: {error}") from None
        if done.returncode not in allowed:
            said = os.fsdecode(done.stderr).strip().splitlines()
            reasons = [line for line in said if line.startswith(_REASONS)] or said
            raise ReaderError(f"git {arguments[0]} failed: {reasons[0] if reasons else f'exit {done.returncode}'}")
        return done


def _target_branch(environment: Mapping[str, str]) -> str | None:
    """The branch that a pull request is to be merged into, by the CI's variables.

    Sources: https://docs.github.com/actions/reference/workflows-and-actions/variables,
    https://docs.gitlab.com/ci/variables/predefined_variables/,
    https://learn.microsoft.com/azure/devops/pipelines/build/variables
    """
    given = (
        environment.get("GITHUB_BASE_REF")
        or environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        or environment.get("SYSTEM_PULLREQUEST_TARGETBRANCH")
    )
    return given.removeprefix("refs/heads/") if given else None


def _merge_target(environment: Mapping[str, str]) -> str | None:
    """The branch into which the host has merged the pull request on trial, if that is what is checked out."""
    for variable in ("GITHUB_REF", "BUILD_SOURCEBRANCH"):
        if re.fullmatch(r"refs/pull/\d+/merge", environment.get(variable, "")):
            return _target_branch(environment) or "the target branch"
    return None
