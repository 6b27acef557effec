import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckRule, Violation } from "./check";
import { type CheckInput, problemsOfRule, runChecks, unansweredViolations } from "./checks";
import { INDICATORS, rule } from "./indicators.fixture";

const VILLAGE = { level: "village", kind: "station" } as const;

/** Runs rules on a village's report. */
function run(rules: CheckRule | CheckRule[], input: Partial<Omit<CheckInput, "rules">>): Violation[] {
  return runChecks({
    indicators: INDICATORS,
    rules: [rules].flat(),
    figures: {},
    previous: null,
    register: {},
    station: VILLAGE,
    ...input,
  });
}

function failed(rules: CheckRule | CheckRule[], input: Partial<Omit<CheckInput, "rules">>): string[] {
  return run(rules, input).map(({ check, indicators }) => [check, ...indicators].join(" "));
}

const K01 = rule("K01", "A01", "=", "prev.A01 + A07 - A08");
const K02 = rule("K02", "A02", "<=", "A01");
const K13 = rule("K13", "E04", "0 only if", "E02 + E03");
const K14 = rule("K14", "G03", "<=", "prev.G03 + G01");
const K15 = rule("K15", "B05", ">=", "B09", { severity: "soft" });
const K16 = rule("K16", "every count", "change <= 50%", "prev", { severity: "soft", floor: 5 });
const K17 = rule("K17", "every sum", "not all zero", "", { severity: "soft" });
const K18 = rule("K18", "every derived", "=", "register", { severity: "soft" });
const K19 = rule("K19", "F03", "> 0 if", "F02 > 0", { severity: "soft" });
const K20 = rule("K20", "E02 + E03", "<=", "E01 + open applications", { severity: "soft" });
const ALL = [K01, K02, K13, K14, K15, K16, K17, K18, K19, K20];

describe("a stock that has to follow from last month", () => {
  it("fails when it does not, and says what it should be", () => {
    const figures = { A01: 120, A07: 10, A08: 2 };
    expect(run(K01, { figures, previous: { A01: 110 } })).toEqual([
      {
        check: "K01",
        severity: "hard",
        indicators: ["A01", "A07", "A08"],
        message: { zh: "校验K01（填报 120，应为 118）", en: "check K01 (reported 120, should be 118)" },
      },
    ]);
    expect(failed(K01, { figures: { ...figures, A01: 118 }, previous: { A01: 110 } })).toEqual([]);
  });

  it("is not checked in a station's first month or when last month left it out", () => {
    const figures = { A01: 120, A07: 10, A08: 2 };
    expect(failed(K01, { figures, previous: null })).toEqual([]);
    expect(failed(K01, { figures, previous: {} })).toEqual([]);
    expect(failed(K01, { figures, previous: { A01: null } })).toEqual([]);
    expect(failed(K14, { figures: { G03: 5, G01: 1 }, previous: { G01: 1 } })).toEqual([]);
  });

  it("counts additions that were not filed as none", () => {
    expect(failed(K01, { figures: { A01: 110, A08: 2 }, previous: { A01: 110 } })).toEqual([
      "K01 A01 A07 A08",
    ]);
    expect(failed(K01, { figures: { A01: 108, A08: 2 }, previous: { A01: 110 } })).toEqual([]);
    expect(failed(K01, { figures: { A01: 111 }, previous: { A01: 110 } })).toEqual(["K01 A01 A07 A08"]);
  });
});

describe("a figure that its records bear out", () => {
  const late = { figures: { G03: 1, G01: 0 }, previous: { G03: 0 } };

  it("passes a hard bound: what was found last month and falls due this month is overdue", () => {
    expect(failed(K14, late)).toEqual(["K14 G03 G01"]);
    expect(failed(K14, { ...late, register: { G03: { value: 1, count: 1 } } })).toEqual([]);
  });

  it("does not when it differs from them, and neither a soft bound nor an equation does", () => {
    expect(failed(K14, { ...late, register: { G03: { value: 0, count: 0 } } })).toEqual(["K14 G03 G01"]);
    const B05 = { value: 1, count: 1 };
    expect(failed(K15, { figures: { B05: 1, A01: 900 }, register: { B05 } })).toEqual(["K15 B05 B09"]);
    const A01 = { value: 5, count: 5 };
    expect(failed(K01, { figures: { A01: 5 }, previous: { A01: 4 }, register: { A01 } })).toEqual([
      "K01 A01 A07 A08",
    ]);
  });
});

