"""`make static`: the site as files that need neither a server nor a script, from the pages' own frames and figures.

All pages stand in one folder and their links are relative: they work below any prefix, and from a file system.
`links.map` says which file copies which link, for nginx.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from two_shields.contract.vocabulary import CERTAINTIES
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of, lead
from two_shields.export import image_export, since, values
from two_shields.record import live, versions
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state import pinned
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.text import dates
from two_shields.text.progress import progress
from two_shields.web import cards, changes, charts, data, head, listings
from two_shields.web.templating import render

#: Rows of a table that a page holds; the files have all.
MOST_ROWS = 500
#: Letters of a file's name, without its ending.
LONGEST_NAME = 120


def file_of(view: View) -> str:
    """The name of a view's file: `aid.html`, `aid.view-monthly.donor-FRA.html`."""
    parts = [view.path or "index", *(f"{name}-{text}" for name, texts in view.query().items() for text in texts)]
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", ".".join(parts))
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{sha256(view.link().encode()).hexdigest()[:8]}"
    return f"{name}.html"


@dataclass(frozen=True)
class Page:
    """A view to copy: the record that it shows, and the links that lead to it."""

    record: Record
    view: View
    links: set[str]


def pages_of(record: Record, links: Iterable[str]) -> list[Page]:
    found = {view.link(): Page(record, view, {view.link()}) for view in listings.views(record)}
    for link in links:
        parts = urlsplit(link)
        shown, view, _ = pinned.read(PAGES[parts.path.strip("/")], parse_qs(parts.query))
        found.setdefault(view.link(), Page(shown, view, {view.link()})).links.add(link)
    return list(found.values())


@dataclass(frozen=True)
class Section:
    """An exhibit as a page of the copy shows it: its pictures by panel, and its rows with their claims."""

    frame: Frame
    panels: Sequence[Sequence[dict[str, Any]]]

    @property
    def of(self) -> int:
        return len(self.frame.rows)

    @cached_property
    def table(self) -> pd.DataFrame:
        return self.frame.table.drop(columns="Claims").head(MOST_ROWS)

    @cached_property
    def rows(self) -> list[tuple[tuple[Any, ...], tuple[str, ...]]]:
        cells = self.table.itertuples(index=False, name=None)
        return list(zip(cells, self.frame.rows["claim_ids"].head(MOST_ROWS), strict=True))


