"""Where this copy of the product was installed from, so that a new project names the same."""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, NamedTuple, Self

_DISTRIBUTION = "pulumi-acg"
_GITHUB = re.compile(r"(?:https://|ssh://(?:git@)?)github\.com/(?P<repository>[\w.-]+/[\w.-]+?)(?:\.git)?/?")
_ELSEWHERE = re.compile(r"(?:https://|ssh://(?:git@)?)[^\s@]+")  # none with a password in it
_COMMIT = re.compile(r"[0-9a-f]{40}")


class Origin(NamedTuple):
    """A commit of a Git repository that others can reach."""

    url: str
    commit: str

    @classmethod
    def installed(cls) -> Self | None:
        """The commit that pip installed; None for a release, or a copy that others cannot reach."""
        return cls.noted(_noted())

    @classmethod
    def noted(cls, text: str) -> Self | None:
        """Read what pip notes of an installation that is not from a package index.

        Source: https://packaging.python.org/specifications/direct-url-data-structure/
        """
        try:
            data: Any = json.loads(text)
            url, commit = data["url"], data["vcs_info"]["commit_id"]
        except (ValueError, KeyError, TypeError):
            return None
        if isinstance(url, str) and isinstance(commit, str) and _COMMIT.fullmatch(commit):
            return cls(url, commit) if _GITHUB.fullmatch(url) or _ELSEWHERE.fullmatch(url) else None
        return None

    @property
    def requirement(self) -> str:
        """What a requirements file says to install the same."""
        return f"{_DISTRIBUTION} @ git+{self.url}@{self.commit}"

    @property
    def repository(self) -> str | None:
        """Owner and name of a repository at GitHub, where workflows find it."""
        found = _GITHUB.fullmatch(self.url)
        return found and found["repository"]


def is_release() -> bool:
    """Whether this copy was installed from a package index, as far as pip has noted."""
    return not _noted()


def _noted() -> str:
    try:
        return distribution(_DISTRIBUTION).read_text("direct_url.json") or ""
    except PackageNotFoundError:
        return ""
