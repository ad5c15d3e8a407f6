"""The record: immutable, checked as a whole, and narrowed to the articles without a trace of the rest."""

import pandas as pd
import pytest

from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.record.record import BrokenRecord, Record, version


def row(record: Record, table: str, **cells: str) -> pd.Series:
    """The one row that has these values."""
    rows = record[table]
    for name, value in cells.items():
        rows = rows[rows[name] == value]
    (position,) = range(len(rows))
    return rows.iloc[position]


# Loading.


def test_cells_have_their_types(small):
    record = small.load()
    transfer = row(record, "transfers", transfer_id="mistral-bel")
    assert transfer["from_iso3"] == ("FRA", "ITA")
    assert transfer["quantity"] == 6.0
    assert row(record, "events", event_id="draft")["iso3"] == ()
    assert row(record, "events", event_id="draft")["date"] == ""
    claims = record["claims"].set_index("claim_id")["paragraph"]
    assert str(claims.dtype) == "Int64"
    assert claims["alpha-p2a"] == 2
    assert claims["page-a"] is pd.NA
    month = row(record, "aid_monthly", donor="FRA")
    assert (month["allocated_eur"], bool(month["dated"])) == (-5.5, True)


def test_a_broken_record_lists_its_faults(small):
    line = small.set("claims", "page-b", statement="")
    small.file("events").unlink()
    with pytest.raises(BrokenRecord) as broken:
        small.load()
    assert [(fault.file, fault.line) for fault in broken.value.faults] == [("claims.csv", line), ("events.csv", 0)]
    assert f"claims.csv, line {line}, column statement" in str(broken.value)
    assert "events.csv" in str(broken.value)


# Immutability.


def test_changing_a_frame_that_was_handed_out_does_not_change_the_record(small):
    record = small.load()
    frame = record["claims"]
    frame.loc[0, "statement"] = "Changed."
    frame["note"] = "changed"
    del frame["said_by"]
    frame.columns = [name.upper() for name in frame.columns]
    assert record["claims"]["statement"][0] == "Belgium signed a letter of intent."
    assert list(record["claims"]["note"]) == [""] * 5
    assert tuple(record["claims"].columns) == TABLE_BY_NAME["claims"].column_names

    claims = record.claims
    claims["source_grade"] = "A"
    claims.loc["alpha-p1a", "statement"] = "Changed."
    assert list(record.claims["source_grade"]) == ["C", "C", "B", "A", "A"]
    assert record.claims.loc["alpha-p1a", "statement"] == "Belgium signed a letter of intent."


def test_a_table_cannot_be_replaced(small):
    record = small.load()
    with pytest.raises(TypeError):
        record["claims"] = pd.DataFrame()
    with pytest.raises(TypeError):
        record.tables["claims"] = pd.DataFrame()
    with pytest.raises(AttributeError):
        record.version = "other"


# Lookups.


def test_claims_have_their_source_their_conflicts_and_their_corpora(small):
    record = small.load()
    claim = record.claims.loc["alpha-p1a"]
    assert (claim["source_title"], claim["source_grade"], claim["source_corpus"]) == ("Article alpha", "C", "article")
    assert list(record.conflicts_of(["page-a"])["conflict_id"]) == ["beta-and-page"]
    assert list(record.conflicts_of(["alpha-p2a", "alpha-p1a"])["conflict_id"]) == ["within-alpha"]
    assert record.conflicts_of(["page-b"]).empty
    assert record.corpora_of(["alpha-p1a", "beta-p1a"]) == {"article"}
    assert record.corpora_of(["alpha-p1a", "page-a"]) == {"article", "record"}
    assert record.corpora_of([]) == frozenset()


def test_names(record):
    assert record.country_names["FRA"] == "France"
    assert record.country_names["EUU"] == "EU institutions"
    assert record.initiative_names["essi"] == "Sky Shield (ESSI)"


def rests(small, table: str, row_id: str, /, **claim_ids: str) -> None:
    """Say what bears the cells of a row out."""
    for column, ids in claim_ids.items():
        small.add("cell_claims", table=table, row_id=row_id, column=column, claim_ids=ids)


# Narrowing to the articles.


def test_all_the_evidence_is_the_record_itself(small):
    record = small.load()
    assert record.only("all") is record
    assert record.only("articles") is record.only("articles")
    assert record.only("articles").version == record.version
    with pytest.raises(KeyError):
        record.only("rumours")


def test_only_articles_and_their_claims_stay(small):
    articles = small.load().only("articles")
    assert list(articles["sources"]["source_id"]) == ["alpha", "beta"]
    assert list(articles["claims"]["claim_id"]) == ["alpha-p1a", "alpha-p2a", "beta-p1a"]
    assert articles["aid_monthly"].empty
    assert articles["left_out"].empty
    assert list(articles["conflicts"]["conflict_id"]) == ["within-alpha"], "whole or not at all"
    assert articles["aid"][["aid_id", "part_of"]].values.tolist() == [["fra-arms", ""]], "its whole is gone"
    assert len(articles["countries"]) == 6


