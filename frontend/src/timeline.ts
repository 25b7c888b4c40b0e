/** The timeline: incidents by day and grade, agreements in force as bands beneath, and a brush that filters the days. */
import { type Bins, binsOf, type Span, spanOf, ticksOf } from "./bins";
import type { Incidents } from "./columns";
import { type Day, dayWords, parseDay } from "./days";
import { numberWords, replace, s } from "./dom";
import type { Band } from "./layers";
import { GRADES, type Selection } from "./select";
import { GRADE_KEYS } from "./symbols";

const HEIGHT = 84;
const TOP = 16;
const AXIS = 18;
const LANE = 17;
const SIDE = 8;
const ORDER = [0, 1, 2, 3];

export interface TimelineEvents {
  /** Days from and to, both included; null: all. */
  onBrush(from: Day | null, to: Day | null): void;
}

export class Timeline {
  private readonly span: Span | null;
  private bands: Band[] = [];
  private bins: Bins | null = null;
  private from: Day | null = null;
  private to: Day | null = null;
  private mark: Day | null = null;
  private width = 600;
  private dragged: { day: Day; x: number } | null = null;

  constructor(private readonly host: HTMLElement, private readonly incidents: Incidents, private readonly events: TimelineEvents) {
    this.span = spanOf(incidents);
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width > 0 && width !== this.width) {
        this.width = width;
        this.draw();
      }
    }).observe(host);
    this.width = host.clientWidth || 600;
  }

  /** First and last day drawn; null where no incident has a day. */
  get days(): Span | null {
    return this.span;
  }

  setBands(bands: Band[]): void {
    this.bands = bands;
    this.draw();
  }

  show(selection: Selection, from: Day | null, to: Day | null, mark: Day | null): void {
    if (!this.span) return;
    this.bins = binsOf(this.incidents, selection.timed, this.span);
    this.from = from;
    this.to = to;
    this.mark = mark;
    this.draw();
  }

  private x(day: Day): number {
    const span = this.span!;
    return SIDE + ((day - span.first) / (span.last - span.first + 1)) * (this.width - 2 * SIDE);
  }

  private dayAt(x: number): Day {
    const span = this.span!;
    const share = Math.min(1, Math.max(0, (x - SIDE) / (this.width - 2 * SIDE)));
    return Math.min(span.last, span.first + Math.floor(share * (span.last - span.first + 1)));
  }

  private draw(): void {
    const { span, bins } = this;
    if (!span || !bins) {
      if (!span) replace(this.host, "No incident here has a day that is known, so there is no timeline.");
      return;
    }
    // a redraw must not take the keyboard's place away
    const focused = document.activeElement?.getAttribute("data-end");
    const lanes = this.bands.filter((band) => (parseDay(band.from) ?? 0) <= span.last && (band.to === null || (parseDay(band.to) ?? 0) > span.first));
    const height = TOP + HEIGHT + AXIS + lanes.length * LANE + 4;
    const svg = s("svg", { width: this.width, height, viewBox: `0 0 ${this.width} ${height}`, class: "timeline-svg" });
    svg.append(
      s(
        "defs",
        {},
        s(
          "pattern",
          { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
          s("rect", { width: 5, height: 5, class: "contested" }),
          s("rect", { width: 1.6, height: 5, class: "hatch-line" }),
        ),
      ),
    );
    const base = TOP + HEIGHT;
    for (const tick of ticksOf(span, Math.max(2, Math.floor(this.width / 88)))) {
      const x = this.x(tick);
      svg.append(s("line", { x1: x, x2: x, y1: TOP - 6, y2: height, class: "tick" }));
      svg.append(s("text", { x: x + 3, y: base + 13, class: "tick-words" }, this.tickWords(tick)));
    }
    this.drawBars(svg, bins, base);
    svg.append(s("line", { x1: SIDE, x2: this.width - SIDE, y1: base, y2: base, class: "axis" }));
    lanes.forEach((band, number) => this.drawBand(svg, band, base + AXIS + number * LANE));
    if (this.mark !== null) {
      const x = this.x(this.mark + 0.5);
      svg.append(s("line", { x1: x, x2: x, y1: TOP - 10, y2: height, class: "mark" }));
    }
    this.drawBrush(svg, height);
    replace(this.host, svg);
    if (focused) (this.host.querySelector(`[data-end="${focused}"]`) as SVGElement | null)?.focus();
  }

  private tickWords(day: Day): string {
    const [number, month, year] = dayWords(day, true).split(" ");
    const length = this.span!.last - this.span!.first;
    if (length > 1500) return year ?? "";
    return length > 200 ? `${month} ${year}` : `${number} ${month}`;
  }

  private drawBars(svg: SVGElement, bins: Bins, base: number): void {
    const { span, counts, highest } = bins;
    const number = counts.length / GRADES;
    const full = (this.width - 2 * SIDE) / number;
    const gap = full > 5 ? Math.min(4, full * 0.16) : 0;
    for (let bin = 0; bin < number; bin += 1) {
      const day = span.first + bin * span.step;
      const isOut = (this.from !== null && day + span.step - 1 < this.from) || (this.to !== null && day > this.to);
      let y = base;
      let total = 0;
      const bar = s("g", { class: isOut ? "bar is-out" : "bar" });
      for (const grade of ORDER) {
        const count = counts[bin * GRADES + grade]!;
        if (!count) continue;
        total += count;
        const size = Math.max(1.5, (HEIGHT * count) / Math.max(1, highest));
        y -= size;
        const paint = grade === 3 ? { fill: "url(#hatch)" } : { class: GRADE_KEYS[grade] };
        bar.append(s("rect", { x: SIDE + bin * full + gap / 2, width: Math.max(1, full - gap), y, height: Math.max(1, size - 0.6), ...paint }));
      }
      if (!total) continue;
      const until = day + span.step - 1;
      bar.prepend(s("title", {}, `${dayWords(day)}${until > day ? ` to ${dayWords(until)}` : ""}: ${total}`));
      if (full > 18) bar.append(s("text", { x: SIDE + (bin + 0.5) * full, y: y - 4, class: "bar-words", "text-anchor": "middle" }, String(total)));
      svg.append(bar);
    }
    if (highest && (this.width - 2 * SIDE) / number <= 18) {
      svg.append(s("text", { x: SIDE, y: TOP - 5, class: "tick-words" }, `highest: ${numberWords(highest)}${span.step > 1 ? ` in ${span.step} days` : " a day"}`));
    }
  }

  private drawBand(svg: SVGElement, band: Band, y: number): void {
    const span = this.span!;
    const begin = Math.max(span.first, parseDay(band.from) ?? span.first);
    const end = Math.min(span.last + 1, band.to === null ? span.last + 1 : (parseDay(band.to) ?? span.last + 1));
    const [left, right] = [this.x(begin), Math.max(this.x(begin) + 3, this.x(Math.max(end, begin + 1)))];
    const certain = Math.min(span.last + 1, Math.max(begin, parseDay(band.certain_from) ?? begin));
    const lane = s("g", { class: "band" }, s("title", {}, `${band.title}: ${band.words}`));
    if (certain > begin) lane.append(s("rect", { x: left, width: Math.max(2, this.x(certain) - left), y, height: LANE - 4, class: "band-doubt" }));
    lane.append(s("rect", { x: this.x(certain), width: Math.max(1, right - this.x(certain)), y, height: LANE - 4, class: "band-sure" }));
    const needed = band.title.length * 5.9;
    const isInside = right - left > needed + 10;
    const isRight = !isInside && right + needed + 8 < this.width;
    const x = isInside ? left + 5 : isRight ? right + 5 : left - 5;
    lane.append(s("text", { x: isInside || isRight || x - needed > 0 ? x : SIDE, y: y + 10, class: "band-words", "text-anchor": isInside || isRight || x - needed <= 0 ? "start" : "end" }, band.title));
    svg.append(lane);
  }

  private drawBrush(svg: SVGElement, height: number): void {
    const span = this.span!;
    const left = this.from === null ? SIDE : Math.max(SIDE, this.x(this.from));
    const right = this.to === null ? this.width - SIDE : Math.min(this.width - SIDE, this.x(this.to + 1));
    if (left > SIDE) svg.append(s("rect", { x: SIDE, width: left - SIDE, y: TOP - 6, height: HEIGHT + 6, class: "shade" }));
    if (right < this.width - SIDE) svg.append(s("rect", { x: right, width: Math.max(0, this.width - SIDE - right), y: TOP - 6, height: HEIGHT + 6, class: "shade" }));
    const catcher = s("rect", { x: 0, width: this.width, y: 0, height, class: "catcher" });
    svg.append(catcher);
    const release = (event: PointerEvent): void => {
      if (!this.dragged) return;
      const [a, b] = [this.dragged.day, this.dayAt(this.offset(event))].sort((p, q) => p - q) as [Day, Day];
      const isClick = Math.abs(this.offset(event) - this.dragged.x) < 4;
      this.dragged = null;
      if (isClick && (this.from !== null || this.to !== null)) this.events.onBrush(null, null);
      else this.events.onBrush(Math.floor((a - span.first) / span.step) * span.step + span.first, Math.floor((b - span.first) / span.step) * span.step + span.first + span.step - 1);
    };
    catcher.addEventListener("pointerdown", (event) => {
      this.dragged = { day: this.dayAt(this.offset(event)), x: this.offset(event) };
      catcher.setPointerCapture(event.pointerId);
    });
    const trail = s("rect", { y: TOP - 6, height: HEIGHT + 6, class: "trail", width: 0 });
    svg.append(trail);
    catcher.addEventListener("pointermove", (event) => {
      if (!this.dragged) return;
      const [a, b] = [this.dragged.x, this.offset(event)].sort((p, q) => p - q) as [number, number];
      trail.setAttribute("x", String(a));
      trail.setAttribute("width", String(b - a));
    });
    catcher.addEventListener("pointerup", release);
    catcher.addEventListener("pointercancel", () => (this.dragged = null));
    this.drawHandle(svg, "from", left, "First day shown");
    this.drawHandle(svg, "to", right, "Last day shown");
  }

  private drawHandle(svg: SVGElement, end: "from" | "to", x: number, label: string): void {
    const span = this.span!;
    const day = (end === "from" ? this.from : this.to) ?? (end === "from" ? span.first : span.last);
    const handle = s(
      "g",
      {
        class: "handle",
        role: "slider",
        tabindex: 0,
        "data-end": end,
        "aria-label": label,
        "aria-valuemin": 0,
        "aria-valuemax": span.last - span.first,
        "aria-valuenow": Math.min(Math.max(0, day - span.first), span.last - span.first),
        "aria-valuetext": dayWords(day),
      },
      s("rect", { x: x - 14, y: TOP - 8, width: 28, height: HEIGHT + 10, class: "handle-reach" }),
      s("line", { x1: x, x2: x, y1: TOP - 6, y2: TOP + HEIGHT, class: "handle-line" }),
      s("rect", { x: x - 4, y: TOP + HEIGHT / 2 - 12, width: 8, height: 24, rx: 3, class: "handle-grip" }),
    );
    handle.addEventListener("keydown", (event) => {
      const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };
      const step = steps[event.key];
      let next: Day | null = day;
      if (step !== undefined) next = day + step * span.step;
      else if (event.key === "Home") next = end === "from" ? null : (this.from ?? span.first);
      else if (event.key === "End") next = end === "to" ? null : (this.to ?? span.last);
      else if (event.key === "Escape") {
        this.events.onBrush(null, null);
        event.preventDefault();
        return;
      } else return;
      event.preventDefault();
      this.moveEnd(end, next);
    });
    let isHeld = false;
    handle.addEventListener("pointerdown", (event) => {
      isHeld = true;
      handle.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    handle.addEventListener("pointermove", (event) => {
      if (isHeld) handle.setAttribute("transform", `translate(${Math.min(this.width - SIDE, Math.max(SIDE, this.offset(event))) - x} 0)`);
    });
    handle.addEventListener("pointerup", (event) => {
      if (isHeld) this.moveEnd(end, this.dayAt(this.offset(event)));
      isHeld = false;
    });
    svg.append(handle);
  }

  private moveEnd(end: "from" | "to", day: Day | null): void {
    const span = this.span!;
    const kept = day === null ? null : Math.min(span.last, Math.max(span.first, day));
    if (end === "from") {
      const from = kept === span.first ? null : kept;
      this.events.onBrush(from !== null && this.to !== null ? Math.min(from, this.to) : from, this.to);
    } else {
      const to = kept === span.last ? null : kept;
      this.events.onBrush(this.from, to !== null && this.from !== null ? Math.max(to, this.from) : to);
    }
  }

  private offset(event: PointerEvent): number {
    return event.clientX - this.host.getBoundingClientRect().left;
  }
}
