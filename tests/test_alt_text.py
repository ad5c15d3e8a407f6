"""What a screen reader says of each chart: its finding, with its numbers, in whole sentences."""

import pytest
from checked_in import RECORD
from page_client import opened

from two_shields.contract import geometry
from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame, fit
from two_shields.state.views import PAGES

#: Characters that are heard in one breath.
ONE_BREATH = 300


def frame_of(name: str, **values) -> Frame:
    """An exhibit at its own address, or in the view of its page with these values."""
    (exhibit,) = (one for one in registry.EXHIBITS if one.name == name)
    return exhibit.frame_of(RECORD, exhibit.page.of_values({"view": exhibit.view, **values}))


# What an alt text says beyond the finding is said of the same rows.


def rows_of(name: str):
    return frame_of(name).rows


def test_no_alt_text_can_take_longer_than_a_breath():
    with pytest.raises(ValueError, match="301 characters"):
        Frame("long", "", "a" * (ONE_BREATH + 1), rows_of("timeline"), {}, "")
    assert len(fit("a" * 299, "b.")) == 299 and len(fit("a" * 400)) == ONE_BREATH


def test_the_map_tells_how_many_say_they_will_join_and_how_many_are_unknown():
    rows = rows_of("initiatives-map")
    willing, unknown = (rows["fill"] == "will_join").sum(), len(geometry.europe().mapped) - len(rows)
    assert willing and unknown
    assert f"Says it will join: {willing}. " in frame_of("initiatives-map").alt
    assert f"No row in the record: {unknown}." in frame_of("initiatives-map").alt


def test_the_matrix_tells_its_size_and_how_many_are_in_each_initiative():
    rows, alt = rows_of("initiatives-matrix"), frame_of("initiatives-matrix").alt
    assert alt.startswith(
        f"Grid of {rows['iso3'].nunique()} countries by {rows['initiative_id'].nunique()} initiatives"
    )
    inside = rows[rows["inside"]].groupby("initiative")["iso3"].nunique()
    told = alt.partition("Count as in: ")[2]
    assert (
        told
        == ", ".join(f"{name} {inside[name]}" for name in dict.fromkeys(rows.sort_values("column")["initiative"])) + "."
    )


def test_the_growth_tells_every_step_of_the_first_line():
    rows = rows_of("initiatives-growth")
    steps = rows[rows["line"] == "german_led"]
    assert len(steps) > 3
    for step in steps.itertuples():
        assert f" {step.date_words}: {step.members}." in frame_of("initiatives-growth").alt


# On the page.


def shown(page: str) -> dict[str, Frame]:
    """The frames whose charts a page shows at its own address, by name."""
    view = PAGES["" if page == "overview" else page]()
    frames = [one.frame_of(RECORD, view) for one in registry.exhibits_of(view) if one.panels]
    return {frame.name: frame for frame in frames if frame is not None}


@pytest.mark.parametrize("page", [path or "overview" for path in PAGES if path != "evidence"])
def test_every_chart_of_a_page_has_its_alt_text_and_a_table_of_the_same_rows(page):
    """The table is sent when a reader unfolds it; each chart has one of its own."""
    frames, app = shown(page), opened(page)
    assert sorted(chart.proto.alt for chart in app.get("plotly_chart")) == sorted(
        frame.alt for frame in frames.values()
    )
    for name in frames:
        app.session_state[f"{name}:rows"] = app.session_state[f"{name}:more"] = True
    tables = [table.value for table in app.run().dataframe]
    for name, frame in frames.items():
        twins = [table for table in tables if list(table.columns) == list(frame.table.columns)]
        same = [twin for twin in twins if twin["Claims"].tolist() == frame.table["Claims"].tolist()]
        assert same, f"{name} has no table"
        for column in frame.columns.values():
            assert list(map(str, same[0][column])) == list(map(str, frame.table[column])), column
