"""`acg check`: catalogs and stacks in, findings and an exit code out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from acg.cli.main import run
from acg.rules import all_rules

ROOT = Path(__file__).parents[2]
IMAGE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/u"


def catalog(versions: str) -> str:
    return f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen1}}
        versions:
{versions}"""


def declared(number: str, more: str = "") -> str:
    return f'          "{number}":\n            source: {{managedImage: {IMAGE}}}\n{more}'


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of this repository decide no test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "catalog").mkdir()
    return tmp_path / "catalog"


def write(folder: Path, text: str) -> Path:
    file = folder / "corp.yaml"
    file.write_text(text)
    return file


def check(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = run(["check", *map(str, arguments)])
    return code, capsys.readouterr().out


def findings(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[dict[str, object]]]:
    code, out = check(capsys, *arguments, "--format", "json")
    return code, json.loads(out)["findings"]


def test_the_example_is_clean(capsys: pytest.CaptureFixture[str]):
    code, found = findings(capsys, ROOT / "galleries")
    assert (code, found) == (0, [])


def test_errors_are_found_with_their_lines(capsys: pytest.CaptureFixture[str], folder: Path):
    file = write(folder, catalog(declared("1.0") + declared("1.0.1", "            targetRegions: [northeurope]\n")))
    code, found = findings(capsys, folder)
    assert code == 1
    assert [(one["code"], one["file"], one["line"]) for one in found] == [
        ("ACG103", str(file), 11),
        ("ACG402", str(file), 15),
    ]


def test_warnings_alone_are_fine(capsys: pytest.CaptureFixture[str], folder: Path):
    write(folder, catalog(declared("1.0.1", "            endOfLifeDate: 2020-01-01\n")))
    code, found = findings(capsys, folder)
    assert (code, [one["severity"] for one in found]) == (0, ["warning"])


def test_rules_run_on_what_is_readable(capsys: pytest.CaptureFixture[str], folder: Path):
    write(folder, catalog(declared("1.0") + declared("1.0.1", "            colour: red\n")))
    (folder / "broken.yaml").write_text("galleries: [")
    code, found = findings(capsys, folder)
    assert code == 2
    assert {"ACG002", "ACG005", "ACG103"} <= {one["code"] for one in found}


def test_regions_that_the_catalog_adds_are_known(capsys: pytest.CaptureFixture[str], folder: Path):
    version = declared("1.0.1", "            targetRegions: [westeurope, westeurop2]\n")
    write(folder, catalog(version))
    assert check(capsys, folder, "--select", "region-known")[0] == 1
    write(folder, "regions: {westeurop2: {}}\n" + catalog(version))
    assert check(capsys, folder, "--select", "region-known")[0] == 0


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--select", "ACG103"], {"ACG103"}),
        (["--select", "version-number"], {"ACG103"}),
        (["--select", "names,regions"], {"ACG103", "ACG402"}),
        (["--select", "names", "--ignore", "acg103"], set()),
        (["--ignore", "azure"], set()),
    ],
)
def test_rules_can_be_chosen(capsys: pytest.CaptureFixture[str], folder: Path, options: list[str], codes: set[str]):
    write(folder, catalog(declared("1.0", "            targetRegions: [northeurope]\n")))
    _, found = findings(capsys, folder, *options)
    assert {one["code"] for one in found} == codes


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


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_every_form_tells_the_finding(capsys: pytest.CaptureFixture[str], folder: Path, form: str):
    write(folder, catalog(declared("1.0")))
    code, out = check(capsys, folder, "--format", form)
    assert code == 1
    assert "version-number" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "arguments",
    [[], ["x.yaml", "--stack-file", "y.json"], ["x.yaml", "--select", "no-such-rule"], ["--explain", "ACG999"]],
)
def test_wrong_use_is_explained(capsys: pytest.CaptureFixture[str], arguments: list[str]):
    assert run(["check", *arguments]) == 2
    assert "Usage:" in capsys.readouterr().err


