"""What a page's HTML says before any script runs: head tags of that very view, and a summary to read meanwhile.

Pure text: made from the exhibit of the view, so that it says what the page says.
"""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import urlencode

import pandas as pd

from two_shields import method
from two_shields.datapackage import DESCRIPTION, LICENCE, TITLE
from two_shields.parameters import View
from two_shields.site import Exhibit
from two_shields.views import PAGES
from two_shields.web import bundles, chunks

MOST_ROWS = 8
LONGEST_DESCRIPTION = 300
CARD_WIDTH, CARD_HEIGHT = 1200, 630

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_ROOT = '<div id="root"></div>'

#: On a subpage Streamlit's script looks for its server below the page's address first, and gets two 404s. All pages
#: stand directly below the site's root, which is where it is.
_BACKEND = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}</script>'

_STYLE = """<style>
#summary { font: 16px/1.5 "Source Sans", sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
#summary h1 { font-size: 1.5rem; line-height: 1.25; }
#summary nav a { margin-right: 1rem; }
#summary div { overflow-x: auto; }
#summary table { border-collapse: collapse; font-size: 0.9rem; }
#summary :is(th, td) { text-align: start; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; }
#summary tr { border-bottom: 1px solid #8884; }
@media (prefers-color-scheme: dark) { #summary { background: #10151c; color: #e6ebf1; } #summary a { color: #7db8ea; } }
</style>"""

_WITHOUT_SCRIPTS = (
    "<noscript><p>The charts need JavaScript. Without it, this is the page in short; the whole record is at "
    '<a href="./data/two-shields.zip">data/two-shields.zip</a>.</p></noscript>'
)


def dressed(page: str, view: View, exhibit: Exhibit, base: str, version: str) -> str:
    """Streamlit's page with the head and the summary of a view. What it has no place for is left out."""
    page = page.replace('    <script type="module"', hints(page, view) + '    <script type="module"', 1)
    page = _TITLE.sub(lambda _: tags(view, exhibit, base, version), page, count=1)
    page = _NOSCRIPT.sub(_WITHOUT_SCRIPTS, page, count=1)
    return page.replace(_ROOT, f'<div id="root">{summary(view, exhibit, version)}</div>', 1)


def hints(page: str, view: View) -> str:
    """Links that have the browser fetch at once what this page will need; none where the chunks are not known."""
    names = chunks.hints(page, view.path, bundles.manifest().get("needs", {}))
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n    ' for name in names)


def card_link(view: View) -> str:
    """The address of the view's card, from the root of the site."""
    query = urlencode(view.query(), doseq=True)
    return f"/preview/{view.path or 'overview'}.png" + (f"?{query}" if query else "")


def tags(view: View, exhibit: Exhibit, base: str, version: str) -> str:
    """Title, description, canonical link, Open Graph and Twitter tags, and the data set for search engines."""
    title, about = f"{exhibit.title} · {TITLE}", description(exhibit)
    link, card = base + view.link(), base + card_link(view)
    properties = {
        "og:type": "website",
        "og:site_name": TITLE,
        "og:title": exhibit.title,
        "og:description": about,
        "og:url": link,
        "og:image": card,
        "og:image:type": "image/png",
        "og:image:width": str(CARD_WIDTH),
        "og:image:height": str(CARD_HEIGHT),
        "og:image:alt": exhibit.title,
    }
    names = {
        "description": about,
        "twitter:card": "summary_large_image",
        "twitter:title": exhibit.title,
        "twitter:description": about,
        "twitter:image": card,
    }
    lines = [
        f"<title>{escape(title)}</title>",
        *(f'<meta name="{name}" content="{escape(text)}" />' for name, text in names.items()),
        *(f'<meta property="{name}" content="{escape(text)}" />' for name, text in properties.items()),
        f'<link rel="canonical" href="{escape(link)}" />',
        f'<script type="application/ld+json">{_in_script(dataset(base, version))}</script>',
        _BACKEND,
    ]
    return "\n    ".join(lines)


def description(exhibit: Exhibit) -> str:
    """What the chart shows and what it rests on, as long as search engines and messengers show."""
    text = f"{exhibit.description} {exhibit.source_line}".strip()
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"


def dataset(base: str, version: str) -> dict[str, object]:
    """The record as a schema.org `Dataset`."""
    files = (("application/zip", "two-shields.zip"), ("application/json", "datapackage.json"))
    made: dict[str, object] = {
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
    }
    day = method.released()
    return made | {"dateModified": day} if day else made


def _in_script(value: object) -> str:
    """JSON that cannot end the script that it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def summary(view: View, exhibit: Exhibit, version: str) -> str:
    """The view in short, as HTML: the other pages, the finding, the first rows of its table, what it rests on.

    Its links are relative: every page stands directly below the site's root.
    """
    links = [
        f'<a href=".{escape(page.of_values({"evidence": view.values()["evidence"]}).link())}">{escape(page.title)}</a>'
        for path, page in PAGES.items()
        if path != view.path
    ]
    lines = [
        _STYLE,
        '<main id="summary">',
        f"<nav><b>{TITLE}</b> · {' '.join(links)}</nav>",
        f"<h1>{escape(exhibit.title)}</h1>",
        table(exhibit.table),
        f"<p>{escape(exhibit.source_line)}</p>",
        f'<p><a href="./data/two-shields.zip">All data</a>, version {escape(version)}, {LICENCE["name"]}</p>',
        "</main>",
    ]
    return "\n".join(filter(None, lines))


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
    return f"<div><table>{shown}<thead><tr>{heads}</tr></thead><tbody>\n{body}</tbody></table></div>"


def cell(value: object) -> str:
    """A value as a reader writes it; blank where there is none."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    return f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)
