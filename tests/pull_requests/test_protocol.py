"""What one pull request of a refresh holds, what was declined, and whose a branch is."""

from __future__ import annotations

from datetime import date

import pytest

from acg.pull_requests.model import GroupBy, Pull, PullState
from acg.pull_requests.protocol import AUTHOR, Commit, by_others, declined, groups, without_ids
from acg.refresh.model import Action, Decision, Refreshed

DONE = Refreshed(
    date(2026, 11, 27),
    tuple(
        Decision(action, image, "1.0.0", "", "")
        for action, image in (
            (Action.PUBLISH, "corp/ubuntu"),
            (Action.PROMOTE, "corp/windows"),
            (Action.PUBLISH, "team/ubuntu"),
            (Action.REMOVE, "corp/ubuntu"),
        )
    ),
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (GroupBy.ALL, {"publish-all": 3, "retire-all": 1}),
        (GroupBy.GALLERY, {"publish-corp": 2, "publish-team": 1, "retire-corp": 1}),
        (
            GroupBy.IMAGE,
            {
                "publish-corp--ubuntu": 1,
                "publish-corp--windows": 1,
                "publish-team--ubuntu": 1,
                "retire-corp--ubuntu": 1,
            },
        ),
    ],
)
def test_a_retirement_never_shares_a_pull_request_with_what_is_published(by: GroupBy, expected: dict[str, int]):
    found = groups(DONE, by)
    assert {one.branch.removeprefix("acg/refresh/"): len(one.decisions) for one in found} == expected
    assert all(one.kind is decision.kind for one in found for decision in one.decisions)


def pull(state: PullState, body: str) -> Pull:
    return Pull(1, "https://host.example/1", "acg/refresh/publish-all", state, "", body, "41")


@pytest.mark.parametrize(
    ("state", "expected"),
    [(PullState.CLOSED, {"0123456789ab", "ba9876543210"}), (PullState.MERGED, set()), (PullState.OPEN, set())],
)
def test_what_was_closed_without_a_merge_is_declined(state: PullState, expected: set[str]):
    body = "<!-- acg:refresh group=all kind=publish -->\n<!-- acg:refresh-ids 0123456789ab ba9876543210 -->\nText"
    assert declined([pull(state, body)]) == expected
    assert declined([pull(state, without_ids(body))]) == set()


OWN = Commit("a" * 40, AUTHOR[1], AUTHOR[1], "Refresh images\n\nAcg-Refresh: publish-all\n")


@pytest.mark.parametrize(
    ("commit", "is_own"),
    [
        (OWN, True),
        (OWN._replace(author="ann@contoso.com"), False),
        (OWN._replace(committer="ann@contoso.com"), False),  # amended
        (OWN._replace(message="Merge branch 'main'"), False),
    ],
)
def test_a_commit_of_somebody_else_is_known_by_author_committer_and_trailer(commit: Commit, is_own: bool):
    assert by_others([OWN, commit]) == ([] if is_own else [commit])