describe("a part that cannot exceed its whole", () => {
  it("fails beyond it and names both numbers", () => {
    const [violation] = run(K02, { figures: { A02: 1301, A01: 1300 } });
    expect(violation?.message).toEqual({
      zh: "校验K02（退役军人 1,301，服务对象总数 1,300）",
      en: "check K02 (Veterans 1,301, Beneficiaries served 1,300)",
    });
    expect(failed(K02, { figures: { A02: 1300, A01: 1300 } })).toEqual([]);
  });

  it("is not checked while either is missing, but a zero is a number", () => {
    expect(failed(K02, { figures: { A02: null, A01: 0 } })).toEqual([]);
    expect(failed(K02, { figures: { A02: 5 } })).toEqual([]);
    expect(failed(K02, { figures: { A02: 5, A01: 0 } })).toEqual(["K02 A02 A01"]);
  });
});

describe("money paid", () => {
  it("needs a paid case and is shown in yuan", () => {
    const [violation] = run(K13, { figures: { E04: 123_450, E02: 0, E03: 0 } });
    expect(violation?.indicators).toEqual(["E04", "E02", "E03"]);
    expect(violation?.message.zh).toBe("校验K13（帮扶金额 1,234.50 元，一次性困难帮扶 + 大病救助报销 0）");
    expect(violation?.message.en).toContain("Assistance paid 1,234.50 yuan");
  });

  it("passes with a case of either kind, without money, or with no cases filed at all", () => {
    expect(failed(K13, { figures: { E04: 1, E02: 0, E03: 1 } })).toEqual([]);
    expect(failed(K13, { figures: { E04: 0, E02: 0, E03: 0 } })).toEqual([]);
    expect(failed(K13, { figures: { E04: 1 } })).toEqual([]);
    expect(failed(K13, { figures: { E04: 1, E02: 0 } })).toEqual(["K13 E04 E02 E03"]);
  });

  it("is more than was applied for only when the open applications are known", () => {
    const figures = { E01: 1, E02: 2, E03: 1 };
    expect(failed(K20, { figures })).toEqual([]);
    expect(failed(K20, { figures, context: { "open applications": null } })).toEqual([]);
    expect(failed(K20, { figures, context: { "open applications": 1 } })).toEqual(["K20 E02 E03 E01"]);
    expect(failed(K20, { figures, context: { "open applications": 2 } })).toEqual([]);
    expect(failed(K20, { figures: { E01: 0, E02: 9 }, context: { "open applications": 0 } })).toEqual([]);
  });
});

describe("staff below the 1:500 rule", () => {
  it("is seen from the beneficiaries without anybody filing the required number", () => {
    expect(failed(K15, { figures: { A01: 501, B05: 1 } })).toEqual(["K15 B05 B09"]);
    expect(failed(K15, { figures: { A01: 500, B05: 1 } })).toEqual([]);
    expect(failed(K15, { figures: { B05: 0 } })).toEqual([]);
  });
});

describe("activities held", () => {
  it("that nobody attended ask for a reason; a missing attendance does not", () => {
    expect(failed(K19, { figures: { F02: 2, F03: 0 } })).toEqual(["K19 F03 F02"]);
    expect(failed(K19, { figures: { F02: 2 } })).toEqual([]);
    expect(failed(K19, { figures: { F02: 0, F03: 0 } })).toEqual([]);
    expect(failed(K19, { figures: { F03: 0 } })).toEqual([]);
    expect(failed(K19, { figures: { F02: 2, F03: 30 } })).toEqual([]);
  });
});

