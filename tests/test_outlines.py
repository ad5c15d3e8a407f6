"""Outlines for a drawing: fewer points, and no gap between neighbours."""

from itertools import pairwise
from math import dist

from two_shields.charts.outlines import simplified
from two_shields.contract import geometry
from two_shields.contract.geometry import Geometry


def lines(shape: Geometry, iso3: str) -> set[frozenset]:
    return {frozenset(pair) for ring in shape.countries[iso3] for pair in pairwise(ring)}


def test_neighbours_keep_the_border_that_they_share():
    whole = geometry.europe()
    few = simplified(whole, 10)
    for one, other in (("DEU", "FRA"), ("DEU", "POL"), ("HUN", "ROU"), ("SWE", "NOR"), ("ESP", "PRT")):
        before, after = (sum(dist(*line) for line in lines(shape, one) & lines(shape, other)) for shape in (whole, few))
        assert 0.9 * before < after <= before


def test_every_country_keeps_its_land_and_every_ring_ends_where_it_begins():
    whole = geometry.europe()
    few = simplified(whole, 10)
    assert set(few.countries) == set(whole.countries)
    for rings in few.countries.values():
        assert rings
        assert all(ring[0] == ring[-1] and len(ring) >= 3 for ring in rings)
    points = [sum(len(ring) for rings in shape.countries.values() for ring in rings) for shape in (whole, few)]
    assert points[1] < 0.85 * points[0]


def test_a_new_geometry_is_simplified_anew():
    square = Geometry({"AAA": [[(0, 0), (50, 1), (100, 0), (100, 100), (0, 100), (0, 0)]]}, [])
    assert simplified(square, 10).countries["AAA"][0][0] in square.countries["AAA"][0]
    assert (50, 1) not in simplified(square, 10).countries["AAA"][0]
    assert "DEU" in simplified(geometry.europe(), 10).countries
