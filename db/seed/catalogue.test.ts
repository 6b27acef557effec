import { problemsOfRule, runChecks } from "@muster/domain/checks";
import { type FiguresByCode, ratioOf, withComputed } from "@muster/domain/indicator";
import { period } from "@muster/domain/period";
import { describe, expect, it } from "vitest";
import { loadAssistance, loadCatalogue } from "./catalogue";

const { indicators, checks } = loadCatalogue();
const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]));
const always = indicators.map((i) => ({ ...i, validFrom: period("2000-01"), validTo: null }));

function ratio(code: string) {
  const parts = byCode.get(code)?.ratio;
  if (!parts) throw new Error(`${code} is not a ratio`);
  return parts;
}

describe("the first catalogue", () => {
  it("holds the 52 indicators of the source and the four parts its ratios need", () => {
    const added = ["B02V", "B05M", "D04A", "G04D"];
    expect(indicators).toHaveLength(56);
    expect(indicators.filter((i) => !added.includes(i.code))).toHaveLength(52);
    expect(byCode.size).toBe(56);
  });

  it("gives every stored figure a slot of its own, in file order, and no ratio one", () => {
    const stored = indicators.filter((i) => i.kind !== "ratio");
    expect(stored.map((i) => i.slot)).toEqual(stored.map((_, slot) => slot));
    expect(indicators.filter((i) => i.kind === "ratio").every((i) => i.slot === null)).toBe(true);
  });

  it("lists exactly the six ratios, each with parts that are stored", () => {
    const ratios = indicators.filter((i) => i.kind === "ratio");
    expect(ratios.map((i) => i.code)).toEqual(["A10", "B04", "B06", "B08", "D08", "G04"]);
    for (const { code, acrossTime } of ratios) {
      const parts = ratio(code);
      expect(acrossTime).toBe("ratio");
      for (const part of [parts.numerator, parts.denominator, parts.denominatorAbove ?? parts.numerator])
        expect(byCode.get(part)?.slot, `${part} of ${code}`).toBeTypeOf("number");
    }
  });

  it("computes what follows from other figures and nothing else", () => {
    for (const { code, kind, formula } of indicators)
      expect(formula !== null, code).toBe(kind === "computed");
    expect(indicators.filter((i) => i.hidden).map((i) => i.code)).toEqual(["B02V", "B05M", "G04D"]);
  });

  it("proposes what the archive, visits, cases, the station page and inspections keep", () => {
    expect(indicators.filter((i) => i.derivation !== null).map((i) => `${i.code} ${i.derivation}`)).toEqual([
      "A01 people.active",
      "A02 people.veterans",
      "A03 people.entitled",
      "A04 people.bereaved",
      "A05 people.disabled",
      "A06 people.cadres",
      "A07 people.added",
      "A08 people.removed",
      "A09 people.archived",
      "A11 people.card_holders",
      "B01 station.required",
      "B02 station.open",
      "B03 station.five_haves",
      "B05 station.full_time",
      "B07 station.veteran_secretary",
      "C01 visits.made",
      "C02 visits.people",
      "C03 visits.festival",
      "C04 visits.gifts",
      "C05 visits.overdue",
      "D01 reception.walk_ins",
      "D02 reception.answered",
      "D03 petitions.accepted",
      "D04 petitions.closed",
      "D04A petitions.on_time",
      "D05 petitions.open",
      "D06 petitions.overdue",
      "D07 petitions.backlog",
      "E01 assistance.applied",
      "E02 assistance.one_off",
      "E03 assistance.major",
      "E04 assistance.paid",
      "G01 findings.opened",
      "G02 findings.closed",
      "G03 findings.overdue",
      "H05 cards.paired",
    ]);
  });

  it("asks the retired cadres' section only of cadre homes and their service points", () => {
    for (const { code, section, kinds } of indicators)
      expect(kinds, code).toEqual(section === "retired_cadres" ? ["cadre_home", "service_point"] : null);
  });

  it("names and defines everything in both languages", () => {
    for (const { code, name, definition } of indicators) {
      expect(name.zh, code).toMatch(/\p{Script=Han}/u);
      expect(definition.zh, code).toMatch(/\p{Script=Han}.*。$/u);
      expect(name.en, code).toMatch(/^[\x20-\x7e]+$/);
      expect(definition.en, code).toMatch(/^[\x20-\x7e]+\.$/);
    }
    for (const { code, message } of checks) {
      expect(message.zh, code).toMatch(/\p{Script=Han}/u);
      expect(message.en, code).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it("holds checks K01 to K21, with a floor of five units on changes", () => {
    expect(checks.map((c) => c.code)).toEqual(
      Array.from({ length: 21 }, (_, i) => `K${String(i + 1).padStart(2, "0")}`),
    );
    expect(checks.filter((c) => c.floor > 0).map((c) => [c.code, c.floor])).toEqual([["K16", 5]]);
    expect(checks.filter((c) => c.severity === "soft").map((c) => c.code)).toEqual([
      "K15",
      "K16",
      "K17",
      "K18",
      "K19",
      "K20",
    ]);
  });
});

describe("the first checks", () => {
  it("can all be read and speak only of indicators that exist", () => {
    const codes = new Set(byCode.keys());
    for (const check of checks) expect(problemsOfRule(check, codes), check.code).toEqual([]);
  });

  it("find nothing in an ordinary month and everything in a careless one", () => {
    const rules = checks.map((check) => ({ ...check, validFrom: period("2000-01"), validTo: null }));
    const station = { level: "village", kind: "station" } as const;
    const run = (figures: FiguresByCode, previous: FiguresByCode) =>
      runChecks({
        indicators: always,
        rules,
        figures,
        previous,
        register: { C01: { value: 9, count: 9 } },
        context: { "open applications": 0 },
        station,
      }).map(({ check }) => check);

    const last = { A01: 40, C01: 8, D05: 1, G03: 0 };
    const people = { A02: 30, A03: 12, A04: 2, A05: 3, A07: 1, A08: 0, A09: 41, A11: 38 };
    const work = { B05: 1, C01: 9, C02: 7, C03: 3, D03: 1, D04: 2, D04A: 2, D05: 0, D06: 0, D07: 1 };
    const rest = { E01: 1, E02: 1, E03: 0, E04: 200_000, F02: 1, F03: 20, G01: 1, G03: 0 };
    expect(run({ A01: 41, ...people, ...work, ...rest }, last)).toEqual([]);

    const wrong = { A01: 45, A02: 46, A03: 47, A04: 48, A05: 49, A07: 1, A08: 0, A09: 50, A11: 51 };
    const worse = { B05: 0, C01: 20, C02: 21, C03: 22, D03: 1, D04: 1, D04A: 2, D05: 5, D06: 6, D07: 2 };
    const careless = { E01: 0, E02: 0, E03: 0, E04: 1, F02: 1, F03: 0, G01: 0, G03: 1 };
    expect(run({ ...wrong, ...worse, ...careless }, last)).toEqual(
      checks.map(({ code }) => code).filter((code) => code !== "K17" && code !== "K20"),
    );
    expect(run({ C01: 0, D03: 0 }, {})).toEqual(["K17", "K18"]);
    expect(run({ E01: 0, E02: 1, E03: 0 }, {})).toEqual(["K20"]);
  });
});

describe("the kinds of assistance", () => {
  const kinds = loadAssistance();

  it("are those of the service's first list, one of them paid before its papers", () => {
    expect(kinds.map(({ code, countsIn }) => `${code} ${countsIn}`)).toEqual([
      "one_off E02",
      "major_illness E03",
      "emergency E02",
      "old_injury E02",
      "unemployment E02",
      "disaster E02",
      "other E02",
    ]);
    expect(kinds.filter(({ payFirst }) => payFirst).map(({ code }) => code)).toEqual(["emergency"]);
    expect(kinds.filter(({ publicityDays }) => publicityDays === 0).map(({ code }) => code)).toEqual([
      "emergency",
    ]);
  });

  it("ask for papers that have a code of their own and a name in both languages", () => {
    expect(kinds.map(({ materials }) => materials.length)).toEqual([8, 7, 2, 3, 3, 2, 2]);
    for (const { materials } of kinds) {
      expect(new Set(materials.map(({ code }) => code)).size).toBe(materials.length);
      for (const { zh, en } of materials)
        expect([zh, en]).toEqual([
          expect.stringMatching(/\p{Script=Han}/u),
          expect.stringMatching(/^[\x20-\x7e]+$/),
        ]);
    }
  });
});

describe("the parts of the ratios", () => {
  const village = { level: "village", kind: "station" } as const;
  const town = { level: "town", kind: "station" } as const;
  const point = { level: "village", kind: "service_point" } as const;
  const home = { level: "town", kind: "cadre_home" } as const;

  it("counts a village as established only for villages, and not for service points", () => {
    expect(withComputed(always, { B02: 1 }, village).B02V).toBe(1);
    expect(withComputed(always, { B02: 1 }, town).B02V).toBeNull();
    expect(withComputed(always, { B02: 1 }, point).B02V).toBeNull();
  });

  it("counts the staff of towns and cadre homes as managing staff, and not that of villages", () => {
    expect(withComputed(always, { B05: 3 }, town).B05M).toBe(3);
    expect(withComputed(always, { B05: 12 }, home).B05M).toBe(12);
    expect(withComputed(always, { B05: 1 }, village).B05M).toBeNull();
  });

  it("requires one worker per started 500 beneficiaries", () => {
    const required = (A01: number | null) => withComputed(always, { A01 }, village).B09;
    expect([0, 1, 500, 501, 1500, null].map(required)).toEqual([0, 1, 1, 2, 3, null]);
  });

  it("adds rectified and overdue findings up even when one of them was not filed", () => {
    expect(withComputed(always, { G02: 3, G03: 1 }, town).G04D).toBe(4);
    expect(withComputed(always, { G02: 3, G03: null }, town).G04D).toBe(3);
    expect(withComputed(always, {}, town).G04D).toBeNull();
  });

  it("shows 18 veteran secretaries of 64 villages as 28.125 per cent", () => {
    expect(ratioOf(ratio("B08"), { B07: 18, B02V: 64 }, "town")).toBe(28.125);
  });

  it("serves a town's people with the town's own staff, and a village's with the village's", () => {
    const figures = { A01: 1500, B05: 67, B05M: 3 };
    expect(ratioOf(ratio("B06"), figures, "town")).toBe(500);
    expect(ratioOf(ratio("B06"), { A01: 40, B05: 1, B05M: null }, "village")).toBe(40);
  });
});
