"""Outlines with no more points than a drawing of their size shows; a border that two states share stays one line."""

from collections.abc import Iterable
from itertools import pairwise

from two_shields.contract.geometry import Geometry, Ring

Point = tuple[int, int]
_made: dict[float, tuple[Geometry, Geometry]] = {}


def simplified(whole: Geometry, tolerance: float) -> Geometry:
    """The same outlines without bends of less than `tolerance` kilometres; made once for each size."""
    cached = _made.get(tolerance)
    if cached is None or cached[0] is not whole:
        cached = _made[tolerance] = whole, _simplified(whole, tolerance)
    return cached[1]


def _simplified(whole: Geometry, tolerance: float) -> Geometry:
    rings = [*whole.context, *(ring for rings in whole.countries.values() for ring in rings)]
    corners = _corners(rings)
    arcs: dict[tuple[Point, ...], list[Point]] = {}

    def simpler(ring: Ring) -> Ring:
        line: Ring = []
        for arc in _arcs(ring, corners):
            # Both neighbours walk a border, each in its own direction: it is simplified in one of them.
            one = min(tuple(arc), tuple(reversed(arc)))
            if one not in arcs:
                arcs[one] = _without_bends(list(one), tolerance)
            few = arcs[one] if one == tuple(arc) else arcs[one][::-1]
            line += few[1:] if line else few
        return line

    def shown(rings: Iterable[Ring]) -> list[Ring]:
        found = sorted(map(simpler, rings), key=_area, reverse=True)
        return [ring for place, ring in enumerate(found) if place == 0 or _area(ring) > 2 * tolerance**2]

    return Geometry({iso3: shown(rings) for iso3, rings in whole.countries.items()}, shown(whole.context))


def _corners(rings: Iterable[Ring]) -> set[Point]:
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


def _without_bends(line: list[Point], tolerance: float) -> list[Point]:
    """The line without points nearer than `tolerance` to what is left of it (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        begin, end = stretches.pop()
        (x0, y0), (x1, y1) = line[begin], line[end]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
        away, place = max(
            (
                (abs((x1 - x0) * (y0 - line[p][1]) - (x0 - line[p][0]) * (y1 - y0)) / length, p)
                for p in range(begin + 1, end)
            ),
            default=(0.0, begin),
        )
        if away > tolerance:
            keep.add(place)
            stretches += [(begin, place), (place, end)]
    return [line[place] for place in sorted(keep)]


def _area(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2
