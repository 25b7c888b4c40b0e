/** The view and the address bar: every view of the map is a link. */
import { type Day, isoDay, parseDay } from "./days";

export const SORTS = ["day", "what", "where", "by", "status", "families"] as const;
export type Sort = (typeof SORTS)[number];

export interface Filters {
  from: Day | null;
  to: Day | null;
  act: string[];
  status: string[];
  by: string[];
  told: string[];
  agreement: string[];
  family: string;
  q: string;
}

export interface View extends Filters {
  as: "map" | "table";
  sort: Sort;
  descending: boolean;
  page: number;
  control: boolean;
  arcs: boolean;
  /** Day of the control layer; null: the last day shown. */
  day: Day | null;
  incident: string;
  place: string;
  at: { lat: number; lon: number; zoom: number } | null;
}

/** A part of the address that made no sense: which, what was seen, what would do. */
export interface Misread {
  field: string;
  seen: string;
  expected: string;
}

export const LISTS = ["act", "status", "by", "told", "agreement"] as const;
export const LONGEST_SEARCH = 400;

export function emptyView(): View {
  return {
    from: null,
    to: null,
    act: [],
    status: [],
    by: [],
    told: [],
    agreement: [],
    family: "",
    q: "",
    as: "map",
    sort: "day",
    descending: false,
    page: 1,
    control: false,
    arcs: true,
    day: null,
    incident: "",
    place: "",
    at: null,
  };
}

/** Read a view from a query string; what makes no sense is left out and told. */
export function readView(query: string): { view: View; misread: Misread[] } {
  const view = emptyView();
  const misread: Misread[] = [];
  const params = new URLSearchParams(query);
  const day = (field: "from" | "to" | "day"): void => {
    const seen = params.get(field);
    if (!seen) return;
    const found = parseDay(seen);
    if (found === null) misread.push({ field, seen, expected: "a day such as 2020-10-04" });
    else view[field] = found;
  };
  day("from");
  day("to");
  day("day");
  if (view.from !== null && view.to !== null && view.from > view.to) {
    misread.push({ field: "to", seen: params.get("to") ?? "", expected: `a day not before ${isoDay(view.from)}` });
    view.to = null;
  }
  for (const field of LISTS) {
    view[field] = [...new Set(params.getAll(field).flatMap((part) => part.split(",")).filter(Boolean))];
  }
  view.family = params.get("family") ?? "";
  view.q = (params.get("q") ?? "").trim();
  if (view.q.length > LONGEST_SEARCH) {
    misread.push({ field: "q", seen: `${view.q.slice(0, 40)}…`, expected: `at most ${LONGEST_SEARCH} characters` });
    view.q = "";
  }
  const as = params.get("as");
  if (as === "table" || as === "map") view.as = as;
  else if (as) misread.push({ field: "as", seen: as, expected: "map or table" });
  const sort = params.get("sort");
  if (sort) {
    const key = sort.replace(/^-/, "");
    if ((SORTS as readonly string[]).includes(key)) {
      view.sort = key as Sort;
      view.descending = sort.startsWith("-");
    } else misread.push({ field: "sort", seen: sort, expected: SORTS.join(", ") });
  }
  const page = params.get("page");
  if (page) {
    if (/^[1-9]\d{0,5}$/.test(page)) view.page = Number(page);
    else misread.push({ field: "page", seen: page, expected: "a whole number from 1" });
  }
  view.control = params.get("control") === "1";
  view.arcs = params.get("arcs") !== "0";
  view.incident = params.get("incident") ?? "";
  view.place = params.get("place") ?? "";
  const at = params.get("at");
  if (at) {
    const [lat, lon, zoom] = at.split(",").map(Number);
    if (lat !== undefined && lon !== undefined && zoom !== undefined && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 16) {
      view.at = { lat, lon, zoom };
    } else misread.push({ field: "at", seen: at, expected: "latitude, longitude and zoom, such as 39.8,46.8,7" });
  }
  return { view, misread };
}

/** The query string of a view, without what is as it is anyway; equal views give equal strings. */
export function writeView(view: View): string {
  const parts: [string, string][] = [];
  const put = (field: string, value: string): void => {
    if (value) parts.push([field, value]);
  };
  put("from", view.from === null ? "" : isoDay(view.from));
  put("to", view.to === null ? "" : isoDay(view.to));
  for (const field of LISTS) put(field, [...view[field]].sort().join(","));
  put("family", view.family);
  put("q", view.q);
  put("as", view.as === "table" ? "table" : "");
  if (view.sort !== "day" || view.descending) put("sort", `${view.descending ? "-" : ""}${view.sort}`);
  put("page", view.page > 1 ? String(view.page) : "");
  put("control", view.control ? "1" : "");
  put("arcs", view.arcs ? "" : "0");
  put("day", view.day === null ? "" : isoDay(view.day));
  put("incident", view.incident);
  put("place", view.place);
  if (view.at) put("at", `${view.at.lat.toFixed(3)},${view.at.lon.toFixed(3)},${view.at.zoom.toFixed(2)}`);
  // commas and colons may stand in a query, and read better
  return parts.map(([field, value]) => `${field}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

/** Whether anything narrows the incidents down. */
export function isFiltered(view: Filters): boolean {
  return view.from !== null || view.to !== null || LISTS.some((field) => view[field].length > 0) || view.family !== "" || view.q !== "";
}
