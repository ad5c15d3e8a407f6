"""The map's geometry: outlines in kilometres on a plane, so that no chart needs a projection of its own."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache

from two_shields.record import DATA

# Lambert azimuthal equal-area, spherical, centred on Europe: areas compare truly.
_LON0, _LAT0, _RADIUS_KM = math.radians(10), math.radians(52), 6371.0
#: What the map shows, in kilometres east and north of its centre.
FRAME_X, FRAME_Y = (-1850.0, 3050.0), (-1950.0, 2250.0)

Ring = list[tuple[int, int]]


def project(lon: float, lat: float) -> tuple[int, int]:
    """Kilometres east and north of the map's centre."""
    east, north = math.radians(lon) - _LON0, math.radians(lat)
    scale = _RADIUS_KM * math.sqrt(
        2 / (1 + math.sin(_LAT0) * math.sin(north) + math.cos(_LAT0) * math.cos(north) * math.cos(east))
    )
    x = scale * math.cos(north) * math.sin(east)
    y = scale * (math.cos(_LAT0) * math.sin(north) - math.sin(_LAT0) * math.cos(north) * math.cos(east))
    return round(x), round(y)


@dataclass(frozen=True)
class Geometry:
    """Outer rings by ISO3 code, and those drawn as background only."""

    countries: dict[str, list[Ring]]
    context: list[Ring]

    @property
    def mapped(self) -> frozenset[str]:
        """The countries that have an outline of their own on the map."""
        return frozenset(self.countries)


@cache
def europe() -> Geometry:
    """The outlines of `data/geometry/europe.geojson`, projected once per process."""
    features = json.loads((DATA / "geometry" / "europe.geojson").read_text(encoding="utf-8"))["features"]
    countries: dict[str, list[Ring]] = {}
    context: list[Ring] = []
    for feature in features:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [[project(*point) for point in polygon[0]] for polygon in polygons]
        if feature["properties"]["context"]:
            context += rings
        else:
            countries[feature["id"]] = rings
    return Geometry(countries, context)
