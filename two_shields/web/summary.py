"""The view in short, as HTML: what a reader has before the live page is there, and all that a crawler ever has.

It covers the live page until that has drawn its first chart, so its sizes and places are the live page's: whoever reads
a line or looks at the chart finds it in the same place afterwards.
"""

from two_shields.exhibits.country.portrait import portrait
from two_shields.exhibits.overview import summary as overview
from two_shields.exhibits.registry import Shown
from two_shields.export import since
from two_shields.record import live
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES, CountryView, OverviewView
from two_shields.web.charts import Picture
from two_shields.web.templating import render

MAX_ROWS = 8


def summary(record: Record, view: View, shown: Shown, pictures: tuple[Picture, ...], *, embedded: bool = False) -> str:
    """The site's pages, the page's own words, the finding, its chart as a picture, its first rows, what it rests on.

    Its links are relative: every page stands directly below the site's root.
    """
    portrait_ = portrait(record, view) if isinstance(view, CountryView) else None
    newest = live.record()
    return render(
        "summary.html",
        record=record,
        pinned_to=since.pinned_to(record) if view.data else "",
        newest=view.replace(data=None).link(),
        since=since.since(record, newest, view).sentence if view.data and record is not newest else "",
        lacks=since.missing(record, view) if view.data else (),
        way=lambda to: to.replace(data=view.data).link(),
        view=view,
        shown=shown,
        pictures=pictures,
        embedded=embedded,
        pages=_pages(view),
        evidence=_alternatives(view, "evidence"),
        kinds=_alternatives(view, "view"),
        heading=portrait_.name if portrait_ else view.title,
        about=overview.ABOUT,
        tiles=overview.tiles(record, view) if isinstance(view, OverviewView) else (),
        portrait=portrait_,
        most_rows=MAX_ROWS,
    )


def _pages(view: View) -> list[tuple[str, str | None]]:
    """Title and link of every page with the same evidence; no link for this one."""
    evidence = {"evidence": view.evidence, "data": view.data}
    return [
        (page.title, None if path == view.path else page.of_values(evidence).link()) for path, page in PAGES.items()
    ]


def _alternatives(view: View, parameter: str) -> list[tuple[str, str]]:
    """Label and link for each value of one of the view's parameters; none where the page does not have it."""
    words = next((one.words for one in view.parameters() if one.name == parameter), {})
    return [(word, view.replace(**{parameter: code}).link()) for code, word in words.items()]
