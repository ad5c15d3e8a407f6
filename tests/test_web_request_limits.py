"""RequestLimits: how large a request may be, and how many cards and files one client may ask for."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from web_client import Answer, ask

from two_shields.state.parameters import LONGEST_TEXT
from two_shields.state.views import PAGES
from two_shields.web import MIDDLEWARE, ROUTES, data
from two_shields.web.listings import views
from two_shields.web.request_limits import (
    MAX_ADDRESS,
    MAX_BODY,
    MAX_HEADERS,
    MAX_PARAMETERS,
    RATES,
    Buckets,
    Rate,
    RequestLimits,
    client,
)  # fmt: skip


class Clock:
    """Time that passes when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def here(request) -> PlainTextResponse:
    return PlainTextResponse("here")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(clock) -> RequestLimits:
    """An application that answers everything, within the bounds."""
    return RequestLimits(Starlette(routes=[Route("/{path:path}", here)]), clock)


def refused(answer: Answer) -> int:
    """The status of a refusal, which is one plain sentence."""
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.endswith(".\n") and answer.text.count("\n") == 1
    assert answer.headers["cache-control"] == "no-store"
    return answer.status


def test_a_request_is_as_long_as_ours_get(app):
    room = MAX_ADDRESS - len("/aid") - len("q=")
    assert ask(app, f"/aid?q={'x' * room}").status == 200
    assert refused(ask(app, f"/aid?q={'x' * (room + 1)}")) == 414
    assert refused(ask(app, "/" + "x" * MAX_ADDRESS)) == 414
    assert ask(app, "/aid?" + "&".join(["a=1"] * MAX_PARAMETERS)).status == 200
    assert refused(ask(app, "/aid?" + "&".join(["a=1"] * (MAX_PARAMETERS + 1)))) == 414
    assert ask(app, "/aid", cookie="x" * (MAX_HEADERS - 100)).status == 200
    assert refused(ask(app, "/aid", cookie="x" * MAX_HEADERS)) == 431


def test_a_body_is_small_and_says_so(app):
    for length in ("0", str(MAX_BODY)):
        assert ask(app, "/aid", content_length=length).status == 200
    for length in (str(MAX_BODY + 1), "9" * 5000, "-1", "many"):
        assert refused(ask(app, "/aid", content_length=length)) == 413
    assert refused(ask(app, "/aid", transfer_encoding="chunked")) == 411


@pytest.mark.parametrize("path", list(PAGES))
def test_no_view_of_a_page_is_too_long_to_be_asked_for(path, app, record):
    everything = {}
    for parameter in PAGES[path].parameters():
        codes = list(parameter.codes(record)) if parameter.codes else ["é" * LONGEST_TEXT]
        everything[parameter.name] = codes if parameter.kind == "many" else max(codes, key=len)
    assert ask(app, f"/{path}?{urlencode(everything, doseq=True)}").status == 200


@pytest.mark.parametrize(
    "path", ["/", "/data/claims.csv", "/preview/aid.png", "/static/js/a.js", "/sitemap.xml", "/nowhere"]
)
def test_the_whole_server_keeps_the_bounds(path):
    whole = Starlette(routes=[*ROUTES, Route("/{path:path}", here)], middleware=MIDDLEWARE)
    assert refused(ask(whole, f"{path}?q={'x' * MAX_ADDRESS}")) == 414
    assert refused(ask(whole, path, cookie="x" * MAX_HEADERS)) == 431
    answer = ask(whole, path, content_length=str(MAX_BODY + 1))
    assert refused(answer) == 413
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_all_files_and_all_cards_can_be_had_at_once(record):
    assert RATES["data"].burst >= 2 * len(data.names())
    assert RATES["preview"].burst >= len(list(views(record)))


def test_no_client_gets_what_one_server_cannot_make():
    """A card takes a third of a second to draw; of files, the record's thirty in a few seconds are plenty."""
    assert set(RATES) == {"preview", "data"}
    assert RATES["preview"].per_second <= 3 and RATES["preview"].burst <= 200
    assert RATES["data"].per_second <= 10 and RATES["data"].burst <= 400


