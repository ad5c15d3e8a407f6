"""What the evidence of a mark says, cell by cell, and how well marks are sourced."""

from page_client import address, opened, texts

from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView


def said(page: str, **query) -> str:
    app = opened(page, **query)
    assert not app.exception and not app.warning
    return "\n".join(texts(app, "markdown", "caption"))


def lines(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def test_each_cell_of_a_country_on_the_map_names_its_own_sources():
    text = said("initiatives", mark="POL")
    (status,) = lines(text, "**Initiative:** Sky Shield (ESSI) · **Country:** Poland")
    assert "**Status:** says it will join :orange-badge[≠ sources disagree]" in status
    after = text[text.index("**Date:** 15 April 2024") :].splitlines()[1]
    assert "TVN24" in after and "Reuters" not in after, "the day is in one of the four sources alone"
    assert "Reuters" in text[text.index(status) :].splitlines()[1]


def test_a_disputed_cell_has_what_each_side_says_and_which_is_shown():
    text = said("initiatives", view="matrix", mark="essi|BEL")
    assert ":material/balance: **≠ The memorandum: August or October 2023**" in text
    assert lines(text, "- [Europäische Sicherheit & Technik, October 2023]")
    assert lines(text, "- [Janes, December 2023]")
    assert "**Shown here:** October 2023" in text


def test_a_weak_total_and_an_inferred_date_say_so():
    text = said("aid", view="reported", donor="FRA", mark="fra-total-committed-kiel-with-eu-share-2022-12-07")
    (amount,) = lines(text, "**Donor:** France")
    assert "**Amount:** €7.39 billion :orange-badge[≠ sources disagree]" in amount
    assert amount.rstrip().endswith(":orange-badge[? weak sources alone]")
    text = said("systems", view="matrix", mark="skyranger-30|HUN|own")
    assert lines(text, "**Date:** June 2024 :gray-badge[inferred]")


def test_many_facts_of_a_step_are_a_line_each_that_unfolds():
    app = opened("initiatives", view="growth", mark="named|german_led|2022-10-13|15")
    labels = [part.label for part in app.expander]
    assert "Sky Shield (ESSI) · Belgium · signed letter of intent · 13 October 2022" in labels
    assert sum("signed letter of intent" in label for label in labels) == 14


def test_every_kind_of_mark_has_its_evidence():
    assert "**Initiatives:** Sky Shield (ESSI)" in said("timeline", mark="essi-announced")
    step = said("country", country="EST", mark="essi|EST|signed_memorandum|2023-10-11")
    assert "**Date:** 11 October 2023" in step
    month = said("aid", view="monthly", donor="DEU", mark="DEU|2024-03")
    assert "A value of the series [Ukraine Support Tracker" in month


def test_marks_of_weak_sources_are_counted_and_their_evidence_says_so_and_no_other(record):
    rows = registry.frame_of(record, InitiativesView(view="matrix")).rows.set_index("mark")
    weak = int(rows["weak"].sum())
    assert 0 < weak < len(rows)
    told = f"Weak sources alone (republications or unknown outlets): {weak} of {len(rows)}."
    assert told in said("initiatives", view="matrix")
    for is_weak in (True, False):
        mark = rows.index[rows["weak"] == is_weak][0]
        badges = texts(opened("initiatives", view="matrix", mark=mark), "markdown")
        assert any("weak sources alone" in text for text in badges) == is_weak


def test_a_link_opens_with_the_evidence_of_its_mark_and_one_that_no_chart_has_leaves_the_address():
    assert "NATO, 13 October 2022; grade A" in said("initiatives", view="matrix", mark="essi|EST")
    app = opened("initiatives", view="matrix", mark="essi|XXX")
    (warning,) = app.warning
    assert warning.value == "This link's `mark=essi|XXX` was left out: no chart of this view has a mark of that name."
    assert address(app) == {"view": ["matrix"]}
