"""The host of the CI that a command runs in."""

from __future__ import annotations

from collections.abc import Mapping

from acg.errors import ReaderError
from acg.pull_requests.hosts.azure_devops import AzureDevOps
from acg.pull_requests.hosts.github import GitHub
from acg.pull_requests.hosts.gitlab import GitLab
from acg.pull_requests.model import Host

TOKEN = "ACG_PULL_REQUEST_TOKEN"  # noqa: S105 - the name of a variable
"""Holds a token that may push branches and write pull requests, handed to the one step that needs it."""


def host_of(environment: Mapping[str, str]) -> Host:
    """The host, with its token.

    Sources: https://docs.github.com/actions/reference/workflows-and-actions/variables,
    https://docs.gitlab.com/ci/variables/predefined_variables/,
    https://learn.microsoft.com/azure/devops/pipelines/build/variables

    Raises:
        ReaderError: the variables name no host, or the token is missing.
    """
    names = {
        "GITHUB_ACTIONS": (GitHub, ("GITHUB_API_URL", "GITHUB_REPOSITORY")),
        "GITLAB_CI": (GitLab, ("CI_API_V4_URL", "CI_PROJECT_ID")),
        "TF_BUILD": (AzureDevOps, ("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_REPOSITORY_NAME")),
    }
    for ci, (host, variables) in names.items():
        if not environment.get(ci):
            continue
        if missing := [one for one in (*variables, TOKEN) if not environment.get(one)]:
            raise ReaderError(f"the variable {missing[0]} is not set: a pull request cannot be written without it")
        return host(*(environment[one] for one in (*variables, TOKEN)))
    raise ReaderError(
        "this is no run of GitHub Actions, GitLab CI or Azure Pipelines, so there is nobody to open a pull request: "
        "use acg refresh --write, commit, and open it yourself"
    )
