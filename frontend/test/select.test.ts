import { describe, expect, it } from "vitest";
import { emptyView, type View } from "../src/address";
import { binsOf, spanOf, ticksOf } from "../src/bins";
import { decodeColumns, NO_DAY, placesOf, titleOf } from "../src/columns";
import { parseDay } from "../src/days";
import { facetTables, rowsOfArea, select, type Selection } from "../src/select";
import { sortRows } from "../src/table";
import { sample, wire } from "./sample";

const incidents = sample();
const tables = facetTables(incidents);
const day = (iso: string): number => parseDay(iso)!;
const chosen = (change: Partial<View>, found: Set<number> | null = null): Selection => select(incidents, tables, { ...emptyView(), ...change }, found);
const rows = (change: Partial<View>, found: Set<number> | null = null): number[] => [...chosen(change, found).rows];

describe("columns", () => {
  it("give days from steps, and none where none is known", () => {
    expect([...incidents.day].map((one) => (one === NO_DAY ? null : one - day("2030-05-01")))).toEqual([0, 0, 3, 5, null]);
  });

  it("give ids of eight bytes, and find rows by them", () => {
    expect(incidents.idOf(0)).toBe("inc-c8c9cacbcccdcecf");
    for (let row = 0; row < incidents.count; row += 1) expect(incidents.rowOf(incidents.idOf(row))).toBe(row);
    expect(incidents.rowOf("inc-nobody")).toBe(-1);
    expect(sample({ ids: ["a", "b", "c", "d", "e"] }).idOf(4)).toBe("e");
  });

  it("tell an incident in a line", () => {
    expect(titleOf(incidents, 1)).toBe("Air strike, Bridge (in Bridge District) and Harbour, 1 May 2030");
    expect(titleOf(incidents, 2)).toBe("Shelling, North, 4 to 6 May 2030");
    expect(titleOf(incidents, 3)).toBe("Air strike, 6 May 2030");
    expect(titleOf(incidents, 4)).toBe("Shelling, Nowhere");
    expect(placesOf(incidents, 3)).toEqual([]);
  });

  it("are refused where they do not fit together", () => {
    expect(() => decodeColumns(wire({ count: 6 }))).toThrow(/5 values for 6 incidents/);
    expect(() => decodeColumns(wire({ ids: btoa("12345678") }))).toThrow(/1 ids for 5/);
    expect(() => decodeColumns(wire({ first_day: "soon" }))).toThrow(/not a day/);
  });
});

describe("filters", () => {
  it("leave every incident where none is set", () => expect(rows({})).toEqual([0, 1, 2, 3, 4]));

  it("take days with both ends, spans that reach into them, and nothing undated", () => {
    expect(rows({ from: day("2030-05-05"), to: day("2030-05-05") })).toEqual([2]);
    expect(rows({ to: day("2030-05-01") })).toEqual([0, 1]);
    expect(rows({ from: day("2030-05-07") })).toEqual([]);
  });

  it("take any value within one and every one together", () => {
    expect(rows({ act: ["fire"] })).toEqual([0, 2, 4]);
    expect(rows({ act: ["fire", "air"], status: ["contested"] })).toEqual([1, 4]);
    expect(rows({ act: ["AIR.STRIKE"] })).toEqual([1, 3]);
    expect(rows({ act: ["FIRE"] })).toEqual([0, 2, 4]);
    expect(rows({ by: ["XIA"] })).toEqual([2]);
    expect(rows({ by: ["none"] })).toEqual([1]);
    expect(rows({ told: ["ZOR"] })).toEqual([1, 4]);
    expect(rows({ agreement: ["truce"], act: ["air"] })).toEqual([1]);
    expect(rows({ act: ["no such act"] })).toEqual([]);
  });

  it("take what a search found", () => {
    expect(rows({}, new Set([1, 3]))).toEqual([1, 3]);
    expect(rows({ status: ["contested"] }, new Set([1, 3]))).toEqual([1]);
    expect(rows({}, new Set())).toEqual([]);
  });

  it("count each value as if it alone were chosen in its filter, and a name of grade and status once", () => {
    const { facets } = chosen({ act: ["air"] });
    expect(facets.act.get("fire")).toBe(3);
    expect(facets.act.get("air")).toBe(2);
    expect(facets.status.get("contested")).toBe(1);
    expect(facets.by.get("ZOR")).toBe(1);
    expect(chosen({}).facets.status.get("contested")).toBe(2);
  });

  it("count by place, and tell what cannot be drawn", () => {
    const { areaCounts, areaRows, unplaced, undated } = chosen({});
    expect([...areaCounts.slice(0, 4)]).toEqual([0, 0, 1, 1]);
    expect(areaRows.get(0)).toEqual([0, 1]);
    expect(areaRows.has(3)).toBe(false);
    expect([unplaced, undated]).toEqual([2, 1]);
    expect(rowsOfArea(incidents, chosen({}), new Set([0]))).toEqual([0, 1]);
  });

  it("keep on the timeline what only the days leave out", () => {
    expect([...chosen({ from: day("2030-05-06"), act: ["fire"] }).timed]).toEqual([0, 2, 4]);
  });
});

