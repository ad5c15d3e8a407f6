"""Every sentence and mark that the pages show with `evidence=articles`, beside the paragraphs that it rests on.

`make articles-only` prints the table. Read it beside the articles: what no paragraph bears out is a fault.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from two_shields.exhibits.country.portrait import portrait  # noqa: E402
from two_shields.exhibits.frame import Frame  # noqa: E402
from two_shields.exhibits.overview import summary  # noqa: E402
from two_shields.exhibits.registry import EXHIBITS  # noqa: E402
from two_shields.record.record import Record  # noqa: E402
from two_shields.state.parameters import View  # noqa: E402
from two_shields.state.views import CountryView, OverviewView  # noqa: E402

#: Where it stands, what is said, and the claims under it: none under a sentence about a whole chart.
Said = tuple[str, str, tuple[str, ...]]


def said(record: Record) -> Iterator[Said]:
    """Everything that pages say by articles alone; a country's page for each country."""
    overview = OverviewView(evidence="articles")
    yield "overview", summary.sentence(record, overview), ()
    for tile in (*summary.tiles(record, overview), *summary.groups(record, overview)):
        yield "overview", f"{tile.value} {tile.label}: {tile.about}", ()
    for item in (*summary.latest(record, overview), *summary.disputes(record, overview)):
        yield "overview", f"{item.when} {item.words}".strip(), ()
    for exhibit in EXHIBITS:
        for view in _views(record, exhibit.page, exhibit.view):
            frame = exhibit.frame_of(record, view)
            if frame is not None:
                yield from _of_frame(f"{exhibit.name} {getattr(view, 'country', '')}".strip(), frame)
    for view in _views(record, CountryView, ""):
        one = portrait(record, view)
        for words in (*one.summary, *(badge.words for badge in one.badges)):
            yield f"country {view.country}", words, ()


def _views(record: Record, page: type[View], view: str) -> Iterable[View]:
    values = {"view": view, "evidence": "articles"}
    if page is not CountryView:
        return [page.of_values(values)]
    return [page.of_values({**values, "country": code}) for code in record["countries"]["iso3"]]


def _of_frame(place: str, frame: Frame) -> Iterator[Said]:
    for words in (frame.title, frame.alt, frame.caption, *frame.notes):
        if words:
            yield place, words, ()
    cells = frame.table.drop(columns="Claims").astype(str).to_dict("records")
    for row, shown in zip(frame.rows.itertuples(), cells, strict=True):
        told = "; ".join(f"{name}: {cell}" for name, cell in shown.items() if cell not in ("", "nan", "<NA>"))
        yield place, f"**{row.heading}** {told}", row.claim_ids


def main() -> None:
    record = Record.load()
    claims = record["claims"].set_index("claim_id")
    print("| where | what is said | paragraphs |\n|---|---|---|")
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    for place, words, claim_ids in said(record):
        first.setdefault((words, claim_ids), place)
    for (words, claim_ids), place in first.items():
        found = [f"{claims.at[i, 'source_id']} ¶{claims.at[i, 'paragraph']}" for i in claim_ids]
        text = words.replace("|", "\\|").replace("\n", " ")
        print(f"| {place} | {text} | {', '.join(dict.fromkeys(found))} |")


if __name__ == "__main__":
    main()
