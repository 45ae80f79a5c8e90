"""`acg propose` against a real bare Git repository and a small host of pull requests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from acg.cli import main
from acg.state.observed import write_snapshot
from tests.pull_requests.fake import IDS, JOB, PERSON, TOKEN, FakeHost, serving
from tests.refresh.test_command import CATALOG, managed_image
from tests.refresh.world import snapshot

BRANCH = "acg/refresh/publish-all"
BUILDS = (("ubuntu-1", "2026-11-01T00:00:00Z"), ("ubuntu-2", "2026-11-26T00:00:00Z"))
NAMES = ("/corp", "/team")
SECOND = CATALOG[CATALOG.index("galleries:") :].replace("  corp:", "  team:")


def git(*arguments: str, cwd: Path | None = None) -> str:
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@contoso.com", "-c", "commit.gpgSign=false")
    run = subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, text=True, check=True)
    return run.stdout.strip()


class World:
    """A clone in which the job runs, its bare origin, and the host."""

    def __init__(self, folder: Path, host: FakeHost, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.host, self._capsys = folder, host, capsys
        self.origin, self.clone = folder / "origin.git", folder / "clone"
        git("init", "--quiet", "--bare", "--initial-branch", "main", str(self.origin))
        git("clone", "--quiet", str(self.origin), str(self.clone))
        (self.clone / "galleries").mkdir()
        (self.clone / "galleries" / "corp.yaml").write_text(CATALOG)
        self.merge_edit("The first catalog")
        self.observe(*BUILDS)

    def observe(self, *builds: tuple[str, str]) -> None:
        bodies = [managed_image(name, created) for name, created in builds]
        seen = snapshot()
        both = [
            one._replace(scope=one.scope.replace("/corp", name)) for one in seen.coverage.readings for name in NAMES
        ]
        seen = replace(seen, coverage=replace(seen.coverage, readings=tuple(both)))
        (self.folder / "observed.json").write_text(write_snapshot(seen, [], bodies))

    def merge_edit(self, message: str) -> None:
        """Commit what the clone has, on main."""
        git("checkout", "--quiet", "-B", "main", cwd=self.clone)
        git("add", "--all", cwd=self.clone)
        git("commit", "--quiet", "--message", message, cwd=self.clone)
        git("push", "--quiet", "origin", "main", cwd=self.clone)

    def run(self, *options: str, today: str = "2026-11-27") -> tuple[int, str, str]:
        self._capsys.readouterr()
        observed = str(self.folder / "observed.json")
        os.chdir(self.clone)
        code = main.run(["propose", "galleries", "--observed", observed, "--today", today, *options])
        printed = self._capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        return code, printed.out, printed.err

    def branches(self) -> dict[str, str]:
        listed = git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/acg", cwd=self.origin)
        return dict(line.split() for line in listed.splitlines())

    def diff(self, branch: str = BRANCH) -> str:
        return git("diff", "--unified=0", "main", branch, cwd=self.origin)

    def work_on(self, branch: str, message: str = "By hand", *more: str) -> None:
        """Somebody adds a commit to a branch."""
        git("fetch", "--quiet", "origin", cwd=self.clone)
        git("checkout", "--quiet", "-B", "by-hand", f"origin/{branch}", cwd=self.clone)
        git("commit", "--quiet", "--allow-empty", "--message", message, *more, cwd=self.clone)
        git("push", "--quiet", "--force", "origin", f"HEAD:{branch}", cwd=self.clone)
        git("checkout", "--quiet", "main", cwd=self.clone)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[World]:
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    host = FakeHost()
    with serving(host, "github") as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield World(tmp_path, host, capsys)


def test_a_pull_request_is_opened_with_its_plan_and_brought_up_to_date_with_the_next_build(world: World):
    code, output, _ = world.run()
    (pull,) = world.host.pulls
    assert code == 0, output
    assert f"acg: {BRANCH}: opened https://" in output.replace("http://127", "https://127")
    assert (pull.branch, pull.base, pull.title) == (BRANCH, "main", "Refresh images: 1 new version")
    assert pull.body.startswith("<!-- acg:refresh group=all kind=publish -->")
    assert IDS.search(pull.body)
    (plan,) = pull.comments
    assert plan.body.startswith("<!-- acg:plan")
    assert "corp/ubuntu 1.0.1" in plan.body
    assert "+          1.0.1:" in world.diff()

    world.observe(*BUILDS, ("ubuntu-3", "2026-11-27T00:00:00Z"))
    assert world.run()[0] == 0
    assert world.host.pulls == [pull]
    assert [one.body for one in pull.comments] == [plan.body]  # in place, not a second one
    assert "ubuntu-3" in world.diff()
    assert git("rev-list", "--count", f"main..{BRANCH}", cwd=world.origin) == "1"


def test_a_second_run_changes_nothing(world: World):
    world.run()
    before, body = world.branches(), world.host.pulls[0].body
    first = len(world.host.requests)
    code, output, _ = world.run()
    assert (code, world.branches(), world.host.pulls[0].body) == (0, before, body)
    assert f"{BRANCH}: is as it was" in output
    assert {method for method, _ in world.host.requests[first:]} == {"GET"}


def test_the_branch_is_rebuilt_from_the_base(world: World):
    world.run()
    catalog = world.clone / "galleries" / "corp.yaml"
    catalog.write_text(catalog.read_text().replace("the platform team's", "our"))
    world.merge_edit("Another owner")
    assert world.run()[0] == 0
    assert git("merge-base", "main", BRANCH, cwd=world.origin) == git("rev-parse", "main", cwd=world.origin)
    assert "our images" not in world.diff()


def test_what_is_checked_out_is_not_touched(world: World):
    (world.clone / "galleries" / "corp.yaml").write_text("# work in progress\n")
    assert world.run()[0] == 0
    assert (world.clone / "galleries" / "corp.yaml").read_text() == "# work in progress\n"
    assert "work in progress" not in world.diff()
    assert git("worktree", "list", cwd=world.clone).count("\n") == 0


def test_a_commit_of_somebody_stops_the_job_and_is_said_once(world: World):
    world.run()
    world.work_on(BRANCH)
    before, comments = world.branches(), len(world.host.pulls[0].comments)
    world.observe(*BUILDS, ("ubuntu-3", "2026-11-27T00:00:00Z"))
    for _ in range(2):
        code, output, _ = world.run()
        assert (code, world.branches()) == (1, before)
        assert "left alone, because commit" in output
    (notice,) = world.host.pulls[0].comments[comments:]
    assert "is not from this job" in notice.body


def test_a_commit_that_somebody_amended_stops_the_job(world: World):
    world.run()
    world.work_on(BRANCH, "Refresh images\n\nAcg-Refresh: publish-all", "--amend")
    assert world.run()[0] == 1


def test_what_was_closed_is_declined_until_its_content_changes(world: World):
    world.run()
    world.host.pulls[0].state = "closed"
    code, output, _ = world.run()
    assert (code, len(world.host.pulls), world.branches()) == (0, 1, {})
    assert "nothing to propose" in output

    world.observe(*BUILDS, ("ubuntu-3", "2026-11-27T00:00:00Z"))
    assert world.run()[0] == 0
    assert [one.state for one in world.host.pulls] == ["closed", "open"]
    assert "ubuntu-3" in world.diff()


def test_a_pull_request_of_a_fork_declines_nothing_and_is_left_alone(world: World):
    world.run()
    body = world.host.pulls[0].body
    world.host.pulls[0].state = "merged"
    world.host.add(branch=BRANCH, base="main", title="", body=body, state="closed", is_of_fork=True)
    assert world.run()[0] == 0
    assert [one.state for one in world.host.pulls] == ["merged", "closed", "open"]


def test_what_there_is_no_reason_for_any_more_is_closed_and_not_declined(world: World):
    world.run()
    world.observe(BUILDS[0])
    code, output, _ = world.run()
    assert (code, world.branches(), world.host.pulls[0].state) == (0, {}, "closed")
    assert "there is nothing to do any more" in output
    world.observe(*BUILDS)
    assert world.run()[0] == 0
    assert [one.state for one in world.host.pulls] == ["closed", "open"]


def test_by_gallery_each_pull_request_edits_the_file_of_its_own(world: World):
    (world.clone / "galleries" / "team.yaml").write_text(SECOND)
    world.merge_edit("A second gallery")
    assert world.run("--group-by", "gallery")[0] == 0
    changed = {
        branch: git("diff", "--name-only", "main", branch, cwd=world.origin).split() for branch in world.branches()
    }
    assert changed == {
        "acg/refresh/publish-corp": ["galleries/corp.yaml"],
        "acg/refresh/publish-team": ["galleries/team.yaml"],
    }
    # Another way of grouping replaces the pull requests, and declines none.
    assert world.run()[0] == 0
    assert set(world.branches()) == {BRANCH}
    assert [one.state for one in world.host.pulls] == ["closed", "closed", "open"]


def test_one_image_at_noon_has_a_pull_request_of_its_own_and_closes_no_other(world: World):
    (world.clone / "galleries" / "team.yaml").write_text(SECOND)
    world.merge_edit("A second gallery")
    world.run()
    assert world.run("--image", "team/ubuntu")[0] == 0
    assert set(world.branches()) == {BRANCH, "acg/refresh/publish-team--ubuntu"}
    assert [one.state for one in world.host.pulls] == ["open", "open"]


def test_of_two_runs_at_once_one_leaves_the_branch_to_the_other(world: World, monkeypatch: pytest.MonkeyPatch):
    world.run()
    world.observe(*BUILDS, ("ubuntu-3", "2026-11-27T00:00:00Z"))
    theirs = _between(world, monkeypatch)
    code, output, _ = world.run()
    assert code == 1
    assert "has changed meanwhile; the next run looks again" in output
    assert world.branches()[BRANCH] == theirs()


def _between(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Let another run push right before this one does."""
    from acg.pull_requests.branches import Branches

    real = Branches.push
    pushed: list[str] = []

    def push(self: Branches, *arguments: object) -> None:
        if not pushed:
            git("branch", "--force", BRANCH, "main", cwd=world.origin)
            pushed.append(git("rev-parse", BRANCH, cwd=world.origin))
        real(self, *arguments)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Branches, "push", push)
    return lambda: pushed[0]