describe("a change by more than half since last month", () => {
  it("is one violation per figure, with the change in it and what it was compared with", () => {
    const violations = run(K16, {
      figures: { C01: 31, D03: 4, A01: 100 },
      previous: { C01: 13, D03: 20, A01: 100 },
    });
    expect(violations).toEqual([
      {
        check: "K16",
        severity: "soft",
        indicators: ["C01"],
        message: {
          zh: "校验K16：走访慰问比上月增加 138%（13 → 31）",
          en: "check K16: Visits up 138% (13 to 31)",
        },
        expected: 13,
      },
      {
        check: "K16",
        severity: "soft",
        indicators: ["D03"],
        message: {
          zh: "校验K16：信访受理比上月减少 80%（20 → 4）",
          en: "check K16: Petitions accepted down 80% (20 to 4)",
        },
        expected: 20,
      },
    ]);
  });

  it("does not nag a quiet village about a step from 1 to 2, and does from the floor on", () => {
    expect(failed(K16, { figures: { C01: 2 }, previous: { C01: 1 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: 5 }, previous: { C01: 1 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: 6 }, previous: { C01: 1 } })).toEqual(["K16 C01"]);
  });

  it("takes half itself as no change, and a previous zero as nothing to compare with", () => {
    expect(failed(K16, { figures: { C01: 30 }, previous: { C01: 20 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: 31 }, previous: { C01: 20 } })).toEqual(["K16 C01"]);
    expect(failed(K16, { figures: { C01: 10 }, previous: { C01: 20 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: 9 }, previous: { C01: 20 } })).toEqual(["K16 C01"]);
    expect(failed(K16, { figures: { C01: 500 }, previous: { C01: 0 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: null }, previous: { C01: 20 } })).toEqual([]);
    expect(failed(K16, { figures: { C01: 500 }, previous: null })).toEqual([]);
  });

  it("looks at filed counts only, not at money or computed figures", () => {
    const figures = { C04: 900_000, A01: 5000, G02: 40, G03: 0 };
    const previous = { C04: 100, A01: 5000, B09: 1, G04D: 1, G02: 40 };
    expect(failed(K16, { figures, previous })).toEqual([]);
  });

  it("can be asked of one figure or a sum of figures", () => {
    const total = rule("K30", "E02 + E03", "change <= 20%", "prev", { severity: "soft" });
    const previous = { E02: 5, E03: 5 };
    expect(failed(total, { figures: { E02: 10, E03: 3 }, previous })).toEqual(["K30 E02 E03"]);
    expect(failed(total, { figures: { E02: 10, E03: 2 }, previous })).toEqual([]);
  });
});

describe("a nil report", () => {
  it("is noticed when everything given is zero, whatever the stocks are", () => {
    expect(failed(K17, { figures: { C01: 0, E04: 0, A01: 1200 } })).toEqual(["K17"]);
    expect(failed(K17, { figures: { C01: 0, D03: null } })).toEqual(["K17"]);
  });

  it("is not noticed in an empty report or with a single service rendered", () => {
    expect(failed(K17, { figures: {} })).toEqual([]);
    expect(failed(K17, { figures: { A01: 0, D05: 0 } })).toEqual([]);
    expect(failed(K17, { figures: { C01: 0, C04: 1 } })).toEqual([]);
  });
});

