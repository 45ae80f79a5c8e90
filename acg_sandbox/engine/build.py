"""Build the Pulumi CLI from Go modules, with what it needs to run Python programs; and the host of Pulumi YAML."""

import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from acg_sandbox.engine.errors import BuildError
from acg_sandbox.engine.progress import Say
from acg_sandbox.engine.version import CLI_VERSION, YAML_VERSION

_SDK = "github.com/pulumi/pulumi/sdk/v3"


@dataclass(frozen=True)
class Tool:
    """A program that is built from Go modules.

    Each has a Go module of our own that names it as its tool, with a `go.sum`: `go install pkg@version` is refused for
    replace directives, and would verify nothing. They are two, for the programs ask for different versions of the SDK.
    """

    module: Path
    package: str
    version: str
    """The variable with its version, and the version."""
    packages: int
    """How many packages it is compiled from (`go list -deps`), for the progress line only."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Of `go build`. Without a version the CLI takes itself for a development build and checks no versions."""
        return ("-tags", "osusergo,grpcnotrace", "-trimpath", "-ldflags", f"-s -w -X {self.version}")


CLI = Tool(
    module=Path(__file__).parent / "cli",
    package="github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version=f"{_SDK}/go/common/version.Version=v{CLI_VERSION}",
    packages=1684,
)
YAML_HOST = Tool(
    module=Path(__file__).parent / "yaml_host",
    package="github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    version=f"github.com/pulumi/pulumi-yaml/pkg/version.Version=v{YAML_VERSION}",
    packages=763,
)

LANGUAGE_HOST = """\
#!/bin/sh
# The language host is part of a checkout of pulumi-acg, and `acg-sandbox exec` says of which.
[ -n "$SANDBOX_LANGUAGE_HOST" ] || { echo "this Pulumi CLI runs in \\`acg-sandbox exec -- ...\\`" >&2; exit 1; }
exec "$SANDBOX_PYTHON" -I "$SANDBOX_LANGUAGE_HOST" "$@"
"""
"""`pulumi-language-python` beside the CLI, where the CLI looks for it first: elsewhere on PATH it warns each time."""


def find_go(tool: Tool = CLI) -> str:
    """The `go` that will build a tool.

    Raises:
        BuildError: there is none, or it is too old and may not fetch a newer toolchain.
    """
    environment = _go_environment()
    needed = required_go(tool)
    go = shutil.which("go")
    if go is None:
        raise BuildError(f"there is no `go` on PATH; Go {needed} or newer is needed")
    found, toolchain = _ask_go(go, environment)
    version = _version(found)
    # Since 1.21 Go fetches the toolchain that a module asks for, unless that is turned off.
    fetches = version >= Version("1.21") and not toolchain.startswith(("local", "path"))
    if version < needed and not fetches:
        raise BuildError(
            f"{go} is {found or 'of an unknown version'} (GOTOOLCHAIN={toolchain}); Go {needed} or newer is needed"
        )
    return go


def build_cli(go: str, folder: Path, say: Say) -> None:
    """Build into `folder`: the CLI, its language host and the script that the host runs programs with.

    Raises:
        BuildError: the build failed.
    """
    build(go, CLI, folder / "pulumi", say)
    say("adding the Python language host")
    where = [go, "list", "-m", "-f", "{{.Dir}}", _SDK]
    sdk = subprocess.check_output(  # noqa: S603  # fixed arguments
        where, cwd=CLI.module, env=_go_environment(), text=True
    )
    executor = "pulumi-language-python-exec"
    shutil.copyfile(Path(sdk.strip(), "python", "cmd", executor), folder / executor)
    (folder / "pulumi-language-python").write_text(LANGUAGE_HOST)
    for name in (executor, "pulumi-language-python"):
        (folder / name).chmod(0o755)


def build(go: str, tool: Tool, output: Path, say: Say) -> None:
    """Build a tool into a file.

    Raises:
        BuildError: the build failed.
    """
    _run_go([go, "build", "-v", *tool.flags, "-o", str(output), tool.package], tool, say)


def required_go(tool: Tool = CLI) -> Version:
    """The Go version that a tool's modules ask for."""
    line = re.search(r"^go ([\d.]+)$", (tool.module / "go.mod").read_text(), re.MULTILINE)
    assert line is not None  # noqa: S101  # a file of ours
    return Version(line[1])


def _go_environment() -> Mapping[str, str]:
    """The user's network settings (GOPROXY, GOTOOLCHAIN, ...), but none of the user's build settings.

    GOFLAGS is set to something because an empty variable would let `go env -w` speak.
    """
    settings = {"GOFLAGS": "-mod=readonly", "GOWORK": "off", "GO111MODULE": "on", "CGO_ENABLED": "0"}
    dropped = ("GOOS", "GOARCH", "GOEXPERIMENT", "GOROOT")
    return {name: value for name, value in os.environ.items() if name not in dropped} | settings


def _ask_go(go: str, environment: Mapping[str, str]) -> tuple[str, str]:
    def env(name: str, **overrides: str) -> str:
        command = [go, "env", name]
        return subprocess.run(  # noqa: S603  # fixed arguments
            command, capture_output=True, text=True, check=False, env={**environment, **overrides}, cwd="/"
        ).stdout.strip()

    return env("GOVERSION", GOTOOLCHAIN="local"), env("GOTOOLCHAIN") or "local"


def _run_go(command: list[str], tool: Tool, say: Say) -> None:
    """Run the build, counting what it says it downloads and compiles."""
    process = subprocess.Popen(  # noqa: S603  # fixed arguments
        command,
        cwd=tool.module,
        env=dict(_go_environment()),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,  # with the compilers it starts, to be ended together
    )
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        assert process.stderr is not None  # noqa: S101  # started with a pipe
        with process.stderr as stream:
            for line in stream:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    downloaded = compiled = 0
    others: list[str] = []
    try:
        while (line := _next(lines)) is not None:
            if line.startswith("go: downloading "):
                downloaded += 1
            elif re.fullmatch(r"[\w./~+-]+\n", line):
                compiled += 1
            elif line:
                others.append(line)
            say(f"{downloaded} modules downloaded, {compiled} of about {tool.packages} packages compiled")
        code = process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code:
        raise BuildError("`go build` failed:\n       " + "       ".join(others[-10:]).rstrip())


def _next(lines: "queue.SimpleQueue[str | None]") -> str | None:
    """The next line, an empty one after a second of silence, none at the end."""
    try:
        return lines.get(timeout=1.0)
    except queue.Empty:
        return ""


def _version(text: str) -> Version:
    """What Go says of itself, such as `go1.25.11`, perhaps with experiments behind it; 0 if it says nothing."""
    try:
        return Version(text.partition(" ")[0].removeprefix("go"))
    except InvalidVersion:
        return Version("0")
