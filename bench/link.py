"""A slow link: a TCP proxy that delays and limits what passes, for all connections together.

The browser's own emulation leaves websockets alone and opens connections for nothing. Here, opening one costs a round
trip, every byte half of one, and all that comes down shares one line. TCP's slow start and losses are not imitated.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: Bytes that pass at once; small enough that six connections share the line as they would.
PIECE = 4096


@dataclass
class Line:
    """One direction of the link. `rate` in bytes per second, `delay` in seconds; `passed` counts bytes."""

    rate: float
    delay: float
    passed: int = 0
    _free_at: float = 0.0

    def book(self, size: int, now: float) -> float:
        """When the last of these bytes leaves the line's near end."""
        self._free_at = max(now, self._free_at) + size / self.rate
        self.passed += size
        return self._free_at


@dataclass
class Link:
    """The whole link, in front of a server on this machine. `round_trip` in seconds, `rate` in bytes per second."""

    server: int
    rate: float
    round_trip: float
    down: Line = field(init=False)
    up: Line = field(init=False)
    port: int = 0

    def __post_init__(self) -> None:
        self.down, self.up = Line(self.rate, self.round_trip / 2), Line(self.rate, self.round_trip / 2)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.round_trip)  # what it takes to open a connection
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.server, limit=PIECE)
        except OSError:
            writer.close()
            return
        with suppress(asyncio.CancelledError):  # the link's end
            await asyncio.gather(self._pass(reader, far_writer, self.up), self._pass(far_reader, writer, self.down))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: Line) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(_arrive(under_way, writer))
        clock = asyncio.get_running_loop().time
        piece = b"start"
        while piece:
            piece = b""
            with suppress(OSError):
                piece = await reader.read(PIECE)
            leaves = line.book(len(piece), clock())
            under_way.put_nowait((leaves + line.delay, piece))
            await asyncio.sleep(leaves - clock())
        await arriving


async def _arrive(under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    """Hand over each piece at its time; an empty one is the end."""
    clock = asyncio.get_running_loop().time
    while True:
        at, piece = await under_way.get()
        await asyncio.sleep(at - clock())
        if not piece:
            break
        with suppress(OSError):
            writer.write(piece)
            await writer.drain()
    with suppress(OSError):
        writer.close()


@contextmanager
def slowed(server: int, *, rate: float, round_trip: float) -> Iterator[Link]:
    """A running link in front of the server at that port; `Link.port` is where to ask."""
    link, started, loop = Link(server, rate, round_trip), threading.Event(), asyncio.new_event_loop()
    end = asyncio.Event()

    async def run() -> None:
        listening = await asyncio.start_server(link.connect, "127.0.0.1", 0, limit=PIECE)
        link.port = listening.sockets[0].getsockname()[1]
        started.set()
        async with listening:
            await end.wait()
        open_still = asyncio.all_tasks() - {asyncio.current_task()}
        for task in open_still:
            task.cancel()
        await asyncio.gather(*open_still, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), name="slow link", daemon=True)
    thread.start()
    started.wait()
    try:
        yield link
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(5)
