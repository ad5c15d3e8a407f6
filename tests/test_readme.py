"""The README's table of pages is what the pages are: every address, question, parameter and code, in their order."""

import re
from pathlib import Path

import pytest

from two_shields.state.parameters import Parameter, View
from two_shields.state.views import PAGES

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def documented() -> dict[str, tuple[str, str]]:
    """Question and parameters by address, as the README has them."""
    rows = re.findall(r"^\| `(/\w*)` \| (.*?) \| (.*?) ?\|$", README, re.MULTILINE)
    assert len(rows) == len({address for address, _, _ in rows})
    return {address: (question, parameters) for address, question, parameters in rows}


def described(parameter: Parameter) -> str:
    codes = f" ({', '.join(parameter.words)})" if parameter.kind == "one" else ""
    views = f" in {', '.join(parameter.views)}" if parameter.views else ""
    return f"`{parameter.name}`" + (r"\*" if parameter.kind == "many" else "") + codes + views


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.title)
def test_a_page_is_documented_as_it_is(page: type[View]):
    question, parameters = documented()[f"/{page.path}"]
    assert question == page.question
    assert parameters == ", ".join(described(one) for one in page.parameters() if one.name != "evidence")


def test_no_page_is_documented_that_is_not_there():
    assert list(documented()) == [f"/{path}" for path in PAGES]


def test_what_holds_of_every_page_is_documented_once(record):
    (switch,) = {one.default for page in PAGES.values() for one in page.parameters() if one.name == "evidence"}
    assert (
        f"`evidence=articles`, on every page, narrows everything to the five articles at the core of the record; the default is `{switch}`."
        in README
    )
    repeating = re.search(r"repeat: `(/aid\?\S+)`", README)[1]
    assert PAGES["aid"].parse({"donor": re.findall(r"donor=(\w+)", repeating)}, record)[0].link() == repeating
