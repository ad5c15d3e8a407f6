"""Dates are as precise as they are known, and no more."""

from datetime import date

import pytest

from two_shields.text import dates


def test_a_date_spans_the_days_that_it_can_mean():
    for text, first, last in (
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2022-10-13", date(2022, 10, 13), date(2022, 10, 13)),
    ):
        assert dates.is_date(text)
        assert dates.span(text) == (dates.earliest(text), dates.latest(text)) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-", "2022-13", "2022-00", "2023-02-29", "2022-2-3", "13.10.2022", "2022-10-13T12:00", " 2022", "0000",
     "\u0662\u0660\u0662\u0662", "\uff12\uff10\uff12\uff12-10"],
)  # fmt: skip
def test_what_is_no_date(text):
    assert not dates.is_date(text)
    with pytest.raises(ValueError):
        dates.span(text)


def test_a_shorter_date_agrees_with_a_longer_one_that_it_begins():
    agreed = [("2022-10-13", "2022-10"), ("2022-10-13", "2022"), ("2022-10", "2022-10")]
    others = [("2022-10", "2022-10-13"), ("2022-11", "2022-1"), ("2022-10-13", "2023"), ("", "2022")]
    assert [pair for pair in agreed + others if dates.agrees(*pair)] == agreed


def test_words():
    assert dates.words("2022-10-03") == "3 October 2022"
    assert dates.words("2022-10") == "October 2022"
    assert dates.words("2022") == "2022"
    assert (dates.words(""), dates.words("", blank="unknown")) == ("date not given", "unknown")


def test_a_date_after_a_verb_has_its_preposition():
    assert dates.when("2022-10-13") == "on 13 October 2022"
    assert dates.when("2026-02") == "in February 2026"
    assert dates.when("2022") == "in 2022"
    assert dates.when("") == ""


def test_a_period_is_worded_by_what_is_known_of_it():
    assert dates.period("2022-03-01", "2026-04", "2026-05") == "1 March 2022 to April 2026"
    assert dates.period("", "2026-04") == "to April 2026"
    assert dates.period("2022", "") == "from 2022"
    assert dates.period("", "", "2026-02") == "reported in February 2026, period not stated"
    assert dates.period("", "") == "period not stated"
