"""The page Systems as a reader's browser asks for it."""

from page_client import opened, texts
from streamlit.testing.v1 import AppTest

from two_shields.exhibits import registry
from two_shields.state.views import SystemsView


def page(**query: str | list[str]) -> AppTest:
    at = opened("systems", **query)
    assert not at.exception
    return at


def text(at: AppTest) -> str:
    return "\n".join(texts(at, "subheader", "markdown", "caption", "info", "warning"))


def test_of_a_link_to_a_system_that_is_none_the_flows_stay(record):
    at = page(system="trebuchet")
    (warning,) = at.warning
    assert "system=trebuchet" in warning.value
    assert registry.frame_of(record, SystemsView(view="flows")).title in text(at)


def test_a_system_has_its_card():
    shown = text(page(view="reference", system="samp-t"))
    assert "**Also called:** MAMBA" in shown
    assert "**Layer:** medium or long range, sources disagree" in shown
    assert "It is a label, not a measured difference." in shown
    assert "wanted, 25 March 2022" in shown


def test_a_chart_leads_to_the_card_of_a_system():
    at = page(system="samp-t")
    next(button for button in at.button if button.label == "SAMP/T").click().run()
    assert not at.exception
    assert "**Also called:** MAMBA" in text(at)


def test_a_card_from_the_articles_alone_holds_nothing_of_the_public_record():
    shown = text(page(view="reference", system="samp-t", evidence="articles"))
    assert "**Also called:** MAMBA" in shown
    assert "25 March 2022" not in shown


def test_a_choice_without_a_transfer_is_a_sentence_and_no_empty_chart():
    assert "report no transfer of Iron Dome" in text(page(system="iron-dome"))
    for choice in ({}, {"view": "matrix"}, {"view": "matrix", "evidence": "articles"}):
        at = page(system="iron-dome", **choice)
        assert "There is nothing to draw for this choice" in at.info[0].value and len(at.info) == 1
        assert not at.get("plotly_chart")
