"""A Resource Manager that answers what a test says, over HTTPS, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiohttp import web

Respond = Callable[[web.Request], web.StreamResponse]


@dataclass
class Fake:
    """One that runs."""

    url: str
    ca: Path
    asked: list[str] = field(default_factory=list)
    """Paths with their queries."""
    tokens: list[str | None] = field(default_factory=list)


@asynccontextmanager
async def fake_arm(
    folder: Path, respond: Respond, before: Callable[[web.Request], Awaitable[None]] | None = None
) -> AsyncIterator[Fake]:
    """Run one; `before` can hold up an answer."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    folder.mkdir(exist_ok=True)
    ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca))
    fake = Fake("", ca)

    async def answer(request: web.Request) -> web.StreamResponse:
        fake.asked.append(request.path_qs)
        fake.tokens.append(request.headers.get("Authorization"))
        if before is not None:
            await before(request)
        return respond(request)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "localhost", 0, ssl_context=context)
    await site.start()
    fake.url = f"https://localhost:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        transports = [one.transport for one in runner.server.connections] if runner.server else []
        await runner.cleanup()
        for transport in filter(None, transports):
            transport.abort()  # closing waits for an answer of the other side, which the end of the loop may forestall
        await asyncio.sleep(0.01)  # so that the loop closes their sockets
