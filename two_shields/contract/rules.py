"""The contract's rules that need more than one cell, or more than its own text.

References, dates and cells that claims bear out, cells that conflicts are about, parts and wholes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import pandas as pd

from two_shields.contract.fault import Fault
from two_shields.contract.schema import PROMISED_IDS, TABLE_BY_NAME, TABLES
from two_shields.contract.table import DELETED, EU_INSTITUTIONS, JOINT_DONORS, Column, Table
from two_shields.text import dates

Tables = Mapping[str, pd.DataFrame]

#: The tables whose rows are facts.
FACTS = tuple(table for table in TABLES if table.rests_on_claims)


def row_ids(table: Table, rows: pd.DataFrame) -> list[str]:
    """Each row's id: its key, with `/` between the values where it has several."""
    keys = (
        rows[name].map({True: "true", False: "false"}) if rows[name].dtype == bool else rows[name] for name in table.key
    )
    return [*map("/".join, zip(*(values.tolist() for values in keys), strict=True))]


def unsound(cells: pd.Series, is_sound: Callable[[str], bool]) -> Iterable[tuple[int, str]]:
    """The lines and cells that do not pass a test; it sees each value once, however many rows have it."""
    wrong = [cell for cell in set(cells.tolist()) if not is_sound(cell)]
    return cells[cells.isin(wrong)].items() if wrong else ()


def _rows_named(tables: Tables, named: Iterable[tuple[str, str]]) -> dict[str, dict[str, dict[str, str]]]:
    """Of the tables that could be read, the rows that are named by table and id; not all, which may be many."""
    ids: dict[str, set[str]] = {name: set() for name, rows in tables.items() if not rows.attrs.get("unread")}
    for name, row_id in named:
        ids.get(name, set()).add(row_id)
    found: dict[str, dict[str, dict[str, str]]] = {name: {} for name in ids}
    for name in filter(ids.get, ids):
        every = pd.Series(row_ids(TABLE_BY_NAME[name], tables[name]), dtype=str)
        chosen = every.isin(ids[name]).to_numpy()
        found[name] = dict(zip(every[chosen], tables[name][chosen].to_dict("records"), strict=True))
    return found


def _parts(cell: str) -> tuple[str, str, str]:
    """The table, row and column that a cell's name has."""
    table, _, rest = cell.partition("/")
    row_id, _, column = rest.rpartition("/")
    return table, row_id, column


def _cells_of_conflicts(tables: Tables) -> Iterator[Fault]:
    conflicts = tables["conflicts"]
    known = _rows_named(tables, (_parts(cell)[:2] for cells in conflicts["cells"] for cell in cells.split(";")))
    for line, cells, claim_ids in zip(conflicts.index, conflicts["cells"], conflicts["claim_ids"], strict=True):
        claims = set(claim_ids.split(";"))
        if len(claims) < 2:
            yield Fault(
                "conflicts.csv", line, "claim_ids", claim_ids, "two claims at least, which cannot both be right"
            )
        for cell in cells.split(";") if cells else ():
            table, row_id, column = _parts(cell)
            if table not in TABLE_BY_NAME:
                yield Fault("conflicts.csv", line, "cells", cell, f"a table, one of {', '.join(TABLE_BY_NAME)}")
            elif table not in known:
                continue
            elif row_id not in known[table]:
                yield Fault("conflicts.csv", line, "cells", cell, f"the id of a row of {table}")
            elif column not in TABLE_BY_NAME[table].column_names or column == "claim_ids":
                yield Fault("conflicts.csv", line, "cells", cell, f"a column of {table} that says something")
            elif not known[table][row_id][column]:
                yield Fault("conflicts.csv", line, "cells", cell, "a cell that is filled")
            elif claims.isdisjoint([row_id, *known[table][row_id].get("claim_ids", "").split(";")]):
                yield Fault("conflicts.csv", line, "cells", cell, "a cell of a row that rests on one of these claims")


def _cell_claims(tables: Tables) -> Iterator[Fault]:
    """Each entry names a filled cell of a fact, and claims among those of its row."""
    facts = [table.name for table in FACTS]
    listed = tables["cell_claims"]
    rows = _rows_named(tables, zip(listed["table"], listed["row_id"], strict=True))
    fault = partial(Fault.of, "cell_claims")
    for entry in listed.itertuples():
        if entry.table not in facts:
            yield fault(entry, "table", f"a table of facts, one of {', '.join(facts)}")
            continue
        if entry.table not in rows:
            continue
        row = rows[entry.table].get(entry.row_id)
        if row is None:
            yield fault(entry, "row_id", f"the id of a row of {entry.table}")
            continue
        name, _, item = entry.column.partition("/")
        column = next((column for column in TABLE_BY_NAME[entry.table].cells if column.name == name), None)
        if column is None:
            yield fault(entry, "column", f"a column of {entry.table} that says something")
        elif not row[name]:
            yield fault(entry, "column", "a cell that is filled: a blank one needs no claim")
        elif item and (column.type != "list" or item not in row[name].split(";")):
            yield fault(entry, "column", f"`{name}`, or an item of that list")
        for claim_id in entry.claim_ids.split(";"):
            if claim_id not in row["claim_ids"].split(";"):
                expected = f"one of the claims of its row: {row['claim_ids']}"
                yield Fault("cell_claims.csv", entry.Index, "claim_ids", claim_id, expected)


