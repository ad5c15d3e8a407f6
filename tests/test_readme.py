"""The README's table of pages is what the pages are."""

import re

from tools.pages_table import README, written
from two_shields.state.views import PAGES

TEXT = README.read_text("utf-8")


def test_the_table_of_pages_is_as_make_readme_writes_it():
    assert re.findall(r"^\| `(/\w*)` \|", TEXT, re.MULTILINE) == [f"/{path}" for path in PAGES]
    assert written(TEXT) == TEXT


def test_the_table_is_written_from_the_pages():
    assert written(TEXT.replace("| Who joined what", "| Whoever joined what")) == TEXT
    assert "| `/timeline` | What happened when? | `topic`\\*, `country`\\*, `from`, `to` |" in TEXT


def test_what_holds_of_every_page_is_documented_once(record):
    (switch,) = {one.default for page in PAGES.values() for one in page.parameters() if one.name == "evidence"}
    assert (
        f"`evidence=articles`, on every page, narrows everything to the five articles at the core of the record; the default is `{switch}`."
        in TEXT
    )
    assert "`data=2026-11-20-bf1662be`, on every page, shows what a published version of the data said;" in TEXT
    repeating = re.search(r"repeat: `(/aid\?\S+)`", TEXT)[1]
    assert PAGES["aid"].parse({"donor": re.findall(r"donor=(\w+)", repeating)}, record)[0].link() == repeating
