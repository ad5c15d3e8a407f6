"""What a reader takes away of a view: citations that others' programs can read, and files that harm nobody."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from conftest import FIRST

from two_shields.exhibits import registry
from two_shields.exhibits.evidence import lists
from two_shields.export import sharing
from two_shields.export.sharing import Reference
from two_shields.export.values import FORMULA
from two_shields.record import versions
from two_shields.state.views import AidView, EvidenceView, InitiativesView, OverviewView
from two_shields.text import dates

SITE = "https://shields.example"
AID = AidView(view="monthly", donor=("FRA", "DEU"), kind=("military",), evidence="all")
#: Titles as a search may have them: everything that TeX and RIS could stumble over.
AWKWARD = ("100 % & more_than #1 {“x”} $5", r"a\b~c^d", "}{", "€2.7 billion, Türkiye’s S-400", "x" * 300)


@pytest.fixture(params=[AID, InitiativesView(reading="strict", as_of=None), EvidenceView(q="{Mistral} & 5 %_#$~^")])
def reference(request, record) -> Reference:
    view = request.param
    made = {"aid": registry.frame_of, "initiatives": registry.frame_of, "evidence": lists.EXHIBIT.frame_of}[view.path](
        record, view
    )
    return replace(Reference.of(made, record, SITE + view.link()), version=FIRST, day=versions.day(FIRST))


def bibtex(entry: str) -> tuple[str, dict[str, str]]:
    """Key and fields of an entry, read by counting braces as BibTeX does."""
    head = re.match(r"@misc\{([^\s,{}]+),\s*", entry)
    assert head, entry
    fields, rest = {}, entry[head.end() :]
    while found := re.match(r"\s*(\w+) = \{", rest):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[found[1]] = rest[found.end() : end - 1]
        rest = rest[end:].removeprefix(",")
    assert rest.strip() == "}"
    return head[1], fields


def ris(entry: str) -> dict[str, str]:
    lines = entry.splitlines()
    assert lines[0] == "TY  - DATA" and lines[-1] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    return {line[:2]: line[6:] for line in lines}


def test_each_citation_has_title_link_parameters_version_and_day(reference):
    day = "2026-11-20"
    assert reference.day == day
    key, fields = bibtex(reference.bibtex())
    entry = ris(reference.ris())
    chosen = reference.parameters
    assert chosen in entry["N1"] and chosen in reference.plain()
    assert FIRST in key and fields["version"] == entry["ET"] == FIRST
    assert fields["note"].startswith(f"Data version {FIRST}")
    assert (fields["date"], fields["year"], entry["DA"], entry["PY"]) == (day, day[:4], day.replace("-", "/"), day[:4])
    assert fields["url"] == entry["UR"] == reference.url and reference.plain().endswith(f" {reference.url}")
    assert entry["TI"] == reference.title and reference.title in reference.plain()
    assert f"Data version {FIRST}, {dates.words(day)}." in reference.plain()


def test_a_reference_has_the_record_s_version_its_day_and_the_parameters_of_the_link(record):
    reference = Reference.of(registry.frame_of(record, AID), record, SITE + AID.link())
    assert (reference.version, reference.day) == (record.data_version, versions.day(record.data_version))
    assert reference.parameters == "view monthly; donor FRA, DEU; kind military"
    assert replace(reference, url=f"{SITE}/aid").parameters == ""
    assert "View:" not in replace(reference, url=f"{SITE}/aid").plain()


@pytest.mark.parametrize("title", AWKWARD)
def test_no_title_breaks_a_citation(title, reference):
    awkward = replace(reference, title=title)
    _, fields = bibtex(awkward.bibtex())
    bare = re.sub(r"\\text\w+\{\}|\\[&%$#_]", "", fields["title"])
    assert bare.startswith("{") and bare.endswith("}")
    assert not set(bare[1:-1]) & set("&%$#_{}\\~^")
    assert list(fields) == ["title", "author", "year", "date", "version", "note", "url"]
    assert ris(awkward.ris())["TI"] == title


def test_an_unpublished_record_is_cited_without_a_day(small):
    record = small.load()
    reference = Reference.of(lists.EXHIBIT.frame_of(record, EvidenceView()), record, f"{SITE}/evidence")
    assert "year" not in bibtex(reference.bibtex())[1] and "PY" not in ris(reference.ris())
    assert f"Data version {record.version}. " in reference.plain()


def test_the_embed_snippet_is_one_frame_with_the_finding_as_its_title(record):
    frame = replace(registry.frame_of(record, AID), title='"><script>alert(1)</script>')
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    chart, _ = registry.lead(record, AID).exhibit.framed(record, AID, "light")
    parser.feed(sharing.embed(frame, SITE + AID.link(), chart))
    ((tag, attributes),) = tags
    assert (tag, attributes["title"]) == ("iframe", frame.title)
    assert attributes["src"] == f"{SITE}{AID.link()}&embed=true"
    assert int(attributes["height"]) == chart.layout.height + sharing.AROUND


def test_in_a_frame_the_overview_s_map_has_a_key_for_which_its_page_has_figures(record):
    chart, _ = registry.lead(record, OverviewView()).exhibit.framed(record, OverviewView(), "light")
    assert any("only Sky Shield" in one.text for one in chart.layout.annotations)


# Files.


@pytest.fixture
def harmful(record):
    """A view whose words a spreadsheet would compute: in its table, and in the claims under it."""
    bad = [f"{start}cmd|' /C calc'!A0" for start in FORMULA] + ["first\r=1+1", "first\r\n=1+1"]
    frame = lists.EXHIBIT.frame_of(record, EvidenceView(source=("mistral-letter",)))
    rows = frame.rows.head(len(bad)).assign(statement=bad)
    return replace(frame, rows=rows), bad


def harmless(bad: list[str]) -> set[str]:
    lines = [text.replace("\r\n", "\n").replace("\r", "\n") for text in bad]
    return {f"'{text}" if text.startswith(FORMULA) else text for text in lines}


def cells(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")) for cell in row]


def test_no_text_cell_of_a_view_s_file_is_a_formula(harmful):
    frame, bad = harmful
    found = cells(sharing.csv_bytes(frame))
    assert harmless(bad) <= set(found)
    assert not [cell for cell in found if cell.startswith(FORMULA)]


def test_no_cell_of_the_zip_is_a_formula(record, harmful, monkeypatch):
    frame, bad = harmful
    claims = record.claims
    claims.loc[list(frame.rows["mark"]), "statement"] = bad
    monkeypatch.setattr(type(record), "claims", property(lambda self: claims))
    view = EvidenceView(source=("mistral-letter",))
    with zipfile.ZipFile(io.BytesIO(sharing.zip_bytes(frame, record, view, SITE + view.link()))) as packed:
        for name in ("claims.csv", f"{frame.name}.csv"):
            found = cells(packed.read(name))
            assert harmless(bad) <= set(found), name
            assert not [cell for cell in found if cell.startswith(FORMULA)], name


def test_numbers_stay_numbers(record):
    frame = registry.frame_of(record, AidView(view="monthly"))
    frame = replace(frame, rows=frame.rows.head(1).assign(amount_eur=-5.5))
    assert "-5.5" in cells(sharing.csv_bytes(frame))


def test_files_name_their_version_filters_fields_sources_and_citation(record):
    frame = registry.frame_of(record, AID)
    url = SITE + AID.link()
    assert sharing.file_name(frame, record, "csv") == f"two-shields-aid-monthly-{record.data_version}.csv"
    content = json.loads(sharing.json_bytes(frame, record, url))
    assert (content["data_version"], content["link"], content["title"]) == (record.data_version, url, frame.title)
    assert len(content["rows"]) == len(frame.rows)
    with zipfile.ZipFile(io.BytesIO(sharing.zip_bytes(frame, record, AID, url))) as packed:
        readme = packed.read("README.txt").decode("utf-8")
        assert {"README.txt", "aid-monthly.csv", "aid-monthly.json", "claims.csv"} == set(packed.namelist())
    told = ("donor = FRA, DEU", "kind = military", "  Euros\n", frame.source_line, url, f"  {record.data_version}\n")
    assert all(part in readme for part in (*told, Reference.of(frame, record, url).plain()))
