"""What machines read first: complete, and true to the routes."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from starlette.applications import Starlette
from web_client import ask

from tools import datapackage
from two_shields.contract.schema import TABLES
from two_shields.export import selection
from two_shields.state.views import PAGES
from two_shields.web import ROUTES, data, preview, release

APP = Starlette(routes=ROUTES)
BASE = "https://shields.example"


def test_robots_may_read_everything_and_find_the_sitemap():
    assert ask(APP, "/robots.txt").text == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}/sitemap.xml\n"


def test_the_sitemap_names_every_page_view_and_country_once(record):
    answer = ask(APP, "/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    found = [place.text for place in ET.fromstring(answer.body).findall(".//{*}loc")]
    assert len(found) == len(set(found))
    assert {f"{BASE}/{path}" for path in PAGES} <= set(found)
    assert f"{BASE}/systems?view=reference" in found and f"{BASE}/aid?view=reported" in found
    assert sum("/country" in place for place in found) == len(record["countries"])


def test_the_guide_names_pages_and_tables(record):
    text = ask(APP, "/llms.txt").text
    assert text.startswith("# Two Shields\n") and record.data_version in text
    assert all(f"]({BASE}/{path}): {page.question}" in text for path, page in PAGES.items())
    assert all(f"{BASE}/data/{table.name}.csv" in text for table in TABLES)


def test_openapi_describes_every_file_and_card(record):
    described = json.loads(ask(APP, "/openapi.json").body)
    files = {path for path in described["paths"] if "/data/" in path}
    assert files == {f"/data/{name}" for name in data.names()} | {release.PATH}
    pictures = {path for path in described["paths"] if "preview" in path}
    assert {path for path in pictures if path.endswith(".png")} == {f"/preview/{name}" for name in preview.PAGE_NAMES}
    charts = {path for path in pictures if path.endswith(".chart.webp")}
    assert {path.replace(".chart.webp", ".png") for path in charts} | charts == pictures
    chart = described["paths"]["/preview/aid.chart.webp"]["get"]
    assert [one["name"] for one in chart["parameters"]][-2:] == ["width", "theme"] and "404" in chart["responses"]
    aid = described["paths"]["/preview/aid.png"]["get"]["parameters"]
    assert [one["name"] for one in aid] == [one.name for one in PAGES["aid"].parameters()]
    assert described["info"]["version"] == record.data_version


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_openapi_guide_and_dictionary_tell_which_parameters_a_table_takes(table, record):
    taken = [one.name for one in selection.SELECTIONS[table].parameters()]
    assert taken[-2:] == ["evidence", "data"]
    described = json.loads(ask(APP, "/openapi.json").body)["paths"]
    for form in ("csv", "json"):
        asked_with = described[f"/data/{table}.{form}"]["get"]["parameters"]
        assert [one["name"] for one in asked_with] == taken
        assert {one["name"]: one["description"] for one in asked_with} == selection.words(table)
    line = next(line for line in ask(APP, "/llms.txt").text.splitlines() if f"/data/{table}.csv)" in line)
    assert re.findall(r"`(\w+)`", line.partition(" Parameters: ")[2]) == taken
    section = datapackage.dictionary().split(f"\n## {table}\n")[1].split("\n## ")[0]
    assert all(
        f"- `{name}`" in section and words in section for name, words in list(selection.words(table).items())[:-2]
    )


def test_addresses_in_the_guide_and_in_the_sitemap_are_of_who_asks():
    for path in ("/llms.txt", "/sitemap.xml", "/openapi.json"):
        text = ask(APP, path, host="other.example").text
        assert "https://other.example/" in text or '"https://other.example"' in text
        assert not re.search(r"shields\.example", text)
