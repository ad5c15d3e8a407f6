"""Every kind of corruption that the tables and the map can have, made from the schema: each is refused, with its place.

The cases are put into copies of the real record, several at a time, each in a file or a row of its own, while a server's
holder of the record looks on: it keeps the last good record and names each fault. The map, of which a copy takes one case
alone, is read without the tables.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path

import pytest

from two_shields.contract import geometry
from two_shields.contract.csv_text import LONGEST_CELL, MAY_BE_EMPTY, PLAIN, QUOTES
from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLES
from two_shields.contract.snapshot import DATA, FILES, LARGEST_FILE, MAP, Snapshot
from two_shields.contract.table import ID_PATTERN, ISO3_PATTERN, Column, Table
from two_shields.record.live import CHECK_EVERY, LiveRecord

#: Cases of one table that go into one copy of the record, each in a row of its own.
ROWS_AT_ONCE = 24
MEGABYTE = 1_000_000


class Copy:
    """The record's files in memory, to be broken."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes | None] = dict(_files())
        self.taken: defaultdict[str, set[int]] = defaultdict(set)
        self._rows: dict[str, list[list[str]]] = {}

    def rows(self, table: str) -> list[list[str]]:
        """The rows, the header first."""
        if table not in self._rows:
            text = self.contents[f"{table}.csv"].decode("utf-8")
            self._rows[table] = list(csv.reader(io.StringIO(text, newline="")))
        return self._rows[table]

    def pick(self, table: str, column: str) -> int:
        """A row that no other case has, with a value in the column, if there is one; otherwise any."""
        rows = range(1, len(self.rows(table)))
        free = [row for row in rows if row not in self.taken[table]]
        row = next((row for row in free if self.get(table, row, column)), free[0])
        self.taken[table].add(row)
        return row

    def get(self, table: str, row: int, column: str) -> str:
        header, *rows = self.rows(table)
        return rows[row - 1][header.index(column)]

    def set(self, table: str, row: int, /, **cells: str) -> int:
        """Change cells of a row; gives its line, as long as every row stands on one."""
        rows = self.rows(table)
        for column, value in cells.items():
            rows[row][rows[0].index(column)] = value
        return row + 1

    def moved(self, file: str, line: int) -> int:
        """The line, moved down by the lines that the rows above it have too many."""
        above = self._rows.get(file.removesuffix(".csv"), [])[: max(0, line - 1)]
        return line + sum(cell.count("\n") for row in above for cell in row)

    def put(self, folder: Path) -> None:
        """Write it out."""
        for table, rows in self._rows.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            self.contents[f"{table}.csv"] = text.getvalue().encode("utf-8")
        for name, content in self.contents.items():
            path = folder / name
            if path.is_dir():
                path.rmdir()
            if content is None:
                path.unlink(missing_ok=True)
            elif content == b"folder":
                path.unlink(missing_ok=True)
                path.mkdir()
            elif not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)


@cache
def _files() -> dict[str, bytes]:
    """The record as it is checked in, with corrections that were invented: it may have none."""
    contents = {name: (DATA / name).read_bytes() for name in FILES}
    claim_ids = [line.partition(b",")[0].decode() for line in contents["claims.csv"].splitlines()[1:41]]
    rows = "".join(f"c-{claim_id},2026-01-02,claims,{claim_id},2022,2023,Misread.\n" for claim_id in claim_ids)
    return contents | {"corrections.csv": contents["corrections.csv"] + rows.encode()}


@dataclass(frozen=True)
class Case:
    """One corruption. `change` makes it and gives line, column and value of the fault; a value of None is any."""

    kind: str
    place: str
    file: str
    change: Callable[[Copy], tuple[int, str, str | None]]
    mend: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}"


# One cell, for every column that it can happen to.


def _cell(table: Table, column: Column, value: Callable[[str], str] | None, shown: Callable | None, copy: Copy):
    last = len(copy.rows(table.name)) - 1
    copy.taken[table.name].add(last)
    row = copy.pick(table.name, column.name)
    broken = value(copy.get(table.name, row, column.name)) if value else copy.get(table.name, last, column.name)
    line = copy.set(table.name, row, **{column.name: broken})
    return line, column.name, (shown or str)(broken)