def test_facts_keep_only_the_claims_that_stay(small):
    articles = small.load().only("articles")
    assert row(articles, "events", event_id="plan")["claim_ids"] == ("beta-p1a",)
    assert list(articles["memberships"]["iso3"]) == ["DEU", "BEL"], "Poland's rests on none that stays"
    for table in TABLES:
        if table.rests_on_claims:
            kept = {claim_id for claim_ids in articles[table.name]["claim_ids"] for claim_id in claim_ids}
            assert kept <= set(articles["claims"]["claim_id"]), table.name
            assert all(articles[table.name]["claim_ids"].map(bool)), table.name


def test_a_date_is_no_longer_than_the_claims_that_stay_bear_out(small):
    record = small.load()
    assert tuple(row(record, "events", event_id="plan")[["date", "date_basis"]]) == ("2022-10-13", "stated")
    articles = record.only("articles")
    assert tuple(row(articles, "events", event_id="plan")[["date", "date_basis"]]) == ("2022-10", "stated")
    assert tuple(row(articles, "memberships", iso3="DEU")[["date", "date_basis"]]) == ("2022-10", "stated")


def test_a_date_that_no_claim_left_bears_out_is_blank_and_one_that_was_inferred_stays_inferred(small):
    small.set("events", "draft", date="2023-02-13", date_basis="stated", claim_ids="alpha-p2a;page-b")
    rests(small, "events", "draft", title="alpha-p2a", date="page-b")
    small.set("claims", "beta-p1a", date="2022", date_basis="inferred")
    articles = small.load().only("articles")
    draft, plan = (row(articles, "events", event_id=event_id) for event_id in ("draft", "plan"))
    assert tuple(draft[["date", "date_basis", "claim_ids"]]) == ("", "", ("alpha-p2a",))
    assert tuple(plan[["date", "date_basis"]]) == ("2022", "inferred")


# Cell by cell.


def transfer_of_both(small, **claim_ids: str) -> None:
    """A transfer that rests on an article and on a page; each cell on the article, but for those that are named."""
    small.set("transfers", "mistral-bel", claim_ids="alpha-p1a;page-a")
    columns = dict.fromkeys(("system_id", "from_iso3", "to_iso3", "stage", "date", "quantity"), "alpha-p1a")
    rests(small, "transfers", "mistral-bel", **columns | claim_ids)


def test_a_cell_that_only_a_page_bears_out_is_blank_and_the_others_stay(small):
    transfer_of_both(small, **{"quantity": "page-a", "from_iso3/ITA": "page-a"})
    shown = row(small.load().only("articles"), "transfers", transfer_id="mistral-bel")
    assert pd.isna(shown["quantity"]) and shown["unit"] == ""
    assert (shown["from_iso3"], shown["to_iso3"], shown["date"]) == (("FRA",), "BEL", "2023"), "an item is like a cell"
    assert shown["claim_ids"] == ("alpha-p1a",)


@pytest.mark.parametrize("column", TABLE_BY_NAME["transfers"].core)
def test_a_row_of_which_a_core_cell_is_gone_is_no_row(column, small):
    transfer_of_both(small, **{column: "page-a"})
    record = small.load()
    assert "mistral-bel" in set(record["transfers"]["transfer_id"])
    assert record.only("articles")["transfers"].empty


def test_an_initiative_whose_name_no_article_has_is_called_by_its_short_name(small):
    small.set("initiatives", "eads", name="European plan", claim_ids="alpha-p2a;page-a")
    rests(small, "initiatives", "eads", name="page-a", description="page-a")
    shown = row(small.load().only("articles"), "initiatives", initiative_id="eads")
    assert (shown["name"], shown["description"], shown["camp"]) == ("eads", "", "other")


def test_a_value_that_is_disputed_is_so_only_while_all_sides_are_heard(small):
    small.set("systems", "mistral", layer="disputed", claim_ids="alpha-p2a;page-a")
    rests(small, "systems", "mistral", name="alpha-p2a", layer="alpha-p2a;page-a")
    record = small.load()
    assert row(record, "systems", system_id="mistral")["layer"] == "disputed"
    assert row(record.only("articles"), "systems", system_id="mistral")["layer"] == ""


