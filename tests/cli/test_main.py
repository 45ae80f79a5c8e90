"""The command `acg`: help, exit codes, and that whatever happens ends in words and not in a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from acg import __version__
from acg.cli import main
from acg.errors import CatalogError, Problem, ReaderError, Refused

ACG = (sys.executable, "-c", "from acg.cli.main import main; main()")


@pytest.fixture
def ends(monkeypatch):
    """Make `acg trial` end in some way, and run it."""

    def ends(outcome):
        @click.command()
        def trial():
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(main.cli, "get_command", lambda *_: trial)
        return main.run(["trial"])

    return ends


def test_help_names_every_command(capsys):
    assert main.run(["--help"]) == 0

    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in main.COMMANDS)


@pytest.mark.parametrize("command", main.COMMANDS)
def test_every_command_explains_itself(command, capsys):
    assert main.run([command, "--help"]) == 0
    assert f"Usage: acg {command}" in capsys.readouterr().out


def test_version(capsys):
    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"acg, version {__version__}\n"


def test_schema_is_printed(capsys):
    assert main.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("arguments", [["nothing"], ["schema", "extra"], ["schema", "--nothing"], ["--nothing"], []])
def test_wrong_use_is_unusable_input(arguments, capsys):
    assert main.run(arguments) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Usage: acg" in shown.err


PROBLEM = Problem(
    code="ACG004", message="the key 'a' appears here and in line 1", fix="Remove one.", file="c.yaml", line=2
)


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (None, 0, ""),
        (0, 0, ""),
        (1, 1, ""),
        (Refused(["corp breaks a rule"]), 1, "acg: corp breaks a rule\n"),
        (ReaderError("Azure did not answer"), 2, "acg: Azure did not answer\n"),
        (
            CatalogError([PROBLEM]),
            2,
            "c.yaml:2  error ACG004 duplicate-key\n    the key 'a' appears here and in line 1\n  fix   Remove one.\n",
        ),
        (click.ClickException("one of the two"), 2, "Error: one of the two\n"),
        (click.exceptions.Exit(1), 1, ""),
        (KeyboardInterrupt(), 130, "acg: interrupted\n"),
        (
            ZeroDivisionError("division\nby zero"),
            2,
            "acg: unexpected ZeroDivisionError: division by zero\n"
            "     This is a fault in acg. Set ACG_TRACEBACK=1 to see where, and report it.\n",
        ),
    ],
)
def test_however_a_command_ends_it_has_a_code_and_words(ends, capsys, outcome, code, words):
    assert ends(outcome) == code
    assert capsys.readouterr().err == words


def test_a_traceback_is_shown_to_who_asks_for_it(ends, monkeypatch):
    monkeypatch.setenv("ACG_TRACEBACK", "1")

    with pytest.raises(ZeroDivisionError):
        ends(ZeroDivisionError())


def test_a_reader_that_goes_away_gets_no_traceback():
    process = subprocess.Popen([*ACG, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()

    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait() == 141


def test_an_old_python_ends_with_what_is_needed():
    program = "import sys; sys.version_info = (3, 9, 1); import acg.cli.main"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert ended.stderr.startswith("acg: needs Python 3.11 or newer, and this is Python 3.9\n")
    assert "Traceback" not in ended.stderr


def test_help_imports_no_command():
    program = "import sys; from acg.cli import main; main.run(['--version']); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert not {"pydantic", "yaml", "rich", "acg.cli.schema"} & set(loaded)


def test_it_is_installed_as_acg():
    acg = Path(sys.executable).parent / "acg"

    assert subprocess.run([acg, "--version"], capture_output=True, text=True, check=True).stdout.startswith(
        "acg, version"
    )


@pytest.mark.parametrize("end", [ReaderError, click.UsageError])
def test_what_a_message_repeats_is_obeyed_by_nobody(ends, capsys, end):
    assert ends(end("there is no \x07image\x1b[31m\n::error::x ##vso[task]\nFix: write another")) == 2

    lines = capsys.readouterr().err.splitlines()
    assert "\x1b" not in "".join(lines)
    assert "there is no \\x07image" in lines[-3]
    assert not lines[-2].startswith("::")
    assert "##vso[" not in lines[-2]
    assert lines[-1] == "Fix: write another"


@pytest.mark.parametrize("option", ["--explain", "--select", "--ignore"])
def test_a_code_of_unusable_input_is_no_rule(capsys, option):
    assert main.run(["check", option, "acg005", "-"]) == 2
    assert "ACG005 unknown-key is no rule: it is about input that cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("waits", "last"),
    [
        ("", "at once"),
        ("import atexit; atexit.register(print, 'registered')", "registered"),
        (
            "from threading import Thread, main_thread\n"
            "Thread(target=lambda: (main_thread().join(), print('from a thread'))).start()",
            "from a thread",
        ),
        ("import sys; sys.setprofile(lambda *_: None)", "ACG913"),
    ],
)
def test_the_process_ends_at_once_unless_something_waits_for_its_end(waits, last):
    program = (
        "import os; end = os._exit\n"
        "os._exit = lambda code: (print('at once', flush=True), end(code))\n"
        f"{waits}\nfrom acg.cli.main import main\nmain(['check', '--list'])"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("ACG101")
    assert ended.stdout.splitlines()[-1].startswith(last)
    assert ("at once" in ended.stdout) is (not waits)
