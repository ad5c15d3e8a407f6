"""Many readers on one process: real sessions over WebSockets, and the memory that each holds.

python -m bench.load                what `make bench` measures
python -m bench.load --readers 50   one minute of fifty readers
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.reader import Fault, Reader
from bench.ready import ready
from bench.rows import Row
from tests.browser.conftest import serve

LINKS = Path(__file__).resolve().parent.parent / "tests" / "golden" / "links.txt"
READERS, SECONDS, CHANGES = 100, 60, 3
#: Beyond the promise: more readers each time, until something breaks.
BEYOND = (200, 400, 800)
P95, PER_SESSION = 0.3, 1.0  # seconds, MB
#: Sessions at which memory is taken.
STEPS = (50, 100, 150)
#: Streamlit keeps a session for 120 s after its connection has gone (`server.disconnectedSessionTTL`).
FORGOTTEN_AFTER = 125
_PATIENT_FOR = 300  # seconds that a minute's readers may take until all are done


@dataclass
class Minute:
    """What readers met within a minute, times in seconds; and how many cores the server and the readers took."""

    readers: int
    opened: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    server: float = 0.0
    driver: float = 0.0

    @property
    def p95(self) -> float:
        return percentile(self.reruns, 95)

    @property
    def breaks(self) -> str:
        """What was not kept, in words; blank where all was."""
        if self.faults:
            (words, number), *_ = collections.Counter(self.faults).most_common(1)
            return f"{len(self.faults)} faults, {number} of them: {words}"
        return f"p95 of a rerun {self.p95:.2f} s" if self.p95 > P95 else ""

    def __str__(self) -> str:
        return (
            f"{self.readers} readers: opened in {statistics.median(self.opened or [0]):.2f} s (p95 "
            f"{percentile(self.opened, 95):.2f}), {len(self.reruns)} reruns in "
            f"{statistics.median(self.reruns or [0]):.2f} s (p95 {self.p95:.2f}), {len(self.faults)} faults; "
            f"cores: server {self.server:.2f}, readers {self.driver:.2f}"
        )


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest of the values that as many per cent of them do not exceed; infinite where there are none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else float("inf")


def links() -> list[str]:
    """The links that readers open: one per parameter of every page."""
    lines = LINKS.read_text("utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def process_at(site: str) -> psutil.Process:
    """The process that listens at an address."""
    port = urlsplit(site).port
    return psutil.Process(
        next(c.pid for c in psutil.net_connections("tcp") if c.laddr.port == port and c.status == psutil.CONN_LISTEN)
    )


async def minute(site: str, readers: int, seconds: float = SECONDS, seed: int = 1) -> Minute:
    """Each reader comes and makes three changes, at moments spread over the minute; all stay until its end."""
    met = Minute(readers)
    chance = random.Random(seed)
    crowd = _crowd(site, readers, seed)
    server, driver = process_at(site), psutil.Process()
    began, used = time.monotonic(), (server.cpu_times(), driver.cpu_times())

    async def read(reader: Reader, moments: list[float]) -> None:
        try:
            for number, moment in enumerate(moments):
                await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
                await _timed(reader, met.reruns if number else met.opened)
        except Fault as fault:
            met.faults.append(str(fault))

    plan = [sorted(chance.uniform(0, seconds) for _ in range(1 + CHANGES)) for _ in crowd]
    try:
        async with asyncio.timeout(seconds + _PATIENT_FOR):
            await asyncio.gather(*(read(reader, moments) for reader, moments in zip(crowd, plan, strict=True)))
    except TimeoutError:
        met.faults.append(f"not all readers were served within {seconds + _PATIENT_FOR:.0f} s")
    took = max(seconds, time.monotonic() - began)
    met.server, met.driver = (
        (now.user + now.system - before.user - before.system) / took
        for now, before in zip((server.cpu_times(), driver.cpu_times()), used, strict=True)
    )
    await _leave(crowd)
    return met


async def _timed(reader: Reader, times: list[float]) -> None:
    times.append(await (reader.change() if reader.is_open else reader.open()))


def _crowd(site: str, readers: int, seed: int) -> list[Reader]:
    ways = links()
    random.Random(seed).shuffle(ways)
    return [Reader(site, ways[number % len(ways)], seed * 10_000 + number) for number in range(readers)]


async def _leave(readers: Iterable[Reader]) -> None:
    await asyncio.gather(*(reader.close() for reader in readers), return_exceptions=True)


async def warm(site: str) -> None:
    """Open every link once, so that what the process keeps for all readers is there, and its pictures are drawn."""
    await asyncio.to_thread(ready, site)
    for number, link in enumerate(links()):
        reader = Reader(site, link, number)
        try:
            await reader.open()
        finally:
            await reader.close()


@dataclass(frozen=True)
class Memory:
    """The server's resident memory in MB: by number of sessions, after they have left, and with as many new ones."""

    by_sessions: dict[int, float]
    left: float
    again: float

    @property
    def per_session(self) -> float:
        """MB per further session: the slope of the line through the points."""
        return statistics.linear_regression(list(self.by_sessions), list(self.by_sessions.values())).slope

    def __str__(self) -> str:
        points = ", ".join(f"{sessions}: {held:.0f}" for sessions, held in self.by_sessions.items())
        return (
            f"MB by sessions: {points}; {self.per_session:.2f} per further session; after they had left "
            f"{self.left:.0f}; with {max(self.by_sessions)} new ones {self.again:.0f}"
        )


