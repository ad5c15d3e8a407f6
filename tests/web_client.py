"""Asking the server: an ASGI application within this process, or the whole server in a process of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from anyio.from_thread import start_blocking_portal
from browser.conftest import ROOT, serve
from starlette.datastructures import Headers


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` are looked up without regard to case."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(app: Any, address: str, method: str = "GET", *, root_path: str = "", **headers: str) -> Answer:
    """One request to an ASGI application. Names of `headers` have `_` for `-`."""
    path, _, query = address.partition("?")
    sent = {"host": "shields.example", **{name.replace("_", "-"): value for name, value in headers.items()}}
    asked = {
        "method": method, "path": root_path + path, "root_path": root_path, "query_string": query.encode("ascii"),
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    return run(partial(answered, app, **asked))


def run(asked: Callable[[], Awaitable[Any]]) -> Any:
    """What a coroutine function gives, in a thread of its own: browser tests keep an event loop running in this one."""
    with start_blocking_portal() as portal:
        return portal.call(asked)


async def answered(app: Any, **asked: Any) -> Answer:
    """What an ASGI application answers; `asked` is in what the request differs from a plain one for its root."""
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "https", "path": "/", "root_path": "",
        "query_string": b"", "headers": [], "server": ("shields.example", 443), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    start: dict[str, Any] = {}
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope | asked, receive, send)
    return Answer(start["status"], Headers(raw=start["headers"]), b"".join(parts))


def get(address: str, **headers: str) -> Answer:
    """One request over the network; an error's answer is an answer."""
    request = Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=60) as answer:
            return Answer(answer.status, Headers(dict(answer.headers)), answer.read())
    except HTTPError as error:
        return Answer(error.code, Headers(dict(error.headers)), error.read())


#: Run `server.py` on a free port; its address, without a slash at its end. Each server draws the pictures of all pages,
#: unless they are there, of this very code and these tables.
serve_whole = partial(serve, "server.py", TWO_SHIELDS_CARDS=str(ROOT / "build" / "pictures"))


@dataclass
class Html(HTMLParser):
    """What a reader without scripts gets from a page: its metadata by name, its links by kind, texts by tag, all attributes."""

    source: str
    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    anchors: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.source)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.attributes += given.items()
        if tag == "meta" and ("name" in given or "property" in given):
            self.meta[given.get("name") or given["property"]] = given.get("content", "")
        elif tag == "link":
            self.links[given.get("rel", "")] = given.get("href", "")
        elif tag == "a":
            self.anchors.append(given.get("href", ""))
        if tag not in ("meta", "link"):
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data
