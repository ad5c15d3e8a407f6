"""The copy that needs no server, opened from the file system in a browser that runs no script."""

from __future__ import annotations

import html
import re

import pytest

from browser import axe
from two_shields.exhibits.registry import lead
from two_shields.export import image_export
from two_shields.record import live
from two_shields.state.views import InitiativesView, OverviewView, SystemsView
from two_shields.web import listings
from two_shields.web.static_site import Site, file_of

pytestmark = pytest.mark.browser
VIEWS = [OverviewView(), InitiativesView(), SystemsView()]
CLAIM = "claim-mistral-letter-p1a.html"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    out = tmp_path_factory.mktemp("copy")
    with pytest.MonkeyPatch.context() as patch, image_export.browser_lifespan():
        patch.setattr(listings, "views", lambda record: iter(VIEWS))
        Site(out, "https://shields.example").build()
    return out


@pytest.mark.parametrize("name", [*map(file_of, VIEWS), CLAIM])
def test_a_page_can_be_read_by_everybody_and_fits(copy, browser, name):
    page = browser.new_page()
    page.goto((copy / name).as_uri())
    for width, theme in ((390, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.faults(page) == [], (width, theme)
    page.close()


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
    context.close()


def test_every_chart_is_there_for_both_themes_and_widths(copy):
    for view in VIEWS:
        named = re.findall(r'charts/([^"]+)\.svg', (copy / file_of(view)).read_text("utf-8"))
        kinds = {tuple(name.rsplit(".", 2)[1:]) for name in named}
        assert kinds == {(width, theme) for width in ("narrow", "wide") for theme in ("light", "dark")}
        assert all((copy / f"charts/{name}.svg").read_text("utf-8").startswith("<svg") for name in named)
        assert f'alt="{lead(live.record(), view).frame.alt}"' in html.unescape(
            (copy / file_of(view)).read_text("utf-8")
        )


def test_the_overview_s_map_has_a_key_for_which_its_live_page_has_figures(copy):
    maps = [one.read_text("utf-8") for one in (copy / "charts").glob("index.*map.1.*.svg")]
    assert len(maps) == 4 and all("only Sky Shield" in one for one in maps)
