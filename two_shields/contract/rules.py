"""The contract's rules that need more than one cell: references, dates that claims bear out, parts and wholes."""

from collections.abc import Iterator, Mapping

import pandas as pd

from two_shields.contract.cells import CELL_RULES, row_ids
from two_shields.contract.fault import Fault
from two_shields.contract.schema import PROMISED_IDS, TABLE_BY_NAME, TABLES
from two_shields.contract.table import DELETED, EU_INSTITUTIONS, JOINT_DONORS
from two_shields.text import dates

#: Dates of what has happened, which cannot lie after the newest source.
HAPPENED: Mapping[str, tuple[str, ...]] = {
    "countries": ("nato_since", "eu_since"),
    "memberships": ("date",),
    "aid": ("as_of",),
    "aid_monthly": ("month",),
}


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _references(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for table in TABLES:
        for column in table.columns:
            if not column.refers_to:
                continue
            target_table, target_column = column.refers_to.split(".")
            if tables[target_table].attrs.get("unread"):
                continue  # a table that could not be read is one fault, not one for each row that refers to it
            known = set(tables[target_table][target_column])
            for line, cell in tables[table.name][column.name].items():
                items = cell.split(";") if column.type == "list" else [cell]
                for item in items if cell else ():
                    if item not in known:
                        yield Fault(f"{table.name}.csv", line, column.name, item, f"an id of {column.refers_to}")
    if tables["countries"].attrs.get("unread"):
        return
    countries = set(tables["countries"]["iso3"])
    # A published sum has no months: it would be drawn as one donor more.
    for name, joint in (("aid", tuple(JOINT_DONORS)), ("aid_monthly", (EU_INSTITUTIONS,))):
        for line, donor in tables[name]["donor"].items():
            if donor not in countries and donor not in joint:
                yield Fault(f"{name}.csv", line, "donor", donor, f"an id of countries.iso3, or {' or '.join(joint)}")


def _dates_borne_out(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    claims = tables["claims"]
    if claims.attrs.get("unread"):
        return
    claimed = dict(zip(claims["claim_id"], claims["date"], strict=True))
    for table in TABLES:
        if "date_basis" not in table.column_names:
            continue
        for row in tables[table.name].itertuples():
            if bool(row.date) != bool(row.date_basis):
                yield Fault.of(table.name, row, "date_basis", "a basis where there is a date")
            if not table.rests_on_claims or not dates.is_date(row.date):
                continue
            if not any(dates.agrees(claimed.get(claim_id, ""), row.date) for claim_id in row.claim_ids.split(";")):
                yield Fault.of(table.name, row, "date", "a date no longer than one of its claims bears out")


def _aid_parts(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    rows = {row.aid_id: row for row in tables["aid"].itertuples()}
    for row in rows.values():
        if dates.is_date(row.period_start) and dates.is_date(row.period_end):
            if dates.earliest(row.period_start) > dates.latest(row.period_end):
                yield Fault.of("aid", row, "period_end", "a day not before period_start")
        whole = rows.get(row.part_of)
        if whole is None:
            continue
        if is_number(row.amount_eur) and is_number(whole.amount_eur):
            if float(row.amount_eur) > float(whole.amount_eur):
                yield Fault.of("aid", row, "amount_eur", f"no more than its whole, {whole.amount_eur}")
        if row.donor != whole.donor:
            yield Fault.of("aid", row, "part_of", f"a whole of the same donor, {row.donor}")
        seen = {row.aid_id}
        while whole is not None:
            if whole.aid_id in seen:
                yield Fault.of("aid", row, "part_of", "a whole that is not, in turn, a part of this row")
                break
            seen.add(whole.aid_id)
            whole = rows.get(whole.part_of)


def _aid_months(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for row in tables["aid_monthly"].itertuples():
        if not row.month and row.dated == "true":
            yield Fault.of("aid_monthly", row, "month", "a month, as `dated` is true")


def _article_sources(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    sources = tables["sources"]
    for row in sources.itertuples():
        for column in ("file", "sha256"):
            if bool(getattr(row, column)) != (row.corpus == "article"):
                yield Fault.of("sources", row, column, "a value for an article, and for nothing else")
    if sources.attrs.get("unread"):
        return
    articles = set(sources.loc[sources["corpus"] == "article", "source_id"])
    for row in tables["claims"].itertuples():
        if bool(row.paragraph) != (row.source_id in articles):
            yield Fault.of("claims", row, "paragraph", "a number for an article's claim, and for no other")


def _promised_ids(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for name, promised in PROMISED_IDS.items():
        if tables[name].attrs.get("unread"):
            continue
        key = TABLE_BY_NAME[name].key[0]
        for missing in sorted(set(promised) - set(tables[name][key])):
            yield Fault(f"{name}.csv", 0, key, missing, "this id to stay: others build on it")


def _happened(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    published = [dates.latest(day) for day in tables["sources"]["published"] if dates.is_date(day)]
    if not published:
        return
    newest = max(published)
    for name, columns in HAPPENED.items():
        for column in columns:
            for line, day in tables[name][column].items():
                if dates.is_date(day) and dates.earliest(day) > newest:
                    yield Fault(f"{name}.csv", line, column, day, f"a day not after the newest source's, {newest}")


def _corrections(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    known: dict[str, set[str]] = {}
    for row in tables["corrections"].itertuples():
        if row.table not in TABLE_BY_NAME:
            yield Fault.of("corrections", row, "table", f"one of {', '.join(TABLE_BY_NAME)}")
            continue
        corrected = tables[row.table]
        if row.now == DELETED or corrected.attrs.get("unread"):
            continue
        table = TABLE_BY_NAME[row.table]
        if row.table not in known:
            known[row.table] = set(row_ids(table, corrected))
        row_id, _, column = row.row_id.rpartition("/")
        if row.row_id not in known[row.table] and not (row_id in known[row.table] and column in table.column_names):
            key = "/".join(table.key)
            expected = f"the {key} of a row of {row.table}, `/` and a column of it, or `{DELETED}` in `now`"
            yield Fault.of("corrections", row, "row_id", expected)
        if row.was == row.now:
            yield Fault.of("corrections", row, "now", "something else than what stood there before")


RULES = (
    _references,
    _dates_borne_out,
    _aid_parts,
    _aid_months,
    _article_sources,
    _promised_ids,
    _happened,
    _corrections,
    *CELL_RULES,
)
