"""Tables as XLSX: typed cells, no formula, a sheet on citation and data version, the same bytes each time."""

import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from starlette.applications import Starlette
from web_client import ask

from two_shields.exhibits.registry import frame_of
from two_shields.export import sharing, values
from two_shields.export.table_files import MEDIA_TYPES
from two_shields.export.workbook import workbook
from two_shields.state.views import AidView, InitiativesView
from two_shields.web import data

APP = Starlette(routes=data.ROUTES)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def about(book: openpyxl.Workbook) -> dict[str, object]:
    return dict(book["About"].iter_rows(values_only=True))


def test_cells_have_the_types_of_their_values():
    rows = pd.DataFrame(
        {"text": ["a", ""], "whole": pd.array([3, None], "Int64"), "part": [0.5, float("nan")], "sure": [True, False],
         "day": ["2022-10-13", "2022-10"], "list": [("x", "y"), ()]}
    )  # fmt: skip
    sheet = opened(workbook({"Table": rows}, {}, ""))["Table"]
    first, *found = sheet.iter_rows(values_only=True)
    assert first == ("text", "whole", "part", "sure", "day", "list")
    assert found[0] == ("a", 3, 0.5, True, datetime.fromisoformat("2022-10-13"), "x;y")
    assert found[1] == (None, None, None, False, "2022-10", None), "a date that is not sure to the day stays text"
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"


def test_no_text_is_taken_for_a_formula_and_what_xml_cannot_hold_is_left_out():
    for start in values.FORMULA:
        text = f'{start}HYPERLINK("https://elsewhere.example")'
        sheet = opened(workbook({"Table": pd.DataFrame({text: [text]})}, {}, ""))["Table"]
        for cell in (sheet["A1"], sheet["A2"]):
            assert cell.data_type == "s" and cell.quotePrefix
            assert cell.value.strip() == text.strip()
    assert opened(workbook({"Table": pd.DataFrame({"a": ["x\x00\x1by"]})}, {}, ""))["Table"]["A2"].value == "xy"


def test_a_table_of_the_record_is_served_as_a_workbook_with_its_version(record):
    answer = ask(APP, "/data/memberships.xlsx")
    assert (answer.status, answer.headers["content-type"]) == (200, MEDIA_TYPES["xlsx"])
    book = opened(answer.body)
    assert book.sheetnames == ["memberships", "About"]
    first, *rows = book["memberships"].iter_rows(values_only=True)
    assert list(first) == list(record["memberships"].columns)
    assert [row[0] for row in rows] == list(record["memberships"].iloc[:, 0])
    assert about(book)["Data version"] == record.data_version
    assert record.data_version in about(book)["Cite as"] and about(book)["Licence"].startswith("Creative Commons")
    assert "Kiel Institute" in about(opened(ask(APP, "/data/aid_monthly.xlsx").body))["Cite also"]


def test_a_selection_is_a_workbook_of_its_rows(record):
    book = opened(ask(APP, "/data/memberships.xlsx?country=POL").body)
    first, *rows = book["memberships"].iter_rows(values_only=True)
    assert {row[first.index("iso3")] for row in rows} == {"POL"}
    assert len(rows) == (record["memberships"]["iso3"] == "POL").sum()


def test_the_same_data_are_the_same_bytes(record):
    rows = record["events"]
    assert workbook({"events": rows}, {"a": "b"}, "2026-11-20") == workbook({"events": rows}, {"a": "b"}, "2026-11-20")
    book = opened(workbook({"events": rows}, {}, "2026-11-20"))
    assert book.properties.modified.date() == date(2026, 11, 20)


@pytest.mark.parametrize("view", [InitiativesView(view="matrix"), AidView(view="reported")])
def test_a_view_s_workbook_holds_its_table_its_claims_and_how_to_cite_it(view, record):
    frame, url = frame_of(record, view), "https://shields.example" + view.link()
    book = opened(sharing.xlsx_bytes(frame, record, url))
    assert book.sheetnames == ["Table", "Claims", "About"]
    first, *rows = book["Table"].iter_rows(values_only=True)
    assert list(first) == list(frame.table.columns) and len(rows) == len(frame.table)
    ids = {claim_id for claim_ids in frame.rows["claim_ids"] for claim_id in claim_ids}
    assert {row[0] for row in book["Claims"].iter_rows(min_row=2, values_only=True)} == ids
    assert about(book)["Link"] == url and about(book)["Data version"] == record.data_version
    assert about(book)["Cite as"] == sharing.Reference.of(frame, record, url).plain()
