"""The words of a figure, as its page draws them."""

import pytest

from two_shields.charts import words
from two_shields.charts.style import FROM_HERE, Drawing


@pytest.fixture
def drawing() -> Drawing:
    """Without axes, a hundred pixels wide and high."""
    made = Drawing("light", height=0)
    made.in_pixels(100, -100)
    return made


def test_words_that_a_trace_would_not_show_alike_stay_notes(drawing):
    drawing.add_shape(type="rect", x0=0, x1=50, y0=-50, y1=0, fillcolor="white")
    drawing.write(20, -20, "on a box")
    drawing.write(80, -20, "in a box", bgcolor="white")
    drawing.write(80, -40, "held left,<br>each line centred", xanchor="left")
    drawing.write(80, -60, "plain")
    live = words.in_one_trace(drawing.figure())
    assert [note.text for note in live.layout.annotations] == [
        "on a box",
        "in a box",
        "held left,<br>each line centred",
    ]
    assert [trace.text for trace in live.data] == [("plain",)]


def test_words_stand_where_their_note_stood(drawing):
    """A browser puts the line of a note in letters of 12 pixels 13 below its top; a trace's is a quarter below its place."""
    drawing.write(10, -20, "one<br>two", size=12, xshift=6, **FROM_HERE)
    (trace,) = words.in_one_trace(drawing.figure()).data
    line = -trace.y[0] + 0.25 * 12 - 1.3 * 12 / 2
    assert (trace.x[0], line) == (pytest.approx(10 + 6 + 1), pytest.approx(20 + 13))


def test_where_axes_take_their_room_in_the_browser_nothing_is_moved():
    drawing = Drawing("light", height=100)
    drawing.write(10, -20, "here")
    live = words.in_one_trace(drawing.figure())
    assert [note.text for note in live.layout.annotations] == ["here"] and not live.data
