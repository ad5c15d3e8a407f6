"""Links pinned to a version of the data: they show its numbers, say what changed since, and lead to the newest."""

import io
import zipfile
from datetime import date

import pytest
from conftest import FIRST
from page_client import address, opened
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from web_client import Html, ask

from two_shields.exhibits.registry import lead
from two_shields.export import selection, sharing, since
from two_shields.record import live, versions
from two_shields.record.record import Record
from two_shields.state import migrations, pinned
from two_shields.state.views import PAGES, AidView, EvidenceView, InitiativesView, SystemsView, TimelineView
from two_shields.web import MIDDLEWARE, ROUTES


@pytest.fixture(scope="module")
def app() -> Starlette:
    """The site's routes and pages, around a page as Streamlit sends one."""
    page = HTMLResponse('<html><head><title>Streamlit</title></head><body><div id="root"></div></body></html>')
    return Starlette(routes=[*ROUTES, Route("/{path:path}", lambda request: page)], middleware=MIDDLEWARE)


# Which version a link shows.


def test_a_link_that_names_a_version_shows_its_data_and_one_that_does_not_the_newest():
    record, view, notices = pinned.read(TimelineView, {"data": [FIRST]})
    assert record.data_version == FIRST and view.data == FIRST and not notices
    assert view.link() == f"/timeline?data={FIRST}"
    record, view, notices = pinned.read(TimelineView, {})
    assert record is live.record() and view.data is None and not notices
    of_pages = [one for page in PAGES.values() for one in page.parameters() if one.name == "data"]
    assert len(of_pages) == len(PAGES) and all(one.hidden for one in of_pages), "on every page, without a widget"


def test_an_unknown_version_is_told_and_the_newest_is_shown():
    record, view, notices = pinned.read(AidView, {"data": ["2020-01-01-00000000"], "view": ["monthly"]})
    assert record is live.record() and view == AidView(view="monthly")
    (notice,) = notices
    assert str(notice) == (
        "This link's `data=2020-01-01-00000000` was left out: no version of the data has that name, and the newest is "
        f"shown; use one of {', '.join(versions.published())}."
    )


def test_a_version_that_cannot_be_read_is_told_and_the_newest_is_shown(monkeypatch):
    def unreadable(*_):
        raise versions.UnknownVersion("its tables have another digest")

    monkeypatch.setattr(Record, "of_version", unreadable)
    record, view, (notice,) = pinned.read(AidView, {"data": [FIRST]})
    assert record is live.record() and view == AidView()
    assert "this version cannot be read; the newest data are shown" in str(notice)


def test_old_names_work_in_every_version(monkeypatch):
    renamed = migrations.ValueRenamed(date(2026, 12, 1), "a test", "aid", "view", "permonth", "monthly")
    version = migrations.ParameterRenamed(date(2026, 12, 1), "a test", None, "version", "data")
    monkeypatch.setattr(migrations, "MIGRATIONS", (renamed, version))
    record, view, notices = pinned.read(AidView, {"version": [FIRST], "view": ["permonth"]})
    assert (record.data_version, view, notices) == (FIRST, AidView(view="monthly", data=FIRST), ())


def test_a_claim_of_then_opens_by_the_data_of_then(first):
    gone = sorted(set(first["claims"]["claim_id"]) - set(live.record()["claims"]["claim_id"]))
    assert gone, "every claim of the first version is still there: choose another example"
    _, view, notices = pinned.read(EvidenceView, {"claim": gone[:1], "data": [FIRST]})
    assert view.claim == gone[0] and not notices
    _, view, notices = pinned.read(EvidenceView, {"claim": gone[:1]})
    assert view.claim is None and notices


# What changed since.


def test_what_changed_in_a_view_is_told_with_before_now_and_reason(small):
    before = small.load()
    small.set("memberships", "essi-pol-joined", date="2023-02", date_basis="stated")
    small.add(
        "corrections", correction_id="day", date="2026-12-01", table="memberships", row_id="essi-pol-joined/date",
        was="2023-02-13", now="2023-02", reason="The source names no day.",
    )  # fmt: skip
    found = since.since(before, small.load(), InitiativesView(view="matrix", initiative=("essi",)))
    (row,) = found.rows[found.rows["What"] == "Date"].itertuples(index=False)
    assert tuple(row)[1:] == ("Date", "13 February 2023", "February 2023", "The source names no day.")
    assert "Poland" in row.Row and found.sentence == f"Since then 1 of {found.of} rows changed"


def test_rows_that_came_and_went_are_told(small):
    before = small.load()
    small.drop("memberships", "essi-pol-joined")
    found = since.since(before, small.load(), InitiativesView(view="matrix", initiative=("essi",)))
    assert "row taken out" in set(found.rows["What"]) and "1 taken out" in found.sentence
    again = since.since(small.load(), before, InitiativesView(view="matrix", initiative=("essi",)))
    assert "new row" in set(again.rows["What"]) and "1 new" in again.sentence


def test_the_same_data_are_no_change(first):
    found = since.since(first, first, SystemsView())
    assert found.sentence == "Since then nothing has changed in this view" and found.rows.empty and not found.findings


