"""The headers that every answer of ARM carries."""

from __future__ import annotations

import time
from collections.abc import Mapping


def standard_headers(request_id: str, now: float, asked: Mapping[str, str], code: str | None) -> dict[str, str]:
    """Ids, caching and a refusal's ``code``; ``now`` in seconds since 1970, ``asked`` are the request's headers."""
    correlation = asked.get("x-ms-correlation-request-id", request_id)
    day = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    headers = {
        "Cache-Control": "no-cache",
        "Pragma": "no-cache",
        "Expires": "-1",
        "x-ms-request-id": request_id,
        "x-ms-correlation-request-id": correlation,
        "x-ms-routing-request-id": f"EMBEDDED:{day}:{request_id}",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
    }
    if code is not None:
        headers["x-ms-error-code"] = code
    echoed = asked.get("x-ms-client-request-id")
    if echoed and asked.get("x-ms-return-client-request-id", "").lower() == "true":
        headers["x-ms-client-request-id"] = echoed
    return headers
