"""The view in short, as HTML: what a reader has before the live page is there, and all that a crawler ever has.

It lies over the live page until that has drawn its first chart, so its sizes and places are the live page's (measured
in Streamlit 1.67 with our theme): whoever reads a line or looks at the chart finds it in the same place afterwards.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.contract.project import LICENCE, TITLE
from two_shields.exhibits.country import frames as country
from two_shields.exhibits.overview import frames as overview
from two_shields.exhibits.registry import Shown
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES, CountryView, OverviewView
from two_shields.web.charts import NARROW, WIDE, Picture

MOST_ROWS = 8

_LINKS = {"light": "#1f5f99", "dark": "#7db8ea"}  # as in .streamlit/config.toml


def style(font: str) -> str:
    """The look of the summary. `font` is the address of the pages' letters, blank where it is not known.

    The letters have a name of their own, because Streamlit's rule hides text until they have come.
    """
    face = f"@font-face {{ font-family: Summary; font-weight: 100 900; font-display: swap; src: url({font}); }}"
    return f"<style>{face if font else ''}{_STYLE}</style>"


_STYLE = f"""
#summary {{ position: fixed; inset: 0; z-index: 900; overflow: auto; overflow-wrap: break-word; box-sizing: border-box;
  margin: 0; padding: 76px 16px 160px; font: 16px/1.6 Summary, "Source Sans", sans-serif; color-scheme: light dark;
  background: {BACKGROUND["light"]}; color: {TEXT["light"]}; --link: {_LINKS["light"]}; }}
