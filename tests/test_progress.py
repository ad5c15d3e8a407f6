"""How far long work has come."""

import sys

from two_shields.text.progress import progress


def test_a_terminal_gets_a_bar_and_all_else_a_few_lines(monkeypatch, capsys):
    assert list(progress(range(40), "Rows", 40)) == list(range(40))
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (10, "Rows: 4 of 40", "Rows: 40 of 40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress(range(40), "Rows", 40)) == list(range(40))
    bar = capsys.readouterr().err
    assert "| 0/40 [" in bar and "of 40" not in bar
