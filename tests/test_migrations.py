"""Names that change: an old link is understood, shows what it showed, and is put right. All names here are invented."""

from datetime import date

import pytest
from page_client import APP, address, heading, opened
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from web_client import ask

from two_shields.state import migrations
from two_shields.state.migrations import PageMoved, ParameterRenamed, ValueRenamed
from two_shields.state.views import PAGES, AidView, InitiativesView, SystemsView
from two_shields.web import data, preview
from two_shields.web.pages import Redirects

INVENTED = (
    ValueRenamed(date(2031, 1, 1), "The camp is called by its letters.", "initiatives", "initiative", "sky", "shield"),
    ParameterRenamed(date(2031, 2, 1), "A giver is called a donor.", "aid", "giver", "donor"),
    ValueRenamed(date(2031, 3, 1), "The camp has one id.", None, "initiative", "shield", "essi"),
    ParameterRenamed(date(2031, 3, 2), "The day says what it is.", "who-is-in", "day", "as_of"),
    PageMoved(date(2031, 4, 1), "The page tells of more than who is in.", "who-is-in", "memberships"),
    PageMoved(date(2031, 5, 1), "It is about initiatives.", "memberships", "initiatives"),
)


@pytest.fixture
def invented(monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", INVENTED)


def served(request):
    return PlainTextResponse("a page")


APPLICATION = Starlette(
    routes=[*data.ROUTES, *preview.ROUTES, Route("/{name:path}", served)], middleware=[Middleware(Redirects)]
)


# What holds of the list itself, whatever will stand in it.


@pytest.mark.parametrize("listed", [migrations.MIGRATIONS, INVENTED], ids=["real", "invented"])
def test_the_list_is_in_order_says_why_and_leads_to_what_there_is(listed, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", listed)
    assert [one.day for one in listed] == sorted(one.day for one in listed)
    assert all(one.reason.endswith(".") and one.was != one.now for one in listed)
    assert set(migrations.redirects().values()) <= set(PAGES) and not set(migrations.redirects()) & set(PAGES)
    parameters = {parameter.name for page in PAGES.values() for parameter in page.parameters()}
    for one in listed:
        if isinstance(one, ParameterRenamed):
            path, query = migrations.migrate(one.page or "", {one.was: ["x"]})
            assert set(query) <= parameters and path in PAGES


# Parsing, for app and server alike.


def test_an_old_name_of_a_parameter_means_the_new_one(invented, record):
    view, notices = AidView.parse({"giver": ["FRA", "DEU"], "kind": ["military"]}, record)
    assert (view, notices) == (AidView(donor=("FRA", "DEU"), kind=("military",)), ())
    assert view.link() == "/aid?donor=FRA&donor=DEU&kind=military"


def test_a_link_with_both_names_keeps_both_and_the_newer_counts(invented, record):
    assert AidView.parse({"donor": ["FRA"], "giver": ["DEU"]}, record)[0].donor == ("DEU", "FRA")


def test_a_name_that_changed_twice_goes_both_steps_in_any_case(invented, record):
    view, notices = InitiativesView.parse({"initiative": ["SKY", "eads"]}, record)
    assert (view.initiative, notices) == (("essi", "eads"), ())


def test_a_name_of_one_page_is_not_known_to_another_nor_to_any_without_a_migration(invented, record, monkeypatch):
    _, (notice,) = SystemsView.parse({"giver": ["FRA"]}, record)
    assert notice.parameter == "giver"
    monkeypatch.undo()
    view, (notice,) = AidView.parse({"giver": ["FRA"]}, record)
    assert (view, notice.parameter) == (AidView(), "giver")
    assert ask(APPLICATION, "/who-is-in").text == "a page"


# The server.


def test_an_old_path_leads_to_the_page_for_good_and_knows_the_old_names_of_its_time(invented):
    for old in ("who-is-in", "memberships"):
        answer = ask(APPLICATION, f"/{old}?initiative=sky&country=POL&country=DEU")
        assert answer.status == 308
        assert answer.headers["location"].startswith("https://shields.example/initiatives?initiative=")
        assert answer.headers["location"].endswith("&country=POL&country=DEU")
    assert ask(APPLICATION, "/who-is-in?day=2022-12-31").headers["location"].endswith("/initiatives?as_of=2022-12-31")


def test_an_old_card_leads_to_the_new_one_below_any_root(invented):
    answer = ask(APPLICATION, "/preview/who-is-in.png?view=matrix", root_path="/shields")
    assert answer.status == 308
    assert answer.headers["location"] == "https://shields.example/shields/preview/initiatives.png?view=matrix"


def test_what_has_not_moved_is_served(invented):
    assert ask(APPLICATION, "/aid?giver=FRA").text == ask(APPLICATION, "/initiatives").text == "a page"
    assert ask(APPLICATION, "/who-is-in/further").text == "a page"
    assert ask(APPLICATION, "/data/memberships.csv").status == 200
    assert ask(APPLICATION, "/who-is-in", "POST").status == 405


# The live page.


def test_the_live_page_understands_an_old_link_and_puts_its_address_right(invented):
    old = opened("aid", giver="FRA", evidence="articles")
    assert not old.exception and not old.warning
    monthly = opened("aid", donor="FRA", evidence="articles")
    assert heading(old) == heading(monthly)
    assert address(old) == {"donor": ["FRA"], "evidence": ["articles"]}


def test_the_live_site_goes_on_from_an_old_path(invented):
    code = f"""
import streamlit as st
from two_shields.ui import address

if st.query_params.get("day"):
    address.forward("who-is-in")
exec(open({str(APP)!r}, encoding="utf-8").read())
"""
    followed = []
    app = AppTest.from_string(code, default_timeout=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.switch_page", lambda page, query_params: followed.append((page, query_params)))
        app.query_params["day"] = "2022-12-31"
        app.run()
    assert followed[0] == ("pages/initiatives.py", {"as_of": ["2022-12-31"]})
