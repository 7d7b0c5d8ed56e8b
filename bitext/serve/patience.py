"""Connections on which nobody asks anything: a few hundred of them would keep all others out."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from bitext.serve import limits


class Prompt(H11Protocol):
    """HTTP over a connection that is closed if no request has come in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.timer = self.loop.call_later(limits.PATIENCE, self.look)

    def connection_lost(self, exc: Exception | None) -> None:
        self.timer.cancel()
        super().connection_lost(exc)

    def look(self) -> None:
        """Close the connection unless a request is being answered; look again later if so."""
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete:
            self.transport.close()
        else:
            self.timer = self.loop.call_later(limits.PATIENCE, self.look)
