import { decodeColumns, type Incidents, type WireColumns } from "../src/columns";

/** Five invented incidents: two places, one area, one without a place, one without a day. */
export function wire(change: Partial<WireColumns> = {}): WireColumns {
  return {
    version: "1",
    count: 5,
    first_day: "2030-05-01",
    ids: btoa(String.fromCharCode(...Array.from({ length: 40 }, (_, i) => i + 200 > 255 ? i : i + 200))),
    groups: [["fire", "Fire"], ["air", "Air"], ["other", "Other"]],
    grades: [["known", "known"], ["backed", "backed"], ["thin", "thin"], ["contested", "contested"]],
    acts: [["FIRE.HEAVY", "Shelling", "fire"], ["AIR.STRIKE", "Air strike", "air"]],
    statuses: [["single_claim", "one source", 2], ["contested", "contested", 3]],
    breaches: [["alleged", "alleged breach"]],
    parties: [["XIA", "Xia"], ["ZOR", "Zor"]],
    sides: [["ZOR"], [], ["XIA", "ZOR"]],
    voices: [[["XIA"], []], [["XIA"], ["ZOR"]]],
    agreement_sets: [[], ["truce"]],
    areas: {
      name: ["Harbour", "Bridge", "North", "Nowhere"],
      lat: [40, 40.1, 40.5, null],
      lon: [46, 46.1, 46.5, null],
      radius_km: [0, 0, 20, 0],
      precision: ["settlement", "settlement", "district", "country"],
      within: [null, "Bridge District", null, null],
    },
    columns: {
      day: [0, 0, 3, 2, -1],
      span: [0, 0, 2, 0, 0],
      act: [0, 1, 0, 1, 0],
      status: [0, 1, 0, 0, 1],
      breach: [0, 0, 0, 0, 0],
      side: [0, 1, 2, 0, 0],
      voices: [0, 1, 0, 0, 1],
      families: [1, 2, 1, 3, 1],
      agreements: [0, 1, 1, 0, 0],
      place: [0, 1, 2, -1, 3],
    },
    more_places: { "1": [0] },
    ...change,
  };
}

export const sample = (change: Partial<WireColumns> = {}): Incidents => decodeColumns(wire(change));
