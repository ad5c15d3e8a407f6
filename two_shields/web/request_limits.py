"""RequestLimits: how large a request may be, and how many cards and files one client may ask for.

Pages, static files and the WebSocket are not limited: a classroom may share one address. A card may cost a drawing and
a file many bytes, so each client has a token bucket for either. The libraries at hand (limits, pyrate-limiter; November
2026) neither limit how many clients they track nor take a clock from outside.

The client is the peer, or whom a trusted proxy names in `X-Forwarded-For`: uvicorn works that out,
and trusts the addresses in the environment variable `FORWARDED_ALLOW_IPS` (without it, this machine's own).
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from two_shields.web import http

#: Bytes. A link that names every source of the record has 11 thousand; uvicorn itself reads 64 thousand at most.
MAX_ADDRESS = 16 * 1024
MAX_PARAMETERS = 1000
MAX_HEADERS = 32 * 1024
#: No route reads a body; some clients send a small one all the same.
MAX_BODY = 16 * 1024
MAX_CLIENTS = 10_000


@dataclass(frozen=True)
class Rate:
    burst: int
    per_second: float


#: By the first part of the path: enough for all files of the record, or all views of its sitemap, at once.
RATES = {"preview": Rate(burst=120, per_second=2), "data": Rate(burst=240, per_second=8)}


class Buckets:
    """A token bucket per client, full at first. Of more than `most` clients the least recently seen is dropped."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most: int = MAX_CLIENTS):
        self.rate, self.clock, self.most = rate, clock, most
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, client: str) -> float:
        """Take a token. Returns the seconds to wait for the next; 0 where one was left."""
        now = self.clock()
        tokens, since = self._kept.pop(client, (self.rate.burst, now))
        tokens = min(self.rate.burst, tokens + (now - since) * self.rate.per_second)
        wait = max(0.0, 1 - tokens) / self.rate.per_second
        self._kept[client] = (tokens if wait else tokens - 1, now)
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return wait


def client(scope: Scope) -> str:
    """The client's address; of IPv6 its /64 network, which is one household's."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:  # a socket in the file system has no address
        return host
    if address.version == 4:
        return host
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


def too_large(scope: Scope) -> Response | None:
    """The error response to a request that is too large; None for any other."""
    query: bytes = scope["query_string"]
    sent: list[tuple[bytes, bytes]] = scope["headers"]
    named = dict(sent)
    if len(scope.get("raw_path") or scope["path"].encode()) + len(query) > MAX_ADDRESS:
        return _refused(414, f"This address is longer than {MAX_ADDRESS:,} bytes, the longest that is read here.")
    if len(query.split(b"&")) > MAX_PARAMETERS:
        return _refused(414, f"This address has more than {MAX_PARAMETERS:,} parameters, the most that are read here.")
    if sum(len(name) + len(value) for name, value in sent) > MAX_HEADERS:
        return _refused(431, f"The headers of this request are larger than {MAX_HEADERS:,} bytes.")
    if b"transfer-encoding" in named:
        return _refused(411, "A request with a body has to say how long it is.")
    length = named.get(b"content-length", b"0")
    # More digits than any length of ours are not even read as a number.
    if not length.isdigit() or len(length) > 12 or int(length) > MAX_BODY:
        return _refused(413, f"This request brings more than {MAX_BODY:,} bytes; nothing can be uploaded here.")
    return None


class RequestLimits:
    """Middleware that rejects requests that are too large or too frequent, with a sentence that says why."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic):
        self.app = app
        self.buckets = {first: Buckets(rate, clock) for first, rate in RATES.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = (too_large(scope) or self._too_often(scope)) if scope["type"] == "http" else None
        await (refused or self.app)(scope, receive, send)

    def _too_often(self, scope: Scope) -> Response | None:
        buckets = self.buckets.get(http.path(scope).removeprefix("/").partition("/")[0])
        if buckets is None or scope["method"] == "OPTIONS":
            return None
        wait = math.ceil(buckets.take(client(scope)))
        if not wait:
            return None
        seconds = "a second" if wait == 1 else f"{wait} seconds"
        refused = _refused(429, f"Too many requests from your address; please come back in {seconds}.")
        refused.headers["Retry-After"] = str(wait)
        # A script on another page may read why, too.
        refused.headers["Access-Control-Allow-Origin"] = "*"
        refused.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return refused


def _refused(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status, headers={"Cache-Control": "no-store"})
