"""Headers of every answer, Streamlit's own included: what a browser may do with it, and who may frame it.

The content security policy is as tight as Streamlit 1.67 and Plotly 7.1 bear (tried page by page, November 2026; a
test in a browser holds every page against it):

- Scripts come from this server, or are one of the inline scripts that we and Streamlit wrote ourselves, known by their
  digests. Neither `unsafe-inline` nor `unsafe-eval`: a script that got into the record or into a link does not run.
- Styles need `unsafe-inline`: Streamlit writes its own at run time, Plotly sets them on what it draws.
- `wasm-unsafe-eval` lets Streamlit's decoder of messages compile a little WebAssembly, and no JavaScript.
- Streamlit brings some symbols and letters as `data:`, and shows its recording of the screen as `blob:`.
"""

import base64
import hashlib
import re
from functools import cache
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from two_shields.web import http, static_files
from two_shields.web.head import INLINE_SCRIPTS

#: First parts of paths that other sites may use: pictures in messages, data in scripts.
_FOR_ANYBODY = ("data", "preview", "openapi.json")
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
#: Scripts of any other `type` are data, which do not run.
_RUNS = ("", "module", "text/javascript", "application/javascript", "speculationrules", "importmap")

#: A year: whoever came by https once comes by https again.
_HTTPS_ONLY = "max-age=31536000"
#: Streamlit's menu offers to record the screen, with the reader's voice: neither of the two is here.
_NOT_NEEDED = (
    "accelerometer", "autoplay", "camera", "encrypted-media", "geolocation", "gyroscope", "hid", "magnetometer", "midi",
    "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_NEEDED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Of Streamlit's own files: a first view takes ninety, and most are smaller than a page's headers.
_OF_STATIC = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def scripts(html: str) -> list[str]:
    """The texts of the inline scripts in a piece of HTML that a browser would run."""
    found = []
    for script in _SCRIPT.finditer(html):
        attributes = script["attributes"]
        kind = re.search(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", attributes)
        if not re.search(r"\bsrc\s*=", attributes) and (kind[1].lower() if kind else "") in _RUNS:
            found.append(script["text"])
    return found


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def of_streamlit() -> str:
    """Streamlit's page as it is installed: the served page also holds what a link says, and is not to be trusted."""
    return (static_files.origin() / "index.html").read_text("utf-8")


@cache
def _of_pages() -> str:
    known = [*scripts(of_streamlit()), *INLINE_SCRIPTS]
    policy = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *map(digest, known)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(" ".join((name, *values)) for name, values in policy.items())


#: A browser shows a picture or a text that is opened by itself in a page of its own making, with styles of its own.
_OF_FILES = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'"


def headers(path: str, query: str, scheme: str) -> dict[str, str]:
    """The headers of an answer. Anybody may frame a view that asks for it by `embed=true`, as the snippet does."""
    first = path.removeprefix("/").partition("/")[0]
    over_https = {"Strict-Transport-Security": _HTTPS_ONLY} if scheme == "https" else {}
    if first == "static":
        return _OF_STATIC | over_https
    for_anybody = first in _FOR_ANYBODY
    embedded = "true" in map(str.lower, parse_qs(query).get("embed", ()))
    anywhere = for_anybody or embedded
    policy, framed_by = _OF_FILES if for_anybody else _of_pages(), "*" if anywhere else "'self'"
    return (
        HEADERS
        | {
            "Content-Security-Policy": f"{policy}; frame-ancestors {framed_by}",
            "Cross-Origin-Resource-Policy": "cross-origin" if anywhere else "same-origin",
        }
        | ({} if anywhere else {"X-Frame-Options": "SAMEORIGIN"})
        | over_https
    )


class Headers:
    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                query = scope["query_string"].decode("latin-1")
                sent = MutableHeaders(scope=message)
                sent.update(headers(http.path(scope), query, scope["scheme"]))
                if message["status"] == 200 and http.path(scope).startswith("/media/"):
                    # Named after its content. A browser asks for the page's icon again whenever the address changes.
                    sent["Cache-Control"] = "private, max-age=86400"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
