"""Two whole servers on one folder of cards, and how they end: killed, and told to under load."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import uvicorn
from browser.conftest import ROOT, free_port, stop, wait_for
from web_client import get, run
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from two_shields.export import image_export
from two_shields.web import SHUTDOWN_TIMEOUT, lifespan, preview

pytestmark = pytest.mark.browser

#: Seconds beyond the goodbye in which a process comes to its end, on a busy machine.
SLACK = 60
SESSIONS = 5


@contextmanager
def started(folder, temporary):
    """A whole server that keeps its cards in that folder; the process and its port."""
    port = free_port()
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "server.py",
        *(f"--{name}={options[name]}" for name in options),
    ]
    environment = {**os.environ, preview.CARDS_FOLDER: str(folder), "TMPDIR": str(temporary)}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_for(server, f"http://127.0.0.1:{port}/_stcore/health", log)
            yield server, port
        finally:
            stop(server)


@pytest.fixture
def folders(tmp_path):
    """A folder for the cards, and one for temporary files whose path is short."""
    with tempfile.TemporaryDirectory(prefix="ts-") as temporary:
        yield tmp_path / "cards", Path(temporary)


def card(port, name):
    answer = get(f"http://127.0.0.1:{port}/preview/{name}")
    assert (answer.status, answer.body[:8], answer.body[-8:-4]) == (200, b"\x89PNG\r\n\x1a\n", b"IEND")
    return answer


def with_chart(port, name):
    """The card, asked for again as one in words says: on a busy machine the first chart may take too long."""
    end = time.monotonic() + 3 * SLACK
    while "max-age=3600" not in (answer := card(port, name)).headers["cache-control"]:
        assert time.monotonic() < end, "no chart"
    return answer


def test_two_servers_one_killed_and_one_told_to_end_under_load(folders):
    folder, temporary = folders
    with started(folder, temporary) as (first, first_port), started(folder, temporary) as (second, port):
        drawn = with_chart(first_port, "aid.png")
        first_ones = psutil.Process(first.pid).children(recursive=True)
        (kept,) = (path for path in folder.iterdir() if drawn.body in path.read_bytes())
        file = kept.stat().st_ino
        assert card(port, "aid.png").body == drawn.body
        assert kept.stat().st_ino == file, "the second has drawn it again"

        asking = threading.Thread(target=lambda: get_whatever(first_port, "/preview/timeline.png"))
        asking.start()
        os.kill(first.pid, signal.SIGKILL)
        first.wait(SLACK)
        asking.join(SLACK)
        # A browser whose server is gone ends by itself.
        assert not psutil.wait_procs(first_ones, timeout=SLACK)[1]
        with_chart(port, "timeline.png")
        under_load(second, port)
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]
    # What the killed one had open stays, for it could tidy up nothing: its browser's page and profile, at most.
    assert len(list(temporary.iterdir())) <= 2


def test_who_takes_nothing_off_the_line_keeps_the_server_no_longer_than_the_goodbye():
    server = uvicorn.Server(uvicorn.Config("nothing:nothing"))
    unbounded = server.config.timeout_graceful_shutdown

    async def life():
        async with lifespan(None):
            return server.config.timeout_graceful_shutdown

    with server.capture_signals():  # as it does when it runs
        assert (unbounded, run(life)) == (None, SHUTDOWN_TIMEOUT)
    assert SHUTDOWN_TIMEOUT > preview.MAX_WAIT, "a card that falls back to words is cut off"
    image_export._closed = False


def get_whatever(port, path):
    try:
        return get(f"http://127.0.0.1:{port}{path}")
    except OSError as fault:
        return fault


def under_load(server, port):
    """Told to end with sessions open, cards being drawn and a download that somebody takes slowly."""
    tree = psutil.Process(server.pid).children(recursive=True)
    assert tree, "no browser is open"
    whole = get(f"http://127.0.0.1:{port}/data/claims.json").body
    answers = {}

    def ask(path):
        answers[path] = get_whatever(port, path)

    paths = [f"/preview/{name}" for name in ("initiatives.png", "systems.png", "country.png")]
    asking = [threading.Thread(target=ask, args=(path,)) for path in paths]
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", port))
    closed = []
    opened = threading.Barrier(2)

    async def sessions():
        sockets = [await connect(f"ws://127.0.0.1:{port}/_stcore/stream") for _ in range(SESSIONS)]
        await asyncio.to_thread(opened.wait, SLACK)
        for one in sockets:
            try:
                while True:
                    await one.recv()
            except ConnectionClosed as end:
                closed.append(end.rcvd.code if end.rcvd else None)

    listening = threading.Thread(target=lambda: asyncio.run(sessions()))
    listening.start()
    opened.wait(SLACK)
    request = b"GET /data/claims.json HTTP/1.1\r\nHost: shields.example\r\n"
    slow.sendall(request + b"Connection: close\r\n\r\n")
    for thread in asking:
        thread.start()
    time.sleep(1)  # so that all are under way: the server has one thread for what it reads

    server.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    while True:  # new connections are refused while old ones are answered
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            break
        assert time.monotonic() < asked + SHUTDOWN_TIMEOUT
        time.sleep(0.05)
    received = b""
    while part := slow.recv(65536):
        received += part
        time.sleep(0.01)
    assert received.partition(b"\r\n\r\n")[2] == whole
    for thread in [*asking, listening]:
        thread.join(SLACK)
    for path in paths:
        assert getattr(answers[path], "status", answers[path]) == 200, path
        assert answers[path].body[-8:-4] == b"IEND"
    assert closed == [1012] * SESSIONS  # “service restart”: Streamlit's page connects anew
    assert server.wait(SHUTDOWN_TIMEOUT + SLACK) == -signal.SIGTERM
    assert not psutil.wait_procs(tree, timeout=SLACK)[1]
