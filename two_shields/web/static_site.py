"""`make static`: the site as files that need neither a server nor a script, from the pages' own frames and figures.

All pages stand in one folder and their links are relative: they work below any prefix, and from a file system.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tqdm import tqdm

from two_shields.charts.style import BACKGROUND
from two_shields.contract.vocabulary import CERTAINTIES
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of, lead
from two_shields.export import image_export, since, values
from two_shields.record import data_version, live, versions
from two_shields.record.record import Record
from two_shields.state import pinned
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.text import dates
from two_shields.web import cards, changes, charts, data, head, listings
from two_shields.web.templating import render

#: Rows of a table that a page holds; the files have all.
MOST_ROWS = 500
#: Letters of a file's name, without its ending.
LONGEST_NAME = 120
_FONT = {"family": "DejaVu Sans Condensed, Arial Narrow, sans-serif", "size": 11}


def file_of(view: View) -> str:
    """The name of a view's file: `aid.html`, `aid.view-monthly.donor-FRA.html`."""
    parts = [view.path or "index", *(f"{name}-{text}" for name, texts in view.query().items() for text in texts)]
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", ".".join(parts))
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{sha256(view.link().encode()).hexdigest()[:8]}"
    return f"{name}.html"


def views_of(record: Record, links: Iterable[str]) -> list[tuple[Record, View]]:
    """Every view of the sitemap and of the links, once each, with the record that it shows."""
    found = {view.link(): (record, view) for view in listings.views(record)}
    for link in links:
        parts = urlsplit(link)
        shown, view, _ = pinned.read(PAGES[parts.path.strip("/")], parse_qs(parts.query))
        found.setdefault(view.link(), (shown, view))
    return list(found.values())


@dataclass(frozen=True)
class Section:
    """An exhibit as a page of the copy shows it: its pictures by panel, and its rows with their claims."""

    frame: Frame
    panels: Sequence[Sequence[dict[str, Any]]]

    @property
    def of(self) -> int:
        return len(self.frame.rows)

    @property
    def _table(self) -> Any:
        return self.frame.table.drop(columns="Claims").head(MOST_ROWS)

    @property
    def columns(self) -> list[str]:
        return list(self._table.columns)

    @property
    def rows(self) -> list[tuple[tuple[Any, ...], tuple[str, ...]]]:
        return list(
            zip(
                self._table.itertuples(index=False, name=None),
                self.frame.rows["claim_ids"].head(MOST_ROWS),
                strict=True,
            )
        )


