/** The map page put together: one view, kept in the address bar, and everything that draws it. */
import { isFiltered, type Misread, readView, type View, writeView } from "./address";
import { type Area, decodeColumns, type Incidents, placesOf, type WireColumns } from "./columns";
import { dayWords } from "./days";
import { byId, counted, h, numberWords, replace } from "./dom";
import { FilterPanel } from "./filters";
import { type Arc, ask, type Band, controlOn, type ControlRow, type Family, type PlaceLabel, Refusal } from "./layers";
import type { MapView } from "./mapview";
import { Panel } from "./panel";
import { facetTables, type FacetTables, rowsOfArea, select, type Selection } from "./select";
import { readPalette } from "./symbols";
import { drawTable } from "./table";
import { Timeline } from "./timeline";

const EDGE_DEG = 0.35;

class MapPage {
  private view: View;
  private readonly tables: FacetTables;
  private readonly panel: Panel;
  private readonly filters: FilterPanel;
  private readonly timeline: Timeline;
  private map: MapView | null = null;
  private bands: Band[] = [];
  private controls: ControlRow[] | null = null;
  private arcs: Arc[] = [];
  private keptBack = 0;
  private found: { key: string; rows: Set<number> | null } = { key: "\n", rows: null };
  private selection!: Selection;
  private searching: AbortController | null = null;
  private moveTimer = 0;

