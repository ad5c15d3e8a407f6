"""A change of a filter runs and sends what the filters decide, and the rest of the page stays right."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.conftest import settle

PAGES = {"initiatives": "Growth", "aid": "By month", "systems": "Who has what"}


@pytest.fixture
def heard(page):
    """What the server has said to the page, message by message."""
    messages: list[ForwardMsg] = []
    page.on(
        "websocket", lambda wire: wire.on("framereceived", lambda said: messages.append(ForwardMsg.FromString(said)))
    )
    return messages


def here(page):
    """The header's link to Initiatives."""
    return page.locator(".st-key-header").get_by_role("link", name="Initiatives", exact=True)


def heading(page) -> str:
    return page.locator("h3").first.inner_text()


@pytest.mark.parametrize("path", PAGES)
def test_a_change_runs_the_filtered_part_alone(path, whole, page, heard):
    page.goto(f"{whole}/{path}")
    settle(page)
    before = heading(page)
    heard.clear()
    page.get_by_text(PAGES[path], exact=True).click()
    page.wait_for_url("**?view=*")
    settle(page)
    assert heading(page) != before
    ends = [message.script_finished for message in heard if message.WhichOneof("type") == "script_finished"]
    assert ends == [ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY]
    sent = [message.delta.new_element for message in heard if message.WhichOneof("type") == "delta"]
    assert sum(element.WhichOneof("type") == "plotly_chart" for element in sent) == 1
    # Of the header, the link to what is shown, and nothing else.
    links = [element.page_link.page for element in sent if element.WhichOneof("type") == "page_link"]
    assert links == [path]
    assert not page.console_errors


def test_the_header_s_link_to_the_open_page_leads_to_what_is_shown(whole, page):
    page.goto(f"{whole}/initiatives")
    settle(page)
    page.get_by_text("Overlap", exact=True).click()
    page.wait_for_url("**?view=overlap")
    settle(page)
    said = heading(page)
    here(page).click()
    settle(page)
    assert heading(page) == said and page.url.endswith("/initiatives?view=overlap")
    page.get_by_text("Aid", exact=True).first.click()
    page.wait_for_url("**/aid")
    settle(page)
    here(page).click()
    page.wait_for_url("**/initiatives?view=overlap")
    settle(page)
    assert heading(page) == said


def test_what_a_link_said_wrongly_is_no_longer_told_when_a_filter_has_been_changed(whole, page):
    page.goto(f"{whole}/initiatives?as_of=yesterday")
    settle(page)
    assert page.get_by_role("alert").count() == 1
    page.get_by_text("Growth", exact=True).click()
    page.wait_for_url("**?view=growth")
    settle(page)
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("button", name="Earlier", exact=True).click()
    page.wait_for_url("**&as_of=*")
    settle(page)
    assert heading(page).startswith("As of ") and "yesterday" not in page.url
