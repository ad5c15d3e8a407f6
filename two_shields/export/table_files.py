"""The record as files to take away: each table as CSV and as JSON, and all of them in one archive.

Everything is made from the files that the record was read from, so that a CSV is that file byte for byte, and the
same tables give the same bytes. What stands on disk meanwhile reaches nobody before it is checked.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from two_shields.contract.csv_text import read_text
from two_shields.contract.schema import TABLE_BY_NAME, TABLES, Column
from two_shields.export.datapackage import DESCRIPTOR, files
from two_shields.record.record import Record

ARCHIVE = "two-shields.zip"
#: The archive's files carry no time of their own: an archive of the same tables is the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def table_csv(record: Record, table: str) -> bytes:
    """The table's file, byte for byte. An unknown table is a `KeyError`."""
    return record.files[f"{TABLE_BY_NAME[table].name}.csv"]


def table_json(record: Record, table: str) -> bytes:
    """The table as a JSON array with one object per row; lists are arrays, numbers numbers, blanks null."""
    contract = TABLE_BY_NAME[table]
    rows, _ = read_text(table_csv(record, table), contract)
    objects = [
        {column.name: _value(cell, column) for column, cell in zip(contract.columns, cells, strict=True)}
        for cells in rows.itertuples(index=False)
    ]
    return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def archive(record: Record) -> bytes:
    """All tables as CSV in a zip, with the Frictionless descriptor and the data dictionary of this version."""
    contents = {f"{table.name}.csv": table_csv(record, table.name) for table in TABLES}
    contents |= {name: text.encode("utf-8") for name, text in files(record.data_version).items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(contents, key=lambda name: (name != DESCRIPTOR, name)):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, contents[name])
    return buffer.getvalue()


def _value(cell: str, column: Column) -> Any:
    if column.type == "list":
        return cell.split(";") if cell else []
    if not cell:
        return None
    match column.type:
        case "integer":
            return int(cell)
        case "number":
            number = float(cell)
            return int(number) if number.is_integer() and "." not in cell else number
        case "boolean":
            return cell == "true"
    return cell