@dataclass
class Site:
    """The copy in the folder `out`; `base` is the live site's address without a slash at its end, blank where there is
    none to link to. `draws`: with pictures, which need a browser."""

    out: Path
    base: str = ""
    draws: bool = True
    built: set[str] = field(default_factory=set)

    def build(self, links: Iterable[str] = (), *, quiet: bool = False) -> None:
        record = live.record()
        pages = views_of(record, links)
        self.built = {file_of(view) for _, view in pages}
        shutil.rmtree(self.out, ignore_errors=True)
        (self.out / "charts").mkdir(parents=True)
        self._data(record)
        for shown, view in tqdm(pages, desc="Pages", unit="page", disable=quiet):
            self._write(file_of(view), self.page(shown, view))
        claims = {claim_id: shown for shown, _ in reversed(pages) for claim_id in shown["claims"]["claim_id"]}
        for claim_id, shown in tqdm(claims.items(), desc="Claims", unit="claim", disable=quiet):
            self._write(f"claim-{claim_id}.html", self.claim(shown, claim_id))

    def page(self, record: Record, view: View) -> str:
        """The page of a view: its exhibits in their order, its sources, and the ways to other views."""
        shown = lead(record, view)
        frames = [(one, frame) for one in exhibits_of(view) if (frame := one.frame_of(record, view)) is not None]
        frames.sort(key=lambda pair: pair[0] is not shown.exhibit)
        sections = [Section(frame, self._panels(one, record, view)) for one, frame in frames]
        told = (f"{since.pinned_to(record)}.", *since.missing(record, view)) if view.data else ()
        return render(
            "static_page.html",
            **self._around(record, view, shown.title, head.description(shown)),
            question=view.question,
            told=told,
            sections=sections,
            sources=_sources(record, [frame for _, frame in frames]),
            others=self._others(record, view),
            card=self._card(record, view),
        )

    def claim(self, record: Record, claim_id: str) -> str:
        """The page of a claim: what it says, who said it, where it stands, and who disagrees."""
        claim = record.claims.loc[claim_id]
        conflicts = list(record.conflicts_of((claim_id,)).itertuples(index=False))
        ids = {other for conflict in conflicts for other in conflict.claim_ids}
        view = PAGES["evidence"](claim=claim_id)
        return render(
            "static_claim.html",
            **self._around(record, view, claim["statement"], f"A claim of {claim['source_publisher']}."),
            claim=claim,
            certainty=CERTAINTIES[claim["certainty"]].label.lower(),
            date=dates.words(claim["date"]),
            paragraph=values.in_words(claim["paragraph"]),
            conflicts=conflicts,
            statements=dict(record.claims.loc[sorted(ids), "statement"]),
            card="",
        )

    def _around(self, record: Record, view: View, title: str, description: str) -> dict[str, Any]:
        return {
            "title": title,
            "description": description,
            "here": file_of(view),
            "pages": [(page.title, file_of(page())) for page in PAGES.values()],
            "live": self.base + view.link() if self.base else "",
            "day": dates.words(data_version.day(record.data_version)) or "today",
            "version": record.data_version,
        }

    def _others(self, record: Record, view: View) -> Iterator[tuple[str, str]]:
        """The other views of the page that are in the copy: its kinds, the evidence switch, other countries."""
        for name in ("view", "evidence", "country"):
            parameter = next((one for one in view.parameters() if one.name == name and one.kind != "many"), None)
            for code, words in (parameter.codes(record) if parameter else {}).items():
                other = view.replace(**{name: code})
                if other != view and file_of(other) in self.built:
                    yield words, file_of(other)

    def _panels(self, exhibit: Exhibit, record: Record, view: View) -> list[list[dict[str, Any]]]:
        """The pictures of each panel; the first of a panel is for whoever states no preference."""
        if not self.draws:
            return []
        found: list[list[dict[str, Any]]] = []
        for theme in charts.THEMES:
            for size, window in charts.WIDTHS.items():
                width = charts.PHONE if size == charts.NARROW else exhibit.wide
                figures = exhibit.figures_of(record, view, theme, narrow=size == charts.NARROW)
                across = width if size == charts.NARROW else (width - 16 * (len(figures) - 1)) // max(1, len(figures))
                for number, figure in enumerate(figures):
                    found += [[]] if number == len(found) else []
                    name = (
                        f"charts/{file_of(view).removesuffix('.html')}.{exhibit.name}.{number + 1}.{size}.{theme}.svg"
                    )
                    drawn = figure.__class__(figure).update_layout(
                        width=across, paper_bgcolor=BACKGROUND[theme], font=_FONT
                    )
                    (self.out / name).write_bytes(image_export.draw(drawn, "svg"))
                    media = f"(prefers-color-scheme: {theme}) and {window}"
                    found[number].append(
                        {"file": name, "media": media, "width": across, "height": int(figure.layout.height)}
                    )
        return found

    def _card(self, record: Record, view: View) -> str:
        """The card's address, whole where the copy knows where it will stand; drawn in words where nothing can draw."""
        if not self.base:
            return ""
        shown, name = lead(record, view), f"cards/{file_of(view).removesuffix('.html')}.png"
        make = cards.with_chart if self.draws and shown.has_chart else cards.in_words
        self._write(name, make(record, view, shown))
        return self.base + head.card_link(view)

    def _data(self, record: Record) -> None:
        for name in data.names():
            self._write(f"data/{name}", data.content(record, name))
        for version in versions.published():
            for name, content in versions.files_of(version).items():
                self._write(f"data/{version}/{name}", content)
        everything = changes.ChangesView()
        self._write("changes.atom", changes.feed(everything, self.base))
        self._write("data/changes.json", changes.as_json(everything))

    def _write(self, name: str, content: str | bytes) -> None:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _sources(record: Record, frames: Iterable[Frame]) -> list[Any]:
    """The sources that the rows rest on, by publisher."""
    ids = {
        record.sources_of_claims[claim].source_id
        for frame in frames
        for claims in frame.rows["claim_ids"]
        for claim in claims
    }
    rows = record["sources"]
    return list(rows[rows["source_id"].isin(ids)].sort_values(["publisher", "title"]).itertuples(index=False))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m two_shields.web.static_site", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/site"))
    parser.add_argument("--live", default="", help="the live site's address, for links from each page to its live view")
    parser.add_argument("--links", type=Path, help="a file of further links, one a line")
    options = parser.parse_args(arguments)
    lines = options.links.read_text("utf-8").splitlines() if options.links else []
    links = [line.split("\t")[0] for line in lines if line.startswith("/")]
    draws = image_export.can_draw()
    with image_export.browser_lifespan():
        Site(options.out, options.live.rstrip("/"), draws).build(links)
    print(f"The site is in {options.out}" + ("" if draws else "; without pictures: there is no browser to draw them"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
