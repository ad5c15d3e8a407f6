"""What holds of every exhibit in every typical view; a new one is held to it as soon as it is declared."""

from __future__ import annotations

import io
import json
import re
from collections import Counter

import pandas as pd
import pytest
from typical_views import default, every_exhibit

from two_shields.exhibits.aid.look import AREA, KIND_COLOUR
from two_shields.exhibits.frame import LONGEST_ALT
from two_shields.exhibits.registry import EXHIBITS, lead
from two_shields.export import sharing
from two_shields.record.record import Record
from two_shields.state.views import PAGES
from two_shields.web import cards

RECORD = Record.load()
#: Pixels. A higher chart would be made so much smaller on a card that nobody could read it.
HIGHEST_ON_CARD = 500
CASES = list(every_exhibit(RECORD))
CHARTS = [(exhibit, view) for exhibit, view in CASES if exhibit.panels and len(exhibit.frame_of(RECORD, view).rows)]


def _ids(value) -> str:
    return value.link() if hasattr(value, "link") else value.name


everywhere = pytest.mark.parametrize(("exhibit", "view"), CASES, ids=_ids)
where_drawn = pytest.mark.parametrize(("exhibit", "view"), CHARTS, ids=_ids)


# The registry.


def test_every_view_of_every_page_has_an_exhibit_and_each_a_name_of_its_own():
    assert len({exhibit.name for exhibit in EXHIBITS}) == len(EXHIBITS)
    for page in PAGES.values():
        declared = [exhibit.view for exhibit in EXHIBITS if exhibit.page is page]
        assert set(declared) == set(page.views()), page.title
        if page.views() != ("",):
            assert len(declared) == len(set(declared)), page.title


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=_ids)
def test_every_exhibit_is_seen_in_some_typical_view(exhibit):
    assert exhibit in {one for one, _ in CASES}


# Frames.


@everywhere
def test_marks_and_headings_are_unique_and_every_column_is_there(exhibit, view):
    frame = exhibit.frame_of(RECORD, view)
    if frame.rows.empty:
        return
    assert frame.rows["mark"].is_unique
    if exhibit.panels:
        assert frame.rows["heading"].is_unique, "the list of marks tells them apart by their headings alone"
    assert set(frame.columns) <= set(frame.rows.columns)
    assert frame.rows["heading"].str.strip().ne("").all()


@everywhere
def test_every_mark_leads_to_claims_or_to_a_series_of_its_evidence(exhibit, view):
    kept = RECORD.only(view.evidence)
    claims, sources = set(kept["claims"]["claim_id"]), set(kept["sources"]["source_id"])
    for row in exhibit.frame_of(RECORD, view).rows.to_dict("records"):
        assert set(row["claim_ids"]) <= claims, row["mark"]
        is_unknown = row.get("state") == "unknown"  # what the record does not know rests on nothing
        assert row["claim_ids"] or row.get("source_id") in sources or is_unknown, row["mark"]


@everywhere
def test_the_alt_text_says_the_finding_in_whole_sentences(exhibit, view):
    frame = exhibit.frame_of(RECORD, view)
    assert len(frame.alt) <= LONGEST_ALT
    # The title of a claim is the claim, and the head says what rests on it; over a small chart there is a mere name.
    if exhibit.name not in ("evidence-claim", "overview-aid"):
        assert frame.title in frame.alt or frame.alt.endswith("…")
    assert (
        frame.alt.endswith((".", "…")) and frame.title and not frame.title.endswith(".")
    ) or exhibit.page.path == "evidence"
    assert "  " not in frame.alt and "<" not in frame.alt and "nan" not in frame.alt.split()


@pytest.mark.parametrize("exhibit", [one for one in EXHIBITS if one.panels and one.name != "country-place"], ids=_ids)
def test_the_alt_text_of_a_chart_has_a_number_and_is_not_cut_off(exhibit):
    frame = exhibit.frame_of(RECORD, default(exhibit))
    assert re.search(r"\d", frame.alt) and "…" not in frame.alt


@everywhere
def test_the_table_and_the_file_have_the_rows(exhibit, view):
    frame = exhibit.frame_of(RECORD, view)
    if frame.rows.empty:
        return
    table = frame.table
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


@where_drawn
def test_every_row_that_can_be_drawn_is_drawn_and_nothing_else(exhibit, view):
    marks = {mark for panel in exhibit.panels for mark in drawn(panel(exhibit.frame_of(RECORD, view)))}
    rows = exhibit.frame_of(RECORD, view).rows
    if exhibit.name in EXCERPTS:
        assert marks and marks <= set(rows["mark"])
    else:
        assert marks == set(drawable(rows, view.values().get("country") or ())["mark"])


@where_drawn
def test_a_figure_is_the_same_each_time_in_each_theme_and_width_and_is_json(exhibit, view):
    frame = exhibit.frame_of(RECORD, view)
    for panel in exhibit.panels:
        light, again, dark = panel(frame, "light"), panel(frame, "light"), panel(frame, "dark")
        assert light.to_json() == again.to_json()
        assert drawn(light) == drawn(dark), "both themes"
        if exhibit.name not in EXCERPTS:
            assert set(drawn(light)) == set(drawn(panel(frame, "light", narrow=True))), "both widths"
        assert not re.search(r"(?<=[\[,: ])NaN(?=[\],} ])", json.dumps(json.loads(light.to_json())))


@where_drawn
def test_no_two_areas_differ_by_colour_alone(exhibit, view):
    for panel in (*exhibit.panels, *filter(None, [exhibit.card])):
        looks: dict[tuple, set[str]] = {}
        for trace in panel(exhibit.frame_of(RECORD, view)).data:
            if trace.type == "bar" and isinstance(trace.marker.color, str):
                pattern = (trace.marker.pattern.shape, trace.marker.pattern.fillmode == "replace")
                looks.setdefault(pattern, set()).add(trace.marker.color)
        for pattern, colours in looks.items():
            # Money without a month is hatched alike whoever gives it, and its donor stands in the legend.
            # Kinds of aid are dark, middle and light slate: no two of them need a colour to be told apart.
            # Camps are composed: lines on blue are both, the same lines on cream the French-led track.
            are_camps = colours <= {area.ground for area in AREA.values()}
            are_slates = are_camps or colours <= {*KIND_COLOUR["light"].values(), *KIND_COLOUR["dark"].values()}
            assert len(colours) == 1 or pattern == ("/", True) or are_slates, (pattern, colours)


@pytest.mark.parametrize("view", dict.fromkeys(view for _, view in CHARTS), ids=_ids)
def test_a_card_s_chart_can_be_read(view):
    shown = lead(RECORD, view)
    figure = cards.chart(shown)
    if shown.exhibit.card and figure.layout.meta:
        assert figure.layout.height <= HIGHEST_ON_CARD
