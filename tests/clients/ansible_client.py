"""Ansible's azure.azcollection, which the package ``ansible`` carries: a module's second run changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.clients.suite import HERE, PAGE, Outcome, Place, python_environment

PACKAGE = "ansible==14.5.0"
_REQUIREMENTS = "ansible_collections/azure/azcollection/requirements.txt"


def run(place: Place) -> Iterator[Outcome]:
    """Run the playbook and look at each task."""
    commands = python_environment(PACKAGE, oldest=(3, 12), then=_REQUIREMENTS)
    settings = {
        "ANSIBLE_HOME": str(place.folder / "ansible"),
        "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "LC_ALL": "C.UTF-8",
    }
    there = Place(place.folder, {**place.environment, **settings})
    ended = there.run((commands / "ansible-playbook", "-i", "localhost,", HERE / "ansible" / "playbook.yaml"))
    try:
        [play] = json.loads(ended.stdout[ended.stdout.index("{") :])["plays"]
    except ValueError:
        yield Outcome("the playbook runs", (ended.stderr or ended.stdout).strip()[-600:])
        return
    command = documented()
    adhoc = there.run(("sh", "-ec", f'PATH="{commands}:$PATH"\n{command}'))
    yield Outcome(command, "" if adhoc.returncode == 0 else (adhoc.stderr or adhoc.stdout).strip()[-600:])
    for task in play["tasks"]:
        yield _outcome(task["task"]["name"], task["hosts"]["localhost"])


def documented() -> str:
    """The command of ``docs/sandbox.md`` that uses Ansible."""
    [command] = re.findall(r"^\$ (ansible .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return command


def _outcome(name: str, result: dict[str, Any]) -> Outcome:
    if result.get("failed"):
        return Outcome(name, str(result.get("msg") or result)[:600])
    changes = not name.endswith(("again", "_info"))
    if result.get("changed", False) != changes:
        return Outcome(name, f"changed is {result.get('changed')}, not {changes}")
    return Outcome(name)
