"""Where a country lies: a small map around it, its neighbours in the look of their camps."""

from collections.abc import Sequence
from itertools import compress, product
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.europe_map import NORTH, SOUTH, Form, Offset, Place, draw_map, holds
from two_shields.charts.outlines import simplified
from two_shields.charts.style import Drawing
from two_shields.contract import geometry
from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.exhibits.initiatives.places import COLUMNS, RESTS_ON, hover, places
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import CountryView, InitiativesView

WIDE, NARROW = (268, 244), (358, 250)
#: Kilometres that the map shows from west to east at least, and how much room a large country has around it.
LEAST_KM, ROOM = 1350.0, 1.45
#: How much wider than its land a neighbour's name may be; and places on each axis that are tried for a name.
WIDER, TRIED = 1.5, 12


def frame(record: Record, view: CountryView) -> Frame | None:
    """A row per country of the map; `here` is the one in the middle.

    None for a country that no map of Europe has, or of which the evidence neither says where it stands nor what it gave.
    """
    rows = _everywhere(record)
    rows = rows[rows["iso3"].isin(geometry.europe().mapped)]
    rows = rows.assign(here=rows["iso3"] == view.country)
    if not rows["here"].any():
        return None
    own = rows[rows["here"]].iloc[0]
    if own["fill"] == "unknown" and view.country not in set(record["aid_monthly"]["donor"]):
        return None
    return Frame(
        "country-place", own["heading"], fit(f"Map of {own['country']} and its neighbours. {own['heading']}."),
        rows.sort_values("here", ascending=False, kind="stable"), COLUMNS, source_line(record, [own["claim_ids"]]), rests_on=RESTS_ON,
    )  # fmt: skip


@cached(most=1)
def _everywhere(record: Record) -> pd.DataFrame:
    """Where each country stands, once for a record: the neighbours of one are those of another."""
    return places(record, InitiativesView())


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    width, height = NARROW if narrow else WIDE
    drawing = Drawing(theme, height=height)
    own = frame.rows[frame.rows["here"]].iloc[0]
    rings = geometry.europe().countries[own["iso3"]]
    x, y = map(float, geometry.project(own["lon"], own["lat"]))
    largest = max(rings, key=lambda ring: _extent(ring, 0) * _extent(ring, 1))
    scale = max(LEAST_KM, ROOM * _extent(largest, 0), ROOM * _extent(largest, 1) * width / height) / width
    west, south = x - width / 2 * scale, y - height / 2 * scale
    form = Form(width, round((NORTH - SOUTH) / scale), west, 12, 5)
    window = (west, south, west + width * scale, south + height * scale)
    draw_map(drawing, _places(frame.rows, window, scale, form), form, window=window, outlined=own["iso3"])
    return drawing.figure()


def _extent(ring: geometry.Ring, axis: int) -> float:
    values = [point[axis] for point in ring]
    return float(max(values) - min(values))


class _Row(NamedTuple):
    iso3: str
    country: str
    fill: str
    lat: float
    lon: float
    mark: str
    here: bool
    heading: str
    standing: str


def _places(rows: pd.DataFrame, window: tuple[float, float, float, float], scale: float, form: Form) -> list[Place]:
    """The countries, with the names of those that have room in the window; the country's own comes first.

    A neighbour whose usual place for its name is not in the window is named on the land of it that is.
    """
    west, south, east, north = window
    lands = simplified(geometry.europe(), scale).countries
    boxes: list[tuple[float, float, float, float]] = []
    found = []
    for row in tuples(rows, _Row):
        x, y = map(float, geometry.project(row.lon, row.lat))
        wide = (letters.width(row.country, 12, bold=row.here) * 1.08 + 6) * scale
        land = max((_extent(ring, 0) for ring in lands.get(row.iso3, ())), default=0.0)
        usual = form.offset(row.iso3)
        led = usual.leader and west < x < east and south < y < north
        tried = [usual] if row.here or led or (wide < WIDER * land and not usual.leader) else []
        if not row.here:
            on_land = _on_land(lands.get(row.iso3, ()), window, wide, 14 * scale)
            tried += [Offset(round(to_x - x), round(to_y - y)) for to_x, to_y in on_land]
        label, offset, is_off_land = "", (tried or [usual])[-1], False
        for offset in tried:
            middle = x + offset.east + {"left": wide / 2, "right": -wide / 2}.get(offset.anchor, 0.0)
            height = y + offset.north
            box = (middle - wide / 2, height - 11 * scale, middle + wide / 2, height + 11 * scale)
            inside = box[0] > west and box[2] < east and box[1] > south and box[3] < north
            if inside and all(box[0] > o[2] or o[0] > box[2] or box[1] > o[3] or o[1] > box[3] for o in boxes):
                boxes.append(box)
                label = row.country
                is_off_land = not _fit(lands.get(row.iso3, ()), [(middle, height)], wide, 14 * scale)[0]
                break
        own = row.iso3, row.fill, row.lat, row.lon, label, row.mark, hover(row)
        found.append(Place(*own, bool(row.here), offset, is_off_land))
    return found


def _on_land(
    rings: Sequence[geometry.Ring], window: tuple[float, float, float, float], wide: float, tall: float
) -> list[tuple[float, float]]:
    """Where in the window a name of that size stands on the land, the nearest to the middle of what is seen first."""
    west, south, east, north = window
    columns, lines = (
        [low + (number + 0.5) * (high - low) / TRIED for number in range(TRIED)]
        for low, high in ((west, east), (south, north))
    )
    rings = [ring for ring in rings if any(west < x < east and south < y < north for x, y in ring)]
    places = list(product(columns, lines))
    seen = [place for ring in rings for place in compress(places, holds(ring, places))]
    middle = [sum(values) / len(seen) for values in zip(*seen, strict=True)]
    fits = compress(seen, _fit(rings, seen, wide, tall))
    return sorted(fits, key=lambda place: (place[0] - middle[0]) ** 2 + (place[1] - middle[1]) ** 2)


def _fit(
    rings: Sequence[geometry.Ring], places: Sequence[tuple[float, float]], wide: float, tall: float
) -> Sequence[bool]:
    """Around which of the places a name of that size stands on one land."""
    corners = [(x + across * wide / 2, y + up * tall / 2) for x, y in places for across in (-1, 1) for up in (-1, 1)]
    return np.any(
        [holds(ring, corners).reshape(-1, 4).all(axis=1) for ring in rings] or [[False] * len(places)], axis=0
    )


EXHIBIT = Exhibit(
    "country-place", CountryView, frame=frame, panels=(figure,), resizes=True, wide=WIDE[0], order=6, describe=describe
)
