"""Write what tells others how to read `data/`: the Frictionless descriptor and the data dictionary.

`make datapackage` runs this. Both come from the schema and the parameters of the tables' addresses, and change only when
the contract does: no digests, no counts of rows. A test fails where the files that are checked in differ.
"""

import argparse
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from two_shields.contract.project import CITED, DESCRIPTION, LICENCE, LICENCE_NOTES, TITLE
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.table import Column, Table
from two_shields.export import selection
from two_shields.export.datapackage import DESCRIPTOR, DICTIONARY, TYPE_WORDS, description
from two_shields.record.record import DATA
from two_shields.state.parameters import Parameter

DATE_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
ANY_ITEM = "[^;]+"


# The descriptor.


def descriptor() -> dict[str, Any]:
    """The Frictionless Data Package of all tables."""
    return {
        "profile": "tabular-data-package",
        "name": "two-shields",
        "title": TITLE,
        "description": " ".join((DESCRIPTION, *LICENCE_NOTES)),
        "licenses": [LICENCE],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    resource = {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
        },
    }
    if table.name in CITED:
        resource["sources"] = [{"title": CITED[table.name]}]
    # A foreign key is one value in one cell: what a list refers to is said in its description.
    keys = [_foreign_key(table, column) for column in table.columns if column.refers_to and column.type != "list"]
    if keys:
        resource["schema"]["foreignKeys"] = keys
    return resource


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    target, name = column.refers_to.split(".")
    resource = "" if target == table.name else target  # the specification's word for the table itself
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [name]}}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": "string", "description": description(column)}
    match column.type:
        case "integer" | "number":
            field["type"] = column.type
        case "boolean":
            field |= {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}
        case "url":
            field["format"] = "uri"
    constraints = _constraints(column)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.enum and column.type != "list":
        constraints["enum"] = list(column.enum)
    if pattern := _pattern(column):
        constraints["pattern"] = pattern
    for name in ("minimum", "maximum"):
        bound = getattr(column, name)
        if bound is not None:
            constraints[name] = int(bound) if float(bound).is_integer() else bound
    return constraints


def _pattern(column: Column) -> str:
    """The cell's pattern in the syntax of XML Schema, which knows no groups of the form `(?:…)`."""
    own = column.pattern.replace("(?:", "(")
    if column.type == "date":
        return own or DATE_PATTERN
    if column.type == "list":
        item = f"({_item_pattern(column)})"
        return f"{item}(;{item})*"
    return own


def _item_pattern(column: Column) -> str:
    if column.enum:
        return "|".join(column.enum)
    if not column.pattern and column.refers_to:
        return _item_pattern(_target(column))
    return column.pattern.replace("(?:", "(") or ANY_ITEM


def _target(column: Column) -> Column:
    table, name = column.refers_to.split(".")
    return TABLE_BY_NAME[table].column(name)


# The data dictionary.


def dictionary() -> str:
    """The data dictionary, in Markdown."""
    return "\n".join((*_introduction(), *(line for table in TABLES for line in _section(table)), *_licences()))


