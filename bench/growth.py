"""How much longer a page's run takes with 100 times the claims, memberships, transfers and monthly rows.

Each page runs whole, widgets and all, without a browser (Streamlit's `AppTest`); the record is grown by `bench.grow`.
What is compared is the processor's time of this process, because a crowded machine does not change it. `first` is a
view that nobody has asked for yet, on a record in use, `again` the same view once more. What a record is searched
with (its indices) is made once, when the first page of a new record runs: that is told with the time to load it.

    python -m bench.growth
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.grow import grow
from bench.rows import Row
from two_shields.record import live
from two_shields.record.record import DATA, Record

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from page_client import opened

TARGET = 2.0
#: Milliseconds that loading and checking the grown record takes at most.
LOADING = 5_000
AGAIN = 3
#: Per page the view that makes the indices, then views that are asked for the first time.
VIEWS: dict[str, tuple[dict[str, str], ...]] = {
    "overview": ({}, {"evidence": "articles"}),
    "initiatives": ({}, {"as_of": "2023-07-01"}, {"reading": "strict"}, {"view": "matrix"}, {"view": "growth"}),
    "aid": ({}, {"donor": "FRA"}, {"kind": "military"}, {"view": "monthly"}, {"view": "reported"}),
    "systems": ({}, {"stage": "contracted"}, {"system": "samp-t"}, {"view": "matrix"}, {"view": "reference"}),
    "timeline": ({}, {"topic": "aid"}, {"country": "FRA"}, {"from": "2020-01-01"}),
    "country": ({}, {"country": "DEU"}, {"country": "POL"}, {"country": "UKR"}),
    "evidence": ({"q": "missile"}, {}, {"q": "france"}, {"q": "mistral order"}),
}


def _loaded(folder: Path) -> tuple[Record, float]:
    """The record of a folder, and the processor's milliseconds to load and check it."""
    before = time.process_time()
    record = Record.load(folder)
    return record, (time.process_time() - before) * 1000


def _run(name: str, view: dict[str, str]) -> float:
    """Milliseconds of the processor for one run of a page, in a session of its own."""
    before = time.process_time()
    app = opened(name, **view)
    taken = (time.process_time() - before) * 1000
    if app.exception:
        raise RuntimeError(f"{name} {view}: {app.exception[0].value}")
    return taken


def _pages(record: Record) -> tuple[float, dict[str, tuple[float, float]]]:
    """What the first page of a new record takes longer, and per page the medians of first and repeated views."""
    live.record = lambda: record
    medians, indices = {}, 0.0
    for name, (begun, *views) in VIEWS.items():
        indices += _run(name, begun) - _run(name, begun)
        first = [_run(name, view) for view in views]
        again = [_run(name, view) for view in views for _ in range(AGAIN)]
        medians[name] = median(first), median(again)
    return indices, medians


def measure() -> list[Row]:
    """Per page the run with the grown record beside that with the real one; then what loading takes."""
    rows: list[Row] = []
    kept = live.record
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder))
        (real_record, real_loading), (grown_record, grown_loading) = _loaded(DATA), _loaded(Path(folder))
    try:
        _run("overview", {})  # imports, and what Streamlit itself makes once
        (real_indices, real), (grown_indices, grown) = _pages(real_record), _pages(grown_record)
    finally:
        live.record = kept
    for name in VIEWS:
        for place, kind in enumerate(("first", "again")):
            ratio = grown[name][place] / real[name][place]
            rows.append(
                Row(f"{name}, {kind} time, real {real[name][place]:.0f} ms", grown[name][place], "ms", ratio, TARGET)
            )
    return [
        *rows,
        Row(f"load and check, real {real_loading:.0f} ms", grown_loading, "ms", None, LOADING),
        Row(f"indices of a new record, real {real_indices:.0f} ms", grown_indices, "ms", None, None),
    ]


if __name__ == "__main__":
    for row in measure():
        print(row, flush=True)
