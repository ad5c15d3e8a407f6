"""Headers of every answer: what a browser may do with it, and who may frame it."""

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from web_client import ask

from two_shields.exhibits.registry import lead
from two_shields.state.views import PAGES
from two_shields.web import head
from two_shields.web.headers import HEADERS, Headers, digest, headers, of_streamlit, scripts

EMBEDDED = ["/aid?embed=true", "/?embed=TRUE&embed_options=show_padding", "/aid?donor=FRA&embed=true"]
NOT_EMBEDDED = ["/", "/aid", "/aid?embed=false", "/aid?embedded=true", "/aid?donor=embed%3Dtrue", "/_stcore/health"]
FOR_ANYBODY = ["/data/claims.csv", "/data", "/preview/aid.png?view=monthly", "/openapi.json"]


def at(link: str, scheme: str = "http") -> dict[str, str]:
    path, _, query = link.partition("?")
    return headers(path, query, scheme)


def policy(link: str) -> dict[str, list[str]]:
    """The policy of an answer: its rules, each with what it allows."""
    rules = [rule.split() for rule in at(link)["Content-Security-Policy"].split(";")]
    return {name: allowed for name, *allowed in rules}


@pytest.mark.parametrize("link", [*EMBEDDED, *FOR_ANYBODY])
def test_anybody_may_frame_what_asks_for_it(link):
    assert policy(link)["frame-ancestors"] == ["*"]
    assert "X-Frame-Options" not in at(link)
    assert at(link)["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("link", NOT_EMBEDDED)
def test_nobody_else_frames_the_rest(link):
    assert policy(link)["frame-ancestors"] == ["'self'"]
    assert at(link)["X-Frame-Options"] == "SAMEORIGIN"
    assert at(link)["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("link", [*EMBEDDED, *NOT_EMBEDDED])
def test_a_page_runs_and_asks_what_is_its_own(link):
    rules = policy(link)
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["connect-src"] == ["'self'"]
    assert not {"object-src", "frame-src", "worker-src"} & set(rules), "they fall back to none"
    runs = rules["script-src"]
    assert {one for one in runs if not one.startswith("'sha256-")} == {"'self'", "'wasm-unsafe-eval'"}
    allowed = {one for name, values in rules.items() if name != "frame-ancestors" for one in values}
    assert not [one for one in allowed if "*" in one or "." in one or one in ("http:", "https:", "'unsafe-eval'")]
    assert [name for name, values in rules.items() if "'unsafe-inline'" in values] == ["style-src"]


@pytest.mark.parametrize("link", FOR_ANYBODY)
def test_what_is_no_page_runs_nothing(link):
    rules = policy(link)
    assert rules["default-src"] == ["'none'"]
    assert "script-src" not in rules and "connect-src" not in rules


def test_a_file_of_streamlit_says_no_more_than_concerns_it():
    """Nine in ten answers of a first view are such files, most of them smaller than a page's headers."""
    assert policy("/static/js/a.js?embed=true") == {"default-src": ["'none'"], "frame-ancestors": ["'self'"]}
    own = at("/static/js/a.js", "https")
    assert own["X-Content-Type-Options"] == "nosniff" and own["Cross-Origin-Resource-Policy"] == "same-origin"
    assert own["Strict-Transport-Security"] and not {"Permissions-Policy", "Cross-Origin-Opener-Policy"} & set(own)
    assert "Permissions-Policy" in at("/statics"), "a page"


def test_every_inline_script_of_a_page_is_known_by_its_digest(record):
    for page in PAGES.values():
        html = head.render_page(of_streamlit(), record, page(), lead(record, page()), "https://shields.example")
        inline = scripts(html)
        assert len(inline) >= 2, "ours and Streamlit's"
        assert {digest(script) for script in inline} <= set(policy("/")["script-src"])


def test_scripts_are_told_from_data():
    html = (
        "<script>a</script><SCRIPT type='module'>b\n</SCRIPT><script src='./c.js'></script>"
        '<script type="application/ld+json">{}</script><script type="speculationrules">{"d": 1}</script>'
    )
    assert scripts(html) == ["a", "b\n", '{"d": 1}']
    assert digest("a") == f"'sha256-{base64.b64encode(hashlib.sha256(b'a').digest()).decode()}'"


def test_https_is_kept_where_it_is_spoken():
    assert at("/aid", "https")["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in at("/aid", "http")


def test_an_answer_has_them_all_and_says_nothing_twice():
    async def late(request):
        return PlainTextResponse("here", headers={"X-Content-Type-Options": "sniff", "Referrer-Policy": "unsafe-url"})

    app = Headers(Starlette(routes=[Route("/aid", late)]))
    answer = ask(app, "/aid?embed=true", root_path="/mounted")
    assert (answer.status, answer.text) == (200, "here")
    expected = {name.lower(): value for name, value in headers("/aid", "embed=true", "https").items()}
    assert dict(answer.headers.items()).items() >= expected.items()
    assert [answer.headers.getlist(name) for name in HEADERS] == [[value] for value in HEADERS.values()]
    assert answer.headers["x-content-type-options"] == "nosniff"
    # The next site learns which one a reader comes from, and not which view it was.
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    allowed = dict(feature.split("=") for feature in answer.headers["permissions-policy"].split(", "))
    assert set(allowed.values()) == {"()"} and {"camera", "geolocation", "payment", "usb"} <= set(allowed)
    assert ask(app, "/unknown").headers["x-frame-options"] == "SAMEORIGIN", "a 404 has them, too"


def test_a_picture_of_a_page_is_asked_for_once():
    """At each change of the address a browser asks for the icon again; what is not there is kept by nobody."""

    def answer(request):
        return PlainTextResponse("", 200 if request.path_params["name"] == "icon.png" else 404)

    app = Headers(Starlette(routes=[Route("/media/{name}", answer), Route("/{name}", answer)]))
    kept = [ask(app, path).headers.get("cache-control") for path in ("/media/icon.png", "/media/gone.png", "/icon.png")]
    assert kept == ["private, max-age=86400", None, None]
