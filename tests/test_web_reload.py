"""Records that were replaced: whatever was asked of them, nothing keeps them alive."""

import gc
import io

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from web_client import ask

from two_shields.contract import geometry
from two_shields.export import image_export
from two_shields.record import live
from two_shields.record.live import CHECK_EVERY, LiveRecord
from two_shields.record.record import Record
from two_shields.state.views import PAGES
from two_shields.web import MIDDLEWARE, ROUTES, data, headers, listings, preview
from two_shields.web.disk_cache import DiskCache
from two_shields.web.request_limits import RequestLimits

RELOADS = 10


async def streamlit(request):
    return HTMLResponse(headers.of_streamlit())


#: The whole server in front of Streamlit's page, without the limit to one client's requests.
SERVER = Starlette(
    routes=[*ROUTES, Route("/{path:path}", streamlit)],
    middleware=[one for one in MIDDLEWARE if one.cls is not RequestLimits],
)


def addresses(record: Record) -> list[str]:
    """Every route, with every page, kind of view and country, and a filtered table of each form."""
    return [
        *(view.link() for view in listings.views(record)),
        *(f"/data/{name}" for name in data.names()),
        *(f"/data/memberships.{form}?country=DEU" for form in ("csv", "json")),
        *(f"/preview/{name}" for name in preview.PAGE_NAMES),
        *(f"/preview/{path or 'overview'}.chart.webp?theme=dark" for path in PAGES if path != "evidence"),
        *("/robots.txt", "/sitemap.xml", "/llms.txt", "/openapi.json", "/data/unknown", "/preview/unknown.png"),
    ]


@pytest.fixture
def drawn(monkeypatch):
    """Charts are drawn as plain areas, and a chart's picture stands in every summary."""

    def draw(figure, form):
        buffer = io.BytesIO()
        Image.new("RGB", (figure.layout.width, figure.layout.height)).save(buffer, "PNG")
        return buffer.getvalue()

    cards = DiskCache("test-reload")
    monkeypatch.setattr(preview, "card_cache", lambda: cards)
    monkeypatch.setattr(image_export, "draw", draw)
    monkeypatch.setattr(image_export, "can_draw", lambda: True)


def test_a_record_that_was_replaced_does_not_survive_in_any_route(small, monkeypatch, drawn):
    seconds = [0.0]
    outlines = geometry.europe()
    monkeypatch.setattr(live, "LIVE", LiveRecord(small.path, clock=lambda: seconds[0]))
    versions, answers = [], {}
    try:
        for number in range(RELOADS):
            small.set("claims", "page-a", statement=f"Germany presented its plan to {number + 2} others.")
            for _ in range(2):  # files that have changed are read once they stand still
                seconds[0] += CHECK_EVERY
                live.record()
            versions.append(live.record().version)
            answers = {address: ask(SERVER, address).status for address in addresses(live.record())}
            gc.freeze()  # as the server does after its first views: what is frozen goes only if no cycle holds it
        # With those of one setting of the evidence switch, which hold a version's tables as well.
        gc.collect()
        gc.unfreeze()
        alive = {one.version for one in gc.get_objects() if isinstance(one, Record)}
    finally:
        gc.unfreeze()
        geometry.use(outlines)
    assert len(set(versions)) == RELOADS
    assert {address for address, status in answers.items() if status != 200} == {
        "/data/unknown",
        "/preview/unknown.png",
        "/preview/systems.chart.webp?theme=dark",  # the small record names no system
    }
    assert [version for version in versions if version in alive] == versions[-1:]