@dataclass
class Site:
    """The copy in the folder `out`; `base` is the live site's address without a slash at its end, blank where there is
    none to link to. `draws`: with pictures, which need a browser."""

    out: Path
    base: str = ""
    draws: bool = True
    built: set[str] = field(default_factory=set)
    _browser: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "pictures"))
    _drawing: list[Future[None]] = field(default_factory=list)

    def build(self, links: Iterable[str] = ()) -> None:
        record = live.record()
        pages = pages_of(record, links)
        self.built = {file_of(page.view) for page in pages}
        shutil.rmtree(self.out, ignore_errors=True)
        self._data(record)
        self._write("links.map", "".join(map(_mapped, pages)))
        for page in progress(pages, "Pages", len(pages)):
            before, self._drawing = self._drawing, []
            self._write(file_of(page.view), self.page(page.record, page.view))
            self._draw(f"cards/{_stem(page.view)}.png", partial(self.card, page.record, page.view))
            _finish(before)  # while a page is written, the pictures of the one before are drawn
        _finish(self._drawing)
        claims = {claim_id: page.record for page in reversed(pages) for claim_id in page.record["claims"]["claim_id"]}
        for claim_id, shown in progress(claims.items(), "Claims", len(claims)):
            self._write(f"claim-{claim_id}.html", self.claim(shown, claim_id))

    def page(self, record: Record, view: View) -> str:
        """The page of a view: its exhibits in their order, its sources, and the ways to other views."""
        shown = lead(record, view)
        frames = [(one, frame) for one in exhibits_of(view) if (frame := one.frame_of(record, view)) is not None]
        frames.sort(key=lambda pair: pair[0] is not shown.exhibit)
        sections = [Section(frame, self._panels(one.alone or one, frame, view)) for one, frame in frames]
        told = (f"{since.pinned_to(record)}.", *since.missing(record, view)) if view.data else ()
        return render(
            "static_page.html",
            **self._around(record, view, shown.title, head.description(shown)),
            question=view.question,
            told=told,
            sections=sections,
            sources=_sources(record, [frame for _, frame in frames]),
            others=self._others(record, view),
            card=self.base and self.base + head.card_link(view),
        )

    def claim(self, record: Record, claim_id: str) -> str:
        """The page of a claim: what it says, who said it, where it stands, and who disagrees."""
        claim = record.claims.loc[claim_id]
        conflicts = tuples(record.conflicts_of((claim_id,)))
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
            "day": dates.words(versions.day(record.data_version)) or "today",
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

    def _panels(self, exhibit: Exhibit, frame: Frame, view: View) -> list[list[dict[str, Any]]]:
        """The pictures of each panel; the first of a panel is for whoever states no preference."""
        found: dict[int, list[dict[str, Any]]] = {}
        panels = exhibit.panels if self.draws and not frame.rows.empty else ()
        for theme, size in product(charts.THEMES, charts.WIDTHS):
            across = charts.across(exhibit, size)
            for number, panel in enumerate(panels, 1):
                figure = panel(frame, theme, narrow=size == charts.NARROW)
                name = f"charts/{_stem(view)}.{exhibit.name}.{number}.{size}.{theme}.svg"
                self._draw(name, partial(image_export.draw, image_export.sized(figure, across, theme), "svg"))
                media = f"(prefers-color-scheme: {theme}) and {charts.WIDTHS[size]}"
                picture = {"file": name, "media": media, "width": across, "height": int(figure.layout.height)}
                found.setdefault(number, []).append(picture)
        return list(found.values())

    def card(self, record: Record, view: View) -> bytes:
        shown = lead(record, view)
        return (cards.with_chart if self.draws and shown.has_chart else cards.in_words)(record, view, shown)

    def _draw(self, name: str, picture: Callable[[], bytes]) -> None:
        """Write a picture once the browser has time for it."""
        self._drawing.append(self._browser.submit(lambda: self._write(name, picture())))

    def _data(self, record: Record) -> None:
        for name in data.names():
            self._write(f"data/{name}", data.content(record, name))
        for version in versions.published():
            for name, content in versions.files_of(version).items():
                self._write(f"data/{version}/{name}", content)
        everything = changes.ChangesView()
        if self.base:  # a feed has to say where it is
            self._write("changes.atom", changes.feed(everything, self.base))
        self._write("data/changes.json", changes.as_json(everything))

    def _write(self, name: str, content: str | bytes) -> None:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _stem(view: View) -> str:
    return file_of(view).removesuffix(".html")


def _mapped(page: Page) -> str:
    files = {link: file_of(page.view) for link in sorted(page.links)}
    files[head.card_link(page.view)] = f"cards/{_stem(page.view)}.png"
    return "".join(f'"{link}" "/{file}";\n' for link, file in files.items())


def _finish(drawing: Iterable[Future[None]]) -> None:
    for picture in drawing:
        picture.result()


def _sources(record: Record, frames: Iterable[Frame]) -> list[Any]:
    ids = {
        record.sources_of_claims[claim].source_id
        for frame in frames
        for claims in frame.rows["claim_ids"]
        for claim in claims
    }
    rows = record["sources"]
    return tuples(rows[rows["source_id"].isin(ids)].sort_values(["publisher", "title"]))


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
    print(
        f"The site is in {options.out}, {len(list(options.out.glob('*.html'))):,} pages"
        + ("" if draws else "; without pictures: there is no browser to draw them")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
