"""A page's HTML before any script runs: the head tags of its view, and a summary to read meanwhile.

Both come from the view's exhibit, and so say what the page says.
"""

import re
from urllib.parse import urlencode

from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.contract.project import DESCRIPTION, LICENCE, TITLE
from two_shields.exhibits.country.portrait import portrait
from two_shields.exhibits.overview import summary as overview
from two_shields.exhibits.registry import Shown
from two_shields.export import since
from two_shields.record import live, versions
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES, CountryView, OverviewView
from two_shields.web import changes, preload_hints, static_files
from two_shields.web.charts import Picture, pictures_of
from two_shields.web.templating import ASSETS, render

MAX_DESCRIPTION, MAX_ROWS = 300, 8
CARD_WIDTH, CARD_HEIGHT = 1200, 630

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_RULES = re.compile(r'<link rel="stylesheet"[^>]*>')
_FONT = re.compile(r'<link\s+rel="preload"\s+href="(\./static/media/[^"]+\.woff2)"[^>]*>')
_HINTS = re.compile(r'<link rel="modulepreload"[^>]*>')
_ROOT = '<div id="root"></div>'

#: As in .streamlit/config.toml.
LINKS = {"light": "#1f5f99", "dark": "#7db8ea"}

#: The inline scripts of every page, exactly as between their tags. None depends on the view: their digests are known.
INLINE_SCRIPTS = tuple(str(text) for name, text in ASSETS.items() if name.endswith(".js"))


def render_page(page: str, record: Record, view: View, shown: Shown, base: str, *, embedded: bool = False) -> str:
    """Streamlit's page with the head and the summary of a view. Where Streamlit's page lacks a place for one, it is left out.

    Streamlit's style rules and hints move behind the summary, which would not be painted before they have come; its
    letters, which the summary's style names, come after the picture of the chart.
    """
    pictures = pictures_of(record, view, shown)
    chart_chunk, others = chunks(page, view)
    font = "".join(_FONT.findall(page)[:1])
    head = tags(view, shown, base, record.data_version, pictures, font=font, chart_chunk=chart_chunk)
    page = _NOSCRIPT.sub("", page, count=1)
    # What programs can use here is our data, not Streamlit's own interface, which is closed.
    page = page.replace(
        'rel="service-desc" href="./_stcore/agent/openapi.json"', 'rel="service-desc" href="./openapi.json"'
    )
    stylesheets = "".join(_RULES.findall(page))
    hints = render("hints.html", of_streamlit=_HINTS.findall(page), chunks=others)
    for moved in (_RULES, _HINTS, _FONT):
        page = moved.sub("", page)
    page = _TITLE.sub(lambda _: head, page, count=1)
    body = summary(record, view, shown, pictures, embedded=embedded)
    script = f"<script>{ASSETS['handover.js']}</script>"
    return page.replace(_ROOT, f"{_ROOT}\n{body}{hints}{script}\n{stylesheets}", 1)


def chunks(page: str, view: View) -> tuple[str | None, dict[str, bool]]:
    """The chunk of the chart, and the page's other chunks with whether each can wait; none where they are not known.

    The chart's chunk is by far the largest. While one connection carries it, the others have time for the many small
    ones.
    """
    needs = preload_hints.needs(static_files.origin() / "static" / "js") if static_files.manifest() else {}
    names = preload_hints.hints(page, view.path, needs)
    chart = next((name for name in names if name.startswith(f"{preload_hints.CHART}.")), None)
    return chart, {name: can_wait for name, can_wait in names.items() if name != chart}


def card_link(view: View) -> str:
    query = urlencode(view.query(), doseq=True)
    return f"/preview/{view.path or 'overview'}.png" + (f"?{query}" if query else "")


def tags(
    view: View,
    shown: Shown,
    base: str,
    version: str,
    pictures: tuple[Picture, ...] = (),
    *,
    font: str = "",
    chart_chunk: str | None = None,
) -> str:
    """Title, description, canonical link, Open Graph and Twitter tags, the data set for search engines, the summary's
    style, and hints at what the page needs first. `font` is the address of the pages' letters, where it is known."""
    return render(
        "head.html",
        shown=shown,
        description=description(shown),
        link=base + view.link(),
        card=base + card_link(view),
        feed=base + changes.feed_link(view),
        card_size=(CARD_WIDTH, CARD_HEIGHT),
        dataset=dataset(base, version),
        pictures=pictures,
        font=font,
        chart_chunk=chart_chunk,
        background=BACKGROUND,
        text=TEXT,
        links=LINKS,
    )


def description(exhibit: Shown) -> str:
    """What the chart shows and what it rests on, as long as search engines and messengers show."""
    text = f"{exhibit.description} {exhibit.source_line}".strip()
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1].rstrip() + "…"


def dataset(base: str, version: str) -> dict[str, object]:
    files = (("application/zip", "two-shields.zip"), ("application/json", "datapackage.json"))
    day = versions.day(version)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "url": f"{base}/",
        "version": version,
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": f"{base}/data/{name}"}
            for form, name in files
        ],
        **({"dateModified": day} if day else {}),
    }


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
    evidence = {"evidence": view.evidence, "data": view.data}
    return [
        (page.title, None if path == view.path else page.of_values(evidence).link()) for path, page in PAGES.items()
    ]


def _alternatives(view: View, parameter: str) -> list[tuple[str, str]]:
    """Label and link for each value of one of the view's parameters; none where the page does not have it."""
    words = next((one.words for one in view.parameters() if one.name == parameter), {})
    return [(word, view.replace(**{parameter: code}).link()) for code, word in words.items()]
