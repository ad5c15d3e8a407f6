"""Who counts as in: by reading, by day, and told apart from who is known to be out."""

from datetime import date, timedelta

import pytest

from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.domain.membership import changes, standings, states, step_days
from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView


@pytest.fixture
def join(small):
    """Adds a row of membership, on a claim of its own that bears its date out; nobody is in anything before."""
    small.write("memberships", small.rows("memberships")[:1])
    small.write("cell_claims", [row for row in small.rows("cell_claims") if row[0] != "memberships"])

    def add(iso3: str, status: str, day: str = "", initiative_id: str = "essi", source_id: str = "page") -> None:
        claim_id = f"c-{len(small.rows('claims'))}"
        basis = "stated" if day else ""
        small.add(
            "claims", claim_id=claim_id, source_id=source_id, paragraph="" if source_id == "page" else "1",
            statement="It is so.", certainty="stated", date=day, date_basis=basis,
        )  # fmt: skip
        small.add(
            "memberships", membership_id=f"m-{len(small.rows('memberships'))}", initiative_id=initiative_id, iso3=iso3, status=status, date=day, date_basis=basis,
            claim_ids=claim_id,
        )  # fmt: skip

    add.tables, add.load = small, small.load
    return add


def standing(record, reading, iso3, as_of=None, initiative_id="essi"):
    rows = standings(record, reading, as_of).set_index(["initiative_id", "iso3"])
    return rows.loc[(initiative_id, iso3)]


#: Which statuses count as in, and by which reading first; the others count by none.
COUNTS = {
    "strict": ("party", "signed_memorandum", "lead"), "signed": ("joined", "signed_letter_of_intent"), "broad": ("declared_intent", "applied"),
}  # fmt: skip


@pytest.mark.parametrize("status", MEMBERSHIP_STATUSES)
def test_each_reading_adds_to_the_one_before(status, join):
    join("POL", status, "2023")
    record = join.load()
    counted = ()
    for reading, added in COUNTS.items():
        counted += added
        assert bool(standing(record, reading, "POL")["inside"]) == (status in counted), reading


def test_the_firmest_status_is_shown_and_the_first_that_counts_is_since(join):
    join("POL", "declared_intent", "2022-10-13")
    join("POL", "signed_letter_of_intent", "2023-02")
    join("POL", "signed_memorandum", "2024-07-01")
    record = join.load()
    since = {reading: standing(record, reading, "POL")["since"] for reading in ("strict", "signed", "broad")}
    assert since == {"strict": "2024-07-01", "signed": "2023-02", "broad": "2022-10-13"}
    row = standing(record, "signed", "POL")
    assert (row["status"], row["when"]) == ("signed_memorandum", "2024-07-01")
    assert len(row["claim_ids"]) == 3
    assert len(row["since_claim_ids"]) == 1


def test_as_of_shows_what_had_surely_happened(join):
    join("POL", "joined", "2023")
    join("BEL", "joined", "2023-02")
    join("DEU", "joined", "2023-02-13")
    record = join.load()
    for iso3, known_on in (("POL", date(2023, 12, 31)), ("BEL", date(2023, 2, 28)), ("DEU", date(2023, 2, 13))):
        assert iso3 in set(changes(record, known_on)["iso3"])
        assert iso3 not in set(changes(record, known_on - timedelta(days=1))["iso3"])


def test_as_of_shows_the_status_of_that_day(join):
    join("POL", "declared_intent", "2022-10-13")
    join("POL", "joined", "2023-02-13")
    record = join.load()
    before, then = (standing(record, "signed", "POL", date(2023, 2, day)) for day in (12, 13))
    assert (before["status"], bool(before["inside"]), then["status"]) == ("declared_intent", False, "joined")


