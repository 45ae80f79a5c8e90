"""`acg check`: catalogs in, findings and an exit code out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from acg.cli.main import run
from acg.rules import all_rules
from tests.cli.check.conftest import catalog, check, declared, findings, write

ROOT = Path(__file__).parents[3]


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
    assert "the settings turn off 1 rule that is on by default: ACG402 version-home-region" in out
    assert "an old number" in out
    assert "notes.txt" in out


SHARED = (
    "sharingProfile: {permissions: Community, communityGalleryInfo: "
    "{publisherUri: 'https://x.example', publisherContact: 'a@b.c', eula: e, publicNamePrefix: contoso}}"
)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (SHARED, []),
        (SHARED.replace("GalleryInfo", "Galleryinfo"), ["ACG005"]),
        (SHARED.replace("publisherUri", "publisherUrl"), ["ACG005"]),
        (SHARED.replace("a@b.c", "${mail}"), ["ACG016"]),
        ("sharingProfile: {permissions: Community}\n    description: {}", ["ACG007", "ACG651"]),
        ("name: corp-1\n    sharingprofile: {}", ["ACG005", "ACG101"]),
    ],
)
def test_what_cannot_be_read_is_not_missing_too(capsys: pytest.CaptureFixture[str], folder: Path, keys, expected):
    write(folder, catalog(declared("1.0.1")).replace("    images:", f"    {keys}\n    images:"))
    code, found = findings(capsys, folder)
    assert (code, [one["code"] for one in found]) == (2 if expected else 0, expected)
