"""The figures of the page Aid: curves where a series is, bars over periods where it is not, loans apart."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from two_shields.charts import style
from two_shields.exhibits import registry
from two_shields.exhibits.aid import cumulative, monthly, reported, totals
from two_shields.state.views import AidView


@pytest.fixture(scope="module")
def frame_of(record):
    @cache
    def make(view: str, evidence: str = "all", **fields):
        return registry.frame_of(record, AidView(view=view, evidence=evidence, **fields))

    return make


def marked(figure) -> list:
    return [trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)]


def trace_of(figure, mark: str):
    (found,) = (trace for trace in marked(figure) if mark in {item[0] for item in trace.customdata})
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("evidence", ["articles", "all"])
@pytest.mark.parametrize("view", AidView.views())
def test_both_themes_draw_the_same_on_their_own_background(view, evidence, theme, frame_of):
    figure = registry.panels_of(AidView(view=view))[0](frame_of(view, evidence), theme)
    assert {trace.type for trace in figure.data} <= {"scatter", "bar"}
    assert not {"geo", "map", "mapbox"} & set(figure.to_plotly_json()["layout"])
    assert figure.layout.font.color == style.TEXT[theme]
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


@pytest.mark.parametrize("view", AidView.views())
def test_no_axis_is_cut_off_below(view, frame_of):
    figure = registry.panels_of(AidView(view=view))[0](frame_of(view))
    axis = figure.layout.yaxis
    assert axis.rangemode == "tozero" or (axis.range and axis.range[0] == 0) or view == "monthly"


# Over time.


def test_curves_hold_between_months(frame_of):
    """A sum stays what it was until the next month adds to it: no slope is drawn."""
    figure = cumulative.figure(frame_of("cumulative"))
    curves = [trace for trace in marked(figure) if trace.mode == "lines+markers"]
    assert len(curves) == len(totals.MAIN_DONORS)
    assert {trace.line.shape for trace in curves} == {"hv"}


def test_no_two_curves_look_alike(frame_of):
    figure = cumulative.figure(frame_of("cumulative"))
    curves = [trace for trace in marked(figure) if trace.mode == "lines+markers"]
    assert len({trace.line.color for trace in curves}) == len(curves)
    assert len({(trace.line.dash, trace.marker.symbol) for trace in curves}) == len(curves)


def test_each_curve_is_named_at_its_end(frame_of):
    frame = frame_of("cumulative")
    words = {annotation.text for annotation in cumulative.figure(frame).layout.annotations}
    assert set(frame.rows.loc[frame.rows["series"] == "curve", "donor_name"]) <= words


def test_curves_are_in_billions_of_their_rows(frame_of):
    frame = frame_of("cumulative", donor=("DEU",))
    curve = trace_of(cumulative.figure(frame), frame.rows["mark"].iloc[-1])
    amounts = dict(zip(frame.rows["mark"], frame.rows["amount_eur"], strict=True))
    for mark, height in zip(curve.customdata, curve.y, strict=True):
        assert height * 1e9 == pytest.approx(amounts[mark[0]])


@pytest.mark.parametrize("evidence", ["articles", "all"])
def test_the_european_loan_has_an_axis_of_its_own(evidence, frame_of):
    figure = cumulative.figure(frame_of("cumulative", evidence))
    loan, france = trace_of(figure, "europe-loan-90"), trace_of(figure, "fra-first-year-total")
    assert (loan.yaxis, france.yaxis) == ("y2", "y")
    assert "Loan from the EU, shown separately, € billion" in {
        annotation.text for annotation in figure.layout.annotations
    }
    others = [trace.yaxis for trace in marked(figure) if trace is not loan]
    assert set(others) == {"y"}


def test_without_a_loan_there_is_one_axis(frame_of):
    figure = cumulative.figure(frame_of("cumulative", "articles", donor=("FRA",)))
    assert {trace.yaxis or "y" for trace in figure.data} == {"y"}


def test_a_total_is_a_level_bar_over_its_period_and_its_part_looks_unlike_it(frame_of):
    figure = cumulative.figure(frame_of("cumulative", "articles", donor=("FRA",)))
    spans = {tuple(trace.y): trace for trace in figure.data if trace.mode == "lines"}
    assert set(spans) == {(2.7, 2.7), (0.75, 0.75)}
    for trace in spans.values():
        assert list(trace.x) == ["2022-02-01", "2023-02-28"]
    whole, part = spans[2.7, 2.7], spans[0.75, 0.75]
    assert (whole.line.dash, part.line.dash) == ("solid", "dot")
    assert whole.line.width > part.line.width


def test_a_total_told_in_a_month_without_a_period_is_a_bar_over_that_month(frame_of):
    figure = cumulative.figure(frame_of("cumulative", "articles", donor=("EUU",)))
    (span,) = (trace for trace in figure.data if trace.mode == "lines")
    assert list(span.x) == [date(2026, 2, 1), date(2026, 2, 28)]
    assert set(span.y) == {90}


def test_totals_are_labelled_on_the_chart(frame_of):
    figure = cumulative.figure(frame_of("cumulative", "articles"))
    words = {text for trace in marked(figure) for text in trace.text}
    assert any(text.startswith("France, all kinds: €2.7 billion") for text in words)
    assert any(text.startswith("EU institutions, loan: €90 billion") for text in words)


# By month.


def test_money_without_a_month_of_its_own_is_hatched(frame_of):
    frame = frame_of("monthly")
    figure = monthly.figure(frame)
    dated = dict(zip(frame.rows["mark"], frame.rows["dated"], strict=True))
    hatched = 0
    for trace in figure.data:
        assert trace.type == "bar"
        aslant = trace.marker.pattern.shape == "/"
        assert {aslant} == {not dated[mark[0]] for mark in trace.customdata}
        assert (", month not known" in trace.name) == aslant
        hatched += aslant
    assert hatched


def test_corrections_downwards_hang_below_the_axis(frame_of):
    assert monthly.figure(frame_of("monthly")).layout.barmode == "relative"


def test_a_bar_stands_in_its_month(frame_of):
    figure = monthly.figure(frame_of("monthly", donor=("DEU",)))
    for trace in figure.data:
        for mark, day in zip(trace.customdata, trace.x, strict=True):
            assert day == date.fromisoformat(mark[0].split("|")[1] + "-01")


def test_without_a_series_the_totals_stand_over_their_periods(frame_of):
    figure = monthly.figure(frame_of("monthly", "articles"))
    assert not [trace for trace in figure.data if trace.type == "bar"]
    assert {"fra-first-year-total", "europe-loan-90"} <= {
        mark[0] for trace in marked(figure) for mark in trace.customdata
    }


# Totals compared.


def test_each_measure_has_its_symbol_and_stands_in_the_legend(frame_of):
    frame = frame_of("reported")
    traces = marked(reported.figure(frame))
    assert {trace.name for trace in traces} == set(frame.rows["measure"])
    assert len({trace.marker.symbol for trace in traces}) == len(traces)
    assert all(trace.showlegend for trace in traces)


def test_a_total_stands_at_the_end_of_its_period_with_a_line_before_it(frame_of):
    figure = reported.figure(frame_of("reported", "articles"))
    (trace,) = marked(figure)
    assert set(trace.x) == {"2023-02-28"}
    assert sorted(trace.y) == [0.75, 2.7]
    periods = [(list(line.x), set(line.y)) for line in figure.data if line.mode == "lines"]
    assert (["2022-02-01", "2023-02-28"], {2.7}) in periods


def test_among_few_totals_each_says_its_amount(frame_of):
    (trace,) = marked(reported.figure(frame_of("reported", "articles")))
    assert {text.removesuffix(" ≠") for text in trace.text} == {"€2.7 billion, all kinds", "€750 million, military"}
