/** The panel beside the map: the incidents shown, those of a place that was clicked, or one incident's card. */
import { type Area, gradeOf, groupOf, type Incidents, partyWords, placesOf, titleOf } from "./columns";
import { counted, h, numberWords, replace } from "./dom";
import { ask, type Card, type ControlMark, type Hit, Refusal } from "./layers";
import type { Selection } from "./select";
import { type Palette, symbolImage } from "./symbols";

const MOST_LISTED = 60;

/** The words searched for, carried on to a page that marks them. */
function asked(words: string): string {
  return words ? `?${new URLSearchParams({ q: words })}` : "";
}

export interface PanelEvents {
  onPoint(areas: Area[]): void;
  onOpen(incidentId: string): void;
  onBack(): void;
  onTable(): void;
}

export class Panel {
  private asked: AbortController | null = null;

  constructor(private readonly host: HTMLElement, private readonly incidents: Incidents, private readonly events: PanelEvents) {}

  /** Rows as a list; `heading` says which. */
  list(rows: ArrayLike<number>, selection: Selection, palette: Palette, place: string | null, control: ControlMark[] | null, day: string, words: string): void {
    this.asked?.abort();
    const { incidents } = this;
    const shown = Array.from({ length: Math.min(rows.length, MOST_LISTED) }, (_, i) => rows[i]!);
    const notes: string[] = [];
    if (place === null && selection.unplaced) notes.push(`${counted(selection.unplaced, "incident")} ${selection.unplaced === 1 ? "has" : "have"} no place that could be drawn: known only to a country, or to a name nobody placed.`);
    if (place === null && selection.undated) notes.push(`${counted(selection.undated, "incident")} without a day.`);
    replace(
      this.host,
      h(
        "div",
        { class: "panel-head" },
        h("h2", { tabindex: -1, id: "panel-title" }, place === null ? counted(rows.length, "incident") : `${counted(rows.length, "incident")} in ${place}`),
        place === null ? null : h("button", { type: "button", class: "quiet", click: () => this.events.onBack() }, "Show all"),
      ),
      rows.length === 0 ? h("p", {}, "Nothing here matches. Take a filter out, or widen the days. What was not read is not known: this is no evidence of calm.") : null,
      h(
        "ul",
        { class: "panel-list" },
        ...shown.map((row) => {
          const areas = placesOf(incidents, row).flatMap((number) => incidents.areas[number] ?? []);
          const status = incidents.statuses[incidents.status[row]!];
          const side = partyWords(incidents, incidents.sides[incidents.side[row]!] ?? []);
          return h(
            "li",
            { mouseenter: () => this.events.onPoint(areas), mouseleave: () => this.events.onPoint([]) },
            symbolImage(incidents.groups[groupOf(incidents, row)]?.[0] ?? "other", gradeOf(incidents, row), palette),
            h(
              "div",
              {},
              h("a", { href: `/incident/${incidents.idOf(row)}${asked(words)}`, focus: () => this.events.onPoint(areas), blur: () => this.events.onPoint([]) }, titleOf(incidents, row)),
              h("p", { class: "soft small" }, [status?.words ?? "", side ? `attributed to ${side}` : ""].filter(Boolean).join(" · ")),
              words ? h("div", { class: "found", "data-hits": incidents.idOf(row) }) : null,
            ),
          );
        }),
      ),
      rows.length > shown.length ? h("button", { type: "button", class: "quiet", click: () => this.events.onTable() }, `All ${numberWords(rows.length)} as a table`) : null,
      ...notes.map((note) => h("p", { class: "soft small note" }, note)),
      control ? this.controlList(control, day) : null,
    );
  }

  /** The sentences that hold the words searched for, put under the incidents of the list. */
  async hits(words: string): Promise<void> {
    const hosts = new Map([...this.host.querySelectorAll<HTMLElement>("[data-hits]")].map((host) => [host.dataset["hits"] ?? "", host]));
    if (!words || !hosts.size) return;
    const reading = new AbortController();
    this.asked = reading;
    try {
      const { hits } = await ask<{ hits: Record<string, Hit[]> }>(`/map/hits?${new URLSearchParams({ q: words, ids: [...hosts.keys()].join(",") })}`, reading.signal);
      for (const [id, host] of hosts)
        replace(
          host,
          ...(hits[id] ?? []).map((hit) =>
            h(
              "p",
              { class: "small" },
              "“",
              ...hit.pieces.map(([text, isHit]) => (isHit ? h("mark", { class: "hit" }, text) : text)),
              "” ",
              h("a", { href: `/document/${hit.document_id}${asked(words)}#${hit.claim_id}` }, `in ${hit.outlet}`),
            ),
          ),
        );
    } catch (err) {
      // the list stands without its sentences; whoever opens an incident hears what is wrong
      if (!(err instanceof DOMException || err instanceof Refusal)) throw err;
    }
  }

