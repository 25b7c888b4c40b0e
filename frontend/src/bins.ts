/** Incidents by day, or by runs of equal days where the time is long: what the timeline's bars are. */
import { type Incidents, gradeOf, NO_DAY } from "./columns";
import type { Day } from "./days";
import { GRADES } from "./select";

export const MOST_BARS = 140;
const STEPS = [1, 7, 14, 30, 91, 182, 365];
/** A lone date of another decade must not flatten the rest: at either end this share of the incidents may stay undrawn, of ten and more one. */
const STRAY = 0.004;
const FEW = 10;
const LONG_DAYS = 1_000;
const MARGIN = 1;

export interface Span {
  first: Day;
  /** Last day included. */
  last: Day;
  step: number;
  /** Incidents before and after what is drawn. */
  before: number;
  after: number;
}

export interface Bins {
  span: Span;
  /** By bin and grade. */
  counts: Uint32Array;
  highest: number;
}

/** The days to draw for all incidents; null where none has a day. */
export function spanOf(incidents: Incidents): Span | null {
  const days: Day[] = [];
  for (const day of incidents.day) if (day !== NO_DAY) days.push(day);
  if (!days.length) return null;
  days.sort((a, b) => a - b);
  let [first, last] = [days[0]!, days.at(-1)!];
  const skipped = last - first < LONG_DAYS ? 0 : Math.max(Math.floor(days.length * STRAY), days.length >= FEW ? 1 : 0);
  const [core, end] = [days[skipped]!, days[days.length - 1 - skipped]!];
  if (last - core < (last - first) / 2) first = core;
  if (end - first < (last - first) / 2) last = end;
  const length = last - first + 1 + 2 * MARGIN;
  const step = STEPS.find((days) => length / days <= MOST_BARS) ?? Math.ceil(length / MOST_BARS);
  first -= MARGIN;
  last += MARGIN;
  return {
    first,
    last: first + Math.ceil((last - first + 1) / step) * step - 1,
    step,
    before: days.filter((day) => day < first).length,
    after: days.filter((day) => day > last).length,
  };
}

/** Count rows by their first day. */
export function binsOf(incidents: Incidents, rows: ArrayLike<number>, span: Span): Bins {
  const length = Math.ceil((span.last - span.first + 1) / span.step);
  const counts = new Uint32Array(length * GRADES);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const day = incidents.day[row]!;
    if (day < span.first || day > span.last) continue;
    counts[Math.floor((day - span.first) / span.step) * GRADES + gradeOf(incidents, row)]! += 1;
  }
  let highest = 0;
  for (let bin = 0; bin < length; bin += 1) {
    let total = 0;
    for (let grade = 0; grade < GRADES; grade += 1) total += counts[bin * GRADES + grade]!;
    highest = Math.max(highest, total);
  }
  return { span, counts, highest };
}

/** Days to label, evenly and at most `most` of them. */
export function ticksOf(span: Span, most: number): Day[] {
  const length = span.last - span.first + 1;
  const step = [1, 2, 5, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652].find((days) => length / days <= most) ?? 3652;
  const ticks: Day[] = [];
  if (step >= 30) {
    const months = Math.max(1, Math.round(step / 30.4));
    const begin = new Date(span.first * 86_400_000);
    for (let number = begin.getUTCFullYear() * 12 + begin.getUTCMonth(); ; number += 1) {
      const day = Math.round(Date.UTC(Math.floor(number / 12), number % 12, 1) / 86_400_000);
      if (day > span.last) return ticks;
      if (day >= span.first && number % months === 0) ticks.push(day);
    }
  }
  for (let day = span.first + MARGIN; day <= span.last; day += step) ticks.push(day);
  return ticks;
}