#summary.embed {{ padding-top: 16px; }}
#summary * {{ box-sizing: border-box; }}
#summary :is(h1, p, nav, ul, picture, figure) {{ margin: 0; }}
#summary a {{ color: var(--link); }}
#summary nav {{ display: flex; flex-wrap: wrap; align-items: center; gap: 0 16px; min-height: 32px; line-height: 32px; }}
#summary nav > * {{ font-size: 14px; padding: 0 8px; }}
#summary nav > strong {{ font-size: 16px; font-weight: 600; padding: 0; }}
#summary nav > span {{ font-weight: 600; line-height: 28px; border-radius: 8px; background: #8882; }}
#summary nav a {{ color: inherit; text-decoration: none; }}
#summary .switch {{ display: flex; width: max-content; border: 1px solid #8884; border-radius: 8px; line-height: 30px; }}
#summary .switch a {{ padding: 0 15px; color: inherit; text-decoration: none; }}
#summary .switch a + a {{ border-left: 1px solid #8884; }}
#summary nav > .switch {{ margin-left: auto; padding: 0; }}
#summary .page {{ font-size: 25.6px; line-height: 30.72px; font-weight: 700; padding: 36px 0 16px; }}
#summary .said {{ font-size: 14px; line-height: 22.4px; padding-bottom: 16px; opacity: 0.7; }}
#summary .said a {{ color: inherit; }}
#summary .question {{ font-size: 14px; line-height: 16.8px; padding-bottom: 8px; opacity: 0.8; }}
#summary .views {{ margin-bottom: 16px; font-size: 14px; }}
#summary .views a {{ padding: 0 16px; }}
#summary .filters {{ height: 56px; }}
#summary .figures {{ display: grid; grid-template-columns: 1fr 1fr; gap: 16px; padding: 0 0 16px; list-style: none; }}
#summary .figures li {{ border: 1px solid #8883; border-radius: 8px; height: 126px; padding: 15px; font-size: 14px; }}
#summary .figures b {{ display: block; font-size: 28.8px; line-height: 43px; font-weight: 400; margin: 1px 0 6px; }}
#summary .portrait h2 {{ font-size: 23.2px; line-height: 27.84px; font-weight: 600; margin: 0; padding: 16px 0; }}
#summary .portrait p {{ padding-bottom: 16px; }}
#summary .ways {{ display: flex; flex-wrap: wrap; gap: 16px; line-height: 20px; font-size: 14px; padding-bottom: 16px; }}
#summary .ways a {{ padding-right: 8px; }}
#summary :is(.figures, .ways) a {{ color: inherit; text-decoration: none; padding-left: 9px; white-space: nowrap; }}
#summary :is(.figures, .ways) a::before {{ content: "→"; display: inline-block; width: 23px; }}
#summary .figures li {{ overflow: hidden; }}
#summary h1 {{ font-size: 19.2px; line-height: 23.04px; font-weight: 600; padding: 12px 0 16px; }}
#summary img {{ display: block; width: 100%; object-fit: contain; object-position: 0 0; font-size: 14px; }}
#summary .table {{ overflow-x: auto; margin: 16px 0; }}
#summary table {{ border-collapse: collapse; font-size: 14px; }}
#summary caption {{ text-align: start; opacity: 0.7; }}
#summary :is(th, td) {{ text-align: start; vertical-align: top; padding: 4px 12px 4px 0; }}
#summary tr {{ border-bottom: 1px solid #8884; }}
@media (min-width: 864px) {{
  #summary {{ padding-left: 80px; padding-right: 80px; }}
  #summary .figures {{ grid-template-columns: repeat(4, 1fr); }}
  #summary .beside {{ display: grid; grid-template-columns: calc((100% - 64px) / 3) 1fr; gap: 32px; }}
}}
@media (max-width: 863px) {{
  #summary nav {{ height: 110px; align-content: flex-start; row-gap: 6px; overflow: hidden; }}
  #summary nav > .switch {{ margin: 0; }}
  #summary .filters.many {{ height: 71px; }}
}}
@media (prefers-color-scheme: dark) {{
  #summary {{ background: {BACKGROUND["dark"]}; color: {TEXT["dark"]}; --link: {_LINKS["dark"]}; }}
}}
@media print {{ #summary {{ position: static; }} }}
"""

_WITHOUT_SCRIPTS = (
    "<noscript><p>The charts need JavaScript. Without it, this is the page in short; the whole record is at "
    '<a href="./data/two-shields.zip">data/two-shields.zip</a>.</p></noscript>'
)


def summary(
    record: Record, view: View, exhibit: Shown, pictures: tuple[Picture, ...], *, embedded: bool = False
) -> str:
    """The site's pages, the page's own words, the finding, its chart as a picture, its first rows, what it rests on.

    Its links are relative: every page stands directly below the site's root.
    """
    lines = [
        f'<main id="summary"{" class=embed" if embedded else ""} tabindex="-1">',
        _WITHOUT_SCRIPTS,
        _pages(view),
        f'<p class="page">{escape(view.title)}</p>',
        f'<p class="question">{escape(view.question)}</p>',
        _figures(record, view),
        _controls(view),
        _portrait(record, view),
        '<div class="beside"><div>' if isinstance(view, OverviewView) else "<div><div>",
        f"<h1>{escape(exhibit.title)}</h1>",
        picture(exhibit, pictures),
        f'<p class="said">{escape(exhibit.source_line)}</p>',
        "</div>",
        table(exhibit.table),
        "</div>",
        f'<p class="said"><a href="./data/two-shields.zip">All data</a>, version {escape(record.data_version)}, '
        f"{LICENCE['name']}</p>",
        "</main>",
    ]
    return "\n".join(filter(None, lines))


def _pages(view: View) -> str:
    """Links to all pages with the same evidence, and to this one with the other."""
    chosen = view.values()["evidence"]
    evidence = {"evidence": chosen}
    words = next(one.words for one in view.parameters() if one.name == "evidence")
    switch = (
        f'<a href=".{escape(view.replace(evidence=code).link())}">{escape(word)}</a>' for code, word in words.items()
    )
    links = [
        f'<a href=".{escape(page.of_values(evidence).link())}">{escape(page.title)}</a>'
        if path != view.path
        else f'<span aria-current="page">{escape(page.title)}</span>'
        for path, page in PAGES.items()
    ]
    return f'<nav><strong>{TITLE}</strong> {" ".join(links)} <div class="switch">{"".join(switch)}</div></nav>'


def _figures(record: Record, view: View) -> str:
    """The headline figures, which only the Overview has."""
    if not isinstance(view, OverviewView):
        return ""
    items = (
        f'<li>{escape(one.label)}<b>{escape(one.value)}</b><a href=".{escape(one.view.link())}">{escape(one.link)}</a></li>'
        for one in overview.headlines(record, view)
    )
    return f'<ul class="figures">{"".join(items)}</ul>'


def _portrait(record: Record, view: View) -> str:
    """Name, alliances, where it stands, and its other views, which only a country has."""
    if not isinstance(view, CountryView):
        return ""
    one = country.portrait(record, view)
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in one.summary)
    ways = "".join(f'<a href=".{escape(way.link())}">{escape(words)}</a>' for words, way in one.links)
    return (
        f'<div class="portrait"><h2>{escape(one.name)}</h2><p class="said">{escape(one.alliances)}.</p>{said}'
        f'<div class="ways">{ways}</div></div>'
    )


def _controls(view: View) -> str:
    """The page's kinds of view as links, and the room of its filters, which need the live page."""
    made, filters = "", 0
    for one in view.parameters():
        if one.name == "view":
            links = (
                f'<a href=".{escape(view.replace(view=code).link())}">{escape(word)}</a>'
                for code, word in one.words.items()
            )
            made = f'<p class="views switch">{" ".join(links)}</p>'
        elif one.name != "evidence" and not one.hidden:
            filters += 1
    return made + (f'<div class="filters{" many" if filters > 2 else ""}"></div>' if filters else "")


def picture(exhibit: Shown, made: tuple[Picture, ...]) -> str:
    """The chart in the reader's theme and width; nothing where the view has none, or nothing can draw it."""
    if not made:
        return ""
    sources = "".join(
        f'<source media="{media(one, made)}" srcset=".{escape(one.link)}" {_sized(one)}>' for one in made[1:]
    )
    return (
        f'<picture>{sources}<img src=".{escape(made[0].link)}" {_sized(made[0])} fetchpriority="high" '
        f'alt="{escape(exhibit.description)}"></picture>'
    )


def _sized(one: Picture) -> str:
    return 'width="{}" height="{}"'.format(*one.pixels)


def media(one: Picture, among: tuple[Picture, ...]) -> str:
    """When a browser takes this one of a view's pictures."""
    parts = [f"(prefers-color-scheme: {one.theme})"]
    if len({other.width for other in among}) > 1:
        parts.append({NARROW: "(max-width: 863px)", WIDE: "(min-width: 864px)"}[one.width])
    return " and ".join(parts)


def table(rows: pd.DataFrame) -> str:
    """The first rows as an HTML table; nothing where there are none."""
    if rows.empty:
        return ""
    heads = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(value))}</td>" for value in row) + "</tr>\n"
        for row in rows.head(MOST_ROWS).itertuples(index=False)
    )
    shown = f"<caption>{MOST_ROWS} of {len(rows)} rows</caption>" if len(rows) > MOST_ROWS else ""
    return f'<div class="table"><table>{shown}<thead><tr>{heads}</tr></thead><tbody>\n{body}</tbody></table></div>'


def cell(value: object) -> str:
    """A value as a reader writes it; blank where there is none."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    return f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)
