"""What a page's HTML says before any script runs: head tags of that very view, and a summary to read meanwhile.

Pure text: made from the exhibit of the view, so that it says what the page says.
"""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import urlencode

from two_shields.contract.project import DESCRIPTION, LICENCE, TITLE
from two_shields.exhibits.registry import Shown
from two_shields.record import data_version
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.web import preload_hints, static_files
from two_shields.web.charts import Picture, pictures_of
from two_shields.web.summary import media, style, summary

LONGEST_DESCRIPTION = 300
CARD_WIDTH, CARD_HEIGHT = 1200, 630

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_RULES = re.compile(r'<link rel="stylesheet"[^>]*>')
_FONT = re.compile(r'href="(\./static/media/[^"]+\.woff2)"')
_ROOT = '<div id="root"></div>'

#: On a subpage Streamlit's script looks for its server below the page's address first, and gets two 404s. All pages
#: stand directly below the site's root, which is where it is.
_BACKEND = 'window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}'

#: The summary lies over the live page, which cannot be reached meanwhile, until that has drawn its first chart, or has
#: run and has none; then it is gone for good. What is still to come stands below. Where a script fails it stays. While the page waits for its server, the largest
#: chunk is begun: the browser has it by then, and would start it only when the chart is there.
_GIVES_WAY = """(() => {
  const root = document.getElementById("root"), summary = document.getElementById("summary");
  const first = (among, selector) => among.querySelector(selector);
  const begun = () => {
    const app = first(root, '[data-testid="stApp"]');
    return app && app.dataset.testConnectionState === "CONNECTED" && app;
  };
  const there = () => {
    const app = begun();
    const main = app && first(app, '[data-testid="stMain"]');
    if (!main || !first(main, '[data-testid="stElementContainer"]')) return false;
    const chart = first(main, '[data-testid="stPlotlyChart"], [data-testid="stSkeleton"]');
    return chart ? Boolean(first(chart, ".main-svg")) : app.dataset.testScriptState === "notRunning";
  };
  let chunk = first(document, "#chart-chunk");
  const look = () => {
    if (chunk && begun()) {
      import(chunk.href).catch(() => {});
      chunk = null;
    }
    if (!there()) return;
    watching.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      root.inert = false;
      const main = first(root, '[data-testid="stMain"]');
      if (main && summary.scrollTop) main.scrollTop = summary.scrollTop;
      summary.remove();
    }));
  };
  const watching = new MutationObserver(look);
  root.inert = true;
  watching.observe(root, {subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state"]});
})()"""

#: All scripts that stand in the HTML and run, exactly as they stand between their tags; none says anything of a view.
INLINE_SCRIPTS = (_BACKEND, _GIVES_WAY)


def dressed(page: str, record: Record, view: View, exhibit: Shown, base: str, *, embedded: bool = False) -> str:
    """Streamlit's page with the head and the summary of a view. What it has no place for is left out.

    Streamlit's style rules move behind the summary: in the head they would keep it from being painted until they have
    come.
    """
    font = _FONT.search(page)
    among = pictures_of(record, view, exhibit)
    lines = [tags(view, exhibit, base, record.data_version), style(font.group(1) if font else ""), *images(among)]
    chart, others = hints(page, view)
    page = _TITLE.sub(lambda _: "\n    ".join([*lines, *chart]), page, count=1)
    page = _NOSCRIPT.sub("", page, count=1)
    # What programs can use here is our data, not Streamlit's own interface, which is closed.
    page = page.replace(
        'rel="service-desc" href="./_stcore/agent/openapi.json"', 'rel="service-desc" href="./openapi.json"'
    )
    rules = "".join(_RULES.findall(page))
    page = _RULES.sub("", page).replace("</head>", "".join(f"  {hint}\n  " for hint in others) + "</head>", 1)
    made = summary(record, view, exhibit, among, embedded=embedded)
    return page.replace(_ROOT, f"{_ROOT}\n{made}\n{rules}\n<script>{_GIVES_WAY}</script>", 1)


def images(among: tuple[Picture, ...]) -> list[str]:
    """Links that have the browser fetch the picture of the chart before the scripts."""
    return [
        f'<link rel="preload" as="image" fetchpriority="high" media="{media(one, among)}" href=".{escape(one.link)}">'
        for one in among
    ]


def hints(page: str, view: View) -> tuple[list[str], list[str]]:
    """Links that have the browser fetch at once what this page will need; none where the chunks are not known.

    The chart's chunk apart: it is by far the largest. While one connection carries it, the others have time for the
    many small ones, those without which nothing runs first.
    """
    names = preload_hints.hints(page, view.path, static_files.manifest().get("needs", {}))
    chart = [name for name in names if name.startswith(f"{preload_hints.CHART}.")]
    links = {
        name: f'<link rel="modulepreload" crossorigin{" fetchpriority=low" if can_wait else ""} href="./static/js/{name}">'
        for name, can_wait in names.items()
    }
    first = [links.pop(name).replace("<link", '<link id="chart-chunk"') for name in chart]
    return first, list(links.values())


def card_link(view: View) -> str:
    """The address of the view's card, from the root of the site."""
    query = urlencode(view.query(), doseq=True)
    return f"/preview/{view.path or 'overview'}.png" + (f"?{query}" if query else "")


def tags(view: View, exhibit: Shown, base: str, version: str) -> str:
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
        f"<script>{_BACKEND}</script>",
    ]
    return "\n    ".join(lines)


def description(exhibit: Shown) -> str:
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
    day = data_version.day(version)
    return made | {"dateModified": day} if day else made


def _in_script(value: object) -> str:
    """JSON that cannot end the script that it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
