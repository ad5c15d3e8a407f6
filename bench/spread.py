"""A link that spreads: how many openings a second there can be, through nginx and its cache, and straight from Python.

`python -m bench.spread` takes about a minute. Each address is asked for as fast as answers come, ten at a time, of Python and
of nginx before the same server in turn; before each, it has been asked for twice. The processor time of the one that is
asked, its children included, depends less on what else the machine does; what the system does for it is not all in it.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.rows import Row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.conftest import serve
from proxy import before, process_at

#: Connections at a time, seconds for each address and way, and how often these take turns.
CONNECTIONS, SECONDS, ROUNDS = 8, 3, 3
#: Requests that a connection sends at once, and how often before it is closed: nginx closes it after a thousand.
BATCH, BATCHES = 10, 50
ASKED = {"A link opened": "/initiatives?view=matrix", "A card": "/preview/initiatives.png?view=matrix"}
#: How many times as many as Python, at the least; as a ratio of what an opening takes, at most one to that.
AIM = 20


def _request(site: str, link: str, reader: int) -> bytes:
    """As a reader of its own asks, so that nobody asks too often."""
    own = f"10.{reader >> 16 & 255}.{reader >> 8 & 255}.{reader & 255}"
    lines = [f"GET {link} HTTP/1.1", f"Host: {urlsplit(site).netloc}", "Accept-Encoding: br", f"X-Forwarded-For: {own}"]
    return "\r\n".join([*lines, "", ""]).encode()


async def _size(site: str, link: str) -> int:
    """Bytes of an answer, head and body. Raises `ValueError` at one that is none."""
    place = urlsplit(site)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(_request(site, link, 0))
    head = await reader.readuntil(b"\r\n\r\n")
    writer.close()
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.split(b"\r\n")[0].decode())
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(head) + int(length.partition(b":")[2])


async def _rates(site: str, link: str) -> tuple[float, float]:
    """Answers per second, and per second of processor time. They are counted by their bytes: reading them one by one would cost more than giving them."""
    for _ in range(2):  # the first is made, and the second found in the cache
        size = await _size(site, link)
    place, readers = urlsplit(site), itertools.count(1)
    began, used = time.perf_counter(), _used(site)

    async def ask() -> int:
        answered = 0
        while time.perf_counter() < began + SECONDS:
            reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**20)
            for _ in range(BATCHES):
                writer.write(b"".join(_request(site, link, next(readers)) for _ in range(BATCH)))
                await reader.readexactly(BATCH * size)
                answered += BATCH
                if time.perf_counter() >= began + SECONDS:
                    break
            writer.close()
        return answered

    answered = sum(await asyncio.gather(*(ask() for _ in range(CONNECTIONS))))
    return answered / (time.perf_counter() - began), answered / max(0.01, _used(site) - used)


def _used(site: str) -> float:
    """Seconds of processor time that the server at an address has taken, and its children."""
    listening = process_at(site)
    processes = [listening, *listening.children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def measure() -> list[Row]:
    """Both ways for each address, of one server, in turn."""
    rows = []
    with serve("server.py") as python, before([python]) as nginx:
        for name, link in ASKED.items():
            met = [[asyncio.run(_rates(site, link)) for site in (python, nginx)] for _ in range(ROUNDS)]
            for unit, number, target in (("per s", 0, 1 / AIM), ("per s of processor", 1, None)):
                one, other = (median(rates[way][number] for rates in met) for way in (0, 1))
                rows.append(Row(f"{name}, from Python", one, unit, None, None))
                rows.append(Row(f"{name}, through nginx", other, unit, one / other, target))
    return rows


if __name__ == "__main__":
    for row in measure():
        print(row)
