"""A link is a view: it survives widgets, reloading, other pages, and Back."""

from __future__ import annotations

from browser.conftest import follow, settle
from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView


def heading(page) -> str:
    return page.locator("h3").first.inner_text()


def opened(page, address: str) -> None:
    page.goto(address)
    settle(page)


def switch(page, name: str) -> None:
    """Press a segment of a switch, or the switch of the evidence."""
    page.locator("[data-testid=stButtonGroup], [data-testid=stCheckbox]").get_by_text(name, exact=True).click()


def go(page, name: str) -> None:
    """Follow a link of the page's head."""
    page.get_by_role("link", name=name).first.click()


def test_widgets_filters_and_steps_in_time_go_into_the_link_and_the_link_brings_them_back(whole, page, record):
    opened(page, f"{whole}/initiatives")
    switch(page, "Growth")
    page.wait_for_url(f"{whole}/initiatives?view=growth")
    switch(page, "Articles only")
    page.wait_for_url(f"{whole}/initiatives?view=growth&evidence=articles")
    settle(page)
    assert heading(page) == registry.frame_of(record, InitiativesView(view="growth", evidence="articles")).title
    follow(page, "/initiatives?view=growth&initiative=essi")
    switch(page, "Bound by signature")
    page.wait_for_url("**/initiatives?view=growth&initiative=essi&reading=strict")
    settle(page)
    before = heading(page)
    assert "13" in before
    page.reload()
    settle(page)
    assert heading(page) == before and page.url.endswith("/initiatives?view=growth&initiative=essi&reading=strict")
    follow(page, "/initiatives?view=overlap&as_of=2023-07-07")
    page.get_by_role("button", name="Earlier").click()
    page.wait_for_url("**as_of=2023-06*")
    settle(page)
    assert heading(page).startswith("As of ")
    assert "7 July 2023" not in heading(page)
    assert not page.console_errors


def test_back_returns_to_each_view_as_it_was_left(whole, page):
    first = f"{whole}/initiatives?view=matrix&country=EST"
    opened(page, first)
    estonia = heading(page)
    go(page, "Aid")
    page.wait_for_url(f"{whole}/aid")
    settle(page)
    cumulative = heading(page)
    switch(page, "By month")
    page.wait_for_url(f"{whole}/aid?view=monthly")
    settle(page)
    monthly = heading(page)
    assert len({estonia, cumulative, monthly}) == 3
    page.go_back()
    page.wait_for_url(f"{whole}/aid")
    settle(page)
    assert heading(page) == cumulative
    page.go_back()
    page.wait_for_url(first)
    settle(page)
    assert heading(page) == estonia
    page.go_forward()
    page.wait_for_url(f"{whole}/aid")
    settle(page)
    assert heading(page) == cumulative
    # A page that is found again is as it was left, with the evidence as it stands.
    switch(page, "Articles only")
    page.wait_for_url(f"{whole}/aid?evidence=articles")
    settle(page)
    assert "€2.7 billion" in heading(page)
    go(page, "Initiatives")
    page.wait_for_url(f"{first}&evidence=articles")
    settle(page)
    assert "Estonia" in heading(page)
    assert not page.console_errors


def test_the_overview_s_figures_lead_to_the_top_of_their_views(whole, page):
    opened(page, whole)
    sentence = page.locator("h1").inner_text()
    assert sentence.endswith("six in both")
    for link, address in (
        ("bound by a signature", "/initiatives?view=matrix"),
        ("Belgium, Denmark, Estonia", "/initiatives?view=overlap"),
        ("allocated by states and the EU", "/aid"),
    ):
        page.set_viewport_size({"width": 1280, "height": 500})
        page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 90 }")
        page.get_by_role("link", name=link).first.click()
        page.wait_for_url(whole + address)
        settle(page)
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
        assert page.get_by_test_id("stPlotlyChart").count() == 1
        page.go_back()
        page.wait_for_url(f"{whole}/")
        settle(page)
        assert page.locator("h1").inner_text() == sentence
