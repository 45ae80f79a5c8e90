"""Pull requests of Azure DevOps.

Source: https://learn.microsoft.com/rest/api/azure/devops/git/pull-requests?view=azure-devops-rest-7.1
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from acg.pull_requests.hosts.http import Api, documented
from acg.pull_requests.model import Comment, Pull, PullState

_STATES = {"active": PullState.OPEN, "completed": PullState.MERGED}
_VERSION = "7.1"
_HEADS = "refs/heads/"


class AzureDevOps:
    """A repository of a project."""

    def __init__(self, collection: str, project: str, repository: str, token: str) -> None:
        """Take the address of the collection, names or ids, and a token that may write pull requests."""
        self._api = Api(collection, {"Authorization": f"Bearer {token}"})
        self._pages = f"{collection.rstrip('/')}/{quote(project, safe='')}/_git/{quote(repository, safe='')}"
        inside = f"{quote(project, safe='')}/_apis/git/repositories/{quote(repository, safe='')}"
        self._pulls = f"{inside}/pullrequests"

    @documented()
    def pulls(self, branch: str) -> list[Pull]:
        """The pull requests of a branch, newest first."""
        criteria = {"searchCriteria.sourceRefName": f"{_HEADS}{branch}", "searchCriteria.status": "all", "$top": 100}
        listed = self._call("GET", self._pulls, **criteria)["value"]
        return [self._pull(one) for one in listed if not one.get("forkSource")]

    @documented()
    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Open one."""
        refs = {"sourceRefName": f"{_HEADS}{branch}", "targetRefName": f"{_HEADS}{base}"}
        return self._pull(self._call("POST", self._pulls, {**refs, "title": title, "description": body}))

    def change(self, pull: Pull, title: str, body: str, *, close: bool = False) -> None:
        """Give one another title and text, or close it."""
        given = {"title": title, "description": body, **({"status": "abandoned"} if close else {})}
        self._call("PATCH", f"{self._pulls}/{pull.number}", given)

    @documented()
    def comments(self, pull: Pull) -> list[Comment]:
        """The first comment of each thread; its id is the thread's and its own."""
        threads = self._call("GET", f"{self._pulls}/{pull.number}/threads")["value"]
        firsts = [(one["id"], one["comments"][0]) for one in threads if one.get("comments")]
        return [
            Comment(f"{thread}/comments/{first['id']}", str(first["author"]["id"]), first.get("content") or "")
            for thread, first in firsts
        ]

    def say(self, pull: Pull, body: str, instead_of: Comment | None = None) -> None:
        """Add a thread, or give its comment another text."""
        threads = f"{self._pulls}/{pull.number}/threads"
        if instead_of is None:
            comment = {"parentCommentId": 0, "content": body, "commentType": "text"}
            self._call("POST", threads, {"comments": [comment], "status": "closed"})
        else:
            self._call("PATCH", f"{threads}/{instead_of.id}", {"content": body})

    def _call(self, method: str, path: str, body: object = None, **query: object) -> Any:
        return self._api.call(method, path, body, **query, **{"api-version": _VERSION})

    def _pull(self, one: Any) -> Pull:
        state = _STATES.get(one["status"], PullState.CLOSED)
        number, branch = one["pullRequestId"], one["sourceRefName"].removeprefix(_HEADS)
        url = f"{self._pages}/pullrequest/{number}"
        text, author = one.get("description") or "", str(one["createdBy"]["id"])
        return Pull(number, url, branch, state, one["title"], text, author)