async def memory(site: str, steps: tuple[int, ...] = STEPS) -> Memory:
    """Sessions that have opened a page and made three changes, one after the other, and stay connected."""
    server = process_at(site)
    points = {}
    crowd = _crowd(site, max(steps), seed=2)
    for begin, end in zip((0, *steps), steps, strict=False):
        await _use(crowd[begin:end])
        points[end] = await _settled(server)
    await _leave(crowd)
    await asyncio.sleep(FORGOTTEN_AFTER)
    left = await _settled(server)
    # The same choices again: what grows now is not what is kept for all readers, but what earlier ones left behind.
    crowd = _crowd(site, max(steps), seed=2)
    await _use(crowd)
    again = await _settled(server)
    await _leave(crowd)
    return Memory(points, left, again)


async def _use(readers: Iterable[Reader]) -> None:
    for reader in readers:
        await reader.open()
        for _ in range(CHANGES):
            await reader.change()


async def _settled(server: psutil.Process) -> float:
    """Resident memory in MB, once it has not changed for three seconds."""
    now, before = server.memory_info().rss, 0
    while now != before:
        await asyncio.sleep(3)
        before, now = now, server.memory_info().rss
    return now / 1e6


def measure() -> list[Row]:
    """A minute of a hundred readers, memory per session, and then more readers until something breaks."""
    with serve("server.py") as site:
        asyncio.run(warm(site))
        met = asyncio.run(minute(site, READERS))
        print(met, flush=True)
    rows = [
        Row(f"{READERS} readers in a minute: faults", len(met.faults), "", None, 0),
        Row(f"{READERS} readers in a minute: p95 of a rerun", met.p95, "s", None, P95),
        Row(f"{READERS} readers in a minute: p95 until a page has opened", percentile(met.opened, 95), "s", None, None),
        Row(f"{READERS} readers in a minute: the server's share of a core", met.server, "", None, None),
    ]
    for fault, number in collections.Counter(met.faults).items():
        print(f"  {number} × {fault}")
    with serve("server.py") as site:
        asyncio.run(warm(site))
        held = asyncio.run(memory(site))
        print(held, flush=True)
    rows += [
        Row("Memory per further session", held.per_session, "MB", None, PER_SESSION),
        Row(f"Memory with {max(STEPS)} sessions", held.by_sessions[max(STEPS)], "MB", None, None),
        Row(f"The same with {max(STEPS)} sessions after those", held.again, "MB", None, None),
    ]
    return rows + beyond()


def beyond() -> list[Row]:
    """More readers each time, on a new server; ends with the first number at which something breaks."""
    rows = []
    for readers in BEYOND:
        with serve("server.py") as site:
            asyncio.run(warm(site))
            met = asyncio.run(minute(site, readers))
        print(met, f"breaks: {met.breaks}" if met.breaks else "", flush=True)
        rows.append(Row(f"{readers} readers in a minute: p95 of a rerun", met.p95, "s", None, None))
        rows.append(Row(f"{readers} readers in a minute: faults", len(met.faults), "", None, None))
        if met.breaks:
            break
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, help="a minute of this many readers, and no more")
    parser.add_argument("--memory", action="store_true", help="memory per session, and no more")
    parser.add_argument("--site", help="the address of a server that runs already, without a slash at its end")
    chosen = parser.parse_args()
    if not chosen.readers and not chosen.memory:
        for row in measure():
            print(row)
        return

    def run(site: str) -> None:
        asyncio.run(warm(site))
        met = asyncio.run(minute(site, chosen.readers) if chosen.readers else memory(site))
        print(met)
        for fault, number in collections.Counter(getattr(met, "faults", ())).items():
            print(f"  {number} × {fault}")

    if chosen.site:
        run(chosen.site)
    else:
        with serve("server.py") as site:
            run(site)


if __name__ == "__main__":
    main()