@pytest.mark.parametrize("first", ["preview", "data"])
def test_who_asks_too_often_is_told_when_to_come_back(first, app, clock):
    rate, address = RATES[first], f"/{first}/aid"
    assert {ask(app, address).status for _ in range(rate.burst)} == {200}
    answer = ask(app, address)
    assert refused(answer) == 429
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "come back in a second" in answer.text
    assert ask(app, address, "HEAD").status == 429
    assert ask(app, address, "OPTIONS").status == 405, "a browser's question before is not counted"
    clock.now += 1 / rate.per_second
    assert ask(app, address).status == 200
    assert ask(app, address).status == 429
    clock.now += 24 * 3600
    assert {ask(app, address).status for _ in range(rate.burst)} == {200}
    assert ask(app, address).status == 429, "who stays away saves up no more than a burst"


def test_cards_files_and_pages_do_not_count_for_each_other(app):
    for _ in range(RATES["preview"].burst):
        ask(app, "/preview/aid.png")
    assert ask(app, "/preview/aid.png").status == 429
    assert ask(app, "/mounted", root_path="/preview").status == 200
    assert ask(app, "/preview/aid.png", root_path="/mounted").status == 429, "under a path of its own, too"
    for free in ("/data/claims.csv", "/", "/aid", "/previews", "/static/js/a.js", "/media/x", "/_stcore/health"):
        assert ask(app, free).status == 200


@pytest.mark.parametrize("path", ["/", "/aid", "/static/js/a.js", "/media/x", "/_stcore/health", "/sitemap.xml"])
def test_pages_and_what_they_need_are_not_rationed(path, app):
    statuses = {ask(app, path).status for _ in range(max(rate.burst for rate in RATES.values()) + 1)}
    assert statuses == {200}


@pytest.mark.parametrize(("proxy", "others_are_served"), [("127.0.0.1", True), ("192.0.2.1", False)])
def test_who_a_proxy_names_is_counted_where_the_proxy_is_trusted(proxy, others_are_served, app):
    """As uvicorn stands around us, which takes the proxies to trust from `FORWARDED_ALLOW_IPS`."""
    served = ProxyHeadersMiddleware(app, trusted_hosts=proxy)
    for _ in range(RATES["preview"].burst):
        ask(served, "/preview/aid.png", x_forwarded_for="198.51.100.1")
    assert ask(served, "/preview/aid.png", x_forwarded_for="198.51.100.1").status == 429
    # Whom nobody trusts cannot get a new bucket by claiming to be somebody else.
    other = ask(served, "/preview/aid.png", x_forwarded_for="198.51.100.2")
    assert other.status == (200 if others_are_served else 429)


def test_only_so_many_clients_are_remembered_those_that_came_last(clock):
    buckets = Buckets(Rate(burst=1, per_second=1), clock, most=3)
    for name in ("a", "b", "c", "a", "d"):
        buckets.take(name)
        assert len(buckets) <= 3
    assert buckets.take("a") > 0, "seen again, and so cached"
    assert buckets.take("b") == 0, "forgotten"


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=60))
def test_nobody_gets_more_than_the_burst_and_what_came_back(steps):
    clock, rate = Clock(), Rate(burst=3, per_second=0.7)
    buckets = Buckets(rate, clock)
    served = 0
    for step in steps:
        clock.now += step
        wait = buckets.take("one")
        served += not wait
        assert 0 <= wait <= 1 / rate.per_second
        assert served <= rate.burst + sum(steps) * rate.per_second + 1e-6


def test_a_client_is_a_household():
    households = {
        "192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "fe80::1%eth0": "fe80::/64", "": "",
        "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::ffff": "2001:db8:1:2::/64", "2001:db8:1:3::1": "2001:db8:1:3::/64",
    }  # fmt: skip
    assert {peer: client({"client": (peer, 1)}) for peer in households} == households
    assert client({"client": None}) == ""
