"""The record as files, for programs: each table as CSV, JSON and XLSX, the descriptor and the archive.

A table takes the parameters of the views that apply to it: `/data/memberships.csv?initiative=essi&country=POL`.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.export import datapackage, selection, table_files
from two_shields.record import versions
from two_shields.record.cache import cached
from two_shields.record.record import BrokenRecord, Record
from two_shields.state import pinned
from two_shields.state.parameters import DATA, FOREIGN
from two_shields.web import http
from two_shields.web.templating import render

#: Headers for what was understood and what was not, both written as a query.
SELECTED, LEFT_OUT = "Two-Shields-Selected", "Two-Shields-Left-Out"
#: The most that a header repeats of a query that is not understood.
_MOST_NAMED, _LONGEST = 20, 60


def select(request: Request, name: str) -> tuple[bytes, str, dict[str, str]]:
    """What the request chooses of the file of that name, its tag, and headers that say what it chose.

    The whole file where it chooses nothing. Nothing that it says is an error.
    """
    query = http.query(request)
    table, _, form = name.rpartition(".")
    if table not in selection.SELECTIONS:
        record = http.record()
        headers = _named(LEFT_OUT, [(one, texts[-1]) for one, texts in query.items()])
        return content(record, name), etag(record, name), headers
    record, chosen, notices = pinned.read(selection.SELECTIONS[table], query)
    headers = _named(LEFT_OUT, [(notice.parameter, notice.value) for notice in notices])
    if not chosen.query():
        return content(record, name), etag(record, name), headers
    is_whole = set(chosen.query()) == {DATA} and table not in record.lacks
    rows = None if is_whole else selection.rows(record, table, chosen)
    part = table_files.table_file(record, table, form, rows)
    selected = urlencode(chosen.query(), doseq=True)
    digest = hashlib.sha256(selected.encode() + part).hexdigest()[:16]
    return part, f'"{record.version}-{name}-{digest}"', headers | {SELECTED: selected}


def _named(header: str, pairs: list[tuple[str, str]]) -> dict[str, str]:
    ours = [(name[:_LONGEST], text[:_LONGEST]) for name, text in pairs if not FOREIGN.fullmatch(name)]
    return {header: urlencode(ours[:_MOST_NAMED], errors="replace")} if ours else {}


MEDIA_TYPES = {**table_files.MEDIA_TYPES, "csv": "text/csv; charset=utf-8", "zip": "application/zip"}
#: Anybody's page may read the data. A browser asks first where a script sends `If-None-Match`.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": f"ETag, Content-Disposition, {SELECTED}, {LEFT_OUT}",
    "Access-Control-Max-Age": "86400",
}


def names() -> tuple[str, ...]:
    tables = [f"{table}.{form}" for table in TABLE_BY_NAME for form in table_files.MEDIA_TYPES]
    return (*tables, datapackage.DESCRIPTOR, table_files.ARCHIVE)


@cached(most=2 * len(names()))
def content(record: Record, name: str) -> bytes:
    """The bytes of a file of `names()`; a `KeyError` where there is none of that name. Made once per record."""
    if name == datapackage.DESCRIPTOR:
        return datapackage.files(record.data_version)[name]
    if name == table_files.ARCHIVE:
        return table_files.archive(record)
    table, _, form = name.rpartition(".")
    return table_files.table_file(record, table, form)


@cached(most=2 * len(names()))
def etag(record: Record, name: str) -> str:
    """The record's version, the name, and a digest: what code makes of the same tables can change, too."""
    return f'"{record.version}-{name}-{hashlib.sha256(content(record, name)).hexdigest()[:8]}"'


async def file(request: Request) -> Response:
    """One file; an unknown name is a 404 that lists the known ones, a broken record a 503."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=CORS)
    name = request.path_params.get("name", "")
    if name not in names():
        return _unknown("file", names())
    try:
        found, tag, headers = await anyio.to_thread.run_sync(select, request, name)
    except BrokenRecord:
        return PlainTextResponse(http.BROKEN, 503, headers=CORS)
    response = http.respond(
        request,
        found,
        MEDIA_TYPES[name.rpartition(".")[2]],
        tag,
        Content_Disposition=f'inline; filename="{name}"',
        Cache_Control="no-cache",  # keep it, and ask whether it is still the same
    )
    response.headers.update({**CORS, **headers})
    return response


def of_version(request: Request) -> Response:
    """A file of a published version, as it was published; it never changes. Others are a 404 that lists those there are."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=CORS)
    version, name = request.path_params["version"], request.path_params["name"]
    try:
        files = versions.files_of(version)
        found = versions.archive(version) if name == table_files.ARCHIVE else files[name]
    except versions.UnknownVersion:
        return _unknown("version", (*(f"{known}/{table_files.ARCHIVE}" for known in versions.published()), *names()))
    except KeyError:
        return _unknown("file", (f"{version}/{known}" for known in (*sorted(files), table_files.ARCHIVE)))
    response = http.respond(
        request,
        found,
        MEDIA_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8"),
        f'"{version}-{name}"',
        Content_Disposition=f'inline; filename="{version}-{name}"',
        Cache_Control="public, max-age=31536000, immutable",
    )
    response.headers.update(CORS)
    return response


def _unknown(what: str, known: Iterable[str]) -> Response:
    text = render("unknown.txt", what=what, known=[f"/data/{name}" for name in known])
    return PlainTextResponse(text, 404, headers=CORS)


_METHODS = ["GET", "HEAD", "OPTIONS"]
#: The folder itself lists nothing by accident: it answers like an unknown file.
ROUTES = [
    Route("/data", file, methods=_METHODS),
    Route("/data/{version:str}/{name:str}", of_version, methods=_METHODS),
    Route("/data/{name:path}", file, methods=_METHODS),
]
