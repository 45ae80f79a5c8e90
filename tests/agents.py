"""How the agents of pipelines find commands in what a step prints, after their public sources."""

import re
import unicodedata

GITHUB = frozenset({
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
    "save-state", "set-env", "set-output", "stop-commands", "warning",
})  # fmt: skip
"""Commands that a runner of GitHub Actions knows (actions/runner, src/Runner.Worker/ActionCommandManager.cs)."""


def azure_commands(output: str) -> list[str]:
    """Commands that an agent of Azure Pipelines carries out (azure-pipelines-agent, Command.cs).

    .NET's IndexOf compares by culture, which ignores characters that cannot be seen.
    """
    return [
        found[1]
        for line in _lines(output)
        if (found := re.search(r"##vso\[([^\]]*)\]", _seen(line), re.IGNORECASE))
        and len(found[1].split(" ")[0].split(".")) == 2
    ]


def github_commands(output: str) -> list[str]:
    """Commands that a runner of GitHub Actions carries out (actions/runner, ActionCommand.cs)."""
    found: list[str] = []
    for line in map(_seen, _lines(output)):
        second = re.match(r"\s*::(.*?)::", line)
        first = re.search(r"##\[([^\]]*)\]", line)
        names = [match[1].split(" ")[0].lower() for match in (second, first) if match]
        found += [name for name in names if name in GITHUB][:1]
    return found


def _lines(output: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", output)


def _seen(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(character for character in line if unicodedata.category(character) not in ("Cc", "Cf", "Mn"))
