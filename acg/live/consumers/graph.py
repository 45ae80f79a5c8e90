"""Queries of Azure Resource Graph, page by page, to their end or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from azure.core.pipeline import PipelineResponse
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions, ResultFormat

from acg.live.limits import MOST_PAGES, LimitError, not_understood, too_many_pages
from acg.live.session import Session

_PAGE: Final = 1_000
"""Rows of a page at most; https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data."""
_AT_ONCE: Final = 1_000
"""Subscriptions of a query at most; there are tenants with more."""
_LIMIT_HIT: Final = "x-ms-tenant-subscription-limit-hit"
"""Header of an answer that leaves out subscriptions, because there are more than 10,000."""

_CUT: Final = "Resource Graph left out rows"

Row = dict[str, Any]


async def rows(session: Session, query: str, subscriptions: Sequence[str]) -> list[Row]:
    """All rows of a query in some subscriptions.

    Raises:
        AzureError: it could not be read to its end.
    """
    found: list[Row] = []
    for start in range(0, len(subscriptions), _AT_ONCE):
        found += await _rows(session, query, list(subscriptions[start : start + _AT_ONCE]))
    return found


def _row(given: Any) -> Row:
    if not isinstance(given, dict) or not all(isinstance(given.get(key), str) for key in ("id", "subscriptionId")):
        raise not_understood()
    return given


async def _rows(session: Session, query: str, subscriptions: list[str]) -> list[Row]:
    graph = session.graph()
    found: list[Row] = []
    token: str | None = None
    cut: list[str] = []

    def look(response: PipelineResponse[Any, Any]) -> None:
        if str(response.http_response.headers.get(_LIMIT_HIT, "")).lower() == "true":
            cut.append("there are more subscriptions than Resource Graph looks through")

    for _ in range(MOST_PAGES):
        options = QueryRequestOptions(top=_PAGE, skip_token=token, result_format=ResultFormat.OBJECT_ARRAY)
        request = QueryRequest(query=query, subscriptions=subscriptions, options=options)
        async with session.turn():
            answer: Any = await graph.resources(request, raw_response_hook=look)
        found += map(_row, answer.data)
        token = answer.skip_token
        if cut or (token is None and (answer.result_truncated == "true" or len(found) < answer.total_records)):
            raise LimitError(f"was not answered to its end: {cut[0] if cut else _CUT}")
        if token is None:
            return found
    raise too_many_pages()
