/** Every incident of the ledger as typed arrays, decoded from /map/incidents (src/trucewatch/reports/map_columns.py). */
import { type Day, parseDay, spanWords } from "./days";

export const NO_DAY = -1_000_000;
export const NO_PLACE = -1;

export interface WireColumns {
  version: string;
  count: number;
  first_day: string | null;
  ids: string | string[];
  groups: [string, string][];
  grades: [string, string][];
  acts: [string, string, string][];
  statuses: [string, string, number][];
  breaches: [string, string][];
  parties: [string, string][];
  sides: string[][];
  voices: [string[], string[]][];
  agreement_sets: string[][];
  areas: {
    name: string[];
    lat: (number | null)[];
    lon: (number | null)[];
    radius_km: number[];
    precision: string[];
    within: (string | null)[];
  };
  columns: Record<"day" | "span" | "act" | "status" | "breach" | "side" | "voices" | "families" | "agreements" | "place", number[]>;
  more_places: Record<string, number[]>;
}

export interface Area {
  name: string;
  lat: number | null;
  lon: number | null;
  radiusKm: number;
  precision: string;
  within: string | null;
}

export interface Incidents {
  version: string;
  count: number;
  groups: [string, string][];
  grades: [string, string][];
  acts: { code: string; noun: string; group: number }[];
  statuses: { code: string; words: string; grade: number }[];
  breaches: [string, string][];
  parties: Map<string, string>;
  sides: string[][];
  voices: [string[], string[]][];
  agreementSets: string[][];
  areas: Area[];
  /** First day, NO_DAY where none is known, and the days after it that belong to it. */
  day: Int32Array;
  span: Int32Array;
  act: Uint16Array;
  status: Uint8Array;
  breach: Uint8Array;
  side: Uint16Array;
  voice: Uint32Array;
  families: Uint16Array;
  agreement: Uint16Array;
  /** First place of a row, NO_PLACE where none is known; further ones by row. */
  place: Int32Array;
  more: Map<number, number[]>;
  idOf(row: number): string;
  rowOf(id: string): number;
}

/** Decode what the server sends. Throws where it makes no sense. */
export function decodeColumns(wire: WireColumns): Incidents {
  const { count, columns } = wire;
  for (const [name, values] of Object.entries(columns)) {
    if (values.length !== count) throw new Error(`column ${name} has ${values.length} values for ${count} incidents`);
  }
  const first = wire.first_day === null ? 0 : parseDay(wire.first_day);
  if (first === null) throw new Error(`${wire.first_day} is not a day`);
  const groups = wire.groups.map(([key]) => key);
  const ids = decodeIds(wire.ids, count);
  let rows: Map<string, number> | null = null;
  return {
    version: wire.version,
    count,
    groups: wire.groups,
    grades: wire.grades,
    acts: wire.acts.map(([code, noun, group]) => ({ code, noun, group: Math.max(0, groups.indexOf(group)) })),
    statuses: wire.statuses.map(([code, words, grade]) => ({ code, words, grade })),
    breaches: wire.breaches,
    parties: new Map(wire.parties),
    sides: wire.sides,
    voices: wire.voices,
    agreementSets: wire.agreement_sets,
    areas: wire.areas.name.map((name, i) => ({
      name,
      lat: wire.areas.lat[i] ?? null,
      lon: wire.areas.lon[i] ?? null,
      radiusKm: wire.areas.radius_km[i] ?? 0,
      precision: wire.areas.precision[i] ?? "unknown",
      within: wire.areas.within[i] ?? null,
    })),
    day: decodeDays(columns.day, first),
    span: Int32Array.from(columns.span),
    act: Uint16Array.from(columns.act),
    status: Uint8Array.from(columns.status),
    breach: Uint8Array.from(columns.breach),
    side: Uint16Array.from(columns.side),
    voice: Uint32Array.from(columns.voices),
    families: Uint16Array.from(columns.families),
    agreement: Uint16Array.from(columns.agreements),
    place: Int32Array.from(columns.place),
    more: new Map(Object.entries(wire.more_places).map(([row, places]) => [Number(row), places])),
    idOf: (row) => ids(row),
    rowOf: (id) => {
      if (!rows) {
        rows = new Map();
        for (let row = 0; row < count; row += 1) rows.set(ids(row), row);
      }
      return rows.get(id) ?? -1;
    },
  };
}

/** Steps from row to row, -1 where no day is known. */
function decodeDays(steps: number[], first: Day): Int32Array {
  const days = new Int32Array(steps.length);
  let day = first;
  steps.forEach((step, row) => {
    if (step < 0) days[row] = NO_DAY;
    else {
      day += step;
      days[row] = day;
    }
  });
  return days;
}

function decodeIds(ids: string | string[], count: number): (row: number) => string {
  if (typeof ids !== "string") {
    if (ids.length !== count) throw new Error(`${ids.length} ids for ${count} incidents`);
    return (row) => ids[row] ?? "";
  }
  const bytes = atob(ids);
  if (bytes.length !== count * 8) throw new Error(`${bytes.length / 8} ids for ${count} incidents`);
  return (row) => {
    let id = "inc-";
    for (let i = row * 8; i < row * 8 + 8; i += 1) id += bytes.charCodeAt(i).toString(16).padStart(2, "0");
    return id;
  };
}

/** Places of a row, as numbers into `areas`. */
export function placesOf(incidents: Incidents, row: number): number[] {
  const first = incidents.place[row] ?? NO_PLACE;
  return first === NO_PLACE ? [] : [first, ...(incidents.more.get(row) ?? [])];
}

/** "Jabrayil and Fuzuli", with the area that stands for a place whose position nobody knows. */
export function placeWords(incidents: Incidents, row: number): string {
  const names = placesOf(incidents, row).map((number) => {
    const area = incidents.areas[number];
    if (!area) return "";
    return area.within !== null && area.within !== area.name ? `${area.name} (in ${area.within})` : area.name;
  });
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
}

/** The days of a row in words; empty where none is known. */
export function dayWordsOf(incidents: Incidents, row: number): string {
  const day = incidents.day[row] ?? NO_DAY;
  return day === NO_DAY ? "" : spanWords(day, day + (incidents.span[row] ?? 0));
}

/** "Missile strike, Ganja, 4 Oct 2020". */
export function titleOf(incidents: Incidents, row: number): string {
  const noun = incidents.acts[incidents.act[row] ?? 0]?.noun ?? "Incident";
  return [noun, placeWords(incidents, row), dayWordsOf(incidents, row)].filter(Boolean).join(", ");
}

/** Names of parties. */
export function partyWords(incidents: Incidents, codes: readonly string[]): string {
  return codes.map((code) => incidents.parties.get(code) ?? code).join(", ");
}

export function gradeOf(incidents: Incidents, row: number): number {
  return incidents.statuses[incidents.status[row] ?? 0]?.grade ?? 2;
}

export function groupOf(incidents: Incidents, row: number): number {
  return incidents.acts[incidents.act[row] ?? 0]?.group ?? 0;
}
