/** What the server knows beside incidents: places, agreements, control, arcs, families, search, cards. */
import { type Day, isoDay } from "./days";

export interface PlaceLabel {
  id: string;
  name: string;
  others: string[];
  lat: number;
  lon: number;
  radius_km: number;
  kind: string;
  population: number | null;
}

export interface Band {
  id: string;
  title: string;
  from: string;
  certain_from: string;
  to: string | null;
  words: string;
  parties: string[];
}

export interface ControlRow {
  place: string;
  lat: number;
  lon: number;
  radius_km: number;
  party: string | null;
  state: "held" | "taken" | "left";
  from: string | null;
  to: string | null;
  basis: "table" | "claim";
  words: string;
  is_contested: boolean;
  claim_id: string | null;
}

export interface Arc {
  id: string;
  lat: number;
  lon: number;
  near_km: number;
  far_km: number;
  from_deg: number | null;
  to_deg: number | null;
  from: string;
  to: string;
  words: string;
  incident_id: string | null;
}

export interface Family {
  id: string;
  incidents: number;
  documents: number;
  outlet: string | null;
}

export interface Card {
  id: string;
  title: string;
  told: string;
  statuses: { question: string; code: string; words: string }[];
  families: number;
  voices: { who: string; stance: string; outlet: string; published: string; claim_id: string; document_id: string }[];
  more_voices: number;
}

export interface Hit {
  claim_id: string;
  document_id: string;
  outlet: string;
  pieces: [string, boolean][];
}

/** An answer of the server that is none; `message` is the server's own. */
export class Refusal extends Error {}

/** JSON from our own server. Throws Refusal with the server's words. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, signal ? { signal } : {});
  } catch (err) {
    if (err instanceof DOMException && err.name === "AbortError") throw err;
    throw new Refusal("the server does not answer: is `trucewatch serve` still running?");
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
    throw new Refusal(problem?.error?.message ?? `the server answered ${answer.status}`);
  }
  return (await answer.json()) as T;
}

export interface ControlMark {
  place: string;
  lat: number;
  lon: number;
  party: string | null;
  words: string[];
  isClaim: boolean;
  isContested: boolean;
  claimId: string | null;
}

/** Who is said to hold which place on a day: the table's holder, then the latest claim that is newer than that holder's beginning. */
export function controlOn(rows: readonly ControlRow[], day: Day): ControlMark[] {
  const iso = isoDay(day);
  const byPlace = new Map<string, ControlRow[]>();
  for (const row of rows) {
    if ((row.from !== null && row.from > iso) || (row.to !== null && row.to <= iso)) continue;
    const kept = byPlace.get(row.place);
    if (kept) kept.push(row);
    else byPlace.set(row.place, [row]);
  }
  const marks: ControlMark[] = [];
  for (const [place, found] of byPlace) {
    const table = found.filter((row) => row.basis === "table").at(-1);
    const claims = found.filter((row) => row.basis === "claim" && (row.from ?? "") >= (table?.from ?? ""));
    const latest = claims.filter((row) => row.state !== "left").at(-1) ?? claims.at(-1);
    const shown = latest ?? table;
    if (!shown) continue;
    const isLeft = latest?.state === "left";
    marks.push({
      place,
      lat: shown.lat,
      lon: shown.lon,
      // who has left holds it no longer; who came is not told by that
      party: isLeft ? (table && table.party !== latest.party ? table.party : null) : shown.party,
      words: [...(table ? [`${table.words} since ${table.from ?? "a day not known"}, by the theatre's table`] : []), ...claims.map((row) => row.words)],
      isClaim: latest !== undefined,
      isContested: claims.some((row) => row.is_contested),
      claimId: latest?.claim_id ?? null,
    });
  }
  return marks;
}
