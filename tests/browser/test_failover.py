"""Two replicas behind nginx: the one that serves a reader is killed, and the view stays."""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import expect
from proxy import before, process_at, sessions
from web_client import Html, get, serve_whole

from browser.conftest import SETTLES_WITHIN, reader, settle

#: A view, and the one from which a click leads to it.
VIEW = "/initiatives?view=growth&initiative=essi&initiative=eads&reading=broad&as_of=2024-12-31&evidence=articles"
OPENED = VIEW.replace("broad", "strict")


@pytest.fixture
def replicas():
    with serve_whole() as one, serve_whole() as other:
        yield one, other


@pytest.fixture
def site(replicas):
    """The address of nginx in front of both."""
    with before(replicas) as address:
        yield address


def shown(page) -> dict[str, object]:
    """What a reader sees and could send on: address, heading, finding, filters, and what is pressed."""
    page.locator("[class*='-filters'] button").click()
    settle(page)
    chosen = page.get_by_test_id("stMultiSelect").first.inner_text()
    page.keyboard.press("Escape")
    settle(page)
    return {
        "address": page.url,
        "heading": page.locator("h1").inner_text(),
        "finding": page.locator("h3").first.inner_text(),
        "filters": page.locator("[class*='-filters'] button").inner_text(),
        "articles": page.get_by_role("switch", name="Articles only").is_checked(),
        "pressed": page.locator('[data-testid="stButtonGroup"] [aria-checked="true"]').all_inner_texts(),
        "chosen": chosen,
    }


def test_links_name_the_site_as_its_readers_do(whole):
    with before([whole]) as site:
        answer = get(site + VIEW, Host="shields.example", X_Forwarded_Proto="https")
        plain = Html(get(site + VIEW).text)
    html = Html(answer.text)
    assert html.links["canonical"] == html.meta["og:url"] == "https://shields.example" + VIEW
    assert html.meta["og:image"].startswith("https://shields.example/preview/initiatives.png?view=growth&")
    assert plain.links["canonical"] == site + VIEW


@pytest.mark.parametrize("opened", [VIEW, OPENED], ids=["opened", "chosen"])
def test_a_reader_whose_replica_dies_keeps_the_view(opened, browser, site, replicas):
    """Opened by its link, or chosen by a click: what a browser asks of its new server is not the same."""
    with reader(browser, site) as page:
        loaded = []
        page.on("load", lambda _: loaded.append(page.url))
        page.goto(site + opened)
        settle(page)
        if opened != VIEW:
            page.get_by_test_id("stButtonGroup").get_by_text("Joined or plans to", exact=True).click()
            expect(page).to_have_url(site + VIEW, timeout=SETTLES_WITHIN * 1000)
            settle(page)
        first = shown(page)
        assert first["address"] == site + VIEW
        assert "Joined or plans to" in first["pressed"] and "Growth" in first["pressed"] and first["articles"]

        (serving,) = [replica for replica in replicas if sessions(replica)]
        (other,) = set(replicas) - {serving}
        assert (sessions(serving), sessions(other)) == (1, 0)
        os.killpg(process_at(serving).pid, signal.SIGKILL)
        app, state, within = page.get_by_test_id("stApp"), "data-test-connection-state", SETTLES_WITHIN * 1000
        expect(app).not_to_have_attribute(state, "CONNECTED", timeout=within)
        expect(app).to_have_attribute(state, "CONNECTED", timeout=within)
        settle(page)

        assert sessions(other) == 1
        assert shown(page) == first
        assert page.get_by_test_id("stAlert").count() == 0
        page.get_by_test_id("stButtonGroup").get_by_text("Bound by signature", exact=True).click()
        expect(page).to_have_url(site + OPENED, timeout=within)
        settle(page)
        after = shown(page)
        assert "Bound by signature" in after["pressed"] and after["finding"] != first["finding"]
        assert loaded == [site + opened]
