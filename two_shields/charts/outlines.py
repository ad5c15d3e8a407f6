"""Outlines with no more points than a drawing of their size shows; a border that two states share stays one line."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from math import inf

from two_shields.contract.geometry import Geometry, Ring

Point = tuple[int, int]
#: A ring's points, each with the kilometres of the bend that it makes.
Bends = list[tuple[Point, float]]


@lru_cache(maxsize=128)
def simplified(whole: Geometry, tolerance: float) -> Geometry:
    """The same outlines without bends of less than `tolerance` kilometres; made once for each size."""

    def shown(lines: list[Bends]) -> list[Ring]:
        rings = [[point for point, bend in line if bend > tolerance] for line in lines]
        found = sorted(((_area(ring), ring) for ring in rings), key=lambda pair: pair[0], reverse=True)
        return [ring for place, (area, ring) in enumerate(found) if place == 0 or area > 2 * tolerance**2]

    countries, context = _in_bends(whole)
    return Geometry({iso3: shown(lines) for iso3, lines in countries.items()}, shown(context))


@lru_cache(maxsize=2)
def _in_bends(whole: Geometry) -> tuple[Mapping[str, list[Bends]], list[Bends]]:
    """All rings with the bends of their points, by country, and those of the background: any size leaves out some of these."""
    corners = _corners([*whole.context, *(ring for rings in whole.countries.values() for ring in rings)])
    arcs: dict[tuple[Point, ...], Bends] = {}

    def measured(ring: Ring) -> Bends:
        line: Bends = []
        for arc in _arcs(ring, corners):
            # Both neighbours walk a border, each in its own direction: it is measured in one of them.
            one = min(tuple(arc), tuple(reversed(arc)))
            if one not in arcs:
                arcs[one] = list(zip(one, _bends(one), strict=True))
            bends = arcs[one] if one == tuple(arc) else arcs[one][::-1]
            line += bends[1:] if line else bends
        return line

    return {iso3: [*map(measured, rings)] for iso3, rings in whole.countries.items()}, [*map(measured, whole.context)]


def _corners(rings: list[Ring]) -> set[Point]:
    """Where more than two lines meet, and where a border begins: what may not move."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for one, other in pairwise(ring):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    return {point for point, others in beside.items() if len(others) != 2}


def _arcs(ring: Ring, corners: set[Point]) -> list[list[Point]]:
    """A closed ring, cut at its corners; one without any, as an island, at its first point and the one farthest from it."""
    points = ring[:-1]
    cuts = [place for place, point in enumerate(points) if point in corners]
    if len(cuts) < 2:
        first = cuts[0] if cuts else points.index(min(points))
        x, y = points[first]
        far = max(range(len(points)), key=lambda place: (points[place][0] - x) ** 2 + (points[place][1] - y) ** 2)
        cuts = sorted({first, far})
    around = [*points, *points]
    ends = [*cuts[1:], cuts[0] + len(points)]
    return [around[begin : end + 1] for begin, end in zip(cuts, ends, strict=True)]


def _bends(line: tuple[Point, ...]) -> list[float]:
    """How far each point is from the line without it and whatever bends less (Douglas and Peucker); the ends always stay."""
    bends = [inf] * len(line)
    stretches = [(0, len(line) - 1, inf)]
    while stretches:
        begin, end, least = stretches.pop()
        if end - begin < 2:
            continue
        (x0, y0), (x1, y1) = line[begin], line[end]
        east, north = x1 - x0, y1 - y0
        length = (east**2 + north**2) ** 0.5 or 1.0
        away, place = max(
            (abs(east * (y0 - line[p][1]) - (x0 - line[p][0]) * north) / length, p) for p in range(begin + 1, end)
        )
        bends[place] = least = min(least, away)
        stretches += [(begin, place, least), (place, end, least)]
    return bends


def _area(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2
