"""Two replicas behind nginx: the one that serves a reader is killed, and the view stays."""

from __future__ import annotations

import os
import signal

import pytest
from proxy import before, process_at, sessions
from web_client import Html, get, serve_whole

from browser.conftest import SETTLES_WITHIN, settle, watch

VIEW = "/initiatives?view=growth&initiative=essi&initiative=eads&reading=broad&as_of=2024-12-31&evidence=articles"


@pytest.fixture(scope="module")
def replicas():
    with serve_whole() as one, serve_whole() as other:
        yield one, other


@pytest.fixture(scope="module")
def site(replicas):
    """The address of nginx in front of both."""
    with before(replicas) as address:
        yield address


def shown(page) -> dict[str, object]:
    """What a reader sees and could send on: address, heading, finding, filters, and what is pressed."""
    return {
        "address": page.url,
        "heading": page.locator("h1").inner_text(),
        "finding": page.locator("h3").first.inner_text(),
        "filters": page.get_by_text("Filters ·").inner_text(),
        "pressed": page.locator('[data-testid="stButtonGroup"] [aria-checked="true"]').all_inner_texts(),
        "chosen": page.get_by_test_id("stMultiSelect").first.inner_text(),
    }


def test_links_name_the_site_as_its_readers_do(site):
    answer = get(site + VIEW, Host="shields.example", X_Forwarded_Proto="https")
    html = Html(answer.text)
    assert html.links["canonical"] == html.meta["og:url"] == "https://shields.example" + VIEW
    assert html.meta["og:image"].startswith("https://shields.example/preview/initiatives.png?view=growth&")
    assert Html(get(site + VIEW).text).links["canonical"] == site + VIEW


def test_a_reader_whose_replica_dies_keeps_the_view(browser, site, replicas):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(SETTLES_WITHIN * 1000)
    page = watch(context.new_page(), site)
    loaded = []
    page.on("load", lambda _: loaded.append(page.url))
    page.goto(site + VIEW)
    settle(page)
    page.get_by_text("Filters ·").click()
    settle(page)
    first = shown(page)
    assert first["address"] == site + VIEW
    assert "Broad" in first["pressed"] and "Growth" in first["pressed"] and "Articles only" in first["pressed"]

    (serving,) = [replica for replica in replicas if sessions(replica)]
    (other,) = set(replicas) - {serving}
    assert (sessions(serving), sessions(other)) == (1, 0)
    os.killpg(process_at(serving).pid, signal.SIGKILL)
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    page.wait_for_selector('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')
    settle(page)

    assert sessions(other) == 1
    assert shown(page) == first
    assert page.get_by_test_id("stAlert").count() == 0
    page.get_by_test_id("stButtonGroup").get_by_text("Strict", exact=True).click()
    page.wait_for_url(site + VIEW.replace("broad", "strict"))
    settle(page)
    after = shown(page)
    assert "Strict" in after["pressed"] and after["finding"] != first["finding"]
    assert loaded == [site + VIEW]
    context.close()
