"""Stacks of the embedded Azure: made without the CLI, their settings kept outside the project.

`pulumi stack init`, and every later command of a stack whose settings lack a secrets manager, writes `encryptionsalt`
into `Pulumi.<stack>.yaml`, which belongs to the project's repository. No option keeps it from that (CLI 3.259), but
every command that reads those settings takes `--config-file`, and `PULUMI_OPTION_CONFIG_FILE` sets it for all of them.
So the settings are copied, salt added, and the commands work on the copy; a stack is an empty checkpoint that names
the same salt.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from acg_sandbox.engine.errors import SettingsError

SALT = "v1:61UqlmgE2zE=:v1:ygOfQEjvTkXmHmI8:Ls0D2EmZpvPWlRTkpDkeSRvbPMK4mQ=="
"""Belongs to the empty passphrase, so it hides nothing: no secret of an embedded Azure is worth hiding."""

DEFAULT_STACK = "dev"


def project_folder(start: Path) -> Path | None:
    """The nearest folder, upwards, with a `Pulumi.yaml`: the project that the CLI would find from there."""
    return next((folder for folder in (start, *start.parents) if (folder / "Pulumi.yaml").is_file()), None)


def prepare_stack(state: Path, project: Path, stack: str) -> Mapping[str, str]:
    """Make the stack if it is not there, and give the variables that select it and its settings.

    Raises:
        SettingsError: the project or its settings for this stack cannot be read.
    """
    name = _read(project / "Pulumi.yaml").get("name")
    if not isinstance(name, str):
        raise SettingsError(f"{project / 'Pulumi.yaml'} has no name.\nFix: add `name: ...`, the project's name.")
    _make_checkpoint(state / "pulumi" / ".pulumi", name, stack)
    settings = state / "settings" / name / f"Pulumi.{stack}.yaml"
    _copy_settings(project / settings.name, settings)
    return {"PULUMI_STACK": stack, "PULUMI_OPTION_CONFIG_FILE": str(settings)}


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
    (backend / "meta.yaml").write_text("version: 1\n")  # stacks belong to projects
    checkpoint.write_text(json.dumps({"version": 3, "checkpoint": content}))


def _copy_settings(source: Path, copy: Path) -> None:
    """Copy the project's settings when they are the newer; `pulumi config set` changes the copy until then."""
    if copy.exists() and not (source.exists() and source.stat().st_mtime_ns > copy.stat().st_mtime_ns):
        return
    text = source.read_text() if source.exists() else ""
    if not source.exists() or "encryptionsalt" not in _read(source):
        text = f"{text.rstrip()}\nencryptionsalt: {SALT}\n"  # last, so that lines keep their numbers
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text)


def _read(file: Path) -> dict[str, object]:
    try:
        content = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{file} cannot be read: {error}\nFix: correct the file.") from error
    if not isinstance(content, dict | None):
        raise SettingsError(f"{file} is not a mapping.\nFix: correct the file.")
    return content or {}