  private controlList(marks: ControlMark[], day: string): HTMLElement {
    return h(
      "section",
      { class: "control-list" },
      h("h3", {}, `Who is said to hold what, ${day}`),
      h(
        "ul",
        {},
        ...marks
          .filter((mark) => mark.isClaim)
          .map((mark) => h("li", {}, h("b", {}, mark.place), `: ${mark.words.join("; ")}`)),
      ),
      h("p", { class: "soft small" }, `${counted(marks.filter((mark) => !mark.isClaim).length, "place")} stand as in the theatre's table, without a newer claim.`),
    );
  }

  /** One incident's card; focus goes to its heading. */
  async card(id: string, palette: Palette, moveFocus: boolean, words: string): Promise<void> {
    this.asked?.abort();
    const reading = new AbortController();
    this.asked = reading;
    const row = this.incidents.rowOf(id);
    const back = h("button", { type: "button", class: "quiet", click: () => this.events.onBack() }, "Back to the list");
    replace(this.host, h("div", { class: "panel-head" }, back), h("p", { class: "soft" }, "Reading…"));
    try {
      const card = await ask<Card>(`/map/card/${encodeURIComponent(id)}`, reading.signal);
      const picture = row < 0 ? null : symbolImage(this.incidents.groups[groupOf(this.incidents, row)]?.[0] ?? "other", gradeOf(this.incidents, row), palette);
      replace(
        this.host,
        h("div", { class: "panel-head" }, back),
        h(
          "article",
          { class: "map-card" },
          h("h2", { tabindex: -1, id: "panel-title" }, picture, h("a", { href: `/incident/${card.id}${asked(words)}` }, card.title)),
          card.told ? h("p", {}, `${card.told}.`) : null,
          h("dl", { class: "card-axes" }, ...card.statuses.flatMap((status) => [h("dt", {}, status.question), h("dd", {}, status.words)])),
          h("h3", {}, `Voices, from ${counted(card.families, "independent source")}`),
          h(
            "ul",
            { class: "card-voices" },
            ...card.voices.map((voice) =>
              h(
                "li",
                { class: voice.stance },
                h("b", {}, voice.who),
                " ",
                h("span", { class: "stance" }, voice.stance),
                " ",
                h("a", { href: `/document/${voice.document_id}${asked(words)}#${voice.claim_id}` }, `the sentence, in ${voice.outlet}`),
                h("span", { class: "soft small" }, `, ${voice.published}`),
              ),
            ),
          ),
          card.more_voices ? h("p", { class: "soft small" }, `and ${counted(card.more_voices, "more voice")}`) : null,
          h("p", {}, h("a", { class: "button", href: `/incident/${card.id}${asked(words)}` }, "The whole incident")),
        ),
      );
      if (moveFocus) this.host.querySelector<HTMLElement>("#panel-title")?.focus();
    } catch (err) {
      if (err instanceof DOMException) return;
      const words = err instanceof Refusal ? err.message : "the card could not be read";
      replace(this.host, h("div", { class: "panel-head" }, back), h("p", { class: "notice", role: "alert" }, `${words}.`));
    }
  }

  /** A short message in place of the list: what an arc tells. */
  say(title: string, words: string, link: { href: string; words: string } | null): void {
    this.asked?.abort();
    replace(
      this.host,
      h("div", { class: "panel-head" }, h("button", { type: "button", class: "quiet", click: () => this.events.onBack() }, "Back to the list")),
      h("article", { class: "map-card" }, h("h2", { tabindex: -1, id: "panel-title" }, title), h("p", {}, words), link ? h("p", {}, h("a", { class: "button", href: link.href }, link.words)) : null),
    );
    this.host.querySelector<HTMLElement>("#panel-title")?.focus();
  }
}