describe("a figure that differs from its register", () => {
  const register = {
    C01: { value: 10, count: 8 },
    C04: { value: 5000, count: 1 },
    D03: { value: 0, count: 0 },
  };

  it("shows both numbers and how many records stand behind", () => {
    const violations = run(K18, { figures: { C01: 12, C04: 4000, D03: 0 }, register });
    expect(violations.map((v) => v.message)).toEqual([
      {
        zh: "校验K18：走访慰问填报 12，台账 10（8 条记录）",
        en: "check K18: Visits reported 12, register 10 (8 records)",
      },
      {
        zh: "校验K18：慰问金额填报 40.00 元，台账 50.00 元（1 条记录）",
        en: "check K18: Value of gifts reported 40.00 yuan, register 50.00 yuan (1 record)",
      },
    ]);
  });

  it("is not asked about when missing, or when no register exists", () => {
    expect(failed(K18, { figures: { C01: null, D04: 7 }, register })).toEqual([]);
    expect(failed(K18, { figures: { C01: 7 } })).toEqual([]);
  });

  it("may be held against its register by a city's own check", () => {
    const own = rule("K31", "C01", "<=", "register");
    expect(failed(own, { figures: { C01: 11 }, register })).toEqual(["K31 C01"]);
    expect(failed(own, { figures: { C01: 10 }, register })).toEqual([]);
    expect(failed(own, { figures: { D04: 10, C01: 11 } })).toEqual([]);
  });
});

