"""The real `pulumi preview` as a child of this process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from acg.errors import ReaderError
from acg.preview.events import Events

STREAMING: Final = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
"""Makes `preview --json` write the engine's events as they happen, those of policies included.

Source: https://github.com/pulumi/pulumi, pkg/cmd/pulumi/operations/preview.go
"""


class Request(NamedTuple):
    """What to preview."""

    stack: str | None = None
    refresh: bool = True
    policy_packs: Sequence[str] = ()
    policy_pack_configs: Sequence[str] = ()
    save_plan: Path | None = None

    @property
    def arguments(self) -> list[str]:
        """Arguments for the CLI."""
        given = ["preview", "--json", "--non-interactive", "--color", "never"]
        given += ["--refresh"] if self.refresh else ["--refresh=false"]
        given += ["--stack", self.stack] if self.stack else []
        for pack in self.policy_packs:
            given += ["--policy-pack", pack]
        for config in self.policy_pack_configs:
            given += ["--policy-pack-config", config]
        return [*given, "--save-plan", str(self.save_plan)] if self.save_plan else given


def run_preview(
    request: Request,
    events: Events,
    environment: Mapping[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> int:
    """Run the preview in the working directory, let `events` hear it, and give the exit code.

    While the engine starts, which takes longer, `meanwhile` is called.

    Raises:
        ReaderError: There is no CLI, or it ended without an account of what it did.
    """
    environment = os.environ if environment is None else environment
    pulumi = shutil.which("pulumi", path=environment.get("PATH"))
    if pulumi is None:
        raise ReaderError("there is no pulumi on PATH; install it as https://www.pulumi.com/docs/install says")
    with tempfile.TemporaryFile() as stderr:
        child = subprocess.Popen(  # noqa: S603 - the user's own CLI
            [pulumi, *request.arguments],
            env={**environment, **STREAMING},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            errors="replace",
        )
        assert child.stdout is not None  # noqa: S101  # started with a pipe
        try:
            meanwhile()
            events.hear(child.stdout)
        except BaseException:
            child.terminate()  # the engine ends its own children then
            raise
        finally:
            child.stdout.close()
            code = child.wait()
        stderr.seek(0)
        said = stderr.read(1_000_000).decode(errors="replace")
    if events.result is None:
        raise ReaderError(_explained(code, said, events))
    return code


_KNOWN: Final = (
    (r"no stack named '([^'\n]*)' found", "there is no stack {0!r}; `pulumi stack ls` names those that exist"),
    (r"no Pulumi\.yaml project file found", "there is no Pulumi.yaml here; run acg preview in the program's folder"),
    (r"currently locked by (\d+) lock", "the stack is locked by {0} other run(s); wait, or run `pulumi cancel`"),
    (r"passphrase must be set|incorrect passphrase", "the passphrase of the stack's secrets is missing or wrong"),
    (r"no stack selected|please use --stack", "no stack is selected; name one with --stack"),
    (r"PULUMI_ACCESS_TOKEN must be set|not logged in|pulumi login", "Pulumi is not logged in; run `pulumi login`"),
    (r"could not find a policy pack|policy pack .*not found", "there is no policy pack where --policy-pack says"),
    (r"unknown flag: (--[a-z-]+)", "this pulumi does not know {0}; it is too old or too new"),
)
"""Errors of the CLI that hold no secret, and what they mean here."""


def _explained(code: int, said: str, events: Events) -> str:
    for pattern, text in _KNOWN:
        if found := re.search(pattern, said):
            return text.format(*found.groups())
    if events.unknown and not events.steps:
        return "this pulumi does not stream the events of a preview; version 3.200 or newer does"
    return (
        f"pulumi preview ended with {code} before it came to a result. "
        "Its messages can hold secrets and are not shown: run `pulumi preview` yourself to read them"
    )
