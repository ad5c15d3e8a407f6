"""The figures of the page Initiatives: a mark per row, told apart by more than colour, nothing drawn that is not known."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from two_shields.charts import style
from two_shields.contract import geometry
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, STATES
from two_shields.exhibits import registry
from two_shields.exhibits.initiatives import growth, map, matrix, overlap
from two_shields.state.views import InitiativesView


@pytest.fixture(scope="module")
def frame_of(record):
    @cache
    def make(view: str, evidence: str = "all", **fields):
        return registry.frame_of(record, InitiativesView(view=view, evidence=evidence, **fields))

    return make


def marked(figure) -> list:
    return [trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)]


def lines(figure) -> list:
    """The steps: lines that are neither marks nor the bars of an imprecise date."""
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape]


def bars(figure) -> list:
    return [trace for trace in figure.data if trace.mode == "lines" and not trace.line.shape]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("evidence", ["articles", "all"])
@pytest.mark.parametrize("view", InitiativesView.views())
def test_no_figure_asks_another_host_for_a_map(view, evidence, theme, frame_of):
    figure = registry.panels_of(InitiativesView(view=view))[0](frame_of(view, evidence), theme)
    assert {trace.type for trace in figure.data} == {"scatter"}
    made = figure.to_plotly_json()
    assert not {"geo", "map", "mapbox"} & set(made["layout"])
    assert figure.layout.font.color == style.TEXT[theme]


@pytest.mark.parametrize("view", InitiativesView.views())
def test_no_widget_of_a_figure_gets_in_a_reader_s_way(view, frame_of):
    figure = registry.panels_of(InitiativesView(view=view))[0](frame_of(view))
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
    assert figure.layout.clickmode == "event+select"
    for trace in marked(figure):
        assert trace.unselected.marker.opacity == 1, "a click must not fade the other marks"


# Map.


def test_the_map_has_a_symbol_and_a_name_per_state(frame_of):
    figure = map.figure(frame_of("map"))
    looks = {trace.name: trace.marker.symbol for trace in marked(figure)}
    assert looks == {
        words: style.STATE_SYMBOL[state] for state, words in STATES.labels.items() if state != "unknown"
    }  # fmt: skip
    names = [trace.name for trace in figure.data if trace.showlegend]
    assert sorted(names) == sorted(STATES.labels.values()), "the legend names each of the five states once"


def test_the_land_of_each_state_has_its_pattern(frame_of):
    frame = frame_of("map", "articles")
    figure = map.figure(frame)
    land = [trace for trace in figure.data if trace.fill == "toself"]
    patterns = {(trace.fillpattern.shape or "", trace.fillpattern.fgcolor) for trace in land}
    assert patterns == {
        ("", None),  # the Sky Shield, the unknown and the background
        (style.STATE_PATTERN["french_led"], style.STATE_COLOUR["french_led"]),
        (style.STATE_PATTERN["both"], style.STATE_COLOUR["both"]),
    }
    assert {trace.hoverinfo for trace in land} == {"skip"}


def test_the_land_is_the_country_s_own(frame_of):
    """Estonia alone is in both camps: the only land with crossed lines is Estonia."""
    figure = map.figure(frame_of("map", "articles"))
    (land,) = (trace for trace in figure.data if trace.fill == "toself" and trace.fillpattern.shape == "x")
    points = {(x, y) for x, y in zip(land.x, land.y, strict=True) if x is not None}
    assert points == {point for ring in geometry.europe().countries["EST"] for point in ring}


def test_a_mark_stands_in_the_frame_of_the_map(frame_of):
    figure = map.figure(frame_of("map"))
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for trace in marked(figure):
        assert all(left <= x <= right for x in trace.x)
        assert all(bottom <= y <= top for y in trace.y)
        assert all(text[:3].isupper() for text in trace.text)


def test_what_rests_on_the_public_record_alone_is_lighter_land(frame_of):
    figure = map.figure(frame_of("map"))
    fills = {trace.fillcolor for trace in figure.data if trace.fill == "toself" and not trace.fillpattern.shape}
    blue = style.STATE_COLOUR["german_led"]
    assert {style.faded(blue, 0.75), style.faded(blue, 0.40)} <= fills


def test_a_height_can_be_asked_for(frame_of):
    assert map.figure(frame_of("map", "articles"), height=300).layout.height == 300
    assert growth.figure(frame_of("growth", "articles"), height=200).layout.height == 200


# Matrix.


def test_the_matrix_has_a_shape_per_firmness_and_a_letter_per_cell(frame_of):
    frame = frame_of("matrix")
    figure = matrix.figure(frame)
    traces = marked(figure)
    assert len({trace.marker.symbol for trace in traces}) == len(traces) == 4
    letters = {
        (x, y): text
        for trace in figure.data if trace.mode == "text"
        for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)
    }  # fmt: skip
    assert letters == {
        (row.initiative, row.country): f"<b>{MEMBERSHIP_STATUSES[row.status].letter}</b>"
        for row in frame.rows.itertuples()
    }


def test_a_cell_stands_at_its_country_and_initiative_with_its_date(frame_of):
    frame = frame_of("matrix", "articles")
    figure = matrix.figure(frame)
    cells = {
        mark[0]: (x, y, text.strip())
        for trace in marked(figure)
        for mark, x, y, text in zip(trace.customdata, trace.x, trace.y, trace.text, strict=True)
    }
    assert cells["essi|EST"] == ("Sky Shield (ESSI)", "Estonia", "by 2023")
    assert cells["essi|DEU"][:2] == ("Sky Shield (ESSI)", "Germany")
    assert cells["essi|DEU"][2] == "2022-10"


def test_the_columns_stand_in_the_order_of_the_link(frame_of):
    figure = matrix.figure(frame_of("matrix", initiative=("mistral-joint-purchase", "essi")))
    assert list(figure.layout.xaxis.categoryarray) == ["Mistral purchase", "Sky Shield (ESSI)"]


# Growth.


def test_members_rise_in_steps_with_nothing_drawn_between(frame_of):
    for evidence in ("articles", "all"):
        figure = growth.figure(frame_of("growth", evidence))
        assert lines(figure)
        assert {trace.line.shape for trace in lines(figure)} == {"hv"}


def test_the_line_goes_through_the_steps_and_no_further_than_the_last(frame_of):
    frame = frame_of("growth", initiative=("essi",))
    (line,) = lines(growth.figure(frame))
    assert list(line.y) == [15, 17, 19, 21, 23, 23]
    assert list(line.x)[:4] == [date(2022, 10, 13), date(2023, 2, 15), date(2023, 7, 7), date(2024, 2, 15)]
    assert line.x[-1] == date(2025, 2, 28)


def test_a_date_known_to_the_month_or_year_is_a_bar_from_its_first_to_its_last_day(frame_of):
    spans = [(*trace.x, *set(trace.y)) for trace in bars(growth.figure(frame_of("growth", "articles")))]
    assert (date(2022, 10, 1), date(2022, 10, 31), 1) in spans
    assert (date(2023, 1, 1), date(2023, 12, 31), 5) in spans
    spans = [(*trace.x, *set(trace.y)) for trace in bars(growth.figure(frame_of("growth", initiative=("essi",))))]
    assert spans == [(date(2025, 2, 1), date(2025, 2, 28), 23)], "days that are known have no bar"


def test_a_step_stands_on_the_day_by_which_it_had_surely_happened(frame_of):
    figure = growth.figure(frame_of("growth", "articles"))
    days = {mark[0]: day for trace in marked(figure) for mark, day in zip(trace.customdata, trace.x, strict=True)}
    assert days["named|essi|2022-10|1"] == date(2022, 10, 31)
    assert days["named|mistral-joint-purchase|2023|5"] == date(2023, 12, 31)


def test_counts_and_names_are_told_apart_without_colour(frame_of):
    figure = growth.figure(frame_of("growth", "articles", initiative=("essi",)))
    named, counted = marked(figure)
    assert (named.marker.symbol, counted.marker.symbol) == ("circle", "circle-open")
    assert {trace.line.dash for trace in lines(figure)} == {"solid", "dot"}


def test_initiatives_are_told_apart_by_symbol_and_named_on_the_chart(frame_of):
    figure = growth.figure(frame_of("growth"))
    symbols = {trace.customdata[0][0].split("|")[1]: trace.marker.symbol.split("-")[0] for trace in marked(figure)}
    assert symbols == {"essi": "circle", "mistral-joint-purchase": "square"}
    words = " ".join(annotation.text for annotation in figure.layout.annotations)
    assert "Sky Shield (ESSI), named and counted" in words
    assert "Mistral purchase, " in words


# Overlap.


def test_the_overlap_counts_its_regions(frame_of):
    figure = overlap.figure(frame_of("overlap", "articles"))
    assert [annotation.text for annotation in figure.layout.annotations] == [
        "<b>Sky Shield only: 4</b>", "<b>Both: 1</b>", "<b>French-led only: 4</b>",
    ]  # fmt: skip
    assert {shape.line.dash for shape in figure.layout.shapes} == {"solid", "dash"}


@pytest.mark.parametrize("evidence", ["articles", "all"])
@pytest.mark.parametrize("reading", ["strict", "signed", "broad"])
def test_a_country_s_chip_lies_in_its_region(evidence, reading, frame_of):
    frame = frame_of("overlap", evidence, reading=reading)
    state_of = dict(zip(frame.rows["mark"], frame.rows["state"], strict=True))
    inside = {"german_led": (-5.2, -1.35), "both": (-1.35, 1.35), "french_led": (1.35, 5.2)}
    places = []
    for trace in marked(overlap.figure(frame)):
        for mark, x, y in zip(trace.customdata, trace.x, trace.y, strict=True):
            left, right = inside[state_of[mark[0]]]
            assert left < x < right and -3.1 < y < 3.1, mark[0]
            places.append((round(x, 2), round(y, 2)))
    assert len(set(places)) == len(frame.rows), "no chip hides another"