def test_entries_and_conflicts_name_no_cell_that_is_gone(small):
    transfer_of_both(small, quantity="page-a")
    small.set("conflicts", "within-alpha", cells="transfers/mistral-bel/quantity;transfers/mistral-bel/date")
    articles = small.load().only("articles")
    assert row(articles, "conflicts", conflict_id="within-alpha")["cells"] == ("transfers/mistral-bel/date",)
    entries = articles["cell_claims"]
    assert set(entries.loc[entries["row_id"] == "mistral-bel", "column"]) == {
        "system_id", "from_iso3", "to_iso3", "stage", "date",
    }  # fmt: skip


@pytest.mark.parametrize("table", [table for table in TABLES if table.rests_on_claims], ids=lambda table: table.name)
def test_the_articles_part_is_no_more_precise_than_the_articles_claims(table, record):
    """The promise, cell by cell and without the filter's code: what stays is as it was, and a claim of its cell stays."""
    articles = record.only("articles")
    claims = articles.claims
    entries = {(e.table, e.row_id, e.column): e.claim_ids for e in record["cell_claims"].itertuples()}
    before = record[table.name].set_index(list(table.key), drop=False)
    for _, shown in articles[table.name].iterrows():
        full = before.loc[shown[table.key[0]]]
        assert set(shown["claim_ids"]) == set(full["claim_ids"]) & set(claims.index)
        for column in table.borne_out:
            value, whole = shown[column.name], full[column.name]
            for item in value if column.type == "list" else [value]:
                if item == "" or (not isinstance(item, str) and pd.isna(item)):
                    continue
                place = (table.name, shown[table.key[0]], column.name)
                ids = entries.get((*place[:2], f"{column.name}/{item}"), entries.get(place, full["claim_ids"]))
                kept = [claim_id for claim_id in ids if claim_id in claims.index]
                if table.name == "initiatives" and column.name == "name" and not kept:
                    assert item == full["short_name"]
                    continue
                assert kept, (place, item)
                if column.name == "date" and item != whole:
                    assert whole.startswith(f"{item}-") and item in set(claims.loc[kept, "date"]), place
                else:
                    assert item in whole if column.type == "list" else item == whole, place


@pytest.mark.parametrize("table", [table for table in TABLES if table.rests_on_claims], ids=lambda table: table.name)
def test_a_fact_that_loses_no_claim_loses_nothing_else(table, record):
    """Its date, its period and its numbers are as they were: the articles alone bear them out."""
    kept = set(record.only("articles")["claims"]["claim_id"])
    key = list(table.key)
    before = record[table.name][record[table.name]["claim_ids"].map(kept.issuperset)]
    after = record.only("articles")[table.name]
    after = after[after[key].apply(tuple, axis=1).isin(set(before[key].apply(tuple, axis=1)))]
    columns = [name for name in table.column_names if name not in ("part_of", "date_basis")]
    columns = [name for name in columns if table.column(name).type != "list" or name == "claim_ids"]
    pd.testing.assert_frame_equal(before[columns].reset_index(drop=True), after[columns].reset_index(drop=True))


def test_nothing_that_stays_refers_to_what_is_gone(small):
    small.add("systems", system_id="new-radar", name="New radar", kind="missile", claim_ids="page-a")
    small.set("events", "plan", system_ids="patriot;new-radar")
    small.add(
        "initiative_systems", link_id="eads-radar", initiative_id="eads", system_id="new-radar", relation="based_on",
        claim_ids="alpha-p2a",
    )  # fmt: skip
    references_hold(small.load().only("articles"))


def test_the_articles_part_of_the_record_stands_alone(record):
    articles = record.only("articles")
    references_hold(articles)
    five = {"mistral-letter", "boev-elbron", "kamikaze-drones", "vautrin-kyiv", "erdogan-macron"}
    assert five <= set(articles["sources"]["source_id"]) and set(articles["sources"]["corpus"]) == {"article"}
    assert row(articles, "aid", aid_id="fra-first-year-military")["amount_eur"] == 750e6


def references_hold(record: Record) -> None:
    for table in TABLES:
        for column in table.columns:
            if column.refers_to:
                target, name = column.refers_to.split(".")
                cells = record[table.name][column.name]
                named = cells.explode().dropna() if column.type == "list" else cells[cells != ""]
                assert set(named) <= set(record[target][name]), f"{table.name}.{column.name}"


# The version.


def test_the_same_tables_have_the_same_version(small, tables):
    before = version(small.path)
    small.write("claims", small.rows("claims"))
    (small.path / "README.md").write_text("Not a table.", encoding="utf-8")
    assert version(small.path) == before == small.load().version
    assert len(before) == 8
    assert tables().load().version == tables().load().version


def test_any_table_changes_the_version(small):
    found = [version(small.path)]
    for table in TABLES:
        small.write(table.name, [*small.rows(table.name), ["more"]])
        found.append(version(small.path))
    assert len(set(found)) == len(found)