def cells() -> Iterator[Case]:
    number = 0
    for table in TABLES:
        for column in table.columns:
            for kind, value, mend, *shown in kinds(column, number):
                number += 1
                change = partial(_cell, table, column, value, shown[0] if shown else None)
                yield Case(kind, f"{table.name}.{column.name}", f"{table.name}.csv", change, mend)


FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A0", "＝1")
NOT_PLAIN = ("a\x00b", "a\x1bb", "a\u200bb", "a\u202eb", "a\nb", "\ta", "a ", " a", "\u00a0a")
BAD_DATES = ("2023-02-30", "14.02.2023", "2023-13", "2023-2-3", "yesterday", "2023-02-29", "20230214", "2023-00")
BAD_NUMBERS = ("2,700", "1e999", "NaN", "∞", "\u0667", "12 million", "0x10", "--1")


def kinds(column: Column, count: int) -> Iterator[tuple]:
    """What can be wrong with a column's cells: kind, the broken cell from the sound one, the mend, the value named."""

    def one_of(values: tuple[str, ...]) -> Callable[[str], str]:
        return lambda cell: values[count % len(values)]

    yield "not plain text", lambda cell: NOT_PLAIN[count % len(NOT_PLAIN)].replace("a", cell or "a", 1), PLAIN
    if column.required:
        yield "blank", lambda cell: "", "a value: the cell may not be blank"
    if column.type in ("string", "list", "url"):
        yield "formula text", one_of(FORMULAS), "text that no spreadsheet takes for a formula"
    if column.enum:
        yield "unknown enumeration", lambda cell: "no_such_code", f"one of {next(iter(column.enum))}"
    if column.refers_to:
        unknown = "QQQ" if column.pattern == ISO3_PATTERN else "no-such-row"
        mend = f"an id of {column.refers_to}"
        if column.type == "list":
            yield "broken reference", lambda cell: f"{cell};{unknown}".removeprefix(";"), mend, lambda cell: unknown
        else:
            yield "broken reference", lambda cell: unknown, mend
    if column.pattern == ID_PATTERN:
        yield "id not in kebab-case", lambda cell: "Not_Kebab", f"the form {ID_PATTERN}"
    elif column.pattern:
        yield "bad form", lambda cell: "XX-Y", f"the form {column.pattern}"
    if column.unique:
        yield "value of another row", None, f"each row to differ in {column.name}"
    match column.type:
        case "date":
            yield "bad date", one_of(BAD_DATES), "an ISO date, as long as it is sure: YYYY, YYYY-MM or YYYY-MM-DD"
            yield "year out of reach", lambda cell: "0203", "a year from 1900 to 2100"
        case "integer":
            yield "bad type", one_of((*BAD_NUMBERS, "1.5")), "a whole number"
        case "number":
            yield "bad type", one_of(BAD_NUMBERS), "a plain number, without separators or units"
        case "boolean":
            yield "bad type", one_of(("yes", "1", "TRUE", "wahr")), "true or false"
        case "url":
            no_addresses = ("javascript:alert(1)", "www.example.org", "https://a b")
            yield "bad type", one_of(no_addresses), "an http or https address"
        case "list":
            yield "blank item", lambda cell: f"{cell};", "items between semicolons, none of them blank"
            yield "double item", lambda cell: f"{cell or 'x'};{(cell or 'x').split(';')[0]}", "items that differ"
    if column.type in ("integer", "number"):
        yield "number too long", lambda cell: "9" * 30, "at most 15 digits, and 6 after the point"
    if column.minimum is not None:
        yield "number too small", lambda cell: f"{column.minimum - 1:g}", f"at least {column.minimum:g}"
    if column.maximum is not None:
        yield "number too large", lambda cell: f"{column.maximum + 1:g}", f"at most {column.maximum:g}"


# One whole file, for every table.