  constructor(private readonly incidents: Incidents) {
    const { view, misread } = readView(location.search);
    this.view = view;
    this.tell(misread);
    this.tables = facetTables(incidents);
    this.filters = new FilterPanel(incidents, (change) => this.go(change));
    this.panel = new Panel(byId("panel"), incidents, {
      onPoint: (areas) => this.map?.point(areas),
      onOpen: (incident) => this.go({ incident }),
      onBack: () => this.go({ incident: "", place: "" }),
      onTable: () => this.go({ as: "table" }),
    });
    this.timeline = new Timeline(byId("timeline"), incidents, { onBrush: (from, to) => this.go({ from, to, page: 1 }) });
    addEventListener("popstate", () => {
      const { view: before, misread: wrong } = readView(location.search);
      this.view = before;
      this.tell(wrong);
      if (before.at) this.map?.moveTo(before.at);
      void this.draw(false);
    });
    for (const as of ["map", "table"] as const) byId(`as-${as}`).addEventListener("click", () => this.go({ as, page: 1 }));
    const day = byId<HTMLInputElement>("control-day");
    day.addEventListener("input", () => this.go({ day: Number(day.value) }, true));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.map?.recolour();
      void this.draw(false);
    });
    const small = matchMedia("(max-width: 62rem)");
    const fold = (): void => void (byId<HTMLDetailsElement>("filters").open = !small.matches);
    fold();
    small.addEventListener("change", fold);
  }

  async start(rest: ReturnType<typeof askRest>): Promise<void> {
    const drawn = this.draw(false);
    const [places, agreements, observed, parts] = await rest;
    this.bands = agreements.agreements;
    this.arcs = observed.arcs;
    this.keptBack = observed.kept_back;
    byId("arcs-row").hidden = !observed.arcs.length;
    this.timeline.setBands(this.bands);
    this.filters.setBands(this.bands);
    await drawn;
    this.filters.show(this.view, this.selection, readPalette());
    this.startMap(parts, places.places);
    document.documentElement.dataset["ready"] = "map";
    this.map?.whenDrawn(() => performance.mark("trucewatch-map"));
    const families = await ask<{ families: Family[] }>("/map/families");
    this.filters.setFamilies(families.families);
    this.filters.show(this.view, this.selection, readPalette());
  }

  private startMap({ hasWebGL, MapView }: typeof import("./mapview"), places: PlaceLabel[]): void {
    const bounds = boundsOf(this.incidents.areas, places);
    if (!hasWebGL()) {
      this.withoutMap("This browser cannot draw the map (it has no WebGL). The table tells the same.");
      return;
    }
    try {
      this.map = new MapView(byId("map"), bounds, this.view.at ?? this.spotOf(this.view.incident), {
        onAreas: (areas) => this.openAreas(areas),
        onArc: (arc) =>
          this.panel.say("Seen or heard by an observer", `${arc.words}.`, arc.incident_id ? { href: `/incident/${arc.incident_id}`, words: "The incident it is linked to" } : null),
        onMove: (lat, lon, zoom) => {
          clearTimeout(this.moveTimer);
          this.moveTimer = window.setTimeout(() => {
            this.view.at = { lat, lon, zoom };
            this.write(true);
          }, 400);
        },
      });
    } catch {
      this.withoutMap("The map could not be drawn here. The table tells the same.");
      return;
    }
    this.map.showIncidents(this.incidents, this.selection);
    this.drawOverlays();
    this.map.point(this.areasOf(this.view.incident));
    this.map.showLabels(places, new Set(this.incidents.areas.map((area) => area.name)));
    byId("map-whole").addEventListener("click", () => {
      this.map?.fit(bounds);
    });
  }

  /** Where an incident opened by its address lies, so that the map looks there. */
  private spotOf(id: string): View["at"] {
    const area = this.areasOf(id).find((one) => one.lat !== null);
    return area ? { lat: area.lat ?? 0, lon: area.lon ?? 0, zoom: 7.5 } : null;
  }

  private areasOf(id: string): Area[] {
    const row = id ? this.incidents.rowOf(id) : -1;
    return row < 0 ? [] : placesOf(this.incidents, row).flatMap((number) => this.incidents.areas[number] ?? []);
  }

  private withoutMap(words: string): void {
    replace(byId("map-message"), words);
    byId("map-message").hidden = false;
    byId<HTMLButtonElement>("as-map").disabled = true;
    document.body.classList.add("has-no-map");
    this.view.as = "table";
    void this.draw(false);
  }

  private tell(misread: Misread[]): void {
    const host = byId("address-problems");
    host.hidden = !misread.length;
    replace(host, ...misread.map((one) => h("p", {}, `The address has ${one.field}=${one.seen}, which makes no sense here (expected: ${one.expected}). It was left out.`)));
  }

  /** Change the view; `isSmall` changes leave no step for the browser's Back. */
  private go(change: Partial<View>, isSmall = false): void {
    const opened = change.incident || change.place;
    this.view = { ...this.view, ...change };
    this.write(isSmall);
    void this.draw(Boolean(opened));
  }

  private write(isSmall: boolean): void {
    const query = writeView(this.view);
    const address = query ? `?${query}` : location.pathname;
    if (isSmall) history.replaceState(null, "", address);
    else if (query !== location.search.slice(1)) history.pushState(null, "", address);
  }

  private openAreas(numbers: number[]): void {
    const rows = rowsOfArea(this.incidents, this.selection, new Set(numbers));
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) this.go({ incident: this.incidents.idOf(only), place: "" });
    else this.go({ place: [...new Set(numbers.map((number) => this.incidents.areas[number]?.name ?? ""))].join(";"), incident: "" });
  }

  private async search(): Promise<void> {
    const { q, family } = this.view;
    const key = `${q}\n${family}`;
    if (key === this.found.key) return;
    this.searching?.abort();
    if (!q && !family) {
      this.found = { key, rows: null };
      return;
    }
    const searching = new AbortController();
    this.searching = searching;
    const answer = await ask<{ version: string; rows: number[]}>(`/map/search?${new URLSearchParams({ q, family })}`, searching.signal);
    // the ledger has grown meanwhile: rows are counted anew, so read everything anew
    if (answer.version !== this.incidents.version) location.reload();
    this.found = { key, rows: new Set(answer.rows) };
  }

  private async draw(moveFocus: boolean): Promise<void> {
    try {
      await this.search();
    } catch (err) {
      if (err instanceof DOMException) return;
      this.complain(err);
      return;
    }
    const begun = performance.now();
    const { incidents, view } = this;
    const palette = readPalette();
    this.selection = select(incidents, this.tables, view, this.found.rows);
    const { selection } = this;
    this.map?.showIncidents(incidents, selection);
    this.drawOverlays();
    const span = this.timeline.days;
    const controlDay = view.control ? this.controlDay() : null;
    this.timeline.show(selection, view.from, view.to, controlDay);
    this.filters.show(view, selection, palette);
    const isTable = view.as === "table";
    const wasTable = byId("map-area").hidden;
    byId("map-area").hidden = isTable;
    byId("panel").hidden = isTable;
    byId("table").hidden = !isTable;
    document.body.classList.toggle("as-table", isTable);
    for (const as of ["map", "table"] as const) byId(`as-${as}`).setAttribute("aria-pressed", String(view.as === as));
    if (isTable) drawTable(byId("table"), incidents, selection, view, (change) => this.go(change));
    else {
      replace(byId("table"));
      // a map that was hidden has no size; another keeps its own, and would draw everything twice
      if (wasTable) this.map?.resize();
    }
    const count = selection.rows.length;
    replace(
      byId("count"),
      isFiltered(view) ? `${numberWords(count)} of ${counted(incidents.count, "incident")}` : counted(incidents.count, "incident"),
    );
    byId("undrawn").hidden = !span || span.before + span.after === 0;
    if (span) replace(byId("undrawn"), `${counted(span.before + span.after, "incident")} of other times, before ${dayWords(span.first)} or after ${dayWords(span.last)}, not drawn.`);
    if (!isTable) this.drawPanel(moveFocus);
    this.drawControlDay();
    performance.measure("trucewatch-redraw", { start: begun });
    // the bench asks when it can be seen, too (bench/web_map.py)
    requestAnimationFrame(() => setTimeout(() => performance.measure("trucewatch-painted", { start: begun })));
  }

  private drawPanel(moveFocus: boolean): void {
    const { incidents, selection, view } = this;
    const palette = readPalette();
    this.map?.point(this.areasOf(view.incident));
    if (view.incident) {
      void this.panel.card(view.incident, palette, moveFocus, view.q);
      return;
    }
    const marks = view.control && this.controls ? controlOn(this.controls, this.controlDay()) : null;
    if (view.place) {
      const names = new Set(view.place.split(";"));
      const numbers = new Set(incidents.areas.flatMap((area, number) => (names.has(area.name) ? [number] : [])));
      const words = names.size > 3 ? `${names.size} places` : [...names].join(", ");
      this.panel.list(rowsOfArea(incidents, selection, numbers), selection, palette, words, marks, dayWords(this.controlDay()), view.q);
      if (moveFocus) document.getElementById("panel-title")?.focus();
    } else this.panel.list(selection.rows, selection, palette, null, marks, dayWords(this.controlDay()), view.q);
    void this.panel.hits(view.q);
  }

  private controlDay(): number {
    const span = this.timeline.days;
    return this.view.day ?? this.view.to ?? span?.last ?? Math.floor(Date.now() / 86_400_000);
  }

  private drawControlDay(): void {
    const row = byId("control-row");
    row.hidden = !this.view.control;
    const span = this.timeline.days;
    if (!this.view.control || !span) return;
    const input = byId<HTMLInputElement>("control-day");
    input.min = String(span.first);
    input.max = String(span.last);
    const day = this.controlDay();
    if (document.activeElement !== input) input.value = String(day);
    input.setAttribute("aria-valuetext", dayWords(day));
    replace(byId("control-words"), `Who is said to hold what, ${dayWords(day)}`);
  }

  private drawOverlays(): void {
    const { view } = this;
    const iso = (day: number | null): string | null => (day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10));
    const [from, to] = [iso(view.from), iso(view.to)];
    const shown = view.arcs ? this.arcs.filter((arc) => (from === null || arc.to > from) && (to === null || arc.from <= to)) : [];
    this.map?.showArcs(shown);
    byId("kept-back").hidden = !this.keptBack;
    replace(byId("kept-back"), `${counted(this.keptBack, "observer's report")} kept back: not filed as public, or no place to draw it from.`);
    if (!view.control) {
      this.map?.showControl([], []);
      return;
    }
    if (this.controls) {
      const parties = [...new Set(this.controls.map((row) => row.party ?? ""))].sort();
      this.map?.showControl(controlOn(this.controls, this.controlDay()), parties);
      return;
    }
    void ask<{ control: ControlRow[] }>("/map/control")
      .then((answer) => {
        this.controls = answer.control;
        void this.draw(false);
      })
      .catch((err: unknown) => this.complain(err));
  }

  private complain(err: unknown): void {
    const host = byId("address-problems");
    host.hidden = false;
    replace(host, h("p", { role: "alert" }, `${err instanceof Refusal ? err.message : "something went wrong in this page"}.`));
  }
}

