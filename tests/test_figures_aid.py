"""The figures of the page Aid: curves where a series is, bars over periods where it is not, loans apart."""

import itertools
from datetime import date
from functools import partial

import checked_in
import pytest

from two_shields.charts import style
from two_shields.charts.palette import FILLS
from two_shields.exhibits import registry
from two_shields.exhibits.aid import cumulative_figure, look, monthly, spans
from two_shields.state.views import AidView

frame_of = partial(checked_in.frame_of, AidView)


def marked(figure) -> list:
    return [trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)]


def trace_of(figure, mark: str):
    (found,) = (trace for trace in marked(figure) if mark in {item[0] for item in trace.customdata})
    return found


# Over time.


def test_in_the_articles_the_european_loan_has_an_axis_of_its_own():
    figure = spans.figure(frame_of("cumulative", "articles"))
    loan, france = trace_of(figure, "europe-loan-90"), trace_of(figure, "fra-first-year-total")
    assert (loan.yaxis, france.yaxis) == ("y2", "y")
    assert "Loan from the EU, shown separately, € billion" in {
        annotation.text for annotation in figure.layout.annotations
    }
    others = [trace.yaxis for trace in marked(figure) if trace is not loan]
    assert set(others) == {"y"}


def test_a_total_is_a_level_bar_over_its_period_and_its_part_looks_unlike_it():
    figure = spans.figure(frame_of("cumulative", "articles", donor=("FRA",)))
    assert {trace.yaxis or "y" for trace in figure.data} == {"y"}, "without a loan there is one axis"
    bars = {tuple(trace.y): trace for trace in figure.data if trace.mode == "lines"}
    assert set(bars) == {(2.7, 2.7), (0.75, 0.75)}
    for trace in bars.values():
        assert list(trace.x) == ["2022-02-01", "2023-02-28"]
    whole, part = bars[2.7, 2.7], bars[0.75, 0.75]
    assert (whole.line.dash, part.line.dash) == ("solid", "dot")
    assert whole.line.width > part.line.width


def test_a_total_told_in_a_month_without_a_period_is_a_bar_over_that_month():
    figure = spans.figure(frame_of("cumulative", "articles", donor=("EUU",)))
    (span,) = (trace for trace in figure.data if trace.mode == "lines")
    assert list(span.x) == [date(2026, 2, 1), date(2026, 2, 28)]
    assert set(span.y) == {90}


def test_totals_are_labelled_on_the_chart():
    figure = spans.figure(frame_of("cumulative", "articles"))
    words = {text for trace in marked(figure) for text in trace.text}
    assert any(text.startswith("France, all kinds: €2.7 billion") for text in words)
    assert any(text.startswith("EU institutions, loan: €90 billion") for text in words)


def drawn(view: str, *, narrow: bool = False, **fields):
    shown = AidView(view=view, **fields)
    return registry.exhibits_of(shown)[0].panels[0](frame_of(view, **fields), "light", narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "fields", [{}, {"by": "camp"}, {"per": "gdp"}, {"by": "kind"}, {"since": date(2025, 1, 1)}], ids=str
)
def test_no_two_names_at_the_ends_of_lines_meet(fields, narrow):
    figure = drawn("cumulative", narrow=narrow, **fields)
    for axis in ("", "2"):
        named = [note for note in figure.layout.annotations if note.yref == f"y{axis}" and note.xref == "paper"]
        if not named:
            continue
        layout = figure.layout[f"yaxis{axis}"]
        inner = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
        pixels = inner * (layout.domain[1] - layout.domain[0]) / (layout.range[1] - layout.range[0])
        boxes = sorted((note.y * pixels, look.LINE * (1 + note.text.count("<br>"))) for note in named)
        for (below, its), (above, own) in itertools.pairwise(boxes):
            assert above - below >= (its + own) / 2 - 0.5


def test_lines_have_the_colour_of_their_camp_whatever_else_is_chosen():
    expected = {"DEU": style.BLUE, "FRA": style.ORANGE, "DNK": style.PURPLE, "USA": style.VERMILION, "EUU": style.GREEN}
    for fields in ({}, {"donor": tuple(expected)}, {"donor": ("DEU", "FRA", "DNK"), "kind": ("military",)}):
        lines = [trace for trace in marked(drawn("cumulative", **fields)) if trace.line.color]
        colours = {trace.customdata[-1][0].split("|")[0]: trace.line.color for trace in lines}
        assert expected.items() & colours.items() == {item for item in expected.items() if item[0] in colours}
        assert {"DEU", "FRA", "DNK"} <= set(colours)


def test_labels_are_moved_no_further_than_they_must():
    assert look.spread([1, 5, 9], [2, 2, 2]) == [1, 5, 9]
    assert look.spread([5, 5], [2, 2]) == [4, 6]
    assert look.spread([0, 0], [2, 2], 0.0) == [1, 3]
    assert look.round_ticks(215) == [0, 50, 100, 150, 200]


def test_without_a_series_the_totals_stand_over_their_periods():
    figure = monthly.figure(frame_of("monthly", "articles"))
    assert not [trace for trace in figure.data if trace.type == "bar"]
    assert {"fra-first-year-total", "europe-loan-90"} <= {
        mark[0] for trace in marked(figure) for mark in trace.customdata
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_camp_s_area_is_filled_as_its_land_on_the_map(theme):
    figure = cumulative_figure.figure(frame_of("cumulative", by="camp"), theme)
    areas = [trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself"]
    filled = {(area.fillcolor, area.fillpattern.shape, area.fillpattern.fgcolor) for area in areas}
    fills = [FILLS[theme][camp] for camp in ("german_led", "both", "french_led")]
    assert len(areas) == 5 and filled >= {(fill.ground, fill.pattern or None, fill.lines or None) for fill in fills}