def test_a_rule_is_explained_by_code_and_by_name(capsys: pytest.CaptureFixture[str]):
    by_code, by_name = check(capsys, "--explain", "acg751"), check(capsys, "--explain", "quota")
    assert by_code == by_name
    assert by_code[0] == 0
    assert "warnFrom: Percentage of a quota" in by_code[1]
    assert "Default: 80." in by_code[1]


def test_every_rule_can_be_explained(capsys: pytest.CaptureFixture[str]):
    for rule in all_rules().values():
        code, out = check(capsys, "--explain", rule.code)
        assert code == 0
        assert rule.why in out


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]):
    code, out = check(capsys, "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [rule.code for rule in all_rules().values()]


def stack(*resources: dict[str, object]) -> dict[str, object]:
    return {"version": 3, "deployment": {"resources": list(resources)}}


def deployed(**change: object) -> dict[str, object]:
    urn = "urn:pulumi:dev::images::azure-native:compute:GalleryImageVersion::old"
    inputs = {
        "galleryImageVersionName": "1.0",
        "galleryImageName": "ubuntu",
        "galleryName": "corp",
        "resourceGroupName": "rg",
        "location": "westeurope",
        "storageProfile": {"source": {"id": IMAGE}},
    }
    resource_id = IMAGE.replace("images/u", "galleries/corp/images/ubuntu/versions/1.0")
    versioned = "azure-native:compute/v20240303:GalleryImageVersion"
    return {"urn": urn, "type": versioned, "custom": True, "id": resource_id, "inputs": inputs, **change}


def test_an_exported_stack_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    file = tmp_path / "stack.json"
    file.write_text(json.dumps(stack(deployed())))
    code, found = findings(capsys, "--stack-file", file)
    assert code == 1
    [one] = found
    assert one["code"] == "ACG103"
    assert one["resource"] == deployed()["urn"]
    assert str(one["message"]).startswith("old is no version number")


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"deployment": {"resources": 5}}',
        '{"deployment": {"resources": [null]}}',
        '{"deployment": {"resources": [{"urn": 5}]}}',
        '{"deployment": {"resources": [{"urn": "urn:pulumi:dev::a::b::c", "custom": true}]}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_exported_stack_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str):
    file = tmp_path / "stack.json"
    file.write_text(content)
    code, found = findings(capsys, "--stack-file", file)
    assert (code, found[0]["code"]) == (2, "ACG001")


@pytest.mark.parametrize(
    ("is_terminal", "no_color", "is_coloured"),
    [(True, None, True), (True, "", True), (True, "1", False), (False, None, False)],
)
def test_colour_is_for_terminals_that_do_not_refuse_it(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    is_terminal: bool,
    no_color: str | None,
    is_coloured: bool,
):
    write(folder, catalog(declared("1.0")))
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    _, out = check(capsys, folder)
    assert ("\x1b[" in out) is is_coloured


def test_the_command_ends_with_the_exit_code(folder: Path):
    write(folder, catalog(declared("1.0")))
    command = [sys.executable, "-c", "from acg.cli.main import main; main()", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.endswith("1 error\n") or "1 error," in done.stdout
    assert done.stderr == ""


FORMS = ["text", "json", "sarif", "github", "junit"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_is_switched_off_suppressed_and_not_read(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, form: str
):
    suppress = "            suppress: [{rule: ACG103, reason: an old number, until: 2100-01-01}]\n"
    write(folder, catalog(declared("1.0", suppress)))
    (folder / "notes.txt").write_text("")
    settings = tmp_path / "guardrails.json"
    settings.write_text(json.dumps({"version-home-region": "disabled", "suppressions": {"maximumDays": 36_500}}))
    _, out = check(capsys, folder, "--config", settings, "--format", form)
    assert "the settings switch off 1 rule that is on by default: ACG402 version-home-region" in out
    assert "an old number" in out
    assert "notes.txt" in out


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
