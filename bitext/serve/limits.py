"""What one client may ask for, and how often: around the application, before it reads a byte."""

import asyncio
import json
import time
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Seconds that a client may take for its headers, and for each further piece of its request.
PATIENCE = 30.0
# Clients that are remembered; with more, those that are not under a limit are forgotten.
CLIENTS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Bounds of the service; a rate of 0 means none.

    `characters` and `texts` are those of a request, `per_minute` the requests of one client.
    """

    size: int = 4 * 1024 * 1024
    characters: int = 100_000
    texts: int = 1_000
    terms: int = 1_000
    per_minute: int = 600


class TooLarge(Exception):
    """The body has more bytes than it may have."""


class TooSlow(Exception):
    """The body does not come."""


class Limited:
    """
    Refuses requests that are too large, too many, or not meant for this host.

    `hosts` are the names under which the server may be asked for (none: any): a page of the web
    that has its own name point to this machine is refused by it.
    """

    def __init__(self, app: ASGIApp, limits: Limits, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.limits = limits
        self.hosts = frozenset(hosts)
        self.buckets: MutableMapping[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if self.hosts and host_of(headers.get(b"host", "")) not in self.hosts:
            await refuse(send, 403, "this server answers under its own name only")
            return
        wait = self.wait(scope["client"][0] if scope.get("client") else "")
        if wait:
            await refuse(send, 429, f"Slowdown: try again in {wait:.0f} s", {"Retry-After": wait})
            return
        length = headers.get(b"content-length", "0")
        # So many digits are no size, and int() refuses thousands of them.
        if not length.isdecimal() or len(length) > 15 or int(length) > self.limits.size:
            await refuse(send, 413, f"the request has more than {self.limits.size:,} bytes")
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, bounded(receive, self.limits.size), watched)
        except TooLarge:
            if not started:
                await refuse(send, 413, f"the request has more than {self.limits.size:,} bytes")
        except TooSlow:
            if not started:
                await refuse(send, 408, "the request did not come in time")

    def wait(self, client: str) -> float:
        """Seconds until this client may ask again; 0 if it may now (a bucket that fills up)."""
        most = self.limits.per_minute
        if not most:
            return 0.0
        now = time.monotonic()
        left, seen = self.buckets.pop(client, (float(most), now))
        left = min(most, left + (now - seen) * most / 60)
        may = left >= 1
        self.buckets[client] = (left - 1 if may else left, now)  # the latest stand last
        while len(self.buckets) > CLIENTS:
            del self.buckets[next(iter(self.buckets))]
        return 0.0 if may else max(1.0, (1 - left) * 60 / most)


def host_of(header: str) -> str:
    """
    The host without its port.

    >>> host_of("localhost:5000"), host_of("[::1]:5000")
    ('localhost', '::1')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()


def bounded(receive: Receive, most: int) -> Receive:
    """The request's messages, up to so many bytes, whatever its header promised, and in time."""
    left = most
    whole = False

    async def counted() -> Message:
        nonlocal left, whole
        if whole:  # what comes now is that the client has gone
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError as error:
            raise TooSlow from error
        whole = not message.get("more_body", False)
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return counted


async def refuse(
    send: Send, status: int, error: str, headers: dict[str, Any] | None = None
) -> None:
    body = json.dumps({"error": error}).encode()
    pairs = {"Content-Type": "application/json", "Content-Length": len(body)} | (headers or {})
    named = [(key.lower().encode(), f"{value}".encode()) for key, value in pairs.items()]
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})
