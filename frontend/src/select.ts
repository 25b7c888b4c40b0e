/** Which incidents a view shows, with everything that is counted on the way: one pass over typed arrays. */
import type { Filters } from "./address";
import { type Incidents, NO_DAY, NO_PLACE } from "./columns";

export const GRADES = 4;
export const FACETS = ["act", "status", "by", "told", "agreement"] as const;
export type Facet = (typeof FACETS)[number];
/** How many rows an area keeps by number, for the small pictures of few incidents. */
export const KEPT_ROWS = 6;
const DAYS_BIT = 1 << FACETS.length;
const SEARCH_BIT = DAYS_BIT << 1;

export interface Selection {
  /** Rows shown, in order of day. */
  rows: Uint32Array;
  /** Rows that only the days leave out, too: what the timeline draws faintly. */
  timed: Uint32Array;
  /** By area and grade: how many incidents. */
  areaCounts: Uint32Array;
  /** By area: its first rows. */
  areaRows: Map<number, number[]>;
  unplaced: number;
  undated: number;
  /** By facet and value: how many rows there would be with this value alone in the facet. */
  facets: Record<Facet, Map<string, number>>;
}

/** Keys of a row in each facet, by the small tables' numbers. */
export interface FacetTables {
  act: string[][];
  status: string[][];
  by: string[][];
  told: string[][];
  agreement: string[][];
}

export const NOBODY = "none";

export function facetTables(incidents: Incidents): FacetTables {
  return {
    // an act by its group, its code or the code's first part; "contested" is a grade and a status: once is enough
    act: incidents.acts.map((act) => [...new Set([incidents.groups[act.group]?.[0] ?? "other", act.code, act.code.split(".")[0] ?? ""])]),
    status: incidents.statuses.map((status) => [...new Set([incidents.grades[status.grade]?.[0] ?? "thin", status.code])]),
    by: incidents.sides.map((codes) => (codes.length ? codes : [NOBODY])),
    told: incidents.voices.map(([told, denied]) => (told.length + denied.length ? [...new Set([...told, ...denied])] : [NOBODY])),
    agreement: incidents.agreementSets.map((ids) => (ids.length ? ids : [NOBODY])),
  };
}

/** Apply filters. `found` are the rows that a search gave, null where nothing was searched for. */
export function select(incidents: Incidents, tables: FacetTables, filters: Filters, found: ReadonlySet<number> | null): Selection {
  const { count } = incidents;
  const columns = { act: incidents.act, status: incidents.status, by: incidents.side, told: incidents.voice, agreement: incidents.agreement };
  const passes = FACETS.map((facet) => {
    const wanted = new Set(filters[facet]);
    return Uint8Array.from(tables[facet], (keys) => (wanted.size === 0 || keys.some((key) => wanted.has(key)) ? 1 : 0));
  });
  const counts = FACETS.map((facet) => new Uint32Array(tables[facet].length));
  const cells = FACETS.map((facet) => columns[facet]);
  const shown = new Uint32Array(count);
  const timed = new Uint32Array(count);
  let shownCount = 0;
  let timedCount = 0;
  let unplaced = 0;
  let undated = 0;
  const areaCounts = new Uint32Array(incidents.areas.length * GRADES);
  const areaRows = new Map<number, number[]>();
  const hasPoint = incidents.areas.map((area) => area.lat !== null);
  const from = filters.from ?? -Infinity;
  const to = filters.to ?? Infinity;
  const isDated = filters.from !== null || filters.to !== null;
  const grades = incidents.statuses.map((status) => status.grade);

  for (let row = 0; row < count; row += 1) {
    let failed = 0;
    for (let f = 0; f < FACETS.length; f += 1) {
      if (!passes[f]![cells[f]![row]!]) failed |= 1 << f;
    }
    const day = incidents.day[row]!;
    if (isDated && (day === NO_DAY || day > to || day + incidents.span[row]! < from)) failed |= DAYS_BIT;
    if (found && !found.has(row)) failed |= SEARCH_BIT;
    if (failed === 0) {
      shown[shownCount] = row;
      shownCount += 1;
      for (let f = 0; f < FACETS.length; f += 1) counts[f]![cells[f]![row]!]! += 1;
      if (day === NO_DAY) undated += 1;
      const grade = grades[incidents.status[row]!]!;
      let isPlaced = false;
      const place = incidents.place[row]!;
      if (place !== NO_PLACE) {
        isPlaced = note(place, row, grade) || isPlaced;
        for (const other of incidents.more.get(row) ?? []) isPlaced = note(other, row, grade) || isPlaced;
      }
      if (!isPlaced) unplaced += 1;
    } else if ((failed & (failed - 1)) === 0 && failed < DAYS_BIT) {
      const f = 31 - Math.clz32(failed);
      counts[f]![cells[f]![row]!]! += 1;
    }
    if (failed === 0 || failed === DAYS_BIT) {
      timed[timedCount] = row;
      timedCount += 1;
    }
  }

  function note(area: number, row: number, grade: number): boolean {
    if (!hasPoint[area]) return false;
    areaCounts[area * GRADES + grade]! += 1;
    const rows = areaRows.get(area);
    if (!rows) areaRows.set(area, [row]);
    else if (rows.length < KEPT_ROWS) rows.push(row);
    return true;
  }

  const facets = Object.fromEntries(
    FACETS.map((facet, f) => {
      const totals = new Map<string, number>();
      tables[facet].forEach((keys, number) => {
        const here = counts[f]![number]!;
        for (const key of keys) totals.set(key, (totals.get(key) ?? 0) + here);
      });
      return [facet, totals];
    }),
  ) as Record<Facet, Map<string, number>>;
  return { rows: shown.slice(0, shownCount), timed: timed.slice(0, timedCount), areaCounts, areaRows, unplaced, undated, facets };
}

/** Rows of one area among those shown. */
export function rowsOfArea(incidents: Incidents, selection: Selection, areas: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (const row of selection.rows) {
    if (areas.has(incidents.place[row]!) || incidents.more.get(row)?.some((place) => areas.has(place))) found.push(row);
  }
  return found;
}
