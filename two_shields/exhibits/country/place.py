"""Where a country lies: a small map around it, its neighbours in the look of their camps."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.europe_map import NORTH, SOUTH, Form, Place, draw_map
from two_shields.charts.style import Drawing
from two_shields.contract import geometry
from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.exhibits.initiatives.places import COLUMNS, RESTS_ON, places
from two_shields.record.record import Record
from two_shields.state.views import CountryView, InitiativesView

WIDE, NARROW = (268, 244), (358, 250)
#: Kilometres that the map shows from west to east at least, and how much room a large country has around it.
LEAST_KM, ROOM = 1350.0, 1.45


def frame(record: Record, view: CountryView) -> Frame | None:
    """A row per country of the map; `here` is the one in the middle.

    None for a country that no map of Europe has, or of which the evidence neither says where it stands nor what it gave.
    """
    rows = places(record, InitiativesView(evidence=view.evidence))
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


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The map, as large as the country and its neighbours ask for."""
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


def _places(rows: pd.DataFrame, window: tuple[float, float, float, float], scale: float, form: Form) -> list[Place]:
    """The countries, with the names of those that have room in the window; the country's own comes first."""
    west, south, east, north = window
    boxes: list[tuple[float, float, float, float]] = []
    found = []
    for row in rows.itertuples():
        offset = form.offset(row.iso3)
        x, y = map(float, geometry.project(row.lon, row.lat))
        x, y = x + offset.east, y + offset.north
        wide = (letters.width(row.country, 12, bold=row.here) * 1.08 + 6) * scale
        left = {"left": x, "right": x - wide}.get(offset.anchor, x - wide / 2)
        box = (left, y - 11 * scale, left + wide, y + 11 * scale)
        inside = box[0] > west and box[2] < east and box[1] > south and box[3] < north
        free = all(box[0] > o[2] or o[0] > box[2] or box[1] > o[3] or o[1] > box[3] for o in boxes)
        label = row.country if inside and free else ""
        if label:
            boxes.append(box)
        hover = f"<b>{row.heading}</b><br>" + row.standing.replace("; ", "<br>")
        found.append(Place(row.iso3, row.fill, row.lat, row.lon, label, row.mark, hover, bool(row.here)))
    return found


EXHIBIT = Exhibit("country-place", CountryView, frame=frame, panels=(figure,), wide=WIDE[0], order=6, describe=describe)
