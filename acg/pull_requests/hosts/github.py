"""Pull requests of GitHub.

Source: https://docs.github.com/rest/pulls/pulls and https://docs.github.com/rest/issues/comments
"""

from __future__ import annotations

from typing import Any

from acg.pull_requests.hosts.http import Api, documented
from acg.pull_requests.model import Comment, Pull, PullState


class GitHub:
    """A repository, ``owner/name``."""

    def __init__(self, api: str, repository: str, token: str) -> None:
        """Take the address of the interface and a token that may write pull requests."""
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        self._api = Api(api, {**headers, "Authorization": f"Bearer {token}"})
        self._repository = repository

    @documented()
    def pulls(self, branch: str) -> list[Pull]:
        """The pull requests of a branch, newest first."""
        head = f"{self._repository.partition('/')[0]}:{branch}"
        listed = self._api.call("GET", self._path("pulls"), state="all", head=head, per_page=100)
        mine = [one for one in listed if ((one.get("head") or {}).get("repo") or {}).get("full_name")]
        return [_pull(one) for one in mine if one["head"]["repo"]["full_name"].lower() == self._repository.lower()]

    @documented()
    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Open one."""
        given = {"head": branch, "base": base, "title": title, "body": body}
        return _pull(self._api.call("POST", self._path("pulls"), given))

    def change(self, pull: Pull, title: str, body: str, *, close: bool = False) -> None:
        """Give one another title and text, or close it."""
        given = {"title": title, "body": body, **({"state": "closed"} if close else {})}
        self._api.call("PATCH", self._path(f"pulls/{pull.number}"), given)

    @documented()
    def comments(self, pull: Pull) -> list[Comment]:
        """What is said on one."""
        listed = self._api.pages(self._path(f"issues/{pull.number}/comments"))
        return [Comment(str(one["id"]), _user(one), one.get("body") or "") for one in listed]

    def say(self, pull: Pull, body: str, instead_of: Comment | None = None) -> None:
        """Add a comment, or give one another text."""
        if instead_of is None:
            self._api.call("POST", self._path(f"issues/{pull.number}/comments"), {"body": body})
        else:
            self._api.call("PATCH", self._path(f"issues/comments/{instead_of.id}"), {"body": body})

    def _path(self, rest: str) -> str:
        return f"repos/{self._repository}/{rest}"


def _pull(one: Any) -> Pull:
    state = PullState.OPEN if one["state"] == "open" else PullState.MERGED if one["merged_at"] else PullState.CLOSED
    text = one.get("body") or ""
    return Pull(one["number"], one["html_url"], one["head"]["ref"], state, one["title"], text, _user(one))


def _user(one: Any) -> str:
    return str((one.get("user") or {}).get("id", ""))
