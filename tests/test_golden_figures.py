"""Every exhibit draws what it drew when somebody last looked at it.

`test_surroundings.py` shows that they do so in other processes, too: another order of sets, no assertions.
"""

import pytest

from tests import golden_figures
from tests.golden_figures import FOLDER, changes, kept, plain, report

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def made(record):
    return golden_figures.made(record)


def test_no_golden_figure_is_left_of_an_exhibit_that_is_gone(made):
    """A new exhibit has none until somebody has looked at it, and accepts it by `make golden`."""
    assert set(NAMES) <= set(made) and len(NAMES) > 12


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_as_it_was(name, made):
    said = report(name, kept(name), made[name])
    if said:
        pytest.fail(said, pytrace=False)


def test_a_change_is_told_by_its_place():
    before = {"data": [{"name": "France", "x": [1, 2, 3, 4, 12, 5]}], "layout": {"height": 400, "title": "was"}}
    after = {"data": [{"name": "France", "x": [1, 2, 3, 4, 13, 5]}], "layout": {"height": 400, "width": 9}}
    assert list(changes(before, after)) == ["data[0].x[4]: 12 → 13", 'layout.title: - "was"', "layout.width: + 9"]
    assert list(changes({"a": 1}, {"a": True})) == ["a: 1 → true"]


def test_one_item_more_at_the_front_is_one_change():
    numbers = list(range(50))
    assert list(changes({"x": numbers}, {"x": [99, *numbers]})) == ["x[0]: + 99"]
    assert list(changes({"x": numbers}, {"x": numbers[1:]})) == ["x[0]: - 0"]


def test_a_report_is_short_and_says_how_to_accept():
    said = report("map", {"x": list(range(100))}, {"x": list(range(1000, 1100))})
    assert "x[0]: 0 → 1000" in said and "… and 70 more" in said and "make golden" in said
    assert report("map", {"x": [1]}, {"x": [1]}) == ""


def test_arrays_are_read_and_shapes_are_told_in_short():
    assert plain({"bdata": "AQID", "dtype": "i1"}) == [1, 2, 3]
    assert plain({"b": 1.00049, "a": [0.12345, 2.0]}) == {"a": [0.123, 2], "b": 1}
    coast = [float(number) for number in range(500)]
    short = plain(coast)
    assert (short["numbers"], short["from"], short["to"]) == (500, 0, 499)
    assert short["digest"] != plain([*coast[:-2], 498.5, 499.0])["digest"]