def files_of(table: Table) -> Iterator[Case]:
    names = table.column_names
    header = ",".join(names)

    def case(kind: str, change: Callable[[bytes], bytes | None], line: int, mend: str, column: str = "") -> Case:
        def apply(copy: Copy) -> tuple[int, str, None]:
            copy.contents[f"{table.name}.csv"] = change(_files()[f"{table.name}.csv"])
            return line, column, None

        return Case(kind, table.name, f"{table.name}.csv", apply, mend)

    def columns(change: Callable[[list[str]], list[str]]) -> Callable[[bytes], bytes]:
        def apply(content: bytes) -> bytes:
            rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(map(change, rows))
            return text.getvalue().encode("utf-8")

        return apply

    expected = f"the header {header}"
    first = names[0]
    yield case("missing file", lambda content: None, 0, "the file to exist")
    yield case("folder in its place", lambda content: b"folder", 0, "a plain file")
    yield case("empty file", lambda content: b"", 1, f"{expected} (missing: {header.replace(',', ', ')})")
    yield case("missing column", columns(lambda row: row[1:]), 1, f"{expected} (missing: {first})")
    yield case("extra column", columns(lambda row: [*row, "extra"]), 1, f"{expected} (not known: extra)")
    yield case("columns in another order", columns(lambda row: row[::-1]), 1, f"{expected} (in this order)")
    yield case("column twice", columns(lambda row: [*row, row[0]]), 1, f"{expected} (twice: {first})")
    yield case("wrong encoding", lambda c: c + b"T\xfcrkiye\n", -1, "UTF-8 text at byte")
    yield case("UTF-16", lambda c: c.decode().encode("utf-16"), 1, "UTF-8 text at byte 0")
    yield case("byte order mark", lambda c: b"\xef\xbb\xbf" + c, 1, "UTF-8 text without a byte order mark", first)
    yield case("mixed line ends", lambda c: c.replace(b"\n", b"\r\n", 1) + b"x\n", 2, "lines that all end alike")
    yield case("lone carriage return", lambda c: c.replace(b"\n", b"\r", 1), 1, "lines that all end alike")
    yield case("header twice", lambda c: f"{header}\n".encode() + c, 2, "")
    yield case("row of other length", lambda c: c + b"," * 22 + b"\n", -1, f"{len(names)} cells, not 23")
    yield case("blank line", lambda c: c + b"\n", -1, f"{len(names)} cells, not 0")
    yield case("stray quote", lambda c: c + b'a"b"' + b"," * (len(names) - 1) + b"\n", -1, QUOTES, first)
    yield case("quote left open", lambda c: c + b'"ab' + b"," * (len(names) - 1) + b"\n", -1, QUOTES, first)
    yield case("quote in the header", lambda c: c.replace(b",", b'",', 1), 1, "")
    yield case("cut off", lambda c: c[:-1], 0, "is it cut off?")
    if table.name not in MAY_BE_EMPTY:
        yield case("header alone", lambda c: c[: c.index(b"\n") + 1], 1, "at least one row below the header")


