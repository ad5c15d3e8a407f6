"""The Frictionless descriptor and the data dictionary, as `make datapackage` wrote them, naming a version of the data."""

import json

from two_shields.contract.table import Column
from two_shields.record.record import DATA, Record

DATE_RULE = "An ISO date as long as it is sure: YYYY, YYYY-MM or YYYY-MM-DD."

TYPE_WORDS = {
    "string": "text",
    "list": "list",
    "date": "date",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "url": "address",
}


def description(column: Column) -> str:
    rules = [column.description]
    if column.type == "date" and not column.pattern:
        rules.append(DATE_RULE)
    if column.type == "list":
        item = f"each one of {column.refers_to}" if column.refers_to else "each of them text"
        item = f"each one of {', '.join(column.enum)}" if column.enum else item
        rules.append(f"A list: items between semicolons, {item}.")
    return " ".join(rules)


DESCRIPTOR = "datapackage.json"
DICTIONARY = "README.md"


def of(record: Record) -> dict[str, bytes]:
    """Both as they were published with a version; with the data of today as they are now."""
    if {DESCRIPTOR, DICTIONARY} <= record.files.keys():
        return {name: record.files[name] for name in (DESCRIPTOR, DICTIONARY)}
    return files(record.data_version)


def files(version: str) -> dict[str, bytes]:
    """Both files by name, as they go with the tables of one version."""
    descriptor = json.loads((DATA / DESCRIPTOR).read_text("utf-8"))
    # After what it is and before what it holds, where a reader looks for it.
    first = {name: descriptor.pop(name) for name in ("profile", "name", "title", "description")}
    title, _, rest = (DATA / DICTIONARY).read_text("utf-8").partition("\n")
    return {
        DESCRIPTOR: f"{json.dumps(first | {'version': version} | descriptor, ensure_ascii=False, indent=2)}\n".encode(),
        DICTIONARY: f"{title}\n\nData version {version}.\n{rest}".encode(),
    }
