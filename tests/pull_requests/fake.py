"""A small host of pull requests, with the interfaces of GitHub, GitLab and Azure DevOps in their documented shapes.

Sources: https://docs.github.com/rest/pulls/pulls, https://docs.github.com/rest/issues/comments,
https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/notes/,
https://learn.microsoft.com/rest/api/azure/devops/git/pull-requests?view=azure-devops-rest-7.1
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-that-nobody-may-see"  # noqa: S105 - opens nothing
JOB, PERSON = 41, 7
"""Ids of the job's account and of somebody's."""


@dataclass
class Said:
    id: int
    author: int
    body: str


@dataclass
class FakePull:
    number: int
    branch: str
    base: str
    title: str
    body: str
    state: str = "open"
    """open, merged or closed."""
    is_of_fork: bool = False
    comments: list[Said] = field(default_factory=list)

    def say(self, body: str, author: int = JOB) -> Said:
        self.comments.append(Said(100 * self.number + len(self.comments), author, body))
        return self.comments[-1]


Answer = tuple[int, Any]


class FakeHost:
    """What stands on the host, and what it was asked."""

    def __init__(self) -> None:
        self.pulls: list[FakePull] = []
        self.requests: list[tuple[str, str]] = []
        self.fails: Callable[[str, str], Answer | None] = lambda _method, _path: None

    def add(self, **fields: Any) -> FakePull:
        pull = FakePull(len(self.pulls) + 1, **fields)
        self.pulls.append(pull)
        return pull

    def of(self, branch: str) -> list[FakePull]:
        return [one for one in reversed(self.pulls) if one.branch == branch]

    def pull(self, number: str) -> FakePull:
        return self.pulls[int(number) - 1]

    def comment(self, id_: str) -> Said:
        return next(one for pull in self.pulls for one in pull.comments if one.id == int(id_))

    # -- GitHub --------------------------------------------------------------------------------------------------------

    def _github(self, one: FakePull) -> dict[str, Any]:
        return {
            "number": one.number,
            "html_url": f"https://github.example/contoso/images/pull/{one.number}",
            "state": "open" if one.state == "open" else "closed",
            "merged_at": "2026-11-27T00:00:00Z" if one.state == "merged" else None,
            "title": one.title,
            "body": one.body or None,
            "user": {"login": "job[bot]", "id": JOB},
            "head": {
                "ref": one.branch,
                "repo": {"full_name": "mallory/images" if one.is_of_fork else "Contoso/images"},
            },
        }

    def github(self, method: str, path: str, query: dict[str, str], body: dict[str, str]) -> Answer:
        match method, *path.removeprefix("/repos/contoso/images/").split("/"):
            case "GET", "pulls":
                assert query["head"].startswith("contoso:")
                return 200, [self._github(one) for one in self.of(query["head"].partition(":")[2])]
            case "POST", "pulls":
                made = self.add(branch=body["head"], base=body["base"], title=body["title"], body=body["body"])
                return 201, self._github(made)
            case "PATCH", "pulls", number:
                self._change(self.pull(number), body.get("title"), body.get("body"), body.get("state") == "closed")
                return 200, self._github(self.pull(number))
            case "GET", "issues", number, "comments":
                said = self.pull(number).comments
                listed = [{"id": one.id, "user": {"id": one.author}, "body": one.body} for one in said]
                return 200, _page(listed, query)
            case "POST", "issues", number, "comments":
                return 201, {"id": self.pull(number).say(body["body"]).id}
            case "PATCH", "issues", "comments", id_:
                self.comment(id_).body = body["body"]
                return 200, {"id": id_}
            case _:
                return 404, {"message": "Not Found"}

    # -- GitLab --------------------------------------------------------------------------------------------------------

    def _gitlab(self, one: FakePull) -> dict[str, Any]:
        return {
            "iid": one.number,
            "web_url": f"https://gitlab.example/contoso/images/-/merge_requests/{one.number}",
            "state": "opened" if one.state == "open" else one.state,
            "title": one.title,
            "description": one.body,
            "author": {"id": JOB},
            "source_branch": one.branch,
            "source_project_id": 99 if one.is_of_fork else 12,
            "target_project_id": 12,
        }

    def gitlab(self, method: str, path: str, query: dict[str, str], body: dict[str, str]) -> Answer:
        match method, *path.removeprefix("/projects/12/merge_requests").strip("/").split("/"):
            case "GET", "":
                return 200, [self._gitlab(one) for one in self.of(query["source_branch"])]
            case "POST", "":
                fields = {"title": body["title"], "body": body["description"], "base": body["target_branch"]}
                return 201, self._gitlab(self.add(branch=body["source_branch"], **fields))
            case "PUT", number:
                close = body.get("state_event") == "close"
                self._change(self.pull(number), body.get("title"), body.get("description"), close)
                return 200, self._gitlab(self.pull(number))
            case "GET", number, "notes":
                said = self.pull(number).comments
                listed = [{"id": one.id, "author": {"id": one.author}, "body": one.body} for one in said]
                return 200, _page(listed, query)
            case "POST", number, "notes":
                return 201, {"id": self.pull(number).say(body["body"]).id}
            case "PUT", _number, "notes", id_:
                self.comment(id_).body = body["body"]
                return 200, {"id": int(id_)}
            case _:
                return 404, {"message": "404 Not Found"}

    # -- Azure DevOps --------------------------------------------------------------------------------------------------

    def _azure(self, one: FakePull) -> dict[str, Any]:
        return {
            "pullRequestId": one.number,
            "status": {"open": "active", "merged": "completed", "closed": "abandoned"}[one.state],
            "title": one.title,
            "description": one.body,
            "createdBy": {"id": str(JOB)},
            "sourceRefName": f"refs/heads/{one.branch}",
            **({"forkSource": {"name": one.branch}} if one.is_of_fork else {}),
        }

    def azure(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Answer:
        assert query["api-version"] == "7.1"
        pulls = "/contoso/_apis/git/repositories/images/pullrequests"
        match method, *path.removeprefix(pulls).strip("/").split("/"):
            case "GET", "":
                branch = query["searchCriteria.sourceRefName"].removeprefix("refs/heads/")
                assert query["searchCriteria.status"] == "all"
                return 200, {"value": [self._azure(one) for one in self.of(branch)]}
            case "POST", "":
                names = {key: body[f"{key}RefName"].removeprefix("refs/heads/") for key in ("source", "target")}
                fields = {"title": body["title"], "body": body["description"], "base": names["target"]}
                return 201, self._azure(self.add(branch=names["source"], **fields))
            case "PATCH", number:
                close = body.get("status") == "abandoned"
                self._change(self.pull(number), body.get("title"), body.get("description"), close)
                return 200, self._azure(self.pull(number))
            case "GET", number, "threads":
                return 200, {"value": [_thread(one) for one in self.pull(number).comments]}
            case "POST", number, "threads":
                return 200, _thread(self.pull(number).say(body["comments"][0]["content"]))
            case "PATCH", _number, "threads", _thread_id, "comments", id_:
                self.comment(id_).body = body["content"]
                return 200, {"id": int(id_)}
            case _:
                return 404, {"message": "TF401019: not found"}

    def _change(self, pull: FakePull, title: str | None, body: str | None, close: bool) -> None:
        pull.title, pull.body = title or pull.title, pull.body if body is None else body
        pull.state = "closed" if close else pull.state


def _page(listed: list[Any], query: dict[str, str]) -> list[Any]:
    size, number = int(query["per_page"]), int(query["page"])
    return listed[(number - 1) * size : number * size]


def _thread(one: Said) -> dict[str, Any]:
    return {"id": one.id, "comments": [{"id": one.id, "author": {"id": str(one.author)}, "content": one.body}]}


TOKENS = {"github": "Authorization", "gitlab": "PRIVATE-TOKEN", "azure": "Authorization"}


@contextmanager
def serving(host: FakeHost, flavour: str) -> Iterator[dict[str, str]]:
    """Serve it; gives the variables that a CI of this kind sets."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            assert self.headers[TOKENS[flavour]].removeprefix("Bearer ") == TOKEN
            host.requests.append((self.command, parts.path))
            given = host.fails(self.command, parts.path)
            code, answer = given or getattr(host, flavour)(self.command, parts.path, query, body)
            text = json.dumps(answer).encode()
            self.send_response(code)
            if code == 302:
                self.send_header("Location", answer)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield {**_VARIABLES[flavour](address), "ACG_PULL_REQUEST_TOKEN": TOKEN}
        finally:
            server.shutdown()
            thread.join()


_VARIABLES: dict[str, Callable[[str], dict[str, str]]] = {
    "github": lambda at: {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": at, "GITHUB_REPOSITORY": "contoso/images"},
    "gitlab": lambda at: {"GITLAB_CI": "true", "CI_API_V4_URL": at, "CI_PROJECT_ID": "12"},
    "azure": lambda at: {
        "TF_BUILD": "True",
        "SYSTEM_COLLECTIONURI": at,
        "SYSTEM_TEAMPROJECT": "contoso",
        "BUILD_REPOSITORY_NAME": "images",
    },
}

IDS = re.compile(r"<!-- acg:refresh-ids ([0-9a-f ]*) -->")