def huge() -> Iterator[Case]:
    """The characters that cost most at full size, the others at a tenth."""
    for size, place, item in ((10, "claims.note", "n"), (10, "systems.aliases", '"'), (1, "events.claim_ids", "a;"),
                              (1, "sources.url", "https://"), (1, "aid.aid_id", "a-"), (1, "transfers.quantity", "9"),
                              (1, "countries.name", "\u00e9")):  # fmt: skip
        table, _, column = place.partition(".")

        def apply(copy: Copy, table=table, column=column, item=item, size=size) -> tuple[int, str, None]:
            return (
                copy.set(table, copy.pick(table, column), **{column: item * (size * MEGABYTE // len(item))}),
                column,
                None,
            )

        yield Case(f"{size} MB cell", place, f"{table}.csv", apply, PLAIN)


# The map.


def geometries() -> Iterator[Case]:
    def case(kind: str, change: Callable[[bytes], bytes | None], line: int, part: str, mend: str) -> Case:
        def apply(copy: Copy) -> tuple[int, str, None]:
            broken = change(_files()[MAP])
            assert broken != _files()[MAP]
            copy.contents[MAP] = broken
            return line, part, None

        return Case(f"geometry: {kind}", MAP, MAP, apply, mend)

    def feature(change: Callable[[dict], object]) -> Callable[[bytes], bytes]:
        """The first feature changed; it stands on line 2."""

        def apply(content: bytes) -> bytes:
            lines = content.decode("utf-8").split("\n")
            made = json.loads(lines[1].rstrip(","))
            change(made)
            lines[1] = json.dumps(made, separators=(",", ":")) + ","
            return "\n".join(lines).encode("utf-8")

        return apply

    def coordinates(value: object) -> Callable[[bytes], bytes]:
        return feature(lambda made: made["geometry"].update(coordinates=value))

    ring = [[10, 50], [11, 50], [11, 51], [10, 50]]
    places = "points of longitude -180 to 180 and latitude -90 to 90"
    closed = "rings of four points or more that end where they begin"
    nested = "polygons of rings of points, none of them empty"
    yield case("missing file", lambda c: None, 0, "", "the file to exist")
    yield case("folder in its place", lambda c: b"folder", 0, "", "a plain file")
    yield case("empty file", lambda c: b"", 1, "", "JSON at character 1 of the line")
    yield case("cut off", lambda c: c[: len(c) // 2], -1, "", "JSON at character")
    yield case("wrong encoding", lambda c: c.replace(b"Albania", b"Alb\xe4nia"), 0, "", "UTF-8 text")
    yield case("no collection", lambda c: b"[]", 0, "features", "a GeoJSON FeatureCollection")
    yield case("no features", lambda c: b'{"features":[]}', 0, "features", "at least one feature")
    yield case("nested without end", lambda c: b"[" * 100_000, 0, "features", "a GeoJSON FeatureCollection")
    yield case("a number too long", lambda c: c.replace(b"20.06", b"9" * 5_000, 1), 0, "features", "a GeoJSON")
    yield case("feature of another kind", lambda c: c.replace(b'{"type":"Feature"', b'7,{"type":"Feature"', 1), 0,
               "features", "a feature")  # fmt: skip
    yield case("bad id", feature(lambda made: made.update(id="alb")), 2, "id", "an ISO 3166-1 alpha-3 code")
    yield case("id twice", lambda c: c.replace(b'"id":"AND"', b'"id":"ALB"'), 2, "id", "each feature to differ in id")
    yield case("no properties", feature(lambda made: made.pop("properties")), 2, "context", "true or false")
    yield case("bad context", feature(lambda m: m["properties"].update(context="no")), 2, "context", "true or false")
    yield case("no country", lambda c: c.replace(b'"context":false', b'"context":true'), 0, "context", "a country that")
    yield case("no geometry", feature(lambda made: made.update(geometry=None)), 2, "geometry", "a Polygon or a Multi")
    yield case("a point", feature(lambda m: m["geometry"].update(type="Point")), 2, "geometry", "a Polygon or a Multi")
    yield case("no coordinates", coordinates([]), 2, "coordinates", nested)
    yield case("flat coordinates", coordinates([10, 50]), 2, "coordinates", nested)
    yield case("empty ring", coordinates([[]]), 2, "coordinates", closed)
    yield case("open ring", coordinates([[*ring[:3], [9, 50]]]), 2, "coordinates", closed)
    yield case("ring of two points", coordinates([ring[:1] * 2]), 2, "coordinates", closed)
    yield case("text for a number", coordinates([[["10", 50], *ring[1:]]]), 2, "coordinates", places)
    yield case("off the globe", coordinates([[[10, 500], *ring[1:]]]), 2, "coordinates", places)
    yield case("no number", coordinates([[[float("nan"), 50], *ring[1:]]]), 2, "coordinates", places)
    yield case("true for a number", coordinates([[[True, 50], *ring[1:]]]), 2, "coordinates", places)
    yield case("opposite the centre", coordinates([[[-170, -52], *ring[1:-1], [-170, -52]]]), 2, "coordinates", places)


# Together.

CELLS, HUGE, MAPS = (list(cases()) for cases in (cells, huge, geometries))
WHOLE = [case for table in TABLES for case in files_of(table)]
CASES = [*CELLS, *WHOLE, *HUGE, *MAPS]


def batches() -> Iterator[tuple[str, list[Case]]]:
    """The cases, as many at once as do not come in each other's way."""
    for name, cases in (("cells", CELLS), ("huge", HUGE)):
        by_file: defaultdict[str, list[Case]] = defaultdict(list)
        for case in cases:
            by_file[case.file].append(case)
        for number in count(1):
            if not any(by_file.values()):
                break
            batch = []
            for file, waiting in by_file.items():
                rows = len(_files()[file].splitlines()) - 1
                most = min(ROWS_AT_ONCE, rows // 2)
                batch += waiting[:most]
                by_file[file] = waiting[most:]
            yield f"{name} {number}", batch
    by_kind: defaultdict[str, list[Case]] = defaultdict(list)
    for case in WHOLE:
        by_kind[case.kind].append(case)
    yield from by_kind.items()


class Looked:
    """A holder of a copy of the record, whose clock the test turns."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.time = folder, 0.0
        (folder / "geometry").mkdir()
        Copy().put(folder)
        self.current = LiveRecord(folder, clock=lambda: self.time)
        self.good = self.current.record()

    def look(self) -> tuple[Fault, ...]:
        """What is refused, after looks enough to see that the files stand still."""
        for _ in range(2):
            self.time += CHECK_EVERY
            assert self.current.record() is self.good
        refusal = self.current.refusal()
        return refusal.faults if refusal else ()


@pytest.fixture(scope="module")
def looked(tmp_path_factory) -> Looked:
    return Looked(tmp_path_factory.mktemp("faults"))


BATCHES = dict(batches())


def untold(case: Case, line: int, column: str, value: str | None, faults: tuple[Fault, ...]) -> str:
    """What is wrong with how a case is told: nowhere, at another place, without its mend, or at length."""
    of_file = [fault for fault in faults if fault.file == case.file]
    lines = {line} if line > 0 else {fault.line for fault in of_file}
    there = [fault for fault in of_file if fault.line in lines and (fault.column == column or "header" in case.kind)]
    there = [fault for fault in there if value is None or fault.value == value]
    told = [fault for fault in there if case.mend in fault.expected]
    if not told:
        return f"{case} is not told among: " + ("\n".join(map(str, of_file)) or "nothing")
    said = str(told[0])
    sound = (
        said.startswith(case.file)
        and "expected " in said
        and (f"line {told[0].line}" in said) == (told[0].line > 0)
        and len(said) < 700
        and said.isprintable()
    )
    return "" if sound else f"{case} is told badly: {said}"


def refused_as_they_should(batch: list[Case], folder: Path, look: Callable[[], Iterable[Fault]]) -> None:
    copy = Copy()
    places = [(case, *case.change(copy)) for case in batch]
    copy.put(folder)
    faults = tuple(look())
    found = [untold(case, copy.moved(case.file, line), column, value, faults) for case, line, column, value in places]
    assert not any(found), "\n".join(filter(None, found))


@pytest.mark.parametrize("batch", BATCHES.values(), ids=BATCHES)
def test_what_is_broken_is_refused_with_its_place_and_its_mend(batch: list[Case], looked):
    refused_as_they_should(batch, looked.folder, looked.look)


@pytest.mark.parametrize("case", MAPS, ids=str)
def test_a_broken_map_is_told_with_its_place_and_its_mend(case: Case, looked):
    refused_as_they_should([case], looked.folder, lambda: geometry.of(Snapshot.take(looked.folder))[1])


def test_a_broken_map_is_refused_as_broken_tables_are(looked):
    refused_as_they_should([case for case in MAPS if "open ring" in case.kind], looked.folder, looked.look)


def test_there_are_enough_of_every_kind():
    assert len(CASES) >= 200 and len({case.kind for case in CASES}) >= 60
    assert {case.file for case in CASES} == set(_files())
    assert {f"{table.name}.{column.name}" for table in TABLES for column in table.columns} <= {c.place for c in CELLS}


def test_a_record_without_a_fault_has_none(looked):
    Copy().put(looked.folder)
    assert looked.look() == ()


def test_a_file_beyond_all_measure_is_not_even_read(looked):
    Copy().put(looked.folder)  # whatever an earlier test has left there
    path = looked.folder / "claims.csv"
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)  # a hole: takes no room on disk
    (fault,) = looked.look()
    assert str(fault) == f"claims.csv: '': expected a file of at most {LARGEST_FILE:,} bytes, not {LARGEST_FILE + 1:,}"
    Copy().put(looked.folder)
    assert looked.look() == ()


def test_the_longest_cell_of_the_record_is_far_from_the_limit():
    copy = Copy()
    assert max(len(cell) for table in TABLES for row in copy.rows(table.name) for cell in row) < LONGEST_CELL / 2
