"""Entry points for programs: `robots.txt`, `sitemap.xml`, `llms.txt` and `openapi.json`."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from two_shields.contract.project import CITED, DESCRIPTION, LICENCE, TITLE
from two_shields.contract.schema import TABLES
from two_shields.export import selection, table_files
from two_shields.record.record import BrokenRecord, Record
from two_shields.state.parameters import Parameter, View
from two_shields.state.views import PAGES, CountryView
from two_shields.web import charts, data, http
from two_shields.web.templating import TEMPLATES, render


def views(record: Record) -> Iterator[View]:
    for page in PAGES.values():
        yield page()
        for parameter in page.parameters():
            if parameter.name == "view":
                yield from (page(view=code) for code in parameter.codes(record) if code != parameter.default)
    default = CountryView().country
    yield from (CountryView(country=iso3) for iso3 in record["countries"]["iso3"] if iso3 != default)


def parameters(page: type[View]) -> str:
    """The names of a view's parameters, in Markdown; those that repeat carry a `*`."""
    return ", ".join(f"`{one.name}`{'*' if one.kind == 'many' else ''}" for one in page.parameters())


TEMPLATES.filters["parameters"] = parameters


def sitemap(record: Record, base: str) -> str:
    return render("sitemap.xml", views=views(record), base=base)


def guide(record: Record, base: str) -> str:
    """What a program that reads for people needs to know, in Markdown."""
    return render(
        "llms.txt",
        record=record,
        base=base,
        description=DESCRIPTION,
        cited=CITED,
        pages=PAGES,
        tables=TABLES,
        selections=selection.SELECTIONS,
        left_out=data.LEFT_OUT,
    )


def openapi(record: Record, base: str) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for table in TABLES:
        words = selection.words(table.name)
        choices = [
            _in_query(parameter, record) | {"description": words[parameter.name]}
            for parameter in selection.SELECTIONS[table.name].parameters()
        ]
        rows = {"schema": {"type": "array", "items": {"type": "object"}}}
        for form, summary, content in (
            ("csv", f"{table.title} as CSV", {"text/csv": {}}),
            ("json", f"{table.title}: an object per row", {"application/json": rows}),
            ("xlsx", f"{table.title} as a workbook", {table_files.MEDIA_TYPES["xlsx"]: {}}),
        ):
            paths[f"/data/{table.name}.{form}"] = _get(summary, content, *choices, part=True)
    paths |= {
        "/data/version": _get("The version of the newest data", {"text/plain": {}}, etag=False),
        "/data/datapackage.json": _get("The Frictionless descriptor", {"application/json": {}}),
        "/data/two-shields.zip": _get("All tables, the descriptor and the data dictionary", {"application/zip": {}}),
    }
    looks = (
        _choice("width", "For a phone or for a desk", charts.WIDTHS),
        _choice("theme", "On a light or a dark background", charts.THEMES),
    )
    for path, page in PAGES.items():
        place, of_view = f"/preview/{path or 'overview'}", [_in_query(one, record) for one in page.parameters()]
        card = f"A card of a view of {page.title}: its finding and its chart, 1200 × 630 pixels"
        paths[f"{place}.png"] = _get(card, {"image/png": {}}, *of_view, etag=False)
        chart = f"The chart of a view of {page.title} alone, as it stands on its page"
        alone = paths[f"{place}.chart.webp"] = _get(chart, {"image/webp": {}}, *of_view, *looks, etag=False)
        alone["get"]["responses"]["404"] = {"description": "No such picture, or none that can be drawn now"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": record.data_version,
            "description": DESCRIPTION,
            "license": {"name": LICENCE["title"], "url": LICENCE["path"]},
        },
        "servers": [{"url": base}],
        "paths": paths,
    }


def _openapi_text(record: Record, base: str) -> str:
    return json.dumps(openapi(record, base), ensure_ascii=False)


#: Response headers of a table, about the request's parameters.
_HEADERS = {
    data.SELECTED: "The parameters that were understood, as a query; missing where there are none",
    data.LEFT_OUT: "Those that were not understood or do not apply, as a query; they are no error",
}


def _get(
    summary: str, content: dict[str, Any], *parameters: dict[str, Any], etag: bool = True, part: bool = False
) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": summary, "content": content}}
    if part:
        answers["200"]["headers"] = {
            name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()
        }
    if etag:
        answers["304"] = {"description": "Not changed since the ETag in If-None-Match"}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": answers}}


def _in_query(parameter: Parameter, record: Record) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if parameter.kind == "day":
        schema["format"] = "date"
    elif parameter.codes and parameter.name != "claim":  # of claims there are too many to list
        schema["enum"] = list(parameter.codes(record))
    if parameter.kind == "many":
        schema = {"type": "array", "items": schema}
    elif isinstance(parameter.default, str):
        schema["default"] = parameter.default
    return _asked(parameter.name, parameter.help, schema)


def _choice(name: str, words: str, codes: Iterable[str]) -> dict[str, Any]:
    first, *_ = codes = list(codes)
    return _asked(name, words, {"type": "string", "enum": codes, "default": first})


def _asked(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _endpoint(content: Callable[[Record, str], str], media_type: str, **headers: str) -> Callable[[Request], Response]:
    """A route's function, which Starlette runs in a thread. Names of `headers` have `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def respond(request: Request) -> Response:
        try:
            text = content(http.record(), http.base_url(request))
        except BrokenRecord:
            return PlainTextResponse(http.BROKEN, 503)
        return Response(text, media_type=media_type, headers=named)

    return respond


ROUTES = [
    Route("/robots.txt", lambda request: PlainTextResponse(render("robots.txt", base=http.base_url(request)))),
    Route("/sitemap.xml", _endpoint(sitemap, "application/xml")),
    Route("/llms.txt", _endpoint(guide, "text/plain")),
    Route("/openapi.json", _endpoint(_openapi_text, "application/json", Access_Control_Allow_Origin="*")),
]
