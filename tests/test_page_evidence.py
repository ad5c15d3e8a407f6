"""The page Evidence as a reader meets it: its search, one claim on top, its parts."""

from urllib.parse import parse_qs, urlencode

import pytest
from page_client import opened
from page_client import texts as texts_of
from streamlit.testing.v1 import AppTest

from two_shields.state.views import PARTS
from two_shields.ui.evidence_lists import AT_ONCE


def page(**query: str | list[str]) -> AppTest:
    at = opened("evidence", **query)
    assert not at.exception
    return at


def headings(at: AppTest) -> list[str]:
    return texts_of(at, "subheader")


def texts(at: AppTest) -> str:
    return "\n".join(texts_of(at, "markdown", "caption"))


def rows(at: AppTest) -> list[str]:
    """The claims listed, by the way to each."""
    return [parse_qs(button.key.partition("?")[2])["claim"][0] for button in at.button if button.label == "This claim"]


def ways(at: AppTest, **query: str) -> list:
    """The buttons that lead to the view of this page with exactly these parameters."""
    target = f"/evidence?{urlencode(query)}" if query else "/evidence"
    return [button for button in at.button if (button.key or "").partition(":/")[2] == target.removeprefix("/")]


def test_the_bare_page_lists_the_first_claims_and_more_on_demand():
    at = page(evidence="articles")
    assert headings(at)[0].endswith("claims, from 5 articles")
    assert len(rows(at)) == AT_ONCE
    next(button for button in at.button if button.label.startswith("Show ")).click().run()
    assert len(rows(at)) == 2 * AT_ONCE
    at.text_input(key="evidence:q").set_value("syria").run()
    assert 0 < len(rows(at)) < AT_ONCE


def test_a_link_carries_search_and_sources():
    at = page(q="syria", source=["erdogan-macron"], evidence="articles")
    assert at.text_input(key="evidence:q").value == "syria"
    assert at.multiselect(key="evidence:source").value == ["erdogan-macron"]
    assert "with “syria” in Caliber.Az, from 1 article" in headings(at)[0]
    assert all(claim_id.startswith("erdogan-macron") for claim_id in rows(at))


def test_one_claim_stands_on_top_with_what_rests_on_it():
    at = page(claim="mistral-letter-p1a", evidence="articles")
    text = texts(at)
    assert "**One claim**" in text and "rest on this claim" in text
    assert "Belgium, Cyprus, Estonia, France and Hungary have put their names" in text
    ways(at, claim="mistral-letter-p1b", evidence="articles")[0].click().run()
    assert not at.exception
    assert "Before it in the same source" in texts(at)
    next(button for button in at.button if button.label == "Close").click().run()
    assert "**One claim**" not in texts(at)


def test_a_search_closes_the_claim():
    at = page(claim="mistral-letter-p1a")
    at.text_input(key="evidence:q").set_value("patriot").run()
    assert "**One claim**" not in texts(at)
    assert "with “patriot”" in headings(at)[0]


def test_a_claim_of_the_public_record_leads_back_to_it(record):
    claims = record.claims
    hidden = claims.loc[claims["source_corpus"] == "record", "claim_id"].iloc[0]
    at = page(claim=hidden, evidence="articles")
    assert "Articles only" in at.info[0].value
    ways(at, claim=hidden)[0].click().run()
    assert not at.info
    assert "rest" in texts(at)


#: How the heading of each part tells it from the others.
HEADINGS = {
    "claims": "claims, from", "sources": "5 articles", "conflicts": "conflicts between or within sources",
    "corrections": "so far", "changes": "What has changed in the data", "left-out": "left out",
    "dictionary": "tables hold the record", "downloads": "The whole record, version", "method": "How a claim is written",
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens(part):
    assert HEADINGS[part] in headings(page(part=part, evidence="articles"))[0]


def test_conflicts_open_to_their_explanation_and_claims(record):
    at = page(part="conflicts", evidence="articles")
    conflict = record.only("articles")["conflicts"].iloc[0]
    assert conflict["explanation"] not in texts(at)
    at.session_state[f"evidence:conflict:{conflict['conflict_id']}"] = True
    at.run()
    assert conflict["explanation"][:40] in texts(at)
    assert all(ways(at, part="conflicts", claim=claim, evidence="articles") for claim in conflict["claim_ids"])


def test_every_table_can_be_taken_away(record):
    at = page(part="downloads")
    labels = [button.label for button in at.get("download_button")]
    assert labels.count("CSV") == labels.count("JSON") == len(record.tables)
    assert "All tables (zip)" in labels
