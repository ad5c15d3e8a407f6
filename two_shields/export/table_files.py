"""The record as files to take away: each table as CSV, JSON and XLSX, and all of them in one archive.

Whole tables as CSV are the files that the record was read from, byte for byte. The same tables always give the same
bytes, whatever stands on disk meanwhile.
"""

import csv
import io
import zipfile

import pandas as pd

from two_shields.contract.project import CITED, DESCRIPTION, LICENCE, TITLE
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.table import Table
from two_shields.export import datapackage, values
from two_shields.record import versions
from two_shields.record.record import Record
from two_shields.record.table import tuples

ARCHIVE = "two-shields.zip"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(record: Record, table: str, form: str, rows: pd.DataFrame | None = None) -> bytes:
    """A table, or some rows of it, in one of the forms of `MEDIA_TYPES`. An unknown table or form is a `KeyError`."""
    contract = TABLE_BY_NAME[table]
    if form == "csv" and rows is None:
        return record.files[f"{table}.csv"]
    rows = record.tables[table] if rows is None else rows
    return {"csv": _csv, "json": _json, "xlsx": _xlsx}[form](rows, contract, record.data_version)


def _csv(rows: pd.DataFrame, table: Table, _version: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows([values.csv_cell(value) for value in row] for row in tuples(rows))
    return buffer.getvalue().encode("utf-8")


def _json(rows: pd.DataFrame, table: Table, _version: str) -> bytes:
    """A JSON array with one object per row; lists are arrays, numbers numbers, blanks null."""
    return values.as_json(
        [
            {name: values.or_null(value) for name, value in zip(table.column_names, row, strict=True)}
            for row in tuples(rows)
        ]
    )


def _xlsx(rows: pd.DataFrame, table: Table, version: str) -> bytes:
    """The rows as a sheet, and one that says what they are and how to cite them."""
    from two_shields.export import workbook  # openpyxl takes a seventh of a second, for which no server need wait

    about = {
        "Table": f"{table.title} ({table.name})",
        "Rows": table.description,
        "Data version": version,
        "Cite as": f"{TITLE}: {table.title}. Data version {version}.",
        **({"Cite also": CITED[table.name]} if table.name in CITED else {}),
        "Licence": LICENCE["title"],
        "About": DESCRIPTION,
    }
    return workbook.workbook({table.name: rows}, about, versions.day(version))


def archive(record: Record) -> bytes:
    """All tables as CSV in a zip, with the Frictionless descriptor and the data dictionary of this version."""
    contents = {
        f"{table.name}.csv": table_file(record, table.name, "csv") for table in TABLES if table.name not in record.lacks
    }
    contents |= datapackage.of(record)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(contents, key=lambda name: (name != datapackage.DESCRIPTOR, name)):
            entry = zipfile.ZipInfo(name)  # without a time: an archive of the same tables is the same archive
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, contents[name])
    return buffer.getvalue()
