"""What the server writes leaves at once: no answer waits for the confirmation of the one before."""

import asyncio
import socket
from types import SimpleNamespace

import pytest
from web_client import run

from two_shields import web


async def accepted(listening, *, by_us: bool, monkeypatch) -> int:
    """TCP_NODELAY on a connection that a server takes on that socket, ours or one that was left alone."""
    taken: asyncio.Queue[int] = asyncio.Queue()

    async def take(_reader, writer):
        wire = writer.get_extra_info("socket")
        taken.put_nowait(wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    server = await asyncio.start_server(take, sock=listening)
    running = SimpleNamespace(started=False, servers=[server], config=SimpleNamespace(timeout_graceful_shutdown=1))
    monkeypatch.setattr(web, "_server", lambda: running if by_us else None)
    monkeypatch.setattr(web, "_warm_up", lambda keep, ended: None)
    async with web.lifespan(None), server:
        running.started = True  # uvicorn says so once it listens, which is after the lifespan has begun
        await asyncio.sleep(0.1)
        _, writer = await asyncio.open_connection(*listening.getsockname())
        answer = await asyncio.wait_for(taken.get(), 30)
        writer.close()
    return answer


@pytest.mark.parametrize("by_us", [True, False], ids=["ours", "left alone"])
def test_a_connection_is_told_not_to_wait(by_us, monkeypatch):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:  # as Streamlit makes it, without a protocol
        listening.bind(("127.0.0.1", 0))
        held = run(lambda: accepted(listening, by_us=by_us, monkeypatch=monkeypatch))
    assert bool(held) == by_us
