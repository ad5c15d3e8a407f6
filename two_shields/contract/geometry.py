"""The map's geometry: outlines in kilometres on a plane, so that no chart needs a projection of its own."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from two_shields.contract.fault import Fault
from two_shields.contract.snapshot import DATA, MAP, Snapshot
from two_shields.contract.table import ISO3_PATTERN

# Lambert azimuthal equal-area, spherical, centred on Europe: areas compare truly.
_LON0, _LAT0, _RADIUS_KM = math.radians(10), math.radians(52), 6371.0
#: What the map shows, in kilometres east and north of its centre.
FRAME_X, FRAME_Y = (-1850.0, 3050.0), (-1950.0, 2250.0)

Ring = list[tuple[int, int]]


class BrokenMap(Exception):
    """The outlines cannot be drawn; `faults` says where, and what is expected."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def project(lon: float, lat: float) -> tuple[int, int]:
    """Kilometres east and north of the map's centre."""
    east, north = math.radians(lon) - _LON0, math.radians(lat)
    scale = _RADIUS_KM * math.sqrt(
        2 / (1 + math.sin(_LAT0) * math.sin(north) + math.cos(_LAT0) * math.cos(north) * math.cos(east))
    )
    x = scale * math.cos(north) * math.sin(east)
    y = scale * (math.cos(_LAT0) * math.sin(north) - math.sin(_LAT0) * math.cos(north) * math.cos(east))
    return round(x), round(y)


@dataclass(frozen=True, eq=False)
class Geometry:
    """Outer rings by ISO3 code, and those drawn as background only."""

    countries: dict[str, list[Ring]]
    context: list[Ring]

    @property
    def mapped(self) -> frozenset[str]:
        return frozenset(self.countries)


_in_use: Geometry | None = None


def europe() -> Geometry:
    if _in_use is None:
        made, faults = of(Snapshot.take(DATA))
        if made is None:
            raise BrokenMap(faults)
        use(made)
    return _in_use


def use(made: Geometry) -> None:
    global _in_use
    _in_use = made


# Reading a file, and what can be wrong with it.


def of(snapshot: Snapshot) -> tuple[Geometry | None, list[Fault]]:
    """The outlines of a snapshot; or none, and all their faults, sorted by place."""
    if MAP in snapshot.unread:
        return None, [snapshot.unread[MAP]]
    try:
        text = snapshot.contents[MAP].decode("utf-8")
        features = json.loads(text)["features"]
        if not isinstance(features, list) or not features:
            raise TypeError
    except UnicodeDecodeError as error:
        return None, [Fault(MAP, 0, "", repr(error.object[error.start : error.end]), "UTF-8 text")]
    except json.JSONDecodeError as error:
        return None, [Fault(MAP, error.lineno, "", error.msg, f"JSON at character {error.colno} of the line")]
    except (KeyError, TypeError, ValueError, RecursionError):
        return None, [Fault(MAP, 0, "features", "", "a GeoJSON FeatureCollection with at least one feature")]
    faults = sorted(_faults(text, features))
    return (None, faults) if faults else (_drawn(features), [])


def _faults(text: str, features: list[Any]) -> Iterator[Fault]:
    known: set[str] = set()
    for number, feature in enumerate(features, 1):
        iso3 = feature.get("id") if isinstance(feature, dict) else None
        place = text.find(f'"id":"{iso3}"') if isinstance(iso3, str) else -1
        line = text.count("\n", 0, place) + 1 if place >= 0 else 0
        for part, value, expected in _wrong(feature, known):
            named = iso3 if isinstance(iso3, str) else f"feature {number}"
            yield Fault(MAP, line, part, f"{named}: {value!r}"[:80], expected)
        if isinstance(iso3, str):
            known.add(iso3)
    if not any(f["properties"]["context"] is False for f in features if _has_properties(f)):
        yield Fault(MAP, 0, "context", "", "a country that is not context only")


def _wrong(feature: Any, known: set[str]) -> Iterator[tuple[str, Any, str]]:
    """The parts of a feature that are wrong: which, its value, what is expected."""
    if not isinstance(feature, dict):
        yield "features", feature, "a feature"
        return
    iso3 = feature.get("id")
    if not isinstance(iso3, str) or not re.fullmatch(ISO3_PATTERN, iso3):
        yield "id", iso3, "an ISO 3166-1 alpha-3 code"
    elif iso3 in known:
        yield "id", iso3, "each feature to differ in id"
    if not _has_properties(feature):
        yield "context", feature.get("properties"), "properties with context, true or false"
    geometry = feature.get("geometry")
    kind, coordinates = (
        (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None,) * 2
    )
    if kind not in ("Polygon", "MultiPolygon"):
        yield "geometry", kind, "a Polygon or a MultiPolygon"
        return
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    if not _are(polygons, lambda polygon: _are(polygon, lambda ring: isinstance(ring, list))):
        yield "coordinates", coordinates, "polygons of rings of points, none of them empty"
        return
    for ring in (ring for polygon in polygons for ring in polygon):
        odd = [point for point in ring if not _is_place(point)]
        if odd:
            yield "coordinates", odd[0], "points of longitude -180 to 180 and latitude -90 to 90"
        elif len(ring) < 4 or ring[0] != ring[-1]:
            yield "coordinates", ring[:1], "rings of four points or more that end where they begin"


def _has_properties(feature: Any) -> bool:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return isinstance(properties, dict) and isinstance(properties.get("context"), bool)


def _are(values: Any, test: Any) -> bool:
    return isinstance(values, list) and bool(values) and all(map(test, values))


def _is_place(point: Any) -> bool:
    """Whether a point is two degrees that the projection has a place for: all but the one opposite its centre."""
    if not isinstance(point, list) or len(point) != 2 or any(type(degrees) not in (int, float) for degrees in point):
        return False
    lon, lat = point
    try:
        return -180 <= lon <= 180 and -90 <= lat <= 90 and bool(project(lon, lat))
    except (ArithmeticError, ValueError):
        return False


def _drawn(features: list[dict[str, Any]]) -> Geometry:
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
