"""axe-core over a page that stands open, and what of its findings lies in Streamlit's own parts."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.conftest import at_rest

#: What axe is asked: WCAG 2.2 at the levels A and AA, and what is held to be good practice besides.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Known:
    """A finding in a part that is Streamlit's: it has to occur where it is said to, and nowhere else."""

    rule: str
    part: str  # a CSS selector that the element, or what it stands in, matches
    thread: str


#: Lists that open are laid beside the page, in none of its landmarks. No rule of WCAG.
LAID_OVER = "https://github.com/streamlit/streamlit/issues/8399"
OPEN_LIST = Known("region", "[role=listbox]", LAID_OVER)


def faults(page: Page, *exceptions: Known) -> list[str]:
    """What axe finds, in words; an exception that does not occur is a fault too."""
    return at_rest(page, lambda: _found(page, exceptions))


def _found(page: Page, exceptions: tuple[Known, ...]) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    met: set[Known] = set()
    words = []
    for violation in found.response["violations"]:
        for node in violation["nodes"]:
            known = [
                one
                for one in exceptions
                if one.rule == violation["id"]
                and page.evaluate(
                    "([it, part]) => !!document.querySelector(it)?.closest(part)", [node["target"][0], one.part]
                )
            ]
            met |= set(known)
            if not known:
                words.append(f"{violation['id']}: {node['failureSummary']} {node['html'][:200]} {node['target'][0]}")
    return words + [f"no longer there: {one.rule} in {one.part}" for one in exceptions if one not in met]
