"""A map of Europe: states by fill, names that can be read, and a place to click wherever there is land.

It has no `geo` subplot, which would fetch its outlines from another host: outlines are lines on a plane, in kilometres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, product
from typing import Any

import numpy as np

from two_shields.charts.outlines import simplified
from two_shields.charts.palette import FILLS, WORDS
from two_shields.charts.style import BACKGROUND, Drawing, unseen
from two_shields.contract import geometry

#: Kilometres north of the map's centre that every form shows: from Crete to the Arctic Circle.
SOUTH, NORTH = -1840.0, 1560.0
#: Kilometres between two places to click, and pixels that each takes: about as far apart as they are wide.
_GRID_KM = 320
#: Kilometres in a step of the axes: a pixel or less, and three digits where kilometres have four.
_STEP_KM = 7
#: Pixels. A smaller bend is hardly seen, and would be half of what is sent.
_SMALLEST_BEND = 1.9

#: The order in which states are drawn, so that whoever stands out has the whole of its outline.
_FROM_BELOW = ("unknown", "neither", "german_led", "french_led", "will_join", "both", "receives")


@dataclass(frozen=True)
class Offset:
    """Where a name stands, in kilometres from its country's label point, and whether a line leads to it."""

    east: int = 0
    north: int = 0
    anchor: str = "center"
    leader: bool = False


#: Names that would meet another, or do not fit on their land; measured on the wide form, in the letters of the page.
OFFSETS: Mapping[str, Offset] = {
    "NOR": Offset(-70, -100), "SWE": Offset(0, -30), "FIN": Offset(20, -90), "EST": Offset(190, 40, "left", True),
    "LVA": Offset(-10, -25), "LTU": Offset(10, 0), "DNK": Offset(-60, 5, "right", True), "GBR": Offset(-10, -130),
    "NLD": Offset(110, 260, "right", True), "BEL": Offset(-260, -60, "right", True), "POL": Offset(0, 30),
    "SVK": Offset(25, 0), "AUT": Offset(0, -45), "CHE": Offset(0, -5), "HUN": Offset(10, 0),
    "SVN": Offset(40, -150, "left", True), "ROU": Offset(10, 10), "BGR": Offset(5, 20), "CZE": Offset(20, 0),
    "ALB": Offset(-130, -85, "right", True), "GRC": Offset(-110, -260, "right", True), "TUR": Offset(60, 30),
    "CYP": Offset(0, -105), "ITA": Offset(290, -305), "FRA": Offset(-60, 20), "PRT": Offset(-130, -10, "right", True),
    "UKR": Offset(0, 10),
}  # fmt: skip