def _introduction() -> Iterator[str]:
    yield f"# The record of {TITLE}"
    yield ""
    yield "This file is made from `two_shields/contract/schema.py` and `two_shields/export/selection.py` by"
    yield "`make datapackage`: change it there."
    yield ""
    yield textwrap.fill(DESCRIPTION, 120)
    yield ""
    yield f"`{DESCRIPTOR}` says the same as this file to machines (Frictionless Data Package)."
    yield ""
    yield "## How to read the tables"
    yield ""
    yield "- CSV in UTF-8 after RFC 4180, with a header row. A blank cell: not known, or does not apply."
    yield "- Ids are kebab-case and never change. Values of enumerations are snake_case."
    yield "- A list has `;` between its items."
    yield "- Dates are as long as they are sure: `2022`, `2022-10` or `2022-10-13`."
    yield "- Amounts are plain euros. Countries are ISO 3166-1 alpha-3; `EUU` as a donor is the EU's institutions;"
    yield "  `EU27` and `EUROPE` are sums that others publish, of the EU with its members and of all of Europe."
    yield "- Totals of aid overlap: never add them up. A part names its whole in `part_of`."
    yield ""
    yield "## Parts of a table by address"
    yield ""
    yield "Where the dashboard is served with its data (`streamlit run server.py`), a table takes parameters of the pages:"
    yield "`/data/memberships.csv?initiative=essi&country=POL&country=DEU&as_of=2023-06-30` gives those rows alone, and so"
    yield "does `.json`. Those with \\* repeat; all that are given apply together; without any, the table is whole. What is"
    yield "not understood is left out and named in the header `Two-Shields-Left-Out`. Every table takes `evidence`:"
    yield f"{selection.EVIDENCE_WORDS}, `data` gives {selection.DATA_WORDS}. The tables below name their others."
    yield ""
    yield "## How they hang together"
    yield ""
    yield "A source makes claims. A row of fact names in `claim_ids` the claims that it rests on; where they do not all"
    yield "bear out each cell, `cell_claims` says which do. A conflict names claims that cannot all be right, the cells that"
    yield "it is about, and which one the charts use."
    yield ""
    yield "| table | what a row is | refers to |"
    yield "|---|---|---|"
    for table in TABLES:
        targets = dict.fromkeys(column.refers_to.split(".")[0] for column in table.columns if column.refers_to)
        links = ", ".join(f"[{target}](#{target})" for target in targets)
        yield f"| [{table.name}](#{table.name}) | {_cell(table.description)} | {links} |"
    yield ""


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield f"{table.title}. {table.description} A row is identified by {_listed(table.key)}."
    yield ""
    yield "| column | type | blank | meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        blank = "never" if column.required else "may be"
        yield f"| `{column.name}` | {_type_words(column)} | {blank} | {_cell(_meaning(column))} |"
    yield ""
    parameters = [one for one in selection.SELECTIONS[table.name].parameters() if one.name not in ("evidence", "data")]
    if parameters:
        yield f"Parameters of `/data/{table.name}.csv`:"
        yield ""
        words = selection.words(table.name)
        yield from (f"- `{one.name}`{_repeats(one)}: {words[one.name]}" for one in parameters)
        yield ""
    for column in table.columns:
        if column.enum:
            yield f"`{column.name}` is one of:"
            yield ""
            yield from (f"- `{value}`: {code.meaning}" for value, code in column.enum.items())
            yield ""


def _repeats(parameter: Parameter) -> str:
    return r"\*" if parameter.kind == "many" else ""


def _type_words(column: Column) -> str:
    words = TYPE_WORDS[column.type]
    if column.refers_to:
        words += f" of `{column.refers_to}`" if column.type == "list" else f", `{column.refers_to}`"
    elif column.enum:
        words += ", enumeration"
    return words


def _meaning(column: Column) -> str:
    rules = [column.description]
    if column.unique:
        rules.append("No two rows share it.")
    if column.minimum is not None and column.maximum is not None:
        rules.append(f"From {column.minimum:g} to {column.maximum:g}.")
    elif column.minimum is not None:
        rules.append(f"At least {column.minimum:g}.")
    elif column.maximum is not None:
        rules.append(f"At most {column.maximum:g}.")
    if column.pattern and column.type != "list":
        rules.append(f"Form: `{column.pattern}`.")
    return " ".join(rules)


def _licences() -> Iterator[str]:
    yield "## Licences"
    yield ""
    yield from (f"- {note}" for note in LICENCE_NOTES)
    yield ""


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _cell(text: str) -> str:
    """A text that stays in its cell of a Markdown table."""
    return text.replace("|", r"\|")


# Writing both.


def files() -> dict[str, str]:
    """What stands in each of the two files, by name."""
    return {
        DESCRIPTOR: json.dumps(descriptor(), ensure_ascii=False, indent=2) + "\n",
        DICTIONARY: dictionary(),
    }


def write(folder: Path = DATA) -> None:
    """Write both files; writing again changes nothing."""
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.datapackage", description="Write the descriptor and the data dictionary."
    )
    parser.add_argument("--data", type=Path, default=DATA, help="the folder to write them to")
    write(parser.parse_args(arguments).data)


if __name__ == "__main__":
    main()