function boundsOf(areas: Area[], places: PlaceLabel[]): [number, number, number, number] {
  const own = areas.filter((area) => area.lat !== null && area.lon !== null);
  const spots: { lat: number; lon: number }[] = own.length >= 3 ? own.map((area) => ({ lat: area.lat ?? 0, lon: area.lon ?? 0 })) : [...places];
  if (!spots.length) return [-20, -40, 70, 60];
  // a lone place of another continent does not decide what is looked at
  const middle = (values: number[]): [number, number] => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
    const [q1, q3] = [at(0.25), at(0.75)];
    const reach = Math.max(1, 3 * (q3 - q1));
    const kept = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
    return [kept[0] ?? 0, kept.at(-1) ?? 0];
  };
  const [south, north] = middle(spots.map((spot) => spot.lat));
  const [west, east] = middle(spots.map((spot) => spot.lon));
  return [west - EDGE_DEG, south - EDGE_DEG, east + EDGE_DEG, north + EDGE_DEG];
}

function askRest(): Promise<[{ places: PlaceLabel[] }, { agreements: Band[] }, { arcs: Arc[]; kept_back: number }, typeof import("./mapview")]> {
  return Promise.all([ask<{ places: PlaceLabel[] }>("/map/places"), ask<{ agreements: Band[] }>("/map/agreements"), ask<{ arcs: Arc[]; kept_back: number }>("/map/observations"), import("./mapview")]);
}

/** Start the page; what goes wrong is told in it. */
export async function startMapPage(): Promise<void> {
  const message = byId("map-message");
  try {
    // all at once: what is needed last must not wait for what is needed first
    const rest = askRest();
    rest.catch(() => undefined);
    const wire = await ask<WireColumns>("/map/incidents");
    if (wire.count === 0) {
      replace(message, "The ledger holds no incident yet. ", h("a", { href: "/documents" }, "What was read"), " may say why; a run adds to it.");
      message.hidden = false;
    } else message.hidden = true;
    await new MapPage(decodeColumns(wire)).start(rest);
  } catch (err) {
    message.hidden = false;
    message.setAttribute("role", "alert");
    replace(message, `The map could not be drawn: ${err instanceof Error ? err.message : "unknown reason"}. `, h("a", { href: "/incidents" }, "The incidents as a list"), ".");
    document.documentElement.dataset["ready"] = "failed";
  }
}