def test_neither_needs_a_row_and_unknown_has_none(join):
    join("BEL", "declined", "2023")
    join("FRA", "party", initiative_id="samp-t-programme")
    join("ITA", "party", initiative_id="samp-t-programme")
    join("ITA", "joined", "2024")
    join("DEU", "lead", "2022-10-13")
    join("POL", "party", "2023", initiative_id="fcas")  # which is not of the question
    rows = states(join.load(), "signed").set_index("iso3")
    assert rows["state"].to_dict() == {
        "BEL": "neither", "DEU": "german_led", "FRA": "french_led", "ITA": "both", "POL": "unknown", "UKR": "unknown",
    }  # fmt: skip
    assert rows.loc["POL", "claim_ids"] == ()
    assert len(rows.loc["ITA", "claim_ids"]) == 2


def test_states_can_be_narrowed_to_initiatives(join):
    join("FRA", "party", initiative_id="samp-t-programme")
    join("FRA", "joined", "2024")
    record = join.load()
    expected = {(): "both", ("essi",): "german_led", ("samp-t-programme",): "french_led", ("eads",): "unknown"}
    for chosen, state in expected.items():
        assert states(record, "signed", None, chosen).set_index("iso3").loc["FRA", "state"] == state


def test_who_declines_is_out_and_who_joins_again_is_in_from_then(join):
    join("POL", "signed_letter_of_intent", "2022")
    join("POL", "declined", "2023")
    join("POL", "joined", "2024-05")
    record = join.load()
    assert standing(record, "signed", "POL", date(2022, 12, 31))["inside"]
    out, again = (standing(record, "signed", "POL", day) for day in (date(2024, 1, 1), None))
    assert (out["status"], bool(out["inside"]), out["since"]) == ("declined", False, "")
    assert (again["status"], bool(again["inside"]), again["since"]) == ("joined", True, "2024-05")


def test_a_row_without_date_counts_from_the_publication_that_tells_of_it(join):
    join("POL", "joined")
    record = join.load()
    (row,) = changes(record).itertuples()
    assert (row.when, row.from_publication, row.known_on) == ("2023-02-14", True, date(2023, 2, 14))
    assert changes(record, date(2023, 2, 13)).empty
    assert standing(record, "signed", "POL")["since_from_publication"]


def test_of_several_publications_the_one_that_surely_came_first_counts(join):
    join("POL", "joined")
    join.tables.set("memberships", "m-1", claim_ids="alpha-p2a;page-b;beta-p1a")
    for column in ("initiative_id", "iso3", "status"):
        join.tables.add("cell_claims", table="memberships", row_id="m-1", column=column, claim_ids="page-b")
    (row,) = changes(join.load()).itertuples()
    assert (row.when, row.known_on) == ("2023-02-14", date(2023, 2, 14))


def test_a_row_that_nothing_dates_is_always_there(join):
    join.tables.set("sources", "page", published="")
    join("POL", "joined")
    record = join.load()
    (row,) = changes(record, date(1990, 1, 1)).itertuples()
    assert (row.when, row.from_publication, row.known_on) == ("", False, date.min)
    assert date.min not in step_days(record)


def test_the_steps_are_the_days_on_which_something_was_surely_known(join):
    join("POL", "joined", "2023")
    join("DEU", "lead", "2022-10-13")
    join("BEL", "joined")
    assert step_days(join.load()) == (date(2022, 10, 13), date(2022, 10, 31), date(2023, 2, 14), date(2023, 12, 31))


def test_a_day_before_everything_shows_nobody(small):
    record = small.load()
    for view in InitiativesView.views():
        frame = registry.frame_of(record, InitiativesView(view=view, as_of=date(1990, 1, 1)))
        assert frame.title and not any(frame.rows.get("claim_ids", ()))


def test_the_articles_tell_who_stands_in_both_camps(record):
    rows = states(record.only("articles"), "signed").set_index("iso3")["state"]
    assert rows["EST"] == "both"
    assert rows[["DEU", "GBR", "LVA", "LTU"]].eq("german_led").all()
    assert rows[["FRA", "BEL", "CYP", "HUN"]].eq("french_led").all()
    # Italy makes SAMP/T, and no article has it sign anything: makers are not members.
    assert rows[["ITA", "MLT"]].eq("unknown").all()
