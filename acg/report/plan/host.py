"""Who shows a comment: its limits, its links, and what the variables of its CI say about the run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit


class Flavour(NamedTuple):
    """What a host accepts as a comment on a pull request."""

    name: str
    characters: int
    """In UTF-16 units, which is what a host may count; a little is left for what a poster adds, such as a marker."""
    size: int
    """In bytes of UTF-8."""
    alerts: bool
    """Whether a quotation that begins with ``[!WARNING]`` is shown as a callout."""


GITHUB: Final = Flavour("github", characters=60_000, size=250_000, alerts=True)
"""65,536 characters and 262,144 bytes. Source: https://github.com/dependabot/dependabot-core/issues/7487"""
GITLAB: Final = Flavour("gitlab", characters=980_000, size=980_000, alerts=True)
"""1,000,000 characters. Source: https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics"""
AZURE: Final = Flavour("azure", characters=148_000, size=590_000, alerts=False)
"""150,000 characters. Source: https://github.com/infracost/infracost/issues/3496"""

FLAVOURS: Final[Mapping[str, Flavour]] = {one.name: one for one in (GITHUB, GITLAB, AZURE)}


class Host(NamedTuple):
    """Where a plan is shown, as far as it is known."""

    flavour: Flavour = GITHUB
    repository_url: str | None = None
    """Address of the repository's pages, without a slash at the end."""
    run_url: str | None = None
    """Address of the run that made the plan."""

    @classmethod
    def of(cls, environment: Mapping[str, str], flavour: str | None = None) -> Host:
        """The host whose CI set these variables; ``flavour`` wins over what they say."""
        known = cls(*_known(environment))
        return known if flavour in (None, known.flavour.name) else cls(FLAVOURS[flavour])

    def file_url(self, commit: str | None, path: str, line: int | None) -> str | None:
        """Address of a line of a file at a commit; None where one of them or the host is unknown."""
        if line is None or not self.repository_url or not commit or not re.fullmatch(r"[0-9a-f]{7,64}", commit):
            return None
        parts = path.split("/")
        if path.startswith("/") or ".." in parts or "\\" in path:
            return None
        quoted = "/".join(quote(part, safe="") for part in parts)
        if self.flavour is GITHUB:
            return f"{self.repository_url}/blob/{commit}/{quoted}#L{line}"
        if self.flavour is GITLAB:
            return f"{self.repository_url}/-/blob/{commit}/{quoted}#L{line}"
        end = f"lineEnd={line + 1}&lineStartColumn=1&lineEndColumn=1"
        return f"{self.repository_url}?path=/{quoted}&version=GC{commit}&line={line}&{end}"


def _known(environment: Mapping[str, str]) -> tuple[Flavour, str | None, str | None]:
    if environment.get("GITHUB_ACTIONS"):
        server, name = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
        base = _https(f"{server}/{name}") if server and name else None
        run = environment.get("GITHUB_RUN_ID")
        return GITHUB, base, f"{base}/actions/runs/{quote(run, safe='')}" if base and run else None
    if environment.get("GITLAB_CI"):
        return GITLAB, _https(environment.get("CI_PROJECT_URL")), _https(environment.get("CI_PIPELINE_URL"))
    if environment.get("TF_BUILD"):
        collection, project = environment.get("SYSTEM_COLLECTIONURI"), environment.get("SYSTEM_TEAMPROJECT")
        run = environment.get("BUILD_BUILDID")
        pages = f"{collection.rstrip('/')}/{quote(project, safe='')}" if collection and project else None
        build = _https(f"{pages}/_build/results?buildId={quote(run, safe='')}") if pages and run else None
        return AZURE, _https(environment.get("BUILD_REPOSITORY_URI")), build
    return GITHUB, None, None


def _https(address: str | None) -> str | None:
    """An address that can be linked; None for others, and for those that carry a name or a password."""
    if not address or not re.fullmatch(r"[!-~]+", address) or any(mark in address for mark in "<>()[]`|\"'\\"):
        return None
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return None
    host = parts.netloc.rpartition("@")[2]  # Azure Repos puts the organization before its host name
    return parts._replace(netloc=host).geturl().rstrip("/")
