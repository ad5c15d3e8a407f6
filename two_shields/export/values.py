"""One cell, as each kind of file writes it: JSON, CSV, XLSX, and as a reader reads it."""

import json
import re
from typing import Any

import pandas as pd

#: Spreadsheets take a text that begins so for a formula; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(value: Any) -> Any:
    """The value as JSON has it: lists as arrays, whole numbers without a point, missing ones as null."""
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if pd.isna(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def or_null(value: Any) -> Any:
    """The same, with blank text as null: in the record a blank cell is not known, or does not apply."""
    value = plain(value)
    return None if value == "" else value


def as_json(content: Any) -> bytes:
    """A JSON file: UTF-8, one line per value, with a line end."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def csv_cell(value: Any) -> str:
    """The value as the record's CSV files write it: `;` between items, `true` and `false`, blank where it is missing."""
    value = plain(value)
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def spreadsheet_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8, no cell of which a spreadsheet would compute."""
    return table.map(_harmless).to_csv(index=False).encode("utf-8")


def _harmless(value: Any) -> Any:
    """A cell that a spreadsheet takes for text, and for one cell: a bare carriage return goes into a CSV unquoted."""
    if not isinstance(value, str):
        return value
    text = re.sub(r"\r\n?", "\n", value)
    return f"'{text}" if text.startswith(FORMULA) else text


def in_words(value: Any) -> str:
    """The value as a reader writes it: commas between items and thousands; blank where it is missing."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    return f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)