#: Names wider than their land, amid others' lines.
_BOXED = frozenset({"CHE"})
#: Those that differ on a narrow map and on a card, where letters are larger against the land.
NARROW: Mapping[str, Offset] = {"HUN": Offset(-60, 75), "ROU": Offset(40, -45), "SVN": Offset(40, -190, "left", True),
    "TUR": Offset(-60, 30), "SWE": Offset(-30, -260),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A country on the map: `state` names its fill, `mark` what a click chooses, `label` its name; blank is none.

    `offset` is where the name stands if not at the form's place; a name in a box reads across an outline.
    """

    iso3: str
    state: str
    lat: float
    lon: float
    label: str
    mark: str
    hover: str
    bold: bool = False
    offset: Offset | None = None
    boxed: bool = False


@dataclass(frozen=True)
class Form:
    """The size of a map: pixels, the western and eastern edge in kilometres, and the size of names and patterns."""

    width: int
    height: int
    west: float
    letters: int
    pattern: int

    def offset(self, iso3: str) -> Offset:
        here = {**OFFSETS, **NARROW} if self.width < 720 else OFFSETS
        return here.get(iso3, Offset())

    @property
    def km_per_pixel(self) -> float:
        return (NORTH - SOUTH) / self.height

    @property
    def east(self) -> float:
        return self.west + self.width * self.km_per_pixel


def draw_map(
    drawing: Drawing,
    places: Sequence[Place],
    form: Form,
    *,
    window: tuple[float, float, float, float] | None = None,
    outlined: str = "",
) -> None:
    """The land, its names and its places to click, on a drawing of the form's height.

    `window` is the part shown, if not all: west, south, east and north in kilometres; one country may be outlined.
    """
    fills, state_of = FILLS[drawing.theme], {place.iso3: place.state for place in places}
    shapes = simplified(geometry.europe(), _SMALLEST_BEND * form.km_per_pixel)
    drawing.add_scatter(**_land(shapes.context, fills["context"].land(size=form.pattern)))
    by_state: dict[str, list[geometry.Ring]] = {}
    for iso3, rings in shapes.countries.items():
        by_state.setdefault(state_of.get(iso3, "unknown"), []).extend(rings)
    for state in _FROM_BELOW:
        fill = fills[state]
        if state in by_state:
            drawing.add_scatter(**_land(by_state[state], fill.land(size=form.pattern)))
    _clicks(drawing, places, shapes, form)
    _names(drawing, [place for place in places if place.label], form)
    if outlined:
        outline = {"line": {"width": 2.4, "color": drawing.text}, "fill": "none"}
        drawing.add_scatter(**_land(geometry.europe().countries[outlined], outline))
    west, south, east, north = (edge / _STEP_KM for edge in window or (form.west, SOUTH, form.east, NORTH))
    drawing.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    # Always this land: Plotly (4) keeps what it adds in a wide window, and a phone turned back would have a tiny map.
    drawing.update_xaxes(visible=False, range=[west, east], constrain="domain")
    drawing.update_yaxes(visible=False, range=[south, north], constrain="domain", scaleanchor="x")


def _steps(kilometres: float) -> int:
    return round(kilometres / _STEP_KM)


def _land(rings: Iterable[geometry.Ring], look: Mapping[str, Any]) -> dict[str, Any]:
    """Many rings as one filled trace; gaps keep them apart."""
    x: list[int | None] = []
    y: list[int | None] = []
    for ring in rings:
        points = [(_steps(east), _steps(north)) for east, north in ring]
        points = [point for number, point in enumerate(points) if not number or point != points[number - 1]]
        x += [*(point[0] for point in points), None]
        y += [*(point[1] for point in points), None]
    return {"x": x, "y": y, "mode": "lines", "fill": "toself", "hoverinfo": "skip", "showlegend": False, **look}


def _middle(place: Place, form: Form) -> tuple[float, float]:
    """The middle of a country's name, in kilometres: where readers click."""
    x, y = geometry.project(place.lon, place.lat)
    offset = place.offset or form.offset(place.iso3)
    half = len(place.label) * form.letters * 0.27 * form.km_per_pixel
    shift = {"left": half, "right": -half}.get(offset.anchor, 0.0)
    return x + offset.east + shift, y + offset.north


def _names(drawing: Drawing, places: Sequence[Place], form: Form) -> None:
    leaders_x: list[float | None] = []
    leaders_y: list[float | None] = []
    ground = BACKGROUND[drawing.theme]
    for place in places:
        x, y = geometry.project(place.lon, place.lat)
        offset = place.offset or form.offset(place.iso3)
        if offset.leader:
            leaders_x += [_steps(x), _steps(x + offset.east), None]
            leaders_y += [_steps(y), _steps(y + offset.north), None]
        boxed = (
            place.boxed
            or place.iso3 in _BOXED
            or (bool(FILLS[drawing.theme][place.state].pattern) and not offset.leader and place.iso3 != "CYP")
        )
        drawing.write(
            _steps(x + offset.east), _steps(y + offset.north), f"<b>{place.label}</b>" if place.bold else place.label, size=form.letters,
            xanchor=offset.anchor, yanchor="middle", borderpad=1, **({"bgcolor": ground, "opacity": 0.86} if boxed else {}),
        )  # fmt: skip
    if leaders_x:
        drawing.add_scatter(
            x=leaders_x, y=leaders_y, mode="lines", hoverinfo="skip", showlegend=False,
            line={"width": 1, "color": WORDS[drawing.theme]["grey"]},
        )  # fmt: skip


def _clicks(drawing: Drawing, places: Sequence[Place], shapes: geometry.Geometry, form: Form) -> None:
    """An unseen mark at the middle of each name, one on each label point, and more wherever a country is large."""
    points: list[tuple[float, float, Place]] = []
    for place in places:
        here = [tuple(map(float, geometry.project(place.lon, place.lat)))]
        if place.label:
            here.append(_middle(place, form))
        for ring in shapes.countries.get(place.iso3, ()):
            here += _inside(ring)
        points += [(x, y, place) for x, y in here if form.west < x < form.east and SOUTH < y < NORTH]
    # Each country's words once, for all its places; the blank name keeps Plotly from telling the trace's beside them.
    words = {place.iso3: number for number, place in enumerate(places)}
    drawing.add_scatter(
        x=[_steps(x) for x, _, _ in points],
        y=[_steps(y) for _, y, _ in points],
        mode="markers",
        marker=unseen(max(26, round(_GRID_KM / form.km_per_pixel))),
        customdata=[[place.mark] for _, _, place in points],
        meta=[place.hover for place in places],
        hovertemplate=[f"%{{meta[{words[place.iso3]}]}}" for _, _, place in points],
        name="",
        showlegend=False,
    )


def _inside(ring: geometry.Ring) -> list[tuple[float, float]]:
    xs, ys = zip(*ring, strict=True)
    columns, lines = (
        [(number + 0.5) * _GRID_KM for number in range(int(min(values) // _GRID_KM), int(max(values) // _GRID_KM) + 1)]
        for values in (xs, ys)
    )
    places = list(product(columns, lines))
    return list(compress(places, holds(ring, places)))


def holds(ring: geometry.Ring, places: Sequence[tuple[float, float]]) -> np.ndarray:
    """Which of the places lie within a ring: a line from them to the east crosses it an odd number of times."""
    x, y = np.asarray(places, float).reshape(-1, 2).T[:, :, None]
    (x0, y0), (x1, y1) = np.asarray(ring[:-1], float).T, np.asarray(ring[1:], float).T
    with np.errstate(divide="ignore", invalid="ignore"):  # a level line is crossed by none
        crossed = ((y0 > y) != (y1 > y)) & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return crossed.sum(axis=1) % 2 == 1
