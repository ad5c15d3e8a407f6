"""What machines read first: complete, and true to the routes."""

import json
import re
import xml.etree.ElementTree as ET

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


def test_openapi_guide_and_dictionary_tell_which_parameters_a_table_takes(subtests):
    described, guide = json.loads(ask(APP, "/openapi.json").body)["paths"], ask(APP, "/llms.txt").text
    for table in (table.name for table in TABLES):
        with subtests.test(table):
            words = selection.words(table)
            *own, evidence, version = (one.name for one in selection.SELECTIONS[table].parameters())
            assert (evidence, version) == ("evidence", "data")
            for form in ("csv", "json"):
                asked_with = described[f"/data/{table}.{form}"]["get"]["parameters"]
                assert [(one["name"], one["description"]) for one in asked_with] == list(words.items())
            (line,) = (line for line in guide.splitlines() if f"/data/{table}.csv)" in line)
            assert re.findall(r"`(\w+)`", line.partition(" Parameters: ")[2]) == [*own, evidence, version]
            section = datapackage.dictionary().split(f"\n## {table}\n")[1].split("\n## ")[0]
            assert all(f"- `{name}`" in section and words[name] in section for name in own)


def test_addresses_in_the_guide_and_in_the_sitemap_are_of_who_asks():
    for path in ("/llms.txt", "/sitemap.xml", "/openapi.json"):
        text = ask(APP, path, host="other.example").text
        assert "https://other.example/" in text or '"https://other.example"' in text
        assert not re.search(r"shields\.example", text)
