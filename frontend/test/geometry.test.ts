import { describe, expect, it } from "vitest";
import { unpack } from "../src/basemap";
import { parseDay } from "../src/days";
import { arc, circle, pointAt } from "../src/geometry";
import { controlOn, type ControlRow } from "../src/layers";
import { SHAPES } from "../src/symbols";

const RAD = Math.PI / 180;
const distance = ([lon, lat]: number[], [x, y]: number[]): number =>
  2 * 6371.0088 * Math.asin(Math.sqrt(Math.sin(((y! - lat!) * RAD) / 2) ** 2 + Math.cos(lat! * RAD) * Math.cos(y! * RAD) * Math.sin(((x! - lon!) * RAD) / 2) ** 2));

describe("areas of doubt", () => {
  it("are circles of their true size at any latitude", () => {
    for (const lat of [0, 40, -70]) {
      const ring = circle(lat, 46, 20);
      expect(ring[0]).toEqual(ring.at(-1));
      for (const point of ring) expect(distance([46, lat], point)).toBeCloseTo(20, 6);
    }
  });

  it("are arcs between two bearings, over north too, and rings where none is known", () => {
    const [ring] = arc(40, 46, 2, 10, 337.5, 22.5);
    expect(ring![0]).toEqual(ring!.at(-1));
    for (const point of ring!) expect(point[1]).toBeGreaterThan(40);
    expect(arc(40, 46, 0, 10, null, null)).toHaveLength(1);
    expect(arc(40, 46, 3, 10, null, null)).toHaveLength(2);
    expect(arc(40, 46, 0, 10, 0, 45)[0]).toContainEqual([46, 40]);
  });

  it("go east at bearing 90", () => {
    const [lon, lat] = pointAt(40, 46, 90, 10);
    expect(lon).toBeGreaterThan(46);
    expect(lat).toBeCloseTo(40, 2);
  });
});

describe("the base map", () => {
  it("unpacks steps", () => expect(unpack([46_000, 40_000, 5, -3], 1000)).toEqual([[46, 40], [46.005, 39.997]]));
});

describe("shapes", () => {
  it("differ from act to act", () => expect(new Set(Object.values(SHAPES)).size).toBe(Object.keys(SHAPES).length));
});

describe("control", () => {
  const row = (change: Partial<ControlRow>): ControlRow => ({
    place: "Harbour", lat: 40, lon: 46, radius_km: 0, party: "XIA", state: "held", from: "2030-01-01", to: null, basis: "table", words: "held it", is_contested: false, claim_id: null, ...change,
  });
  const rows = [
    row({ to: "2030-06-01" }),
    row({ party: "ZOR", from: "2030-06-01" }),
    row({ party: "ZOR", state: "taken", basis: "claim", from: "2030-05-05", is_contested: true, claim_id: "clm-1" }),
    row({ party: "XIA", state: "left", basis: "claim", from: "2030-05-20", claim_id: "clm-2" }),
  ];
  const on = (iso: string) => controlOn(rows, parseDay(iso)!)[0]!;

  it("is the table's until somebody claims otherwise", () => {
    expect(on("2030-05-04")).toMatchObject({ party: "XIA", isClaim: false });
    expect(on("2030-05-05")).toMatchObject({ party: "ZOR", isClaim: true, isContested: true, claimId: "clm-1" });
  });

  it("is the table's again once it knows a newer holder", () => expect(on("2030-06-01")).toMatchObject({ party: "ZOR", isClaim: false, isContested: false }));

  it("is nobody's where the holder left and no one is said to have come", () => {
    expect(controlOn([row({}), row({ state: "left", basis: "claim", from: "2030-05-20" })], parseDay("2030-05-21")!)[0]).toMatchObject({ party: null, isClaim: true });
  });

  it("is unknown before the table begins", () => expect(controlOn(rows, parseDay("2029-01-01")!)).toEqual([]));
});
