"""Records to test with: the one that is checked in, copies of it to break, and a small one of invented sources."""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import chain, islice
from pathlib import Path

import pytest
from hypothesis import settings

from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.record.record import DATA, Record

# A busy machine is no fault of the code: generated input is not held to a time. `make fuzz` tries more of it.
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("fuzz", deadline=None, max_examples=round(100 * float(os.environ.get("FUZZ", "1"))))
settings.load_profile("fuzz" if "FUZZ" in os.environ else "quick")

ARTICLES = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"

#: The first version of the data that was published.
FIRST = "2026-11-20-bf1662be"

#: A record that a person can read in one go: two invented articles, one page of the public record. Cells that it leaves out are blank.
SMALL = Path(__file__).with_name("small")


@pytest.fixture(autouse=True)
def no_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make check` runs starts no process: a test that does says so."""

    def refused(*command, **_):
        raise RuntimeError(f"{request.node.name} starts {command[1:]}: mark it `process` or `browser`")

    if not is_slow(request.node):
        monkeypatch.setattr(subprocess.Popen, "__init__", refused)


class Tables:
    """A folder of tables that a test may change, row by row. Every row of it stands on one line."""

    def __init__(self, path: Path):
        self.path = path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        """The rows as they stand in the file, the header first."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def line(self, table: str, *key: str) -> int:
        """The line of the first row whose key begins with these values; the header is line 1."""
        header, *rows = self.rows(table)
        positions = [header.index(name) for name in TABLE_BY_NAME[table].key][: len(key)]
        found = [line for line, row in enumerate(rows, start=2) if [row[p] for p in positions] == list(key)]
        assert found, f"{table} has no row {key}"
        return found[0]

    def set(self, table: str, /, *key: str, **cells: str) -> int:
        """Change cells of a row; gives its line."""
        line = self.line(table, *key)
        rows = self.rows(table)
        for name, value in cells.items():
            rows[line - 1][rows[0].index(name)] = value
        self.write(table, rows)
        return line

    def add(self, table: str, /, **cells: str) -> int:
        """Append a row, blank where nothing is given; gives its line."""
        rows = self.rows(table)
        assert set(cells) <= set(rows[0])
        rows.append([cells.get(name, "") for name in rows[0]])
        self.write(table, rows)
        return len(rows)

    def drop(self, table: str, *key: str) -> None:
        rows = self.rows(table)
        del rows[self.line(table, *key) - 1]
        self.write(table, rows)

    def load(self) -> Record:
        return Record.load(self.path)


@pytest.fixture(scope="session")
def record() -> Record:
    """The record that is checked in."""
    from checked_in import RECORD  # here, so that where it cannot be loaded its tests are red, and no others

    return RECORD


@pytest.fixture(scope="session")
def first() -> Record:
    """The record as it was first published."""
    return Record.of_version(FIRST)


@pytest.fixture(scope="session")
def whole(tmp_path_factory, testrun_uid) -> Iterator[str]:
    """The address of the whole server, with all that stands before the pages; one for all tests that only ask it. The worker
    that needs it first starts it, and ends it once no other one holds on to it."""
    import fcntl

    from web_client import serve_whole

    place = tmp_path_factory.getbasetemp().parent / testrun_uid
    with place.open("a+") as start, place.with_suffix(".used").open("w") as used:
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(used, fcntl.LOCK_SH)
        start.seek(0)
        with nullcontext(known) if (known := start.read()) else serve_whole() as address:
            if not known:
                print(address, end="", file=start, flush=True)
            fcntl.flock(start, fcntl.LOCK_UN)
            yield address
            if not known:
                fcntl.flock(used, fcntl.LOCK_EX)
                start.truncate(0)


@pytest.fixture
def tables(tmp_path: Path) -> Callable[[], Tables]:
    """Makes copies of the tables that are checked in."""

    def copy() -> Tables:
        folder = tmp_path / f"data-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(DATA, folder)
        return Tables(folder)

    return copy


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the five articles' files. They are not ours to publish: without them, their tests are skipped."""
    if not ARTICLES.is_dir():
        pytest.skip("the articles' files are not at hand")
    return ARTICLES


@pytest.fixture
def small_articles(tmp_path: Path) -> Path:
    """The folder of the two invented articles."""
    return Path(shutil.copytree(SMALL / "articles", tmp_path / "articles"))


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    """A copy of the small record, to be changed."""
    small = Tables(tmp_path / "small")
    shutil.copytree(DATA / "geometry", small.path / "geometry")
    for table in TABLES:
        source = SMALL / f"{table.name}.csv"
        rows = csv.DictReader(source.read_text("utf-8").splitlines()) if source.is_file() else []
        small.write(
            table.name, [[*table.column_names], *([row.get(name, "") for name in table.column_names] for row in rows)]
        )
    return small


SLOW = {"browser", "process"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in `tests/browser` is marked `browser`. What waits for a browser or a server runs once more where it fails, and
    the report names it: on a busy machine a chart or an answer may come later than anything can wait for."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
        can_rerun = item.config.pluginmanager.hasplugin("rerunfailures")
        if can_rerun and is_slow(item):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["."]))
    items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1)))


def is_slow(item: pytest.Item) -> bool:
    return bool(SLOW & {mark.name for mark in item.iter_markers()})


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in as many equal parts, one after another, as each worker begins with one: first its share of the slow tests,
    those that share a fixture of their module together. What a worker then takes over from another are quick ones."""
    quick, slow = [item for item in items if not is_slow(item)], {}
    for item in filter(is_slow, items):
        fixtures = (one for name in item.fixturenames for one in item._fixtureinfo.name2fixturedefs.get(name, ()))
        shares = any(one.scope == "module" for one in fixtures)
        slow.setdefault(item.path if shares else item.nodeid, []).append(item)
    parts = [list(chain(*islice(slow.values(), worker, None, workers))) for worker in range(workers)]
    for worker, part in enumerate(parts):
        left = len(quick) + sum(map(len, parts[worker:]))
        room = max(0, left // (workers - worker) - len(part))
        part += quick[:room]
        del quick[:room]
    return [*chain(*parts), *quick]
