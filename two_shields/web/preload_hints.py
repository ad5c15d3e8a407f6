"""Which of Streamlit's chunks a page needs, read from the chunks themselves: who imports whom.

A browser learns what a chunk imports when it has the chunk, and which element is on the page when the script has run.
A hint in the HTML says both at once.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

#: `import{a as b}from"./x.js"`, `export*from"./x.js"` and `import"./x.js"`; not `import("./x.js")`, which waits.
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'`]\./([\w.~-]+\.js)["'`]""")
_OWN_HINT = re.compile(r"""(?:src|href)="\./static/js/([\w.~-]+\.js)\"""")

#: Characters of a chunk. What it imports stands at its top: in the first ten thousand, of any (1.67).
_TOP = 20_000

CHART = "PlotlyChart"
#: Elements of every page of ours.
EVERYWHERE = ("Html", "BidiComponent", "PageLink", "Checkbox", "Button")
#: Elements of single pages. What is missing here is fetched when its element arrives, two round trips later; what does
#: not belong here is fetched in vain. `tests/browser/test_server.py` compares both with the pages.
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "": (CHART, "Slider"),
    "initiatives": (CHART, "ButtonGroup", "Slider", "DownloadButton", "Selectbox"),
    "aid": (CHART, "ButtonGroup", "Multiselect", "DownloadButton", "Selectbox"),
    "systems": (CHART, "ButtonGroup", "DownloadButton", "Selectbox"),
    "timeline": (CHART, "Multiselect", "DownloadButton", "Selectbox"),
    "country": (CHART, "Selectbox", "DownloadButton", "DataFrame"),
    "evidence": ("TextInput", "Multiselect", "ButtonGroup"),
}
#: Those of them that stand below the first chart. Their chunks come last, but without another round trip.
BELOW = ("Slider", "DownloadButton", "Selectbox", "DataFrame")


def elements() -> list[str]:
    return sorted({*EVERYWHERE, *(name for names in ELEMENTS.values() for name in names)})


@cache
def needs(folder: Path) -> dict[str, list[str]]:
    """For each element of ours its own chunk, by file name, and all that this imports, nearest first."""
    files = {path.name: path for path in folder.glob("*.js")}
    imports: dict[str, list[str]] = {}

    def imported(name: str) -> list[str]:
        if name not in imports:
            text = ""
            if name in files:
                with files[name].open(encoding="utf-8") as file:
                    text = file.read(_TOP)
            imports[name] = list(dict.fromkeys(_IMPORTED.findall(text)))
        return imports[name]

    made: dict[str, list[str]] = {}
    for element in elements():
        found = [name for name in files if re.fullmatch(rf"{element}\.[\w-]{{8}}\.js", name)]
        for name in found:  # grows while it is read
            found += [one for one in imported(name) if one not in found]
        made[element] = found
    return made


def hints(page: str, path: str, needs: Mapping[str, Iterable[str]]) -> dict[str, bool]:
    """The file names that Streamlit's HTML does not hint at itself, for a page of ours, and whether each can wait.

    The chart's own chunk comes first. It is by far the largest: while one connection carries it, the others carry the
    many small ones.
    """
    there = set(_OWN_HINT.findall(page))
    shown = (*EVERYWHERE, *ELEMENTS.get(path, ()))
    found: dict[str, bool] = {}
    for element in sorted(shown, key=lambda element: (element != CHART, element in BELOW)):
        for name in needs.get(element, ()):
            if name not in there:
                found.setdefault(name, element in BELOW)
    return found
