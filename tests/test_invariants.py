"""What holds of every exhibit in every typical view; a new one is held to it as soon as it is declared."""

import io
import json
import re
from collections import Counter

import pandas as pd
import plotly.graph_objects as go
import pytest
from typical_views import default, further, typical

from two_shields.charts import style, words
from two_shields.exhibits.aid.look import KIND_COLOUR, area
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import LONGEST_ALT, Frame
from two_shields.exhibits.registry import EXHIBITS, lead
from two_shields.export import sharing
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.web import cards

#: Pixels. A higher chart would be made so much smaller on a card that nobody could read it.
HIGHEST_ON_CARD = 500


@pytest.fixture(scope="module", params=EXHIBITS, ids=lambda one: one.name)
def exhibit(request) -> Exhibit:
    return request.param


def frames(exhibit: Exhibit, record, views) -> dict[View, Frame]:
    """Its frames in those of the views in which its page shows it."""
    made = {view: exhibit.frame_of(record, view) for view in dict.fromkeys(views)}
    return {view: frame for view, frame in made.items() if frame is not None}


@pytest.fixture(scope="module")
def usual(exhibit, record) -> dict[View, Frame]:
    """The exhibit in its typical views."""
    return frames(exhibit, record, typical(exhibit, record))


@pytest.fixture(scope="module")
def shown(exhibit, record, usual) -> dict[View, Frame]:
    """The same, and with several filters at once."""
    return usual | frames(exhibit, record, further(exhibit))


@pytest.fixture(scope="module")
def figures(exhibit, shown) -> dict[View, list]:
    """Its light figures in all these views that have rows to draw; drawing leaves the rows as they are."""
    made = {}
    for view, frame in shown.items():
        if len(frame.rows) and exhibit.panels:
            before = frame.rows.copy(deep=True)
            made[view] = [panel(frame) for panel in exhibit.panels]
            pd.testing.assert_frame_equal(frame.rows, before)
    return made


def test_the_sign_of_dispute_is_explained_where_it_is_drawn_and_there_alone(shown, figures):
    for view, drawn in figures.items():
        words = [str(note.text) for one in drawn for note in one.layout.annotations]
        words += [str(trace["text"]) for one in drawn for trace in one.data if "text" in trace]
        is_drawn = any(style.DISPUTED in text for text in words)
        is_explained = style.DISPUTED in shown[view].read_with or any("sources disagree" in text for text in words)
        assert is_drawn == is_explained, view


# The registry.


def test_every_view_of_every_page_has_an_exhibit_and_each_a_name_of_its_own():
    assert len({exhibit.name for exhibit in EXHIBITS}) == len(EXHIBITS)
    for page in PAGES.values():
        declared = [exhibit.view for exhibit in EXHIBITS if exhibit.page is page]
        assert set(declared) == set(page.views()), page.title
        if page.views() != ("",):
            assert len(declared) == len(set(declared)), page.title


def test_every_exhibit_is_seen_in_some_typical_view(usual):
    assert usual


# Frames.


def test_marks_and_headings_are_unique_and_every_column_is_there(exhibit, shown, subtests):
    for view, frame in shown.items():
        with subtests.test(view.link()):
            assert frame.rows["mark"].is_unique
            if exhibit.panels:
                assert frame.rows["heading"].is_unique, "the list of marks tells them apart by their headings alone"
            assert set(frame.columns) <= set(frame.rows.columns)
            assert frame.rows["heading"].str.strip().ne("").all()


def test_every_mark_leads_to_claims_or_to_a_series_of_its_evidence(shown, record, subtests):
    for view, frame in shown.items():
        kept = record.only(view.evidence)
        claims, sources = set(kept["claims"]["claim_id"]), set(kept["sources"]["source_id"])
        with subtests.test(view.link()):
            for row in frame.rows.to_dict("records"):
                assert set(row["claim_ids"]) <= claims, row["mark"]
                is_unknown = row.get("state") == "unknown"  # what the record does not know rests on nothing
                assert row["claim_ids"] or row.get("source_id") in sources or is_unknown, row["mark"]


