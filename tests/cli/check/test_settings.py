"""Settings of `acg check`: from a file, beside the project, and of a revision."""

import json
import subprocess
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.cli.check.conftest import catalog, declared, findings, write


def test_settings_are_taken_from_a_file(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path):
    write(folder, catalog(declared("1.0.0")))
    settings = tmp_path / "guardrails.json"
    settings.write_text(json.dumps({"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["eastus"]}}))
    code, found = findings(capsys, folder, "--config", settings)
    assert code == 1
    assert {one["code"] for one in found} == {"ACG901"}


def test_a_misspelt_setting_is_unusable_input(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path):
    write(folder, catalog(declared("1.0")))
    settings = tmp_path / "guardrails.json"
    settings.write_text('{"version-numbers": "disabled"}')
    code, found = findings(capsys, folder, "--config", settings)
    assert code == 2
    assert [one["code"] for one in found] == ["ACG021", "ACG103"]


class TestSettingsOfARevision:
    @pytest.fixture
    def repository(self, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A repository whose base forbids a region, and whose working tree switches the rule off."""
        monkeypatch.chdir(tmp_path)
        write(folder, catalog(declared("1.0.0")))
        strict = {"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["eastus"]}}
        (tmp_path / "guardrails.json").write_text(json.dumps(strict))
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "base"]):
            subprocess.run([*git, *command], check=True)
        (tmp_path / "guardrails.json").write_text('{"all": "disabled"}')
        return tmp_path

    def test_the_working_tree_switches_rules_off(self, capsys: pytest.CaptureFixture[str], repository: Path):
        assert findings(capsys, "catalog") == (0, [])

    @pytest.mark.parametrize("named", [[], ["--config", "guardrails.json"]])
    def test_those_of_the_revision_judge(self, capsys: pytest.CaptureFixture[str], repository: Path, named: list[str]):
        code, found = findings(capsys, "catalog", "--config-from", "main", *named)
        assert (code, {one["code"] for one in found}) == (1, {"ACG901"})

    def test_a_file_that_was_removed_since_judges(self, capsys: pytest.CaptureFixture[str], repository: Path):
        (repository / "guardrails.json").unlink()
        assert findings(capsys, "catalog", "--config-from", "HEAD")[0] == 1

    def test_a_file_that_the_revision_lacks_is_unusable_input(
        self, capsys: pytest.CaptureFixture[str], repository: Path
    ):
        code, found = findings(capsys, "catalog", "--config-from", "HEAD", "--config", "other.json")
        assert code == 2
        assert [(one["code"], one["message"]) for one in found] == [("ACG020", "does not exist at HEAD")]

    @pytest.mark.parametrize("revision", ["nothing", "--output=x", "-h"])
    def test_a_revision_that_does_not_exist_is_said(
        self, capsys: pytest.CaptureFixture[str], repository: Path, revision: str
    ):
        assert run(["check", "catalog", f"--config-from={revision}"]) == 2
        assert f"the repository has no revision {revision!r}" in capsys.readouterr().err

    def test_rules_of_the_team_s_own_are_not_run(self, capsys: pytest.CaptureFixture[str], repository: Path):
        (repository / "guardrails.json").write_text('{"own-rules": {"folders": ["rules"]}}')
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-a", "-m", "own"],
            check=True,
        )
        code, found = findings(capsys, "catalog", "--config-from", "HEAD")
        assert (code, [one["code"] for one in found]) == (2, ["ACG022"])


class TestSettings:
    """guardrails.json beside Pulumi.yaml, another file, or none."""

    @pytest.fixture
    def catalog_of_project(self, tmp_path: Path) -> Path:
        (tmp_path / "Pulumi.yaml").write_text("name: images\n")
        (tmp_path / "galleries").mkdir()
        file = tmp_path / "galleries" / "corp.yaml"
        file.write_text(catalog(declared("1.0")))
        return file

    def codes(self, capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> list[object]:
        return [one["code"] for one in findings(capsys, *arguments)[1]]

    def test_they_are_found_beside_the_project(self, capsys, tmp_path: Path, catalog_of_project: Path):
        (tmp_path / "guardrails.json").write_text('{"version-number": "disabled"}')
        assert "ACG103" not in self.codes(capsys, catalog_of_project)
        assert "ACG103" in self.codes(capsys, catalog_of_project, "--no-config")

    def test_a_file_that_is_named_counts_alone(self, capsys, tmp_path: Path, catalog_of_project: Path):
        (tmp_path / "guardrails.json").write_text('{"version-number": "disabled"}')
        (tmp_path / "strict.json").write_text("{}")
        assert "ACG103" in self.codes(capsys, catalog_of_project, "--config", tmp_path / "strict.json")

    @pytest.mark.parametrize(
        ("name", "content", "place", "says", "fix"),
        [
            ("guardrails.json", None, "", "is not an ordinary file", "Name an ordinary file."),
            ("guardrails.json", "null", "", "is not a JSON object", "Write an object with one key for each rule."),
            ("guardrails.json", " \n", "", "is empty", "Write it as JSON, or see why nothing was written into it."),
            ("guardrails.json", '{"a": ', ":1:7", "is not JSON: Expecting value", "Write it as JSON."),
            ("guardrails.json", "{\n  // a\n}", ":2:3", "is not JSON: ", "Remove the comment; JSON has none."),
            (
                "guardrails.json",
                '{"all": "disabled",\n}',
                ":2:1",
                "is not JSON: ",
                "Remove the comma in front of this.",
            ),
            ("guardrails.yaml", "all: disabled", ":1:1", "is not JSON: Expecting value", "Write it as JSON."),
        ],
    )
    def test_a_file_that_is_there_is_never_overlooked(
        self, capsys, tmp_path: Path, catalog_of_project: Path, name, content, place, says, fix
    ):
        (tmp_path / name).mkdir() if content is None else (tmp_path / name).write_text(content)

        code, found = findings(capsys, catalog_of_project)

        problem = next(one for one in found if one["code"] == "ACG020")
        assert code == 2
        assert says in str(problem["message"])
        assert problem["fix"] == fix
        assert problem["line"] == (int(place.split(":")[1]) if place else None)

    def test_a_link_that_leads_nowhere_is_not_overlooked(self, capsys, tmp_path: Path, catalog_of_project: Path):
        (tmp_path / "guardrails.json").symlink_to("gone.json")

        assert findings(capsys, catalog_of_project)[0] == 2

    def test_own_rules_run_only_where_somebody_wants_them(self, capsys, tmp_path: Path, catalog_of_project: Path):
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules" / "harm.py").write_text("raise SystemExit('it ran')")
        file = tmp_path / "guardrails.json"
        file.write_text('{"own-rules": {"folders": ["rules"]}}')
        code, found = findings(capsys, catalog_of_project)
        assert code == 2
        assert "is run only if somebody wants this file" in str(found[0]["message"])
        code, found = findings(capsys, catalog_of_project, "--config", file)
        assert code == 2
        assert "cannot be loaded: SystemExit: it ran" in str(found[0]["message"])

    def test_one_cannot_name_a_file_and_want_none(self, capsys, catalog_of_project: Path):
        code = run(["check", str(catalog_of_project), "--config", "x.json", "--no-config"])
        assert code == 2
        assert "--no-config wants no settings" in capsys.readouterr().err
