"""Pull requests of GitLab.

Source: https://docs.gitlab.com/api/merge_requests/ and https://docs.gitlab.com/api/notes/
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from acg.pull_requests.hosts.http import Api, documented
from acg.pull_requests.model import Comment, Pull, PullState

_STATES = {"opened": PullState.OPEN, "locked": PullState.OPEN, "merged": PullState.MERGED}


class GitLab:
    """A project, by its number or path."""

    def __init__(self, api: str, project: str, token: str) -> None:
        """Take the address of the interface and a token that may write merge requests."""
        self._api = Api(api, {"PRIVATE-TOKEN": token})
        self._project = f"projects/{quote(project, safe='')}/merge_requests"

    @documented()
    def pulls(self, branch: str) -> list[Pull]:
        """The merge requests of a branch, newest first."""
        listed = self._api.call("GET", self._project, state="all", source_branch=branch, per_page=100)
        return [_pull(one) for one in listed if one["source_project_id"] == one["target_project_id"]]

    @documented()
    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Open one."""
        given = {"source_branch": branch, "target_branch": base, "title": title, "description": body}
        return _pull(self._api.call("POST", self._project, given))

    def change(self, pull: Pull, title: str, body: str, *, close: bool = False) -> None:
        """Give one another title and text, or close it."""
        given = {"title": title, "description": body, **({"state_event": "close"} if close else {})}
        self._api.call("PUT", f"{self._project}/{pull.number}", given)

    @documented()
    def comments(self, pull: Pull) -> list[Comment]:
        """What is said on one."""
        listed = self._api.pages(f"{self._project}/{pull.number}/notes")
        return [Comment(str(one["id"]), str(one["author"]["id"]), one["body"]) for one in listed]

    def say(self, pull: Pull, body: str, instead_of: Comment | None = None) -> None:
        """Add a comment, or give one another text."""
        notes = f"{self._project}/{pull.number}/notes"
        if instead_of is None:
            self._api.call("POST", notes, {"body": body})
        else:
            self._api.call("PUT", f"{notes}/{instead_of.id}", {"body": body})


def _pull(one: Any) -> Pull:
    state = _STATES.get(one["state"], PullState.CLOSED)
    author = str(one["author"]["id"])
    return Pull(one["iid"], one["web_url"], one["source_branch"], state, one["title"], one["description"] or "", author)
