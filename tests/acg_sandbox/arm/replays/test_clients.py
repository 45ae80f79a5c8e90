"""What real clients asked of the embedded Azure, asked again without them: the same outcomes.

``python -m tests.clients --record`` writes the recordings while ``make test-clients`` runs the clients themselves.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acg_sandbox.arm import Settings
from tests.acg_sandbox.arm.conftest import Arm
from tests.clients.recorder import FOLDER, outcome

CLIENTS = ("ansible", "az", "go", "java", "node")


def _exchanges(client: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{client}.json").read_text(encoding="utf-8"))["exchanges"]


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each exchange of a client and what comes of it here, in the order in which the client asked."""
    arm = Arm(None, seed=Settings().seed)
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for exchange in _exchanges(request.param):
        url = f"https://management.test{exchange['target']}"  # a path may begin with two slashes
        answer = arm.ask(exchange["method"], url, exchange.get("body"))
        body = answer.json() if answer.content else None
        pairs.append((exchange, outcome(answer.status_code, body, answer.headers.get("x-ms-error-code"))))
    arm.azure.state.store.close()
    return pairs


@pytest.mark.parametrize("played", CLIENTS, indirect=True)
def test_the_requests_of_a_client_have_the_outcomes_that_it_met(
    played: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    different = [
        f"{exchange['method']} {exchange['target']}: {found} instead of {exchange['answer']}"
        for exchange, found in played
        if found != exchange["answer"]
    ]
    assert different == []


def test_every_recording_is_replayed() -> None:
    assert {Path(file).stem for file in FOLDER.glob("*.json")} == set(CLIENTS)


@pytest.mark.parametrize(
    ("client", "asks"),
    [
        ("ansible", ["api-version=2019-07-01", "api-version=2019-03-01"]),
        ("az", ["Microsoft.Compute//galleries", "/providers/Microsoft.Resources/tags/default", "$filter=resourceType"]),
        ("go", ["/disks/go-disk", "/snapshots/go-snapshot", "softdeletedartifacttypes"]),
        ("java", ["/disks/java-disk", "/snapshots/java-snapshot"]),
        ("node", ["api-version=2021-10-01", "/communityGalleries/"]),
    ],
)
def test_a_recording_has_what_once_failed(client: str, asks: list[str]) -> None:
    targets = "\n".join(exchange["target"].replace("%24", "$") for exchange in _exchanges(client))
    assert [one for one in asks if one not in targets] == []