describe("checks together", () => {
  it("come in the order of the rules", () => {
    const figures = { A01: 1000, A02: 1001, B05: 0, C01: 0 };
    expect(failed([K17, K15, K02], { figures })).toEqual(["K17", "K15 B05 B09", "K02 A02 A01"]);
  });

  it("never fail a report in which nothing was filed", () => {
    const everything = { A01: 9, C01: 9, G03: 9, E02: 9 };
    expect(failed(ALL, { figures: {}, previous: everything, context: { "open applications": 1 } })).toEqual(
      [],
    );
    const nulls = Object.fromEntries(INDICATORS.map(({ code }) => [code, null]));
    expect(failed(ALL, { figures: nulls, previous: everything })).toEqual([]);
  });

  it("leave a rule aside whose text cannot be read", () => {
    expect(failed(rule("K40", "A01 +", "=", "1"), { figures: { A01: 5 } })).toEqual([]);
    expect(failed(rule("K41", "A01", "~", "1"), { figures: { A01: 5 } })).toEqual([]);
  });

  it("leave a rule aside whose indicator is no longer in the catalogue", () => {
    expect(failed(rule("K42", "Z01", "<=", "A01"), { figures: { A01: 5 } })).toEqual([]);
  });

  it("point at no figure that the screens do not show", () => {
    expect(failed(rule("K44", "G04D", "<=", "G01"), { figures: { G02: 3, G01: 1 } })).toEqual(["K44 G01"]);
  });

  it("are not fooled by names every object has", () => {
    const inherited = Object.create({ A01: 5, C01: { value: 1, count: 1 } });
    expect(
      failed(rule("K43", "A01", "<=", "prev.A01"), { figures: { A01: 9 }, previous: inherited }),
    ).toEqual([]);
    expect(failed(K18, { figures: { C01: 9 }, register: inherited })).toEqual([]);
  });

  it("never throw and always name a check, a severity and both languages", () => {
    const anyFigures = fc.dictionary(
      fc.constantFrom(...INDICATORS.map(({ code }) => code)),
      fc.option(fc.integer({ min: 0, max: 50 })),
    );
    const anyContext = fc.option(fc.nat(5)).map((open) => ({ "open applications": open }));
    fc.assert(
      fc.property(anyFigures, fc.option(anyFigures), anyContext, (figures, previous, context) => {
        const register = { C01: { value: 3, count: 3 } };
        for (const violation of run(ALL, { figures, previous, context, register })) {
          expect(ALL.map(({ code }) => code)).toContain(violation.check);
          expect(violation.message.zh).not.toMatch(/null|undefined|NaN/);
          expect(violation.message.en).not.toMatch(/null|undefined|NaN/);
          for (const code of violation.indicators)
            expect(INDICATORS.find((i) => i.code === code)?.hidden, code).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("answers", () => {
  const violation = (check: string, indicators: string[], severity: "hard" | "soft" = "soft"): Violation => ({
    check,
    severity,
    indicators,
    message: { zh: check, en: check },
  });
  const change = violation("K16", ["C01"]);
  const outlier = violation("OUTLIER", ["D01"]);
  const nil = violation("K17", []);
  const staff = violation("K15", ["B05", "B09"]);
  const hard = violation("K01", ["A01"], "hard");
  const left = (violations: Violation[], answers: Parameters<typeof unansweredViolations>[1]) =>
    unansweredViolations(violations, answers).map(({ check }) => check);

  it("are reasons under the check, or under the check and the indicator", () => {
    expect(left([change, outlier, staff], {})).toEqual(["K16", "OUTLIER", "K15"]);
    expect(
      left([change, outlier, staff], { reasons: { K16: "节日", OUTLIER: "汛期", K15: "招聘中" } }),
    ).toEqual([]);
    expect(left([change, outlier], { reasons: { "K16:C01": "节日", "OUTLIER:D01": "汛期" } })).toEqual([]);
    expect(left([change, outlier], { reasons: { "K16:D01": "节日", "OUTLIER:C01": "x" } })).toEqual([
      "K16",
      "OUTLIER",
    ]);
  });

  it("are not blank", () => {
    for (const blank of ["", " ", "\u3000\n", "\u200b"])
      expect(left([change], { reasons: { K16: blank } }), JSON.stringify(blank)).toEqual(["K16"]);
  });

  it("may be the confirmation of a nil report, which answers nothing else", () => {
    expect(left([nil, change], { confirmNil: true })).toEqual(["K16"]);
    expect(left([nil], { confirmNil: false })).toEqual(["K17"]);
    expect(left([nil], { reasons: { K17: "本月无业务" } })).toEqual([]);
  });

  it("never lift a hard check", () => {
    expect(left([hard], { reasons: { K01: "x", "K01:A01": "x" }, confirmNil: true })).toEqual(["K01"]);
  });

  it("are not inherited, and codes that did not occur are ignored", () => {
    expect(left([change], { reasons: Object.create({ K16: "节日" }) })).toEqual(["K16"]);
    expect(left([violation("toString", [])], { reasons: {} })).toEqual(["toString"]);
    expect(left([], { reasons: { K99: "x" } })).toEqual([]);
  });

  it("of another type than text are no answers", () => {
    const reasons = { K16: 7 } as unknown as Record<string, string>;
    expect(left([change], { reasons })).toEqual(["K16"]);
  });
});

describe("a rule as a city types it", () => {
  const codes = new Set(INDICATORS.map(({ code }) => code));
  const problems = (left: string, comparison: string, right: string, floor = 0) =>
    problemsOfRule({ left, comparison, right, floor }, codes).map(({ part, at }) => `${part} ${at}`);

  it("is fine in every form the catalogue uses", () => {
    for (const { left, comparison, right, floor } of ALL)
      expect(problems(left, comparison, right, floor), `${left} ${comparison} ${right}`).toEqual([]);
  });

  it("names the part and the place that cannot be read", () => {
    expect(problems("A01 +", "<=", "A02 A03")).toEqual(["left 5", "right 4"]);
    expect(problems("Z99", "=", "A01")).toEqual(["left 0"]);
    expect(problems("A01", "<", "A02")).toEqual(["comparison 0"]);
    expect(problems("A01", "change <= 50%", "A02")).toEqual(["right 0"]);
    expect(problems("F03", "> 0 if", "F02")).toEqual(["right 0"]);
    expect(problems("every count", "<=", "prev")).toEqual(["comparison 0"]);
    expect(problems("every sum", "not all zero", "A01")).toEqual(["comparison 0"]);
    expect(problems("A01", "=", "A02", -1)).toEqual(["floor 0"]);
    expect(problems("A01", "=", "A02", 0.5)).toEqual(["floor 0"]);
  });

  it("is never answered with an exception", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ unit: "binary" }), (left, comparison, right) => {
        for (const problem of problemsOfRule({ left, comparison, right, floor: 0 }))
          expect(problem.message.zh).not.toBe("");
      }),
    );
  });
});
