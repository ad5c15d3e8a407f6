"""HTTP helpers: the site's base URL, the view of a request, conditional responses."""

import logging
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from two_shields.record import live
from two_shields.record.record import Record
from two_shields.state import pinned
from two_shields.state.parameters import View

LOG = logging.getLogger("two_shields.web")
#: More than any link of ours has; further parameters are not read.
MAX_PARAMETERS = 200
BROKEN = "The record is broken at the moment; please come back later.\n"


def record() -> Record:
    return live.record()


def path(scope: Scope) -> str:
    return scope["path"].removeprefix(scope.get("root_path", ""))


#: A name or an address, with a port or without.
_HOST = re.compile(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def base_url(request: Request) -> str:
    if not _HOST.fullmatch(request.headers.get("host", "")):
        return request.scope.get("root_path", "").rstrip("/")  # links from the root are right on any host
    return str(request.base_url).rstrip("/")


def query(request: Request) -> dict[str, list[str]]:
    read: dict[str, list[str]] = {}
    for name, text in request.query_params.multi_items()[:MAX_PARAMETERS]:
        read.setdefault(name, []).append(text)
    return read


def shown(request: Request, page: type[View]) -> tuple[Record, View]:
    """The record and the view of a page that the request's query means; what is not understood is left out."""
    return pinned.read(page, query(request))[:2]


def respond(request: Request, content: bytes, media_type: str, etag: str, **headers: str) -> Response:
    """The content with its ETag, or 304 where the client has it. Names of `headers` have `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"ETag": etag}
    # A proxy that compresses marks a tag as weak, which changes nothing here.
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if not known.isdisjoint(("*", etag.removeprefix("W/"))):
        return Response(status_code=304, headers=named)
    return Response(content, media_type=media_type, headers=named)
