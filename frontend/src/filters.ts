/** The filter panel, which is the legend too: every value with its picture and how many incidents it would leave. */
import { isFiltered, type View } from "./address";
import type { Incidents } from "./columns";
import { isoDay, parseDay } from "./days";
import { byId, counted, h, numberWords, replace } from "./dom";
import type { Band, Family } from "./layers";
import { type Facet, NOBODY, type Selection } from "./select";
import { type Palette, symbolImage } from "./symbols";

const MOST_VALUES = 12;

interface Value {
  key: string;
  words: string;
  picture?: HTMLImageElement;
}

export class FilterPanel {
  private bands: Band[] = [];
  private families: Family[] = [];
  private readonly from = byId<HTMLInputElement>("filter-from");
  private readonly to = byId<HTMLInputElement>("filter-to");
  private readonly words = byId<HTMLInputElement>("filter-q");
  private readonly family = byId<HTMLSelectElement>("filter-family");
  private readonly control = byId<HTMLInputElement>("show-control");
  private readonly arcs = byId<HTMLInputElement>("show-arcs");

  constructor(private readonly incidents: Incidents, private readonly go: (change: Partial<View>) => void) {
    for (const input of [this.from, this.to]) {
      input.addEventListener("change", () => {
        const [from, to] = [parseDay(this.from.value), parseDay(this.to.value)];
        const isTurned = from !== null && to !== null && from > to;
        input.setCustomValidity(isTurned ? "The last day is before the first." : "");
        input.reportValidity();
        if (!isTurned) this.go({ from, to, page: 1 });
      });
    }
    byId<HTMLFormElement>("filter-search").addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ q: this.words.value.trim(), page: 1 });
    });
    this.words.addEventListener("search", () => {
      if (!this.words.value) this.go({ q: "", page: 1 });
    });
    this.family.addEventListener("change", () => this.go({ family: this.family.value, page: 1 }));
    this.control.addEventListener("change", () => this.go({ control: this.control.checked }));
    this.arcs.addEventListener("change", () => this.go({ arcs: this.arcs.checked }));
    byId("filter-reset").addEventListener("click", () => this.reset());
  }

  reset(): void {
    this.go({ from: null, to: null, act: [], status: [], by: [], told: [], agreement: [], family: "", q: "", page: 1, place: "", incident: "" });
  }

  setBands(bands: Band[]): void {
    this.bands = bands;
  }

  setFamilies(families: Family[]): void {
    this.families = families;
  }

  /** Draw values and counts for a view. */
  show(view: View, selection: Selection, palette: Palette): void {
    const { incidents } = this;
    this.from.value = view.from === null ? "" : isoDay(view.from);
    this.to.value = view.to === null ? "" : isoDay(view.to);
    if (document.activeElement !== this.words) this.words.value = view.q;
    this.control.checked = view.control;
    this.arcs.checked = view.arcs;
    byId<HTMLButtonElement>("filter-reset").disabled = !isFiltered(view);
    const party = (key: string): string => (key === NOBODY ? "nobody named" : (incidents.parties.get(key) ?? key));
    this.values("act", view, selection, incidents.groups.map(([key, words]) => ({ key, words, picture: symbolImage(key, 2, palette) })));
    this.values("status", view, selection, incidents.grades.map(([key, words], grade) => ({ key, words, picture: symbolImage("fire", grade, palette) })));
    for (const facet of ["by", "told"] as const) {
      const total = (key: string): number => selection.facets[facet].get(key) ?? 0;
      const keys = [...selection.facets[facet].keys()].sort((a, b) => Number(a === NOBODY) - Number(b === NOBODY) || total(b) - total(a) || a.localeCompare(b));
      this.values(facet, view, selection, keys.map((key) => ({ key, words: party(key) })));
    }
    const title = (key: string): string => (key === NOBODY ? "alleged against none" : (this.bands.find((band) => band.id === key)?.title ?? key));
    const order = (key: string): number => (key === NOBODY ? 999 : this.bands.findIndex((band) => band.id === key));
    const agreements = [...selection.facets.agreement.keys()].sort((a, b) => order(a) - order(b));
    this.values("agreement", view, selection, agreements.map((key) => ({ key, words: title(key) })));
    this.showFamilies(view);
  }

  private values(facet: Facet, view: View, selection: Selection, values: Value[]): void {
    const host = byId(`filter-${facet}`);
    const focused = host.contains(document.activeElement) ? (document.activeElement as HTMLInputElement).value : null;
    const chosen = new Set(view[facet]);
    const counts = selection.facets[facet];
    // an act or status may also be named by its exact code in the address
    const extra = [...chosen].filter((key) => !values.some((value) => value.key === key)).map((key) => ({ key, words: this.wordsOf(facet, key) }));
    const all: Value[] = [...values.filter((value) => counts.has(value.key) || chosen.has(value.key)), ...extra];
    const shown = all.slice(0, MOST_VALUES);
    const more = all.slice(MOST_VALUES);
    const row = (value: Value): HTMLElement =>
      h(
        "label",
        { class: (counts.get(value.key) ?? 0) === 0 ? "value is-empty" : "value" },
        h("input", {
          type: "checkbox",
          name: facet,
          value: value.key,
          checked: chosen.has(value.key),
          change: (event) => {
            const isOn = (event.target as HTMLInputElement).checked;
            const next = isOn ? [...chosen, value.key] : [...chosen].filter((key) => key !== value.key);
            this.go({ [facet]: next, page: 1 } as Partial<View>);
          },
        }),
        value.picture ?? null,
        h("span", { class: "value-words" }, value.words),
        h("span", { class: "value-count" }, numberWords(counts.get(value.key) ?? 0)),
      );
    replace(host, ...shown.map(row), more.length ? h("details", { open: more.some((value) => chosen.has(value.key)) }, h("summary", {}, `${more.length} more`), ...more.map(row)) : null);
    if (!all.length) replace(host, h("p", { class: "soft small" }, "none here"));
    if (focused !== null) [...host.querySelectorAll<HTMLInputElement>("input")].find((input) => input.value === focused)?.focus();
  }

  private wordsOf(facet: Facet, key: string): string {
    if (facet === "act") return this.incidents.acts.find((act) => act.code === key)?.noun ?? key;
    if (facet === "status") return this.incidents.statuses.find((status) => status.code === key)?.words ?? key;
    return key;
  }

  private showFamilies(view: View): void {
    if (document.activeElement === this.family) return;
    const words = (family: Family): string => `${family.outlet ?? "outlet not known"}: ${counted(family.documents, "document")}, ${counted(family.incidents, "incident")}`;
    const known = this.families.some((family) => family.id === view.family);
    replace(
      this.family,
      h("option", { value: "" }, "any"),
      view.family && !known ? h("option", { value: view.family }, view.family) : null,
      ...this.families.map((family) => h("option", { value: family.id }, words(family))),
    );
    this.family.value = view.family;
  }
}
