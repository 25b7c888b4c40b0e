/** The map: base map, areas of doubt, incidents, arcs of observers, control of places. It draws what it is given and tells of clicks. */
import type { Feature, FeatureCollection, Point } from "geojson";
import "maplibre-gl/dist/maplibre-gl.css";
import maplibregl, { type GeoJSONSource, type MapGeoJSONFeature } from "maplibre-gl";
import { BaseMap, baseStyle, FONT, type MapColours, readMapColours } from "./basemap";
import { type Area, type Incidents, gradeOf, groupOf } from "./columns";
import { arc, circle, pointAt } from "./geometry";
import type { Arc, ControlMark, PlaceLabel } from "./layers";
import { GRADES, KEPT_ROWS, type Selection } from "./select";
import { IMAGE_RATIO, mapImage, type Palette, readPalette } from "./symbols";

export interface MapEvents {
  /** Areas (numbers) that were clicked together. */
  onAreas(areas: number[]): void;
  onArc(arc: Arc): void;
  onMove(lat: number, lon: number, zoom: number): void;
}

const empty: FeatureCollection = { type: "FeatureCollection", features: [] };
const COUNTS = ["g0", "g1", "g2", "g3"] as const;
const MOST_SPREAD = 40;
const MAJOR_POPULATION = 15_000;

