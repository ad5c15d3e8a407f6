"""What Streamlit does that `ui/streamlit_compat.py` works around. One of these fails: its workaround can go."""

from __future__ import annotations

import pytest

from browser.conftest import reader, serve, settle

SCRIPT = r"""
import plotly.graph_objects as go
import streamlit as st


def shown():
    st.markdown(r"Literally \:material/home\: a -\> b www.shields.example")
    st.date_input("Day", value=None, key="day")
    st.text(f"The day is {st.session_state.day}")
    st.page_link(page, label="Again", query_params={"said": "yes"})
    st.plotly_chart(
        go.Figure(go.Scatter(x=[1], y=[1]), {"dragmode": False}), key="c", on_select="rerun", selection_mode="points"
    )


page = st.Page(shown, title="Here", url_path="here", default=True)
st.navigation([page], position="hidden").run()
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The address of Streamlit with nothing worked around."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "plain.py").write_text(SCRIPT, encoding="utf-8")
    with serve("plain.py", folder) as address:
        yield address


@pytest.fixture(scope="module")
def opened(plain, browser):
    with reader(browser, plain) as page:
        page.goto(plain)
        settle(page)
        yield page


def test_escaped_markdown_becomes_icons_arrows_and_links(opened):
    """`letter_by_letter`."""
    text = opened.get_by_test_id("stMarkdown").first
    assert text.get_by_test_id("stIconMaterial").count() or text.locator("[role=img]").count()
    assert text.locator("a").count()


def test_a_link_to_the_open_page_leaves_the_address_as_it_is(opened, plain):
    """The buttons of `links.py`."""
    opened.get_by_text("Again").click()
    settle(opened)
    assert opened.url.rstrip("/") == plain


def test_a_day_that_is_typed_and_confirmed_does_not_apply(opened):
    """The field of text in `controls.py`. Its calendar stands open from here on, over what is below."""
    opened.locator("[role=spinbutton]").first.click()
    opened.keyboard.type("20230619")
    opened.keyboard.press("Enter")
    settle(opened)
    assert opened.get_by_text("The day is None").count()


def test_a_chart_that_can_be_chosen_from_is_dragged(opened):
    """The listener of `window.js`."""
    assert opened.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.dragmode") == "pan"