def _cells_without_claims(tables: Tables) -> Iterator[Fault]:
    """Of a row that rests on articles and on the public record, each cell says which claims bear it out."""
    corpus = dict(zip(tables["sources"]["source_id"], tables["sources"]["corpus"], strict=True))
    claims = tables["claims"]
    sources = claims["source_id"].tolist()
    corpus_of = dict(zip(claims["claim_id"].tolist(), map(corpus.get, sources), strict=True))
    listed = tables["cell_claims"]
    if any(tables[name].attrs.get("unread") for name in ("sources", "claims", "cell_claims")):
        return
    entries = set(zip(listed["table"], listed["row_id"], listed["column"], strict=True))
    for table in FACTS:
        rows = tables[table.name]
        mixed = unsound(rows["claim_ids"], lambda ids: len({*map(corpus_of.get, ids.split(";"))} - {None}) < 2)
        rows = rows.loc[[line for line, _ in mixed]]
        for line, row_id, row in zip(rows.index, row_ids(table, rows), rows.to_dict("records"), strict=True):
            for column in table.borne_out:
                if row[column.name] and not _has_claims((table.name, row_id), column, row[column.name], entries):
                    expected = (
                        f"a row in cell_claims that says which of its row's claims bear the cell out: "
                        f"{table.name},{row_id},{column.name},…"
                    )
                    yield Fault(f"{table.name}.csv", line, column.name, row[column.name], expected)


def _has_claims(row: tuple[str, str], column: Column, cell: str, entries: set[tuple[str, str, str]]) -> bool:
    if (*row, column.name) in entries:
        return True
    return column.type == "list" and all((*row, f"{column.name}/{item}") in entries for item in cell.split(";"))


CELL_RULES = (_cells_of_conflicts, _cell_claims, _cells_without_claims)


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
            known = set(tables[target_table][target_column].tolist())

            def unknown(cell: str, column: Column = column, known: set[str] = known) -> list[str]:
                items = cell.split(";") if column.type == "list" else [cell]
                return [item for item in items if item not in known] if cell else []

            for line, cell in unsound(tables[table.name][column.name], lambda cell: not unknown(cell)):
                for item in unknown(cell):
                    yield Fault(f"{table.name}.csv", line, column.name, item, f"an id of {column.refers_to}")
    if tables["countries"].attrs.get("unread"):
        return
    countries = set(tables["countries"]["iso3"])
    # A published sum has no months: it would be drawn as one donor more.
    for name, joint in (("aid", tuple(JOINT_DONORS)), ("aid_monthly", (EU_INSTITUTIONS,))):
        for line, donor in unsound(tables[name]["donor"], countries.union(joint).__contains__):
            yield Fault(f"{name}.csv", line, "donor", donor, f"an id of countries.iso3, or {' or '.join(joint)}")


def _dates_borne_out(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    claims = tables["claims"]
    if claims.attrs.get("unread"):
        return
    claimed = dict(zip(claims["claim_id"], claims["date"], strict=True))
    for table in TABLES:
        if "date_basis" not in table.column_names:
            continue
        rows = tables[table.name]
        for row in rows[(rows["date"] == "") != (rows["date_basis"] == "")].itertuples():
            yield Fault.of(table.name, row, "date_basis", "a basis where there is a date")
        for row in rows[["date", "claim_ids"]].itertuples() if table.rests_on_claims else ():
            if any(dates.agrees(claimed.get(claim_id, ""), row.date) for claim_id in row.claim_ids.split(";")):
                continue
            if dates.is_date(row.date):
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
    rows = tables["aid_monthly"]
    for row in rows[(rows["month"] == "") & (rows["dated"] == "true")].itertuples():
        yield Fault.of("aid_monthly", row, "month", "a month, as `dated` is true")


def _article_sources(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    sources = tables["sources"]
    for column in ("file", "sha256"):
        for row in sources[(sources[column] != "") != (sources["corpus"] == "article")].itertuples():
            yield Fault.of("sources", row, column, "a value for an article, and for nothing else")
    if sources.attrs.get("unread"):
        return
    articles = set(sources.loc[sources["corpus"] == "article", "source_id"])
    claims = tables["claims"]
    for row in claims[(claims["paragraph"] != "") != claims["source_id"].isin(articles)].itertuples():
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
            late = unsound(tables[name][column], lambda day: not dates.is_date(day) or dates.earliest(day) <= newest)
            for line, day in late:
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
