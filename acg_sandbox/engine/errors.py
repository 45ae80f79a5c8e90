"""What can go wrong on the way to an engine.

EngineError
├── CacheError        a CLI that was got before is not there, or not fit for use
├── DownloadError     the official release could not be had
│   └── MismatchError     it is not what was published
├── BuildError        the CLI, or a language host, could not be built from Go modules
├── SettingsError     a project or its settings cannot be read
├── NoLanguageHostError  the CLI cannot run programs in the project's language
└── NoEngineError     none of the four ways led to a CLI      (exit 2)
"""


class EngineError(Exception):
    """The engine cannot be used; the message says why and how to fix it (exit 2)."""


class CacheError(EngineError):
    """The cache has no CLI of this version, or others could have changed it."""


class DownloadError(EngineError):
    """The official release could not be had."""


class MismatchError(DownloadError):
    """What was downloaded is not what was published."""


class BuildError(EngineError):
    """The CLI, or a language host, could not be built from Go modules."""


class SettingsError(EngineError):
    """`Pulumi.yaml` or `Pulumi.<stack>.yaml` cannot be read."""


class NoLanguageHostError(EngineError):
    """A program's language has no host beside the CLI, and none can be built."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"there is no {name}, which runs this project's program: {reason}.\n"
            "Fix: put a release of Pulumi, which has it beside `pulumi`, on PATH "
            "(https://www.pulumi.com/docs/install), or install Go and run this again."
        )


class NoEngineError(EngineError):
    """None of the ways to a CLI worked; the message names each with its reason."""

    def __init__(self, version: str, attempts: list[tuple[str, str]]) -> None:
        lines = [f"no Pulumi CLI {version} or newer is to be had:"]
        lines += [f"  {number}. {way}: {reason}" for number, (way, reason) in enumerate(attempts, 1)]
        lines.append(
            "Fix: put `pulumi` on PATH (https://www.pulumi.com/docs/install), or install Go and run this again."
        )
        super().__init__("\n".join(lines))
