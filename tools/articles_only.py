"""What the pages say with `evidence=articles`, beside the paragraphs that it rests on: for somebody to read once.

    python tools/articles_only.py [--articles ../shared/articles] > articles_only.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from two_shields.exhibits.frame import Frame  # noqa: E402
from two_shields.exhibits.registry import EXHIBITS  # noqa: E402
from two_shields.record.record import Record  # noqa: E402
from two_shields.state.parameters import View  # noqa: E402


def views(record: Record) -> Iterator[tuple[str, View, Frame]]:
    """Each exhibit as the articles alone make it; of a country's page for every country that they name."""
    kept = record.only("articles")
    for exhibit in EXHIBITS:
        chosen = [{}]
        if "country" in exhibit.page.parameters_by_name() and exhibit.page.__name__ == "CountryView":
            chosen = [{"country": iso3} for iso3 in sorted(kept["countries"]["iso3"])]
        for values in chosen:
            view = exhibit.page.of_values({"view": exhibit.view, "evidence": "articles", **values})
            frame = exhibit.frame_of(record, view)
            if frame is not None:
                yield exhibit.name, view, frame
