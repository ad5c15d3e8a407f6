"""The record that is grown to measure with keeps the contract, and leaves what the pages show as it is."""

from bench import grow as growing
from bench.grow import grow
from two_shields.contract.validation import check
from two_shields.exhibits import registry
from two_shields.record.record import DATA, Record
from two_shields.state.views import InitiativesView

FACTOR = 3
GROWN = ("claims", "memberships", "transfers", "aid_monthly")


def test_it_keeps_the_contract_has_as_many_rows_as_it_says_and_the_real_ones_among_them(tmp_path, record):
    grow(tmp_path, FACTOR)
    assert check(tmp_path) == []
    grown = Record.load(tmp_path)
    for table in GROWN:
        assert len(grown[table]) == FACTOR * len(record[table])
    assert set(record["claims"]["claim_id"]) < set(grown["claims"]["claim_id"])
    view = InitiativesView(view="matrix")
    assert registry.frame_of(grown, view).title == registry.frame_of(record, view).title


def test_a_hundredfold_record_s_months_end_before_its_newest_source_does():
    tables = {"aid_monthly": growing._read(DATA / "aid_monthly.csv")}
    growing._months(tables, [f"X{place}" for place in range(growing.COUNTRIES)], 99)
    assert max(row["month"] for row in tables["aid_monthly"]) <= "2026-11"
