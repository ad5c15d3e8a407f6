"""Each exhibit as a golden figure: what a chart is made of, in a form that a person can read and compare.

`make golden` writes them anew. A long run of numbers, such as a coast, stands as its count, its extent and a digest; the
template, which all figures share, stands in a file of its own.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from two_shields.exhibits.exhibit import Figure
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import EXHIBITS
from two_shields.record.record import Record

FOLDER = Path(__file__).resolve().parent / "golden" / "figures"
TEMPLATE = "template"
DIGITS = 3
#: More numbers than this are no data that a reader follows one by one, but a shape.
LONGEST_RUN = 120
WIDEST = 110
MOST_CHANGES = 30


#: Where a golden figure is not that of its page's own address in the light theme.
_ODD: Mapping[str, tuple[dict[str, str], str]] = {
    "initiatives-growth": ({}, "dark"),
    "initiatives-overlap": ({"evidence": "articles"}, "light"),
    "country-standing": ({"country": "DEU"}, "light"),
    "country-aid": ({"country": "DEU"}, "light"),
}


def _views(record: Record) -> Iterator[tuple[str, Frame, tuple[Figure, ...], str]]:
    """Name, frame, figures and theme of each exhibit that draws one of its own."""
    for exhibit in EXHIBITS:
        if exhibit.panels and exhibit.in_full is None and exhibit.name != "country-events":
            values, theme = _ODD.get(exhibit.name, ({}, "light"))
            view = exhibit.page.of_values({"view": exhibit.view, **values})
            yield exhibit.name, exhibit.frame_of(record, view), exhibit.panels, theme


def made(record: Record) -> dict[str, Any]:
    """Every golden figure as it is now, by name, as JSON knows it; and the template."""
    found, templates = {}, []
    for name, frame, panels, theme in _views(record):
        for number, panel in enumerate(panels, start=1):
            whole = json.loads(panel(frame, theme).to_json())
            templates.append(plain(whole["layout"].pop("template")))
            one = name if number == 1 else f"{name}-{number}"
            found[one] = {"title": frame.title, "alt": frame.alt, **plain(whole)}
    if any(template != templates[0] for template in templates):
        raise ValueError("The figures do not share one template")
    return {**found, TEMPLATE: templates[0]}


def kept(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def write(record: Record) -> None:
    figures = made(record)  # all of them, before any copy goes
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, content in figures.items():
        (FOLDER / f"{name}.json").write_text(text(content) + "\n", encoding="utf-8", newline="\n")


def plain(value: Any) -> Any:
    """The same with sorted keys, rounded numbers, arrays as lists, and long runs of numbers in short."""
    if isinstance(value, Mapping):
        if "bdata" in value:
            numbers = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]).newbyteorder("<"))
            shape = [int(part) for part in str(value.get("shape", "-1")).split(",")]
            return plain(numbers.reshape(shape).tolist())
        return {key: plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        listed = [plain(item) for item in value]
        numbers = [item for item in listed if isinstance(item, int | float)]
        if len(listed) > LONGEST_RUN and all(item is None or isinstance(item, int | float) for item in listed):
            digest = hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:12]
            return {"numbers": len(numbers), "from": min(numbers), "to": max(numbers), "digest": digest}
        return listed
    if isinstance(value, float):
        rounded = round(value, DIGITS)
        return int(rounded) if rounded.is_integer() else rounded
    return value


def text(value: Any, indent: str = "") -> str:
    """JSON with as many line breaks as a reader needs: short values on one line, numbers side by side."""
    short = json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if len(indent) + len(short) <= WIDEST or not isinstance(value, dict | list):
        return short
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {text(item, inner)}" for key, item in value.items()]
    elif any(isinstance(item, dict | list | str) for item in value):
        parts = [text(item, inner) for item in value]
    else:
        parts = [""]
        for number in map(json.dumps, value):
            if parts[-1] and len(parts[-1]) + len(number) > WIDEST:
                parts.append("")
            parts[-1] += (", " if parts[-1] else "") + number
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}{closing}"


def changes(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """What differs, one line each: `data[3].x[4]: 12 → 13`; `+` is new, `-` has gone."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            inner = f"{path}.{key}" if path else key
            if key not in after:
                yield f"{inner}: - {_short(before[key])}"
            elif key not in before:
                yield f"{inner}: + {_short(after[key])}"
            else:
                yield from changes(before[key], after[key], inner)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_changes(before, after, path)
    elif before != after or type(before) is not type(after):
        yield f"{path}: {_short(before)} → {_short(after)}"


def _list_changes(before: list[Any], after: list[Any], path: str) -> Iterator[str]:
    """One item more at the front is one change, not as many as there are items."""
    old, new = ([json.dumps(item) for item in items] for items in (before, after))
    for kind, i, to_i, j, to_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(to_i - i, to_j - j)
        for step in range(both):
            yield from changes(before[i + step], after[j + step], f"{path}[{i + step}]")
        for place in range(i + both, to_i):
            yield f"{path}[{place}]: - {_short(before[place])}"
        for place in range(j + both, to_j):
            yield f"{path}[{place}]: + {_short(after[place])}"


def _short(value: Any) -> str:
    whole = json.dumps(value, ensure_ascii=False)
    return whole if len(whole) <= 160 else whole[:159] + "…"


def report(name: str, before: Any, after: Any) -> str:
    """What a failing test says; empty where nothing has changed."""
    found = list(changes(before, after))
    if not found:
        return ""
    more = [f"  … and {len(found) - MOST_CHANGES} more"] if len(found) > MOST_CHANGES else []
    lines = [f"The figure {name} has changed:", *(f"  {change}" for change in found[:MOST_CHANGES]), *more]
    return "\n".join([*lines, "If this is meant: make golden, look at the change of tests/golden/figures, commit it."])


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        print(text(made(Record.load())))
    else:
        write(Record.load())