def test_what_the_first_version_lacks_is_said_where_it_matters(first, record):
    assert "“Articles only” cannot be applied" in since.missing(first, AidView(evidence="articles"))[0]
    assert "no weights" in since.missing(first, TimelineView())[0]
    assert since.missing(first, InitiativesView()) == ()
    assert all(since.missing(record, page(evidence="articles")) == () for page in PAGES.values())


# The page.


def texts(app) -> str:
    return "\n".join(element.value.replace("\\", "") for element in (*app.caption, *app.warning))


def test_a_pinned_page_shows_then_says_so_and_leads_to_the_newest(first):
    view = SystemsView(view="reference", data=FIRST)
    app = opened("systems", view="reference", data=FIRST)
    assert not app.exception
    assert "Pinned. Data of 20 November 2026 (version 2026-11-20-bf1662be)." in texts(app)
    then, now = lead(first, view).title, lead(live.record(), SystemsView(view="reference")).title
    assert then != now and then in [one.value.replace("\\", "") for one in app.subheader]
    assert any("rows changed" in one.label for one in app.expander)
    app.button(key="pinned:newest:systems").click().run()
    assert "data" not in address(app) and now in [one.value.replace("\\", "") for one in app.subheader]
    assert "Pinned" not in texts(app)


def test_the_differences_open_with_before_and_now():
    app = opened("systems", view="matrix", data=FIRST)
    app.session_state["pinned:since"] = True
    app.run()
    (table,) = [one.value for one in app.dataframe if list(one.value.columns) == list(since.COLUMNS)]
    changed = table[(table["Row"].str.startswith("IRIS-T SLM, Germany")) & (table["What"] == "Stage")]
    assert changed[["Before", "Now"]].values.tolist() == [["intended", "in service"]]


@pytest.mark.parametrize("page", [path or "overview" for path in PAGES])
def test_every_page_opens_by_the_first_version_says_what_that_lacks_and_leads_to_pages_by_it(page):
    app = opened(page, data=FIRST, evidence="articles")
    assert not app.exception and "Pinned. Data of 20 November 2026" in texts(app)
    assert "“Articles only” cannot be applied: all evidence is shown" in texts(app)
    assert address(app) == {"data": [FIRST], "evidence": ["articles"]}
    assert all(f"data={FIRST}" in link.proto.query_string for link in app.get("page_link"))


# What the view gives away.


def test_a_citation_of_these_data_names_them_and_stays_with_them(first, small):
    assert pinned.these_data(SystemsView(), small.load()) == SystemsView(), "not published: without a link of their own"
    view = pinned.these_data(SystemsView(), first)
    reference = sharing.Reference.of(lead(first, SystemsView()).frame, first, f"https://shields.example{view.link()}")
    assert view.link() == f"/systems?data={FIRST}"
    assert f"Data version {FIRST}, 20 November 2026" in reference.plain() and reference.plain().endswith(view.link())


def test_head_and_summary_of_a_pinned_page_are_of_its_version(app, first):
    answer = ask(app, f"/systems?view=reference&data={FIRST}")
    html = Html(answer.text)
    shown = lead(first, SystemsView(view="reference", data=FIRST))
    assert html.meta["og:title"] == shown.title and html.texts["h1"] == [shown.title]
    assert html.links["canonical"] == f"https://shields.example/systems?view=reference&data={FIRST}"
    assert f"data={FIRST}" in html.meta["og:image"]
    assert "Pinned. Data of 20 November 2026 (version 2026-11-20-bf1662be). Since then " in answer.text
    assert f'"version": "{FIRST}"' in answer.text
    ways = [way for way in html.anchors if way.startswith("./") and not way.startswith("./data/")]
    assert [way for way in ways if FIRST not in way] == ["./systems?view=reference"]
    assert "Pinned." not in ask(app, "/systems").text


def test_tables_of_a_version_are_as_they_were_published(app, first):
    answer = ask(app, f"/data/{FIRST}/memberships.csv")
    assert (answer.status, answer.body) == (200, first.files["memberships.csv"])
    assert "immutable" in answer.headers["cache-control"] and answer.headers["access-control-allow-origin"] == "*"
    assert ask(app, f"/data/memberships.csv?data={FIRST}").body == first.files["memberships.csv"]
    packed = zipfile.ZipFile(io.BytesIO(ask(app, f"/data/{FIRST}/two-shields.zip").body))
    assert {name: packed.read(name) for name in packed.namelist()} == first.files


def test_a_part_of_a_table_is_chosen_in_a_version_too(app, first):
    answer = ask(app, f"/data/transfers.json?data={FIRST}&system=iris-t-slm")
    assert answer.headers["two-shields-selected"] == f"system=iris-t-slm&data={FIRST}"
    kept = selection.rows(first, "transfers", selection.SELECTIONS["transfers"].of_values({"system": ("iris-t-slm",)}))
    assert answer.text.count('"transfer_id"') == len(kept) > 0


def test_unknown_versions_and_files_list_those_there_are(app):
    answer = ask(app, "/data/2020-01-01-00000000/claims.csv")
    assert answer.status == 404 and f"/data/{FIRST}/two-shields.zip" in answer.text
    answer = ask(app, f"/data/{FIRST}/cell_claims.csv")
    assert answer.status == 404 and f"/data/{FIRST}/claims.csv" in answer.text
