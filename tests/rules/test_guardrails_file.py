"""Which settings and rules a team has: where they are looked for, and what is refused of them."""

import json
from pathlib import Path

import pytest

from acg import project
from acg.errors import InputError
from acg.project import guardrails_near, project_above, running_project
from acg.rules import all_rules
from acg.rules.guardrails_file import load_team_rules

RULE = """
from acg.rules import guard_rule
from acg.rules.views import Gallery

@guard_rule(code="{code}", name="{name}", looks_at=Gallery, why="Because.", fix="Do.")
def nothing_larger(gallery):
    yield gallery.fails("is too large")
"""


def write(file: Path, content: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def own_rule(folder: Path, code: str = "ACG951", name: str = "nothing-larger") -> Path:
    write(folder / "nothing_larger.py", RULE.format(code=code, name=name))
    return folder


class TestWhere:
    """guardrails.json stands beside Pulumi.yaml."""

    def test_it_is_found_from_the_folder_of_the_catalog(self, tmp_path: Path):
        write(tmp_path / "Pulumi.yaml", "name: images")
        file = write(tmp_path / "guardrails.json", {})
        catalog = write(tmp_path / "galleries" / "corp.yaml", "")
        assert guardrails_near(catalog) == file
        assert guardrails_near(catalog.parent) == file

    def test_one_above_the_project_is_none_of_its_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        write(tmp_path / "guardrails.json", {})
        write(tmp_path / "images" / "Pulumi.yaml", "name: images")
        monkeypatch.chdir(tmp_path)
        assert guardrails_near(tmp_path / "images") is None

    def test_without_a_project_the_working_directory_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / "here").mkdir()
        write(tmp_path / "here" / "guardrails.json", {})
        monkeypatch.chdir(tmp_path / "here")
        assert guardrails_near(tmp_path / "catalog.yaml") == Path("guardrails.json")

    @pytest.mark.parametrize(("name", "is_found"), [("images", True), (None, True), ("acg", False)])
    def test_a_project_is_known_by_its_name(self, tmp_path: Path, name: str | None, is_found: bool):
        write(tmp_path / "Pulumi.yaml", "name: images")
        (tmp_path / "below").mkdir()
        assert (project_above(tmp_path / "below", name) == tmp_path) == is_found

    def test_a_plugin_finds_it_where_a_process_above_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """The engine runs in the project's folder, a plugin in its own, which may be in another project."""
        ours = write(tmp_path / "images" / "Pulumi.yaml", "name: images").parent
        plugin = write(tmp_path / "clone" / "Pulumi.yaml", "name: acg").parent
        monkeypatch.chdir(plugin)
        monkeypatch.setattr(project, "_processes_above", lambda: iter(()))
        monkeypatch.setenv("PWD", str(ours))
        assert running_project("images") == ours
        assert running_project("acg") == plugin
        assert running_project("other") is None


class TestOwnRules:
    """Python of a team, which is run only for those who want it."""

    def test_a_file_that_is_named_brings_its_rules_and_their_settings(self, tmp_path: Path):
        own_rule(tmp_path / "rules")
        settings = {"own-rules": {"folders": ["rules"]}, "nothing-larger": "mandatory"}
        team = load_team_rules(write(tmp_path / "guardrails.json", settings)).usable()
        assert "nothing-larger" in {rule.name for rule in team.guardrails.enabled(team.rules)}

    def test_a_file_that_nobody_named_runs_nothing(self, tmp_path: Path):
        write(tmp_path / "rules" / "harm.py", "raise SystemExit('ran')")
        file = write(tmp_path / "guardrails.json", {"own-rules": {"folders": ["rules"]}})
        [problem] = load_team_rules(file, runs_own_rules=False).problems
        assert problem.message == "own-rules names Python that is run only if somebody wants this file"
        assert f"--config {file}" in problem.fix

    def test_the_environment_brings_rules_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("ACG_RULES", str(own_rule(tmp_path / "rules")))
        file = write(tmp_path / "guardrails.json", {"nothing-larger": "advisory"})
        assert load_team_rules(file, runs_own_rules=False).usable().rules["nothing-larger"].code == "ACG951"

    @pytest.mark.parametrize(
        ("files", "says"),
        [
            ({"a.py": "raise ValueError(7)"}, "cannot be loaded: ValueError: 7"),
            ({"a.py": "x = 1"}, "declares no rule"),
            ({"a.py": RULE.format(code="ACG103", name="mine")}, "both have the code ACG103"),
            (None, "there is no such folder"),
        ],
    )
    def test_a_folder_that_cannot_be_used_is_refused(self, tmp_path: Path, files: dict[str, str] | None, says: str):
        for name, content in (files or {}).items():
            write(tmp_path / "rules" / name, content)
        file = write(tmp_path / "guardrails.json", {"own-rules": {"folders": ["rules"]}})
        with pytest.raises(InputError, match=says):
            load_team_rules(file).usable()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"all": "advisory", "all": "disabled"}', "'all' is a key twice"),
        ({"own-rules": {"folder": ["x"]}}, "own-rules is not a list of folders"),
        ({"own-rules": {"folders": "rules"}}, "own-rules is not a list of folders"),
        ({"own-rules": {"folders": [1]}}, "own-rules is not a list of folders"),
        ({"own-rules": ["x"]}, "own-rules is neither a level nor an object"),
        ({"suppressions": {"maximumDays": 0}}, "suppressions.maximumDays is not a number of days"),
        ({"suppressions": {"maximumDays": True}}, "suppressions.maximumDays is not a number of days"),
        (
            {"name-patterns": {"enforcementLevel": "advisory", "galleries": "("}},
            "name-patterns.galleries is not a regular expression",
        ),
        ({"name-patterns": {"enforcementLevel": "advisory", "galleries": "(?=a)b"}}, "look-around"),
        (
            {"name-patterns": {"enforcementLevel": "advisory", "galleries": "((a{99}){99}){99}"}},
            "is not a regular expression",
        ),
    ],
)
def test_settings_that_cannot_be_used_are_refused(tmp_path: Path, content: object, says: str):
    [problem] = load_team_rules(write(tmp_path / "guardrails.json", content)).problems
    assert says in problem.message


def test_without_a_file_there_is_every_rule_and_no_setting():
    team = load_team_rules(None)
    assert team.rules == all_rules()
    assert team.guardrails.levels == {}
