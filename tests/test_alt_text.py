"""What a screen reader says of each chart. `test_invariants.py` holds every alt text to its form, a golden figure to its words."""

import pandas as pd
import pytest
from checked_in import RECORD
from page_client import opened

from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame, fit
from two_shields.state.views import PAGES

#: Characters that are heard in one breath.
ONE_BREATH = 300


def test_no_alt_text_can_take_longer_than_a_breath():
    with pytest.raises(ValueError, match="301 characters"):
        Frame("long", "", "a" * (ONE_BREATH + 1), pd.DataFrame(), {}, "")
    assert len(fit("a" * 299, "b.")) == 299 and len(fit("a" * 400)) == ONE_BREATH


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
