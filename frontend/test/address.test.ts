import { describe, expect, it } from "vitest";
import { emptyView, isFiltered, readView, type View, writeView } from "../src/address";
import { isoDay, parseDay, spanWords } from "../src/days";

const view = (change: Partial<View>): View => ({ ...emptyView(), ...change });

describe("the address bar", () => {
  it("gives back every view that it was given", () => {
    const full = view({
      from: parseDay("2030-05-01"),
      to: parseDay("2030-05-09"),
      act: ["air", "fire"],
      status: ["contested"],
      by: ["none", "XIA"].sort(),
      told: ["ZOR"],
      agreement: ["truce-1"],
      family: "fam-12ab",
      q: "two words & <more>, 50% + café",
      as: "table",
      sort: "families",
      descending: true,
      page: 3,
      control: true,
      arcs: false,
      day: parseDay("2030-05-04"),
      incident: "inc-0011223344556677",
      place: "Harbour;Bridge & Ford",
      at: { lat: 39.812, lon: -46.5, zoom: 7.25 },
    });
    const { view: back, misread } = readView(writeView(full));
    expect(misread).toEqual([]);
    expect(back).toEqual(full);
  });

  it("is empty for the view that a visitor begins with", () => {
    expect(writeView(emptyView())).toBe("");
    expect(readView("").view).toEqual(emptyView());
    expect(isFiltered(emptyView())).toBe(false);
  });

  it("gives one address for one view, whatever the order of choosing", () => {
    expect(writeView(view({ act: ["fire", "air"] }))).toBe(writeView(view({ act: ["air", "fire"] })));
  });

  it.each([
    ["from=2030-02-31", "from"],
    ["to=yesterday", "to"],
    ["from=2030-05-09&to=2030-05-01", "to"],
    ["as=globe", "as"],
    ["sort=size", "sort"],
    ["page=0", "page"],
    ["page=1e9", "page"],
    ["at=91,0,4", "at"],
    ["at=1,2", "at"],
    [`q=${"x".repeat(401)}`, "q"],
  ])("leaves out what makes no sense and tells: %s", (query, field) => {
    const { view: read, misread } = readView(query);
    expect(misread.map((one) => one.field)).toEqual([field]);
    expect(misread[0]?.expected).toBeTruthy();
    expect(isFiltered({ ...read, from: field === "to" ? null : read.from })).toBe(false);
  });

  it("takes lists in both usual forms and drops repeats", () => {
    expect(readView("act=fire,air&act=fire").view.act).toEqual(["fire", "air"]);
  });
});

describe("days", () => {
  it("are whole numbers and back, over leap years and centuries", () => {
    for (const iso of ["1994-05-12", "2020-02-29", "2000-12-31", "1900-03-01"]) expect(isoDay(parseDay(iso)!)).toBe(iso);
    expect(parseDay("2019-02-29")).toBeNull();
    expect(parseDay("2020-1-1")).toBeNull();
  });

  it("are told as spans", () => {
    const day = (iso: string): number => parseDay(iso)!;
    expect(spanWords(day("2030-05-02"), day("2030-05-04"))).toBe("2 to 4 May 2030");
    expect(spanWords(day("2030-05-30"), day("2030-06-02"))).toBe("30 May to 2 Jun 2030");
    expect(spanWords(day("2030-12-31"), day("2031-01-01"))).toBe("31 Dec 2030 to 1 Jan 2031");
    expect(spanWords(day("2030-05-02"), day("2030-05-02"))).toBe("2 May 2030");
  });
});
