"""The request log and the faults, from the command line, beside a running embedded Azure."""

import json

import pytest
from click.testing import CliRunner, Result

from acg_sandbox.__main__ import cli
from acg_sandbox.launcher.errors import LauncherError
from tests.embedded import Embedded

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-new"


def sandbox(azure: Embedded, *arguments: str) -> Result:
    command, *rest = arguments
    words = [command, rest.pop(0)] if command == "fault" else [command]
    return CliRunner().invoke(cli, [*words, "--state", str(azure.folder / "azure"), *rest])


def put(azure: Embedded) -> int:
    return azure.arm("PUT", GROUP, {"location": "westeurope"}, "2022-12-01").status_code


def test_the_log_shows_a_line_a_request(azure: Embedded):
    put(azure)
    azure.arm("GET", GROUP + "-missing", api_version="2022-12-01")
    created, missing = sandbox(azure, "log").output.splitlines()
    assert created.split()[1] == "201"
    assert created.endswith(f"PUT     {GROUP}")
    assert missing.split()[1] == "404"
    assert missing.endswith(f"GET     {GROUP}-missing  ResourceGroupNotFound")


def test_the_log_proves_that_a_call_was_not_made(azure: Embedded):
    put(azure)
    assert sandbox(azure, "log", "--method", "DELETE").output == ""
    assert sandbox(azure, "log", "--path", "galleries").output == ""
    (entry,) = map(
        json.loads, sandbox(azure, "log", "--method", "PUT", "--path", "RG-NEW", "--json").output.splitlines()
    )
    assert (entry["status"], entry["path"]) == (201, GROUP)


def test_a_fault_strikes_as_often_as_it_was_told(azure: Embedded):
    assert sandbox(azure, "fault", "add", "error", "method=PUT", "path=rg-new", "status=503", "times=2").output == "1\n"
    assert [put(azure) for _ in range(3)] == [503, 503, 201]
    assert sandbox(azure, "fault", "list").output.startswith("1  error  struck 2 of 3 calls  method=PUT path=rg-new")


def test_faults_are_forgotten_one_by_one_or_together(azure: Embedded):
    for _ in range(3):
        sandbox(azure, "fault", "add", "throttle")
    sandbox(azure, "fault", "clear", "2")
    assert [line[0] for line in sandbox(azure, "fault", "list").output.splitlines()] == ["1", "3"]
    sandbox(azure, "fault", "clear")
    assert sandbox(azure, "fault", "list").output == ""


def test_what_can_go_wrong_is_listed(azure: Embedded):
    assert "throttle" in CliRunner().invoke(cli, ["fault", "kinds"]).output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["meteor"], "fault must be one of throttle, "),
        (["error", "status"], "'status' is not NAME=VALUE"),
        (["error", "colour=red"], "'colour' is not known"),
        (["error", "status=200"], "status must be from 400 to 599"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(azure: Embedded, arguments: list[str], reason: str):
    result = sandbox(azure, "fault", "add", *arguments)
    assert isinstance(result.exception, LauncherError)
    assert reason in str(result.exception)
    assert "Fix: " in str(result.exception)