def test_the_alt_text_says_the_finding_in_whole_sentences(exhibit, shown, record, subtests):
    for view, frame in shown.items():
        with subtests.test(view.link()):
            assert len(frame.alt) <= LONGEST_ALT
            # The title of a claim is the claim, and the head says what rests on it; over a small chart is a mere name.
            if exhibit.name not in ("evidence-claim", "overview-aid"):
                assert frame.title in frame.alt or frame.alt.endswith("…")
            if exhibit.page.path != "evidence":
                assert frame.alt.endswith((".", "…")) and frame.title and not frame.title.endswith(".")
            assert "  " not in frame.alt and "<" not in frame.alt and "nan" not in frame.alt.split()
    if exhibit.panels and exhibit.name != "country-place":
        alt = exhibit.frame_of(record, default(exhibit)).alt
        assert re.search(r"\d", alt) and "…" not in alt, "of a chart it has a number, and is not cut off"


def test_the_table_and_the_file_have_the_rows(shown, subtests):
    for view, frame in shown.items():
        with subtests.test(view.link()):
            table = frame.table
            signs = [frame.rests_on] if frame.rests_on else []
            assert list(table.columns) == [*frame.columns.values(), *signs, "Claims"]
            file = pd.read_csv(io.BytesIO(sharing.csv_bytes(frame)), dtype=str, keep_default_na=False)
            assert list(file.columns) == list(table.columns) and len(file) == len(table) == len(frame.rows)
            for column, heading in frame.columns.items():
                assert [str(value) for value in frame.rows[column]] == [str(value) for value in table[heading]]


# Figures.


def drawn(figure) -> Counter:
    """How often each mark can be chosen on a figure: a name, its sign and its date may all lead to one row."""
    return Counter(item[0] for trace in figure.data if trace.customdata is not None for item in trace.customdata)


#: Exhibits that draw a part of their rows, and say so: the largest givers, a country's first systems, its neighbours.
EXCERPTS = ("country-aid", "country-layers", "country-place")


