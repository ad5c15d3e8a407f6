"""Runs every part and prints one table: `make bench`. With `--write` it also goes into `bench/RESULTS.md`."""

from __future__ import annotations

import argparse
import importlib
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.machine import facts
from bench.rows import Row

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
#: Each part is a module with `measure() -> list[Row]`; the words head its rows.
PARTS = {
    "first_view": "The first view on a slow link",
    "interaction": "A change of a filter",
    "reading": "Evidence and other pages",
    "growth": "A record that grows",
    "load": "Many readers on one process",
    "spread": "A link that spreads",
}
#: What stands below this line in the file is written by hand, and stays.
BY_HAND = "## What breaks first"


def measured(parts: Iterable[str]) -> dict[str, list[Row] | str]:
    """The rows of each part, or why there are none. One part that fails does not take the others with it."""
    results: dict[str, list[Row] | str] = {}
    for part in parts:
        print(f"Measuring: {PARTS[part].lower()}", file=sys.stderr, flush=True)
        try:
            results[part] = importlib.import_module(f"bench.{part}").measure()
        except ModuleNotFoundError as missing:
            results[part] = f"not measured: there is no {missing.name}"
        except Exception as error:
            traceback.print_exc()
            results[part] = f"not measured: {type(error).__name__}"
    return results


def table(results: Mapping[str, list[Row] | str]) -> str:
    """All rows as one Markdown table."""
    lines = ["| what | value | ratio | at most | kept |", "|---|---:|---:|---:|---|"]
    for part, rows in results.items():
        lines.append(f"| **{PARTS[part]}** | | | | {rows if isinstance(rows, str) else ''} |")
        lines += [_line(row) for row in rows if not isinstance(rows, str)]
    return "\n".join(lines)


def _line(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    target = "" if row.target is None else f"{row.target:g}" + (f" {row.unit}" if row.ratio is None else "")
    kept = {None: "", True: "yes", False: "**no**"}[row.kept]
    return f"| {row.name} | {_number(row.value)} {row.unit}".rstrip() + f" | {ratio} | {target.strip()} | {kept} |"


def _number(value: float) -> str:
    """Whole where it is, and else as precise as such a measurement is."""
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"


def write(results: str, described: Mapping[str, str], file: Path = RESULTS) -> None:
    """Put a dated run into the file; what was written there by hand stays."""
    before = file.read_text("utf-8") if file.exists() else ""
    _, found, by_hand = before.partition(BY_HAND)
    lines = [
        "# Results",
        "",
        "Measured by `make bench WRITE=1`; what each line means, and how to repeat it, stands in [README.md](README.md).",
        "",
        *(f"- {name}: {value}" for name, value in described.items()),
        "",
        results,
        "",
        BY_HAND + (by_hand if found else "\n\nNot yet told.\n"),
    ]
    file.write_text("\n".join(lines), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(PARTS)}; else all")
    parser.add_argument("--write", action="store_true", help="put the results into bench/RESULTS.md, too")
    chosen = parser.parse_args()
    unknown = set(chosen.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    described = facts()
    made = table(measured(chosen.parts or PARTS))
    print("\n".join(f"{name}: {value}" for name, value in described.items()) + f"\n\n{made}")
    if chosen.write:
        write(made, described)


if __name__ == "__main__":
    main()
