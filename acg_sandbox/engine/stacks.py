"""Stacks of the embedded Azure: made without the CLI, with a checkpoint and settings of their own in the state folder.

`pulumi stack init`, and every later command of a stack whose settings lack a secrets manager, writes `encryptionsalt`
into `Pulumi.<stack>.yaml`, which belongs to the project's repository. No option keeps it from that (CLI 3.259), but
every command that reads those settings takes `--config-file`, and `PULUMI_OPTION_CONFIG_FILE` sets it for all of them.
So the settings are copied, with a salt, and the commands work on the copy; a stack is an empty checkpoint that names
the same salt. What `pulumi config set` changes in the copy is written back into the project's file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from acg_sandbox.engine.errors import SettingsError
from acg_sandbox.engine.project import checked_name
from acg_sandbox.files import replace_text, write_private

SALT = "v1:61UqlmgE2zE=:v1:ygOfQEjvTkXmHmI8:Ls0D2EmZpvPWlRTkpDkeSRvbPMK4mQ=="
"""Belongs to the empty passphrase, so it hides nothing: no secret of an embedded Azure is worth hiding."""

_SALT_LINE = f"encryptionsalt: {SALT}\n"
_SECRETS_MANAGER = ("encryptionsalt", "encryptedkey", "secretsprovider")


@dataclass(frozen=True)
class Stack:
    """A stack with its settings: the project's own file, and the copy that commands work on."""

    name: str
    source: Path
    copy: Path
    before: str
    """The copy's text when the command began."""
    left_out: tuple[str, ...] = ()
    """Settings that are encrypted for the project's own back end, and are not in a copy that was just made."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that select the stack and its settings."""
        return {"PULUMI_STACK": self.name, "PULUMI_OPTION_CONFIG_FILE": str(self.copy)}

    def write_back(self) -> str:
        """Bring what a command changed in the copy into the project's own file; say in a line where it now stands."""
        after = self.copy.read_text() if self.copy.exists() else self.before
        if after == self.before:
            return ""
        plain = after.replace(_SALT_LINE, "").rstrip() + "\n"
        if "secure:" in after or any(key in _read(self.source) for key in _SECRETS_MANAGER):
            return f"{self.copy} has the changed settings: their secrets are this embedded Azure's alone."
        replace_text(self.source, plain)
        return f"{self.source} has the changed settings."


def prepare_stack(state: Path, project: Path, stack: str) -> Stack:
    """Make the stack if it is not there, and a copy of its settings.

    Raises:
        SettingsError: the project or its settings for this stack cannot be read, or a name cannot be a file's.
    """
    file = project / "Pulumi.yaml"
    settings = _read(file)
    name = settings.get("name")
    if not isinstance(name, str):
        raise SettingsError(f"{file} has no name.\nFix: add `name: ...`, the project's name.")
    checked_name(name, f"the name in {file}")
    checked_name(stack, "the stack's name")
    _make_checkpoint(state / "pulumi" / ".pulumi", name, stack)
    home = project / str(settings.get("stackConfigDir") or ".")
    source, copy = home / f"Pulumi.{stack}.yaml", state / "settings" / name / f"Pulumi.{stack}.yaml"
    left_out = _copy_settings(source, copy)
    return Stack(stack, source, copy, copy.read_text(), left_out)


def _make_checkpoint(backend: Path, project: str, stack: str) -> None:
    checkpoint = backend / "stacks" / project / f"{stack}.json"
    if checkpoint.exists():
        return
    manifest = {"time": "0001-01-01T00:00:00Z", "magic": "", "version": ""}
    secrets = {"type": "passphrase", "state": {"salt": SALT}}
    content = {
        "stack": f"organization/{project}/{stack}",
        "latest": {"manifest": manifest, "secrets_providers": secrets},
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    write_private(backend / "meta.yaml", b"version: 1\n")  # stacks belong to projects
    write_private(checkpoint, json.dumps({"version": 3, "checkpoint": content}).encode())


def _copy_settings(source: Path, copy: Path) -> tuple[str, ...]:
    """Copy the project's settings when they are the newer; give the keys of those that were left out.

    A project that is deployed elsewhere too has a secrets manager of its own there, whose secrets cannot be read here;
    secrets that were set here stay.
    """
    if copy.exists() and not (source.exists() and source.stat().st_mtime_ns > copy.stat().st_mtime_ns):
        return ()
    settings, config, own = _read(source), _config(source), _config(copy)
    own_secrets = {key: value for key, value in own.items() if _is_secret(value)}
    secret = {key for key, value in config.items() if _is_secret(value)}
    if secret or own_secrets or any(key in settings for key in _SECRETS_MANAGER):
        kept = {key: value for key, value in settings.items() if key not in _SECRETS_MANAGER}
        kept["config"] = {key: value for key, value in config.items() if key not in secret} | own_secrets
        text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)
    else:
        text = source.read_text() if source.exists() else ""
    copy.parent.mkdir(parents=True, exist_ok=True)
    # The salt comes last, so that lines keep their numbers.
    write_private(copy, f"{text.rstrip()}\n{_SALT_LINE}".lstrip("\n").encode())
    return tuple(sorted(secret - set(own_secrets)))


def _is_secret(value: object) -> bool:
    if isinstance(value, dict):
        return "secure" in value or any(map(_is_secret, value.values()))
    return isinstance(value, list) and any(map(_is_secret, value))


def _config(file: Path) -> dict[str, object]:
    config = _read(file).get("config")
    return {str(key): value for key, value in config.items()} if isinstance(config, dict) else {}


def _read(file: Path) -> dict[str, object]:
    if not file.exists():
        return {}
    try:
        content = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{file} cannot be read: {error}\nFix: correct the file.") from error
    if not isinstance(content, dict | None):
        raise SettingsError(f"{file} is not a mapping.\nFix: correct the file.")
    return content or {}
