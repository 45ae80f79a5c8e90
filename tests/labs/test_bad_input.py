"""What `acg labs` says when it cannot do what was asked: with exit code 2, and without a write."""

from __future__ import annotations

import importlib.util
import os
import pty
import select
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.policies import AsyncRetryPolicy

from acg_sandbox.arm import PLATFORM
from acg_sandbox.launcher.folder import Addresses
from tests.labs.university import CATALOG, PLAN, TOKEN, University


def of_plan(uni: University, **keys: Any) -> None:
    plan = {key: value for key, value in (CATALOG["labPlans"]["lp-computing"] | keys).items() if value is not None}
    uni.declare(CATALOG | {"labPlans": {"lp-computing": plan}})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "either --new NAME or --update IMAGE"),
        (("--new", "a", "--update", "b"), "either --new NAME or --update IMAGE"),
    ],
    ids=["neither", "both"],
)
def test_a_save_is_either_new_or_an_update(uni: University, arguments: tuple[str, ...], message: str) -> None:
    done = uni.save(*arguments)
    assert (done.code, uni.writes()) == (2, [])
    assert message in done.err


def test_without_a_terminal_a_save_needs_yes(uni: University) -> None:
    done = uni.save("--update", "statistics", yes=False)
    assert (done.code, uni.writes()) == (2, [])
    assert "add --yes" in done.err


@pytest.mark.parametrize("command", ["status", "apply"])
def test_a_misspelt_plan_is_named(uni: University, command: str) -> None:
    done = uni.acg(command, str(uni.catalog), "lp-computin", *uni.azure())
    assert done.code == 2
    assert "did you mean lp-computing?" in done.err


def test_a_plan_that_azure_has_and_the_catalog_lacks(uni: University) -> None:
    other = {"id": PLAN.replace("lp-computing", "lp-art"), "location": "westeurope", "properties": {}}
    uni.add(other)
    done = uni.status("lp-art")
    assert done.code == 2
    assert "Azure has a lab plan lp-art in resource group rg-labs" in done.err
    assert "existing: true" in done.err


def test_a_catalog_without_labs(uni: University) -> None:
    uni.declare({"galleries": CATALOG["galleries"]})
    done = uni.status()
    assert done.code == 2
    assert "declares neither labPlans nor labAccounts" in done.err


def test_problems_of_a_catalog_come_first(uni: University) -> None:
    of_plan(uni, gallery="teeching")
    done = uni.status()
    assert done.code == 2
    assert "teeching" in done.err


def test_a_subscription_that_nobody_names(uni: University, monkeypatch: pytest.MonkeyPatch) -> None:
    of_plan(uni, subscription=None)
    done = uni.status()
    assert done.code == 2
    assert "catalog.yaml:" in done.err
    assert "AZURE_SUBSCRIPTION_ID" in done.err
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", PLATFORM)
    assert uni.status().code == 1  # as without the change: nothing is enabled yet


ANSWERS = {
    401: ("ExpiredAuthenticationToken", "log in again"),
    403: ("AuthorizationFailed", "you need the role Lab Services Reader"),
    404: ("SubscriptionNotFound", "was not found (404 SubscriptionNotFound)"),
    429: ("TooManyRequests", "was throttled"),
    500: ("InternalServerError", "was not answered (500 InternalServerError)"),
}


@pytest.mark.parametrize("status", ANSWERS)
def test_an_answer_that_is_none(uni: University, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setattr(AsyncRetryPolicy, "get_backoff_time", lambda *_: 0.0)
    code, message = ANSWERS[status]
    uni.strike(fault="error", status=status, code=code, method="GET", path="/labPlans/lp-computing$", times=0)
    done = uni.status()
    assert done.code == 2
    assert message in done.err
    assert "lab plan lp-computing" in done.err


def test_nobody_is_logged_in(uni: University, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nobody:
        async def get_token(self, *scopes: str, **options: Any) -> None:
            raise ClientAuthenticationError("DefaultAzureCredential failed to retrieve a token")

        async def close(self) -> None:
            pass

    monkeypatch.setattr("acg.live.session.credential", lambda *_: Nobody())
    done = uni.status()
    assert done.code == 2
    assert "nobody is logged in to Azure. Log in with `az login`" in done.err


@pytest.mark.parametrize("lacking", ["azure.mgmt.labservices", "aiohttp"])
def test_without_the_extra_it_is_named(uni: University, monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == lacking else found(name, *more)
    )
    done = uni.status()
    assert (done.code, done.err) == (2, "acg: acg labs needs more packages: pip install 'pulumi-acg[labs]'\n")


# -- where it is run ---------------------------------------------------------------------------------------------------


def environment(uni: University) -> dict[str, str]:
    """That of `acg-sandbox exec`."""
    server = uni.server
    addresses = Addresses(server.http, 0, 0, server.https, str(server.ca), PLATFORM)
    return {**os.environ, **addresses.environment, "ACG_ARM_TOKEN": TOKEN}


def test_within_acg_sandbox_exec_no_option_is_needed(uni: University) -> None:
    of_plan(uni, subscription=None)
    command = (sys.executable, "-m", "acg", "labs", "apply", str(uni.catalog), "--yes")
    done = subprocess.run(command, env=environment(uni), capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, uni.enabled()) == (0, "", ["linux-intro", "statistics"])


class Terminal:
    """A save that is watched on a terminal."""

    def __init__(self, uni: University) -> None:
        self.master, own = pty.openpty()
        command = (sys.executable, "-m", "acg", "labs", "save", str(uni.catalog), "lp-computing", "stats-101")
        self.process = subprocess.Popen(
            (*command, "--update", "statistics"),
            env=environment(uni),
            stdin=own,
            stdout=own,
            stderr=own,
            start_new_session=True,
        )
        os.close(own)
        self.text = ""

    def expect(self, words: str) -> None:
        end = time.monotonic() + 30
        while words not in self.text:
            assert time.monotonic() < end, self.text
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.master, 4096).decode()
                except OSError:  # its other end is closed
                    break
        assert words in self.text

    def answer(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        code = self.process.wait(30)
        os.close(self.master)
        return code


@pytest.mark.parametrize(("answer", "code", "versions"), [("y\n", 0, 2), ("n\n", 2, 1)], ids=["yes", "no"])
def test_a_terminal_is_asked(uni: University, answer: str, code: int, versions: int) -> None:
    terminal = Terminal(uni)
    terminal.expect("Save it? [y/N]")
    assert uni.writes() == []
    terminal.answer(answer)
    terminal.expect("saved statistics 1.0.1" if code == 0 else "nothing was sent")
    assert (terminal.end(), len(uni.versions("statistics"))) == (code, versions)


def test_ctrl_c_ends_the_watching_and_says_that_azure_goes_on(uni: University) -> None:
    uni.strike(fault="slow", method="POST", path="/saveImage$", seconds=2.5)
    terminal = Terminal(uni)
    terminal.expect("Save it? [y/N]")
    terminal.answer("y\n")
    while not uni.writes():
        time.sleep(0.02)
    terminal.process.send_signal(signal.SIGINT)
    terminal.expect("Azure goes on with what it was sent")
    assert "saved" not in terminal.text
    assert terminal.end() == 130
    assert len(uni.writes()) == 1
