"""How the data dictionary describes a column, on the Evidence page and in `data/README.md`."""

from two_shields.contract.table import Column

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
    """What the column holds, with the rule of its cells where a type does not say it."""
    rules = [column.description]
    if column.type == "date" and not column.pattern:
        rules.append(DATE_RULE)
    if column.type == "list":
        item = f"each one of {column.refers_to}" if column.refers_to else "each of them text"
        item = f"each one of {', '.join(column.enum)}" if column.enum else item
        rules.append(f"A list: items between semicolons, {item}.")
    return " ".join(rules)