def drawable(rows: pd.DataFrame, chosen: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rows that have a place on a chart: on an axis of time with a day, on a map with a standing, or chosen."""
    if "fill" in rows:
        rows = rows[(rows["fill"] != "unknown") | rows["mark"].isin(chosen)]
    for column, missing in (("placed", False), ("when", "")):
        if column in rows:
            return rows[rows[column] != missing]
    return rows[rows["end"].ne("") | rows["start"].ne("")] if {"start", "end"} <= set(rows) else rows


def test_every_row_that_can_be_drawn_is_drawn_and_nothing_else(exhibit, shown, figures, subtests):
    for view, panels in figures.items():
        with subtests.test(view.link()):
            rows, marks = shown[view].rows, {mark for figure in panels for mark in drawn(figure)}
            if exhibit.name in EXCERPTS:
                assert marks and marks <= set(rows["mark"])
            else:
                rows = drawable(rows, view.values().get("country") or ())
                early = rows[rows["when"] < "2022"] if exhibit.name == "initiatives-growth" else rows[:0]
                assert set(rows["mark"]) - set(early["mark"]) <= marks <= set(rows["mark"])
                # Before the days drawn, a line's last step stands for all.
                if len(early):
                    assert len(marks & set(early["mark"])) <= early["line"].nunique()


def test_a_figure_is_the_same_each_time_in_each_theme_and_width_and_is_json(exhibit, usual, figures, subtests):
    for view in (view for view in usual if view in figures):
        for panel, light in zip(exhibit.panels, figures[view], strict=True):
            with subtests.test(view.link()):
                dark = panel(usual[view], "dark", narrow=True)
                written = light.to_json()
                assert not re.search(r"(?<=[\[,: ])NaN(?=[\],} ])", json.dumps(json.loads(written)))
                if view == default(exhibit):
                    assert written == panel(usual[view], "light").to_json(), "each time"
                    assert drawn(light) == drawn(panel(usual[view], "dark")), "both themes"
                if exhibit.name not in EXCERPTS:
                    assert set(drawn(light)) == set(drawn(dark)), "both widths"
                for theme, figure in (("light", light), ("dark", dark)):
                    go.Figure(figure.to_dict())  # nothing in it that Plotly does not know: it is drawn unchecked
                    assert {trace.type for trace in figure.data} <= {"scatter", "bar"}
                    assert not {"geo", "map", "mapbox"} & set(figure.layout.to_plotly_json()), "of another host"
                    assert figure.layout.font.color == style.TEXT[theme]
                    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


def written(figure) -> Counter:
    """How often each text stands on a figure, as a note of its own or in a trace."""
    traces = [trace for trace in figure.data if trace.type == "scatter" and "text" in (trace.mode or "")]
    return Counter(note.text for note in figure.layout.annotations) + Counter(
        text for one in traces for text in one.text
    )


def test_on_its_page_a_figure_has_the_same_words_and_marks_and_words_cannot_be_chosen(exhibit, usual, figures):
    for view in (view for view in usual if view in figures):
        for figure in figures[view]:
            live = words.in_one_trace(go.Figure(figure))
            if view == default(exhibit):
                go.Figure(live.to_dict())
            assert (written(live), drawn(live)) == (written(figure), drawn(figure)), view
            added = live.data[len(figure.data) :]
            assert all(trace.hoverinfo == "skip" and trace.customdata is None for trace in added)
            assert bool(added) == (len(live.layout.annotations) < len(figure.layout.annotations))


def test_points_that_nobody_sees_are_not_drawn_one_by_one(figures):
    for figure in (figure for panels in figures.values() for figure in panels):
        unseen = [
            trace for trace in figure.data if trace.type == "scatter" and str(trace.marker.color) == "rgba(0,0,0,0)"
        ]
        assert all(trace.marker.maxdisplayed == 1 for trace in unseen)


def test_no_two_areas_differ_by_colour_alone(exhibit, usual, figures, subtests):
    for view in (view for view in usual if view in figures):
        for figure in (*figures[view], *([exhibit.card(usual[view])] if exhibit.card else [])):
            looks: dict[tuple, set[str]] = {}
            for trace in figure.data:
                if trace.type == "bar" and isinstance(trace.marker.color, str):
                    pattern = (trace.marker.pattern.shape, trace.marker.pattern.fillmode == "replace")
                    looks.setdefault(pattern, set()).add(trace.marker.color)
            with subtests.test(view.link()):
                for pattern, colours in looks.items():
                    # Money without a month is hatched alike whoever gives it, and its donor stands in the legend.
                    # Kinds of aid are dark, middle and light slate: no two of them need a colour to be told apart.
                    # Camps are composed: lines on blue are both, the same lines on cream the French-led track.
                    are_camps = colours <= GROUNDS
                    are_slates = are_camps or colours <= {*KIND_COLOUR["light"].values(), *KIND_COLOUR["dark"].values()}
                    assert len(colours) == 1 or pattern == ("/", True) or are_slates, (pattern, colours)


#: The grounds of the camps' bars, in both themes.
GROUNDS = {
    area(code, theme).ground for code in ("german_led", "both", "french_led", "neither") for theme in ("light", "dark")
}


def test_a_card_s_chart_can_be_read(exhibit, usual, record, subtests):
    for view in usual:
        leading = lead(record, view)
        if exhibit.card and leading.exhibit is exhibit and leading.has_chart:
            with subtests.test(view.link()):
                figure = cards.chart(leading)
                assert not figure.layout.meta or figure.layout.height <= HIGHEST_ON_CARD
