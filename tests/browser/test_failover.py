"""Two replicas behind nginx: the one that serves a reader is killed, and the view stays."""

from __future__ import annotations

import os
import signal
import time

from playwright.sync_api import expect
from proxy import before, process_at, sessions
from web_client import Html, get, serve_whole

from browser.conftest import SETTLES_WITHIN, reader, settle

#: A view, and the one from which a click leads to it.
VIEW = "/initiatives?view=growth&initiative=essi&initiative=eads&reading=broad&as_of=2024-12-31&evidence=articles"
OPENED = VIEW.replace("broad", "strict")


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


def test_a_reader_whose_replica_dies_keeps_the_view(browser):
    """One has opened it by its link, one has chosen it by a click: what a browser asks of its new server is not the same."""
    with (
        serve_whole() as one, serve_whole() as other, before([one, other]) as site,
        reader(browser, site) as linked, reader(browser, site) as clicked,
    ):  # fmt: skip
        loaded, within = [], SETTLES_WITHIN * 1000
        for page, link in ((linked, VIEW), (clicked, OPENED)):
            page.on("load", lambda page: loaded.append(page.url))
            page.goto(site + link)
            settle(page)
        clicked.get_by_test_id("stButtonGroup").get_by_text("Joined or plans to", exact=True).click()
        expect(clicked).to_have_url(site + VIEW, timeout=within)
        settle(clicked)
        first = shown(linked)
        assert shown(clicked) == first and first["address"] == site + VIEW
        assert "Joined or plans to" in first["pressed"] and "Growth" in first["pressed"] and first["articles"]

        (serving,) = [replica for replica in (one, other) if sessions(replica)]
        (left,) = {one, other} - {serving}
        assert (sessions(serving), sessions(left)) == (2, 0)
        os.killpg(process_at(serving).pid, signal.SIGKILL)
        end = time.monotonic() + SETTLES_WITHIN
        while sessions(left) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        assert sessions(left) == 2
        for page in (linked, clicked):
            settle(page)
            assert shown(page) == first
            assert page.get_by_test_id("stAlert").count() == 0
            page.get_by_test_id("stButtonGroup").get_by_text("Bound by signature", exact=True).click()
            expect(page).to_have_url(site + OPENED, timeout=within)
            settle(page)
            after = shown(page)
            assert "Bound by signature" in after["pressed"] and after["finding"] != first["finding"]
        assert loaded == [site + VIEW, site + OPENED]
