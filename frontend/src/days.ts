/** Days as whole numbers since 1970-01-01 (UTC): no clock, no zone. */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** The day of an ISO date; null where it is none (31 February is none). */
export function parseDay(text: string): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const moment = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  const day = Math.round(moment / MS_PER_DAY);
  return Number.isFinite(moment) && isoDay(day) === text ? day : null;
}

/** The ISO date of a day. */
export function isoDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** "4 October 2020", or "4 Oct 2020". */
export function dayWords(day: Day, isShort = false): string {
  const date = new Date(day * MS_PER_DAY);
  const month = MONTHS[date.getUTCMonth()] ?? "";
  return `${date.getUTCDate()} ${isShort ? month.slice(0, 3) : month} ${date.getUTCFullYear()}`;
}

/** Both ends included: "2 to 4 Oct 2020". */
export function spanWords(first: Day, last: Day, isShort = true): string {
  if (last <= first) return dayWords(first, isShort);
  const [a, b] = [dayWords(first, isShort).split(" "), dayWords(last, isShort).split(" ")];
  if (a[2] !== b[2]) return `${a.join(" ")} to ${b.join(" ")}`;
  return a[1] === b[1] ? `${a[0]} to ${b.join(" ")}` : `${a[0]} ${a[1]} to ${b.join(" ")}`;
}