def test_the_body_says_when_a_run_last_wrote_something(world: World):
    world.run()
    day = git("log", "-1", "--format=%cs", BRANCH, cwd=world.origin)
    assert "last written" not in world.host.pulls[0].body
    world.run(today="2999-01-01")
    assert f"last written by a run on {day}" in world.host.pulls[0].body


def test_an_edit_that_would_break_a_rule_is_not_proposed(world: World):
    (world.clone / "guardrails.json").write_text(
        '{"required-tags": {"enforcementLevel": "mandatory", "tags": ["owner"]}}'
    )
    world.merge_edit("Every version has an owner")
    code, output, _ = world.run("--config", "guardrails.json")
    assert (code, world.branches(), world.host.pulls) == (1, {}, [])
    assert "ACG904" in output


def test_anybodys_comment_with_the_marker_is_left_as_it_is(world: World):
    world.run()
    pull = world.host.pulls[0]
    forged = pull.comments[0].body.splitlines()[0] + "\nforged"
    pull.comments.clear()
    pull.say(forged, PERSON)
    world.run()
    assert [(one.author, one.body == forged) for one in pull.comments] == [(PERSON, True), (JOB, False)]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("GITHUB_ACTIONS", "this is no run of GitHub Actions, GitLab CI or Azure Pipelines"),
        ("ACG_PULL_REQUEST_TOKEN", "the variable ACG_PULL_REQUEST_TOKEN is not set"),
    ],
)
def test_outside_a_pipeline_there_is_nobody_to_ask(
    world: World, monkeypatch: pytest.MonkeyPatch, missing: str, expected: str
):
    monkeypatch.delenv(missing)
    code, _, output = world.run()
    assert code == 2
    assert expected in output
    assert world.branches() == {}
