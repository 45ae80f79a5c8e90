"""GitHub, GitLab and Azure DevOps: each is asked in its own words, and answers alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from acg.errors import ReaderError
from acg.pull_requests.hosts.http import Api
from acg.pull_requests.hosts.of_ci import host_of
from acg.pull_requests.model import Host, PullState
from tests.pull_requests.fake import JOB, PERSON, TOKEN, FakeHost, serving

BRANCH = "acg/refresh/publish-all"


class Both(NamedTuple):
    fake: FakeHost
    host: Host


@pytest.fixture(params=["github", "gitlab", "azure"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    fake = FakeHost()
    with serving(fake, request.param) as variables:
        yield Both(fake, host_of(variables))


def test_a_pull_request_is_opened_changed_and_closed(both: Both):
    opened = both.host.open(BRANCH, "main", "Title", "Text")
    assert (opened.branch, opened.state, opened.title, opened.body) == (BRANCH, PullState.OPEN, "Title", "Text")
    assert opened.author == str(JOB)
    assert both.host.pulls(BRANCH) == [opened]
    assert both.host.pulls("acg/refresh/publish-al") == []
    both.host.change(opened, "Other", "Words")
    assert both.host.pulls(BRANCH) == [opened._replace(title="Other", body="Words")]
    both.host.change(opened, "Other", "Words", close=True)
    assert [one.state for one in both.host.pulls(BRANCH)] == [PullState.CLOSED]
    assert both.fake.pulls[0].base == "main"


def test_states_are_told_apart_and_forks_are_left_out(both: Both):
    for state, is_of_fork in (("merged", False), ("closed", False), ("closed", True), ("open", True)):
        both.fake.add(branch=BRANCH, base="main", title="", body="", state=state, is_of_fork=is_of_fork)
    assert [one.state for one in both.host.pulls(BRANCH)] == [PullState.CLOSED, PullState.MERGED]


def test_comments_are_read_with_their_authors_added_and_replaced(both: Both):
    pull = both.host.open(BRANCH, "main", "", "")
    both.fake.pulls[0].say("by somebody", PERSON)
    both.host.say(pull, "first")
    output = both.host.comments(pull)
    assert [(one.author, one.body) for one in output] == [(str(PERSON), "by somebody"), (str(JOB), "first")]
    both.host.say(pull, "second", output[1])
    assert [one.body for one in both.host.comments(pull)] == ["by somebody", "second"]


def test_comments_behind_a_hundred_others_are_found(both: Both):
    pull = both.host.open(BRANCH, "main", "", "")
    for number in range(200):
        both.fake.pulls[0].say(f"{number}", PERSON)
    assert [one.body for one in both.host.comments(pull)] == [f"{number}" for number in range(200)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((403, {"message": "not accessible"}), "was answered with 403: not accessible"),
        ((500, ["no object"]), "was answered with 500"),
        ((403, {"message": "##vso[task.setvariable]\x1b[2J"}), r"with 403: #\\x23vso\[task.setvariable\]\\x1b\[2J"),
        ((200, {"message": "sign in"}), "in a form that is not documented"),
        ((200, [7]), "in a form that is not documented"),
        ((200, None), "in a form that is not documented"),
        ((302, "http://127.0.0.1:1/elsewhere"), "was answered with 302"),  # the token goes nowhere else
    ],
)
def test_a_refusal_is_reported_without_the_token(both: Both, answer: tuple[int, object], expected: str):
    both.fake.fails = lambda _method, _path: answer
    with pytest.raises(ReaderError, match=expected) as output:
        both.host.pulls(BRANCH)
    assert TOKEN not in str(output.value)


def test_a_token_is_sent_over_https_alone():
    with pytest.raises(ReaderError, match="is not https"):
        Api("http://host.example", {"Authorization": TOKEN})
