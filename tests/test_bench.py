"""The table that `make bench` prints, and the file that it writes. Nothing is measured here."""

from types import SimpleNamespace

from bench import __main__ as bench
from bench.load import percentile
from bench.rows import Row


def test_a_row_is_held_to_its_ratio_or_else_to_its_value():
    assert Row("p95", 1.6, "s", None, 1.5).kept is False
    assert Row("first chart", 6.2, "s", 0.57, 0.6).kept is True
    assert Row("bytes", 2.2, "MB", 0.3, None).kept is None


def test_the_table_says_what_was_measured_what_was_not_and_what_is_not_kept():
    results = {"first_view": "not measured: there is no bench.first_view", "load": [Row("p95", 1.625, "s", None, 1.5)]}
    assert bench.table(results).splitlines()[2:] == [
        "| **The first view on a slow link** | | | | not measured: there is no bench.first_view |",
        "| **Many readers on one process** | | | |  |",
        "| p95 | 1.62 s |  | 1.5 s | **no** |",
    ]


def test_a_part_that_is_missing_or_fails_does_not_take_the_others_with_it(monkeypatch):
    measured = [Row("x", 1, "s", None, None)]

    parts = {"bench.growth": lambda: measured, "bench.load": lambda: 1 / 0}

    def found(name):
        if name not in parts:
            raise ModuleNotFoundError(name=name)
        return SimpleNamespace(measure=parts[name])

    monkeypatch.setattr(bench.importlib, "import_module", found)
    assert bench.measured(["interaction", "load", "growth"]) == {
        "interaction": "not measured: there is no bench.interaction",
        "load": "not measured: ZeroDivisionError",
        "growth": measured,
    }


def test_what_is_written_by_hand_stays(tmp_path):
    file = tmp_path / "RESULTS.md"
    bench.write("| a |", {"Date": "2026-11-20"}, file)
    file.write_text(file.read_text("utf-8").replace("Not yet told.", "The processor, at 300 readers."), "utf-8")
    bench.write("| b |", {"Date": "2026-11-21"}, file)
    text = file.read_text("utf-8")
    assert "| b |" in text and "2026-11-21" in text
    assert "| a |" not in text and "2026-11-20" not in text
    assert text.endswith("## What breaks first\n\nThe processor, at 300 readers.\n")


def test_the_95th_percentile_is_one_of_the_values():
    assert (percentile([3, 1, 2], 95), percentile(range(1, 101), 95), percentile([], 95)) == (3, 95, float("inf"))
