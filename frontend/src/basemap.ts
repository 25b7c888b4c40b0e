/** The base map's tiles (frontend/scripts/basemap.mjs), decoded into GeoJSON, and the style drawn from them. No server, no glyphs. */
import type { Feature, FeatureCollection, Position } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";

const FOLDER = "/static/base";
const KINDS = ["borders", "disputed", "regions"] as const;

interface Tile {
  land: number[][][];
  borders: number[][];
  disputed: number[][];
  regions: number[][];
}

interface World extends Tile {
  size: number;
  unit: number;
  tiles: string[];
  names: [string, number, number, number][];
}

export interface MapColours {
  sea: string;
  land: string;
  border: string;
  disputed: string;
  region: string;
  ink: string;
  halo: string;
  soft: string;
  area: string;
  arc: string;
}

export function readMapColours(): MapColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--map-${name}`).trim() || "#888";
  return {
    sea: of("sea"),
    land: of("land"),
    border: of("border"),
    disputed: of("disputed"),
    region: of("region"),
    ink: of("ink"),
    halo: of("halo"),
    soft: of("soft"),
    area: of("area"),
    arc: of("arc"),
  };
}

/** Steps back to positions in degrees. */
export function unpack(steps: readonly number[], unit: number): Position[] {
  const points: Position[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < steps.length; i += 2) {
    x += steps[i]!;
    y += steps[i + 1]!;
    points.push([x / unit, y / unit]);
  }
  return points;
}

function closed(points: Position[]): Position[] {
  const [first, last] = [points[0], points.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...points, first] : points;
}

function features(tile: Tile, unit: number): Feature[] {
  const found: Feature[] = [
    {
      type: "Feature",
      properties: { kind: "land" },
      geometry: { type: "MultiPolygon", coordinates: tile.land.map((rings) => rings.map((ring) => closed(unpack(ring, unit)))) },
    },
  ];
  for (const kind of KINDS) {
    if (tile[kind].length) {
      found.push({ type: "Feature", properties: { kind }, geometry: { type: "MultiLineString", coordinates: tile[kind].map((line) => unpack(line, unit)) } });
    }
  }
  return found;
}

function seaOf(name: string, size: number): Feature {
  const [west, south] = name.split("_").map(Number) as [number, number];
  const [east, north] = [west + size, Math.min(south + size, 90)];
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Feature", properties: { kind: "sea" }, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** The tiles of an area, loaded once each. */
export class BaseMap {
  private readonly loaded = new Map<string, Feature[]>();
  private world: World | null = null;

  /** The whole world in coarse lines. */
  async start(): Promise<{ world: FeatureCollection; names: FeatureCollection }> {
    const answer = await fetch(`${FOLDER}/world.json`);
    if (!answer.ok) throw new Error(`the base map is not there: ${answer.status}`);
    this.world = (await answer.json()) as World;
    const names: Feature[] = this.world.names.map(([name, lon, lat, size]) => ({
      type: "Feature",
      properties: { name, size },
      geometry: { type: "Point", coordinates: [lon, lat] },
    }));
    return {
      world: { type: "FeatureCollection", features: features(this.world, this.world.unit) },
      names: { type: "FeatureCollection", features: names },
    };
  }

  /** All fine tiles loaded so far, with those of these bounds; null where nothing new was loaded. */
  async show(west: number, south: number, east: number, north: number): Promise<FeatureCollection | null> {
    const world = this.world;
    if (!world) return null;
    const { size } = world;
    const wanted = world.tiles.filter((name) => {
      const [x, y] = name.split("_").map(Number) as [number, number];
      return !this.loaded.has(name) && x <= east && x + size >= west && y <= north && y + size >= south;
    });
    if (!wanted.length) return null;
    await Promise.all(
      wanted.map(async (name) => {
        this.loaded.set(name, []);
        const answer = await fetch(`${FOLDER}/${name}.json`);
        if (answer.ok) this.loaded.set(name, [seaOf(name, size), ...features((await answer.json()) as Tile, world.unit)]);
      }),
    );
    return { type: "FeatureCollection", features: [...this.loaded.values()].flat() };
  }
}

const empty: FeatureCollection = { type: "FeatureCollection", features: [] };
export const FONT = ["system-ui, Segoe UI, Roboto, Liberation Sans, DejaVu Sans, sans-serif"];

/** The style: sea, land, lines and country names; what lies on them is added by the map. */
export function baseStyle(colours: MapColours): StyleSpecification {
  const of = (kind: string): ["==", ["get", string], string] => ["==", ["get", "kind"], kind];
  const line = (id: string, source: string, kind: string, width: number, colour: string, dash?: number[], minzoom?: number): LayerSpecification => ({
    id,
    type: "line",
    source,
    filter: of(kind),
    ...(minzoom === undefined ? {} : { minzoom }),
    paint: { "line-color": colour, "line-width": width, ...(dash ? { "line-dasharray": dash } : {}) },
    layout: { "line-join": "round" },
  });
  return {
    version: 8,
    name: "trucewatch",
    sources: {
      world: { type: "geojson", data: empty, attribution: "Lines: Natural Earth" },
      fine: { type: "geojson", data: empty },
      countries: { type: "geojson", data: empty },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "world-land", type: "fill", source: "world", filter: of("land"), paint: { "fill-color": colours.land, "fill-antialias": false } },
      line("world-borders", "world", "borders", 0.7, colours.border),
      line("world-disputed", "world", "disputed", 0.9, colours.disputed, [3, 2]),
      { id: "fine-sea", type: "fill", source: "fine", filter: of("sea"), paint: { "fill-color": colours.sea, "fill-antialias": false } },
      { id: "fine-land", type: "fill", source: "fine", filter: of("land"), paint: { "fill-color": colours.land, "fill-antialias": false } },
      line("fine-regions", "fine", "regions", 0.6, colours.region, undefined, 5),
      line("fine-borders", "fine", "borders", 1.2, colours.border),
      line("fine-disputed", "fine", "disputed", 1.8, colours.disputed, [3, 2]),
      {
        id: "country-names",
        type: "symbol",
        source: "countries",
        maxzoom: 7,
        layout: {
          "text-field": ["upcase", ["get", "name"]],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 3, 9, 6, 12],
          "text-letter-spacing": 0.14,
          "text-max-width": 7,
          "symbol-sort-key": ["-", 0, ["get", "size"]],
        },
        paint: { "text-color": colours.soft, "text-halo-color": colours.halo, "text-halo-width": 1.4 },
      },
    ],
  };
}
