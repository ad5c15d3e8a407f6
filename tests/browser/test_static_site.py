"""The copy that needs no server, opened from the file system in a browser that runs no script."""

from __future__ import annotations

import pytest

from browser import axe
from two_shields.export import image_export
from two_shields.record import live
from two_shields.state.views import InitiativesView, SystemsView
from two_shields.web.static_site import Site, file_of

pytestmark = pytest.mark.browser
VIEWS = [InitiativesView(), SystemsView()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("copy"))
    (site.out / "charts").mkdir()
    record = live.record()
    with image_export.browser_lifespan():
        for view in VIEWS:
            (site.out / file_of(view)).write_text(site.page(record, view), encoding="utf-8")
    claim_id = record["claims"]["claim_id"].iloc[0]
    (site.out / "claim.html").write_text(site.claim(record, claim_id), encoding="utf-8")
    return site.out


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [*map(file_of, VIEWS), "claim.html"])
def test_a_page_can_be_read_by_everybody_and_fits(copy, browser, name, width, theme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = context.new_page()
    page.goto((copy / name).as_uri())
    assert axe.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_scripts_the_chart_is_there_in_the_reader_s_theme(copy, browser):
    context = browser.new_context(
        java_script_enabled=False, color_scheme="dark", viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((copy / file_of(InitiativesView())).as_uri(), wait_until="load")
    assert page.locator("h1").inner_text() and page.locator("figure img").first.bounding_box()["height"] > 300
    assert [url.rsplit(".", 3)[-3:] for url in asked if url.endswith(".svg")] == [["wide", "dark", "svg"]]
    page.screenshot(path=str(copy / "shot.png"))
    context.close()