/** Whether WebGL can be had at all: some machines and locked-down browsers have none. */
export function hasWebGL(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

export class MapView {
  readonly map: maplibregl.Map;
  private readonly base = new BaseMap();
  private palette: Palette = readPalette();
  private colours: MapColours = readMapColours();
  private ready: Promise<void>;
  private latest: Record<string, FeatureCollection> = {};
  private arcs: Arc[] = [];

  constructor(container: HTMLElement, bounds: [number, number, number, number], at: { lat: number; lon: number; zoom: number } | null, private readonly events: MapEvents) {
    this.map = new maplibregl.Map({
      container,
      style: baseStyle(this.colours),
      ...(at ? { center: [at.lon, at.lat] as [number, number], zoom: at.zoom } : { bounds, fitBoundsOptions: { padding: 32, maxZoom: 8.5 } }),
      maxZoom: 12,
      minZoom: 1.5,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      renderWorldCopies: false,
      fadeDuration: 0,
      locale: { "Map.Title": "Map of incidents" },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-left");
    this.map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: "Places: GeoNames, CC BY 4.0" }), "bottom-right");
    this.map.on("styleimagemissing", ({ id }) => this.addImage(id));
    // what the page does by itself (fitting, resizing) is no view that anybody chose
    this.map.on("moveend", (event) => void this.moved("originalEvent" in event && event.originalEvent !== undefined));
    this.ready = new Promise((done) => {
      this.map.once("load", () => {
        this.addLayers();
        done();
      });
    });
    void this.start();
  }

  private async start(): Promise<void> {
    const [{ world, names }] = await Promise.all([this.base.start(), this.ready]);
    this.set("world", world);
    this.set("countries", names);
    await this.loadTiles();
  }

  private async loadTiles(): Promise<void> {
    const bounds = this.map.getBounds();
    const fine = await this.base.show(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth());
    if (fine) this.set("fine", fine);
  }

  private async moved(isChosen: boolean): Promise<void> {
    await this.ready;
    const { lat, lng } = this.map.getCenter();
    if (isChosen) this.events.onMove(lat, lng, this.map.getZoom());
    if (this.map.getZoom() >= 3.2) await this.loadTiles();
  }

  private set(source: string, collection: FeatureCollection): void {
    this.latest[source] = collection;
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(collection);
  }

  private addImage(id: string): void {
    if (this.map.hasImage(id)) return;
    const image = mapImage(id, this.palette);
    if (image) this.map.addImage(id, image, { pixelRatio: IMAGE_RATIO });
  }

  private addLayers(): void {
    const { map, colours } = this;
    // a change to dark before the first load has added them already
    if (map.getSource("areas")) return;
    const sum = (name: string): [["+", ["accumulated"], ["get", string]], ["get", string]] => [["+", ["accumulated"], ["get", name]], ["get", name]];
    const total = ["+", ...COUNTS.map((name) => ["get", name])];
    for (const source of ["areas", "arcs", "labels", "control", "focus"]) map.addSource(source, { type: "geojson", data: empty });
    map.addSource("spots", {
      type: "geojson",
      data: empty,
      cluster: true,
      clusterRadius: 34,
      clusterMaxZoom: 11,
      clusterProperties: {
        ...Object.fromEntries(COUNTS.map((name) => [name, sum(name)])),
        // which symbols, while they are few
        codes: [["case", [">", ["length", ["accumulated"]], 80], ["accumulated"], ["concat", ["accumulated"], ",", ["get", "codes"]]], ["get", "codes"]],
      },
    });
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": colours.area, "fill-opacity": ["interpolate", ["linear"], ["get", "radius"], 20, 0.13, 80, 0.06] } });
    map.addLayer({ id: "area-lines", type: "line", source: "areas", paint: { "line-color": colours.area, "line-width": 1.2, "line-dasharray": [2, 2], "line-opacity": 0.8 } });
    map.addLayer({ id: "arcs", type: "fill", source: "arcs", paint: { "fill-color": colours.arc, "fill-opacity": 0.22 } });
    map.addLayer({ id: "arc-lines", type: "line", source: "arcs", paint: { "line-color": colours.arc, "line-width": 1.6, "line-dasharray": [1, 1.4] } });
    const label = (id: string, isMajor: boolean, minzoom: number): maplibregl.SymbolLayerSpecification => ({
      id,
      type: "symbol",
      source: "labels",
      minzoom,
      filter: ["==", ["get", "major"], isMajor],
      layout: {
        "text-field": ["step", ["zoom"], ["get", "name"], isMajor ? 6.3 : 9, ["case", ["==", ["get", "other"], ""], ["get", "name"], ["format", ["get", "name"], {}, "\n", {}, ["get", "other"], { "font-scale": 0.82 }]]],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 5, isMajor ? 11 : 10, 9, isMajor ? 13.5 : 12],
        // beside a tray of symbols, or beside a dot
        "text-variable-anchor-offset": [
          "case",
          ["get", "busy"],
          ["literal", ["top", [0, 1.2], "bottom", [0, -1.2], "left", [2.4, 0], "right", [-2.4, 0]]],
          ["literal", ["top", [0, 0.35], "bottom", [0, -0.35], "left", [0.5, 0], "right", [-0.5, 0]]],
        ],
        "text-justify": "auto",
        "text-padding": 3,
        "text-max-width": 10,
        "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": isMajor ? colours.ink : colours.soft, "text-halo-color": colours.halo, "text-halo-width": 1.5 },
    });
    map.addLayer({ id: "label-dots", type: "circle", source: "labels", minzoom: 6, paint: { "circle-radius": ["case", ["get", "major"], 2.2, 1.4], "circle-color": colours.ink, "circle-opacity": 0.7 } });
    map.addLayer(label("minor-labels", false, 7.6));
    map.addLayer(label("labels", true, 3));
    map.addLayer({
      id: "control",
      type: "symbol",
      source: "control",
      layout: { "icon-image": ["get", "image"], "icon-anchor": "bottom", "icon-offset": [0, -8], "icon-padding": 1, "symbol-sort-key": ["get", "rank"] },
    });
    map.addLayer({ id: "focus", type: "circle", source: "focus", paint: { "circle-radius": 24, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": colours.arc, "circle-stroke-width": 3 } });
    map.addLayer({
      id: "spots",
      type: "symbol",
      source: "spots",
      layout: {
        "icon-image": [
          "case",
          ["<=", total, KEPT_ROWS],
          ["concat", "i|", ["get", "codes"]],
          ["concat", "d|", ["to-string", total], "|", ...COUNTS.flatMap((name, i) => [...(i ? [","] : []), ["to-string", ["ceil", ["/", ["*", 12, ["get", name]], total]]]])],
        ] as never,
        "icon-allow-overlap": true,
        "icon-ignore-placement": false,
        "symbol-sort-key": ["coalesce", ["get", "total"], 0],
      },
    });
    map.on("click", "spots", (event) => void this.clickedSpot(event.features?.[0]));
    map.on("click", "areas", (event) => {
      if (map.queryRenderedFeatures(event.point, { layers: ["spots"] }).length) return;
      const areas = (event.features ?? []).map((feature) => Number(feature.properties["area"]));
      this.events.onAreas([...new Set(areas)]);
    });
    map.on("click", "arcs", (event) => {
      if (map.queryRenderedFeatures(event.point, { layers: ["spots", "areas"] }).length) return;
      const found = this.arcs[Number(event.features?.[0]?.properties["arc"])];
      if (found) this.events.onArc(found);
    });
    for (const layer of ["spots", "areas", "arcs"]) {
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
    for (const [source, collection] of Object.entries(this.latest)) (map.getSource(source) as GeoJSONSource | undefined)?.setData(collection);
  }

  private async clickedSpot(feature: MapGeoJSONFeature | undefined): Promise<void> {
    if (!feature) return;
    const source = this.map.getSource("spots") as GeoJSONSource;
    const cluster: unknown = feature.properties["cluster_id"];
    if (typeof cluster !== "number") {
      this.events.onAreas([Number(feature.properties["area"])]);
      return;
    }
    const leaves = await source.getClusterLeaves(cluster, MOST_SPREAD + 1, 0);
    const zoom = await source.getClusterExpansionZoom(cluster);
    const coordinates = (feature.geometry as Point).coordinates as [number, number];
    // few places: their incidents are told at once, and the map comes closer as well
    if (leaves.length <= MOST_SPREAD) this.events.onAreas(leaves.map((leaf) => Number(leaf.properties?.["area"])));
    this.map.easeTo({ center: coordinates, zoom: Math.min(zoom + 0.2, 12), duration: prefersStillness() ? 0 : 300 }, { originalEvent: true });
  }

  /** Draw the incidents of a selection. */
  showIncidents(incidents: Incidents, selection: Selection): void {
    const spots: Feature[] = [];
    const areas: Feature[] = [];
    for (const [number, rows] of selection.areaRows) {
      const area = incidents.areas[number];
      if (!area || area.lat === null || area.lon === null) continue;
      const counts = COUNTS.map((_, grade) => selection.areaCounts[number * GRADES + grade] ?? 0);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const codes = rows.map((row) => `${incidents.groups[groupOf(incidents, row)]?.[0] ?? "other"}.${gradeOf(incidents, row)}`).sort();
      spots.push({
        type: "Feature",
        properties: {
          area: number,
          total,
          codes: total <= KEPT_ROWS ? codes.join(",") : "",
          ...Object.fromEntries(COUNTS.map((name, grade) => [name, counts[grade]])),
        },
        // what is known to an area only hangs on its rim: a mark in its middle would be a false point
        geometry: { type: "Point", coordinates: rimOf(area) },
      });
      if (area.radiusKm > 0) {
        areas.push({
          type: "Feature",
          properties: { area: number, radius: area.radiusKm },
          geometry: { type: "Polygon", coordinates: [circle(area.lat, area.lon, area.radiusKm)] },
        });
      }
    }
    this.set("spots", { type: "FeatureCollection", features: spots });
    this.set("areas", { type: "FeatureCollection", features: areas });
  }

  showArcs(arcs: Arc[]): void {
    this.arcs = arcs;
    this.set("arcs", {
      type: "FeatureCollection",
      features: arcs.map((one, number) => ({
        type: "Feature",
        properties: { arc: number },
        geometry: { type: "Polygon", coordinates: arc(one.lat, one.lon, one.near_km, one.far_km, one.from_deg, one.to_deg) },
      })),
    });
  }

  showControl(marks: ControlMark[], parties: string[]): void {
    this.set("control", {
      type: "FeatureCollection",
      features: marks.map((mark, rank) => ({
        type: "Feature",
        properties: {
          image: `c|${mark.party ?? "?"}${mark.isContested ? "?" : ""}|${Math.max(0, parties.indexOf(mark.party ?? ""))}${mark.isClaim ? "claim" : ""}`,
          rank: mark.isClaim ? rank - 10_000 : rank,
        },
        geometry: { type: "Point", coordinates: [mark.lon, mark.lat] },
      })),
    });
  }

  /** Names of places, those with incidents and the larger ones first. */
  showLabels(places: PlaceLabel[], busy: ReadonlySet<string>): void {
    this.set("labels", {
      type: "FeatureCollection",
      features: places.map((place) => ({
        type: "Feature",
        properties: {
          name: place.name,
          other: otherName(place),
          busy: busy.has(place.name),
          major: busy.has(place.name) || (place.population ?? 0) >= MAJOR_POPULATION,
          rank: (busy.has(place.name) ? -1e8 : 0) - (place.population ?? 0),
        },
        geometry: { type: "Point", coordinates: [place.lon, place.lat] },
      })),
    });
  }

  /** Ring round places: of the open card, or while a list entry is pointed at. */
  point(areas: Area[]): void {
    this.set("focus", {
      type: "FeatureCollection",
      features: areas
        .filter((area) => area.lat !== null)
        .map((area) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: rimOf(area) } })),
    });
  }

  /** Once everything given so far is drawn. */
  whenDrawn(tell: () => void): void {
    this.map.once("idle", tell);
  }

  moveTo(at: { lat: number; lon: number; zoom: number }): void {
    this.map.jumpTo({ center: [at.lon, at.lat], zoom: at.zoom });
  }

  fit(bounds: [number, number, number, number]): void {
    this.map.fitBounds(bounds, { padding: 32, maxZoom: 8.5, duration: 0 });
  }

  /** Draw anew in the colours of light or dark. */
  recolour(): void {
    this.palette = readPalette();
    this.colours = readMapColours();
    for (const image of this.map.listImages()) this.map.removeImage(image);
    this.map.setStyle(baseStyle(this.colours), { diff: false });
    this.map.once("style.load", () => this.addLayers());
  }

  resize(): void {
    this.map.resize();
  }
}

function rimOf(area: Area): [number, number] {
  const [lat, lon] = [area.lat ?? 0, area.lon ?? 0];
  return area.radiusKm > 0 ? (pointAt(lat, lon, 0, area.radiusKm) as [number, number]) : [lon, lat];
}

/** The name that the other side gives (a theatre's places name it second), where it is more than the same name with other accents. */
export function otherName(place: PlaceLabel): string {
  const folded = (name: string): string => name.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ı", "i").replaceAll("ə", "a").toLowerCase();
  const other = place.others[0] ?? "";
  return folded(other) === folded(place.name) ? "" : other;
}

export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
