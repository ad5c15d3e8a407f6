"""A link that spreads: how many openings a second there can be, through nginx and its cache, and straight from Python.

`python -m bench.spread` takes about a minute. wrk asks for each address as fast as answers come, of Python and of nginx
before the same server in turn; before each, it has been asked for twice. It has one of two cores to itself: the processor
time of the one that is asked, its children included, is the other measure.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from bench.rows import Row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.conftest import serve
from proxy import before, process_at

#: Connections at a time, seconds for each address and way, and how often these take turns.
CONNECTIONS, SECONDS, ROUNDS = 64, 3, 3
ASK = Path(__file__).with_name("ask.lua")
ASKED = {"A link opened": "/initiatives?view=matrix", "A card": "/preview/initiatives.png?view=matrix"}
#: How many times as many as Python, at the least; as a ratio of what an opening takes, at most one to that.
AIM = 20


def _rates(site: str, link: str) -> tuple[float, float]:
    """Answers per second, and per second of processor time. Raises `ValueError` at one that is not well."""
    for _ in range(2):  # the first is made, and the second found in the cache
        urlopen(Request(site + link, headers={"Accept-Encoding": "br"})).read()
    used = _used(site)
    command = [
        "wrk",
        "--threads=1",
        f"--connections={CONNECTIONS}",
        f"--duration={SECONDS}",
        f"--script={ASK}",
        site + link,
    ]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answers, microseconds, refused = map(
        int, re.search(r"(\d+) answers, (\d+) microseconds, (\d+) refused", report).groups()
    )
    if refused:
        raise ValueError(f"{refused} of {answers} answers from {site}{link} are none")
    return answers / microseconds * 1e6, answers / max(0.01, _used(site) - used)


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
            met = [[_rates(site, link) for site in (python, nginx)] for _ in range(ROUNDS)]
            for unit, number, target in (("per s", 0, 1 / AIM), ("per s of processor", 1, None)):
                one, other = (median(rates[way][number] for rates in met) for way in (0, 1))
                rows.append(Row(f"{name}, from Python", one, unit, None, None))
                rows.append(Row(f"{name}, through nginx", other, unit, one / other, target))
    return rows


if __name__ == "__main__":
    for row in measure():
        print(row)
