/** The same incidents as a table: sortable, linked, for those who cannot see the map and those who would rather read. */
import type { Sort, View } from "./address";
import { dayWordsOf, type Incidents, NO_DAY, partyWords, placeWords } from "./columns";
import { counted, h, numberWords, replace } from "./dom";
import type { Selection } from "./select";

export const ROWS_A_PAGE = 50;

interface Column {
  key: Sort;
  title: string;
  order(incidents: Incidents): (row: number) => string | number;
}

const COLUMNS: Column[] = [
  { key: "day", title: "Day", order: (all) => (row) => (all.day[row] === NO_DAY ? Infinity : all.day[row]!) },
  { key: "what", title: "What", order: (all) => (row) => all.acts[all.act[row]!]?.noun ?? "" },
  { key: "where", title: "Where", order: (all) => (row) => placeWords(all, row) || "￿" },
  { key: "by", title: "Attributed to", order: (all) => (row) => partyWords(all, all.sides[all.side[row]!] ?? []) || "￿" },
  { key: "status", title: "Did it happen", order: (all) => (row) => (all.statuses[all.status[row]!]?.grade ?? 9) * 100 + all.status[row]! },
  { key: "families", title: "Sources", order: (all) => (row) => -all.families[row]! },
];

/** Rows in a table's order; ties keep the order of days. */
export function sortRows(incidents: Incidents, rows: Uint32Array, sort: Sort, descending: boolean): Uint32Array {
  if (sort === "day" && !descending) return rows;
  const order = COLUMNS.find((column) => column.key === sort)!.order(incidents);
  const keys = new Map<number, string | number>();
  for (const row of rows) keys.set(row, order(row));
  const sign = descending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [x, y] = [keys.get(a)!, keys.get(b)!];
    const less = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
    return sign * less || a - b;
  });
}

/** Draw the table into its host. `go` changes the view. */
export function drawTable(host: HTMLElement, incidents: Incidents, selection: Selection, view: View, go: (change: Partial<View>) => void): void {
  const sorted = sortRows(incidents, selection.rows, view.sort, view.descending);
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS_A_PAGE));
  const page = Math.min(view.page, pages);
  const shown = sorted.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
  const head = COLUMNS.map((column) => {
    const isSorted = view.sort === column.key;
    const direction = isSorted ? (view.descending ? "descending" : "ascending") : "none";
    return h(
      "th",
      { scope: "col", "aria-sort": direction },
      h(
        "button",
        { type: "button", class: "sort", "data-sort": column.key, click: () => go({ sort: column.key, descending: isSorted && !view.descending, page: 1 }) },
        column.title,
        h("span", { class: "arrow", "aria-hidden": "true" }, isSorted ? (view.descending ? " ▼" : " ▲") : " ↕"),
      ),
    );
  });
  const body = [...shown].map((row) => {
    const status = incidents.statuses[incidents.status[row]!];
    const [told, denied] = incidents.voices[incidents.voice[row]!] ?? [[], []];
    const breach = incidents.breaches[incidents.breach[row]!]?.[1] ?? "";
    const side = partyWords(incidents, incidents.sides[incidents.side[row]!] ?? []);
    return h(
      "tr",
      {},
      h("td", { "data-label": "Day" }, dayWordsOf(incidents, row) || "not known"),
      h("th", { scope: "row" }, h("a", { href: `/incident/${incidents.idOf(row)}${view.q ? `?${new URLSearchParams({ q: view.q })}` : ""}` }, incidents.acts[incidents.act[row]!]?.noun ?? "Incident")),
      h("td", { "data-label": "Where" }, placeWords(incidents, row) || h("span", { class: "soft" }, "not known")),
      h("td", { "data-label": "Attributed to" }, side || h("span", { class: "soft" }, "nobody named")),
      h(
        "td",
        { "data-label": "Did it happen" },
        status?.words ?? "",
        denied.length ? h("span", { class: "soft small" }, ` · denied by ${partyWords(incidents, denied)}`) : null,
        told.length && !denied.length ? h("span", { class: "soft small" }, ` · told by ${partyWords(incidents, told)}`) : null,
        breach && breach !== "no agreement applies" ? h("span", { class: "soft small" }, ` · ${breach}`) : null,
      ),
      h("td", { "data-label": "Sources", class: "number" }, String(incidents.families[row] ?? 0)),
    );
  });
  const pager =
    pages > 1
      ? h(
          "nav",
          { class: "pager", "aria-label": "Pages of the table" },
          h("button", { type: "button", disabled: page === 1, click: () => go({ page: page - 1 }) }, "Previous"),
          h("span", {}, `Page ${page} of ${numberWords(pages)}`),
          h("button", { type: "button", disabled: page === pages, click: () => go({ page: page + 1 }) }, "Next"),
        )
      : null;
  replace(
    host,
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Incidents as a table" },
      h(
        "table",
        { class: "stack incidents-table" },
        h("caption", {}, `${counted(sorted.length, "incident")}, ${page > 1 || pages > 1 ? `${ROWS_A_PAGE} a page` : "all of them"}. Sources are independent families of documents.`),
        h("thead", {}, h("tr", {}, ...head)),
        h("tbody", {}, ...body),
      ),
    ),
    pager,
  );
}
