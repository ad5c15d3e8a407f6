"""The map's outlines and the countries' label points: borders, identity, shape and size."""

import csv
import json
from itertools import pairwise
from pathlib import Path

from two_shields.contract import geometry

DATA = Path(__file__).resolve().parent.parent / "data"
GEOJSON = DATA / "geometry" / "europe.geojson"
FEATURES = json.loads(GEOJSON.read_text(encoding="utf-8"))["features"]
with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
    COUNTRIES = list(csv.DictReader(file))


def polygons(feature):
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def rings(feature):
    return [ring for polygon in polygons(feature) for ring in polygon]


def in_ring(lon, lat, ring):
    """Whether a ray eastwards from the point crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def contains(feature, lon, lat):
    return any(
        in_ring(lon, lat, outer) and not any(in_ring(lon, lat, hole) for hole in holes)
        for outer, *holes in polygons(feature)
    )


def countries_at(lon, lat):
    return [feature["id"] for feature in FEATURES if contains(feature, lon, lat)]


def signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


#: Of places over which states quarrel, the ones that a simplified border could lose, longitude and latitude.
PLACES = {
    "UKR": {"Simferopol": (34.10, 44.95), "Sevastopol": (33.55, 44.58), "Donetsk": (37.80, 48.00), "Luhansk": (39.30, 48.57)},
    "CYP": {"Famagusta": (33.94, 35.12), "Kyrenia, inland": (33.30, 35.28), "Nicosia": (33.37, 35.17)},
    "GEO": {"Sukhumi, inland": (41.20, 43.05), "Tskhinvali": (43.97, 42.23)},
    "RUS": {"Kaliningrad": (20.50, 54.71)}, "XKX": {"Pristina": (21.17, 42.66)}, "MDA": {"Tiraspol": (29.63, 46.84)},
    "AZE": {"Stepanakert": (46.75, 39.82)}, "SYR": {"Golan Heights": (35.75, 33.00)}, "GBR": {"Belfast, inland": (-6.20, 54.60)},
}  # fmt: skip


def test_a_place_lies_in_one_country():
    for iso3, places in PLACES.items():
        assert {name: countries_at(*place) for name, place in places.items()} == {name: [iso3] for name in places}


def test_every_country_of_europe_has_a_row_under_the_same_name():
    names = {row["iso3"]: row["name"] for row in COUNTRIES}
    europe = {f["id"]: f["properties"]["name"] for f in FEATURES if not f["properties"]["context"]}
    assert {"MLT", "LUX", "CYP", "XKX"} <= set(europe)
    assert set(europe) <= set(names)
    assert {iso3 for iso3 in europe if europe[iso3] != names[iso3]} == {"XKX"}


def test_rings_are_wound_as_rfc_7946_wants_them():
    for feature in FEATURES:
        for outer, *holes in polygons(feature):
            assert signed_area(outer) > 0, feature["id"]
            assert all(signed_area(hole) < 0 for hole in holes), feature["id"]


def test_coordinates_have_two_decimals():
    assert all(round(v, 2) == v for feature in FEATURES for ring in rings(feature) for point in ring for v in point)


def test_neighbours_share_their_border():
    """Simplification kept one line for both sides: each edge of a border runs once each way."""
    by_id = {feature["id"]: feature for feature in FEATURES}

    def edges(iso3):
        return {(tuple(a), tuple(b)) for ring in rings(by_id[iso3]) for a, b in pairwise(ring)}

    for one, other in [("DEU", "POL"), ("FRA", "ESP"), ("UKR", "RUS"), ("NOR", "SWE"), ("SRB", "XKX"), ("ROU", "HUN")]:
        shared = {(b, a) for a, b in edges(one)} & edges(other)
        assert len(shared) >= 3, (one, other)


def test_it_is_small_and_has_one_feature_per_line():
    assert GEOJSON.stat().st_size <= 70_000
    assert len(GEOJSON.read_text(encoding="utf-8").splitlines()) == len(FEATURES) + 2


def test_label_points_lie_inside_their_countries():
    on_map = {feature["id"] for feature in FEATURES}
    for row in COUNTRIES:
        if row["iso3"] in on_map:
            assert countries_at(float(row["lon"]), float(row["lat"])) == [row["iso3"]], row["iso3"]


def test_who_is_in_europe_in_nato_and_in_the_eu():
    in_europe = {row["iso3"] for row in COUNTRIES if row["in_europe"] == "true"}
    assert in_europe == set(geometry.europe().mapped), "who is in Europe, and who is on its map"
    assert {"GBR", "ISL", "TUR", "UKR"} <= in_europe
    assert sum(bool(row["nato_since"]) for row in COUNTRIES) == 32
    assert sum(bool(row["eu_since"]) for row in COUNTRIES) == 27