describe("the table", () => {
  it("sorts by every column, ties by day", () => {
    const all = chosen({}).rows;
    expect([...sortRows(incidents, all, "day", true)]).toEqual([4, 3, 2, 0, 1]);
    expect([...sortRows(incidents, all, "what", false)]).toEqual([1, 3, 0, 2, 4]);
    expect([...sortRows(incidents, all, "families", false)]).toEqual([3, 1, 0, 2, 4]);
    expect([...sortRows(incidents, all, "where", false)].at(-1)).toBe(3);
  });
});

describe("the timeline", () => {
  it("counts by day and grade", () => {
    const span = spanOf(incidents)!;
    expect([span.first, span.last, span.step]).toEqual([day("2030-04-30"), day("2030-05-07"), 1]);
    const { counts, highest } = binsOf(incidents, chosen({}).timed, span);
    expect(highest).toBe(2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect([...counts.slice(4, 8)]).toEqual([0, 0, 1, 1]);
  });

  it("has none where no day is known", () => {
    const undated = sample({ first_day: null, columns: { ...wire().columns, day: [-1, -1, -1, -1, -1] } });
    expect(spanOf(undated)).toBeNull();
  });

  it("is not flattened by one stray date, and tells what it leaves out", () => {
    const count = 2000;
    const same = (value: number): number[] => new Array<number>(count).fill(value);
    const steps = [0, 9000, ...same(0).slice(2)].map((step, i) => (i > 2 && i % 50 === 0 ? 1 : step));
    const many = sample({
      count,
      ids: same(0).map((_, i) => `inc-${i}`),
      columns: { day: steps, span: same(0), act: same(0), status: same(0), breach: same(0), side: same(0), voices: same(0), families: same(1), agreements: same(0), place: same(0) },
      more_places: {},
    });
    const span = spanOf(many)!;
    expect(span.before).toBe(1);
    expect(span.last - span.first).toBeLessThan(60);
  });

  it("is not flattened by one date of another decade among a dozen, and draws a lone day of the same month", () => {
    const count = 12;
    const same = (value: number): number[] => new Array<number>(count).fill(value);
    const spanWith = (step: number) =>
      spanOf(
        sample({
          count,
          ids: same(0).map((_, i) => `inc-${i}`),
          columns: { day: [0, step, ...same(0).slice(2)], span: same(0), act: same(0), status: same(0), breach: same(0), side: same(0), voices: same(0), families: same(1), agreements: same(0), place: same(0) },
          more_places: {},
        }),
      )!;
    expect([spanWith(11_000).before, spanWith(11_000).step]).toEqual([1, 1]);
    expect([spanWith(20).before, spanWith(20).after]).toEqual([0, 0]);
  });

  it("labels few days, in order", () => {
    for (const length of [3, 40, 400, 4000]) {
      const ticks = ticksOf({ first: 18_000, last: 18_000 + length, step: 1, before: 0, after: 0 }, 7);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
    }
  });
});
