import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codesOf,
  describeExpressionError,
  type Expression,
  evaluate,
  formatExpression,
  MAX_COEFFICIENT,
  MAX_CONSTANT,
  MAX_EXPRESSION,
  MAX_TERMS,
  type Operand,
  parseExpression,
} from "./expression";
import { MAX_FIGURE } from "./indicator";

function parsed(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(describeExpressionError(result.error).en);
  return result.expression;
}

function errorIn(text: string, codes?: ReadonlySet<string>) {
  const result = parseExpression(text, codes);
  if (result.ok) throw new Error(`read ${text} as ${formatExpression(result.expression)}`);
  return result.error;
}

const term = (coefficient: number, operand: Operand) => ({ coefficient, operand });
const figure = (code: string): Operand => ({ kind: "figure", code });

const anyCode = fc.stringMatching(/^[A-Z][A-Z0-9]{2,7}$/);
const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  anyCode.map(figure),
  anyCode.map((code): Operand => ({ kind: "previous", code })),
  fc.constant<Operand>({ kind: "register" }),
  fc.constant<Operand>({ kind: "context", name: "open applications" }),
);
const anyTerm = fc.oneof(
  fc
    .tuple(fc.integer({ min: -MAX_COEFFICIENT, max: MAX_COEFFICIENT }), anyOperand)
    .filter(([coefficient]) => coefficient !== 0)
    .map(([coefficient, operand]) => term(coefficient, operand)),
  fc
    .integer({ min: -MAX_CONSTANT, max: MAX_CONSTANT })
    .map((coefficient) => term(coefficient === 0 ? 0 : coefficient, { kind: "one" })),
);
const anyExpression = fc
  .array(anyTerm, { minLength: 1, maxLength: MAX_TERMS })
  .map((terms): Expression => ({ terms }))
  .filter((expression) => formatExpression(expression).length <= MAX_EXPRESSION);

describe("an expression", () => {
  it("is read as signed terms of this and the previous month", () => {
    expect(parsed("prev.A01 + A07 - A08").terms).toEqual([
      term(1, { kind: "previous", code: "A01" }),
      term(1, figure("A07")),
      term(-1, figure("A08")),
    ]);
  });

  it("may carry whole coefficients, plain numbers, the register and facts from outside", () => {
    expect(parsed("-2 A01+3*B05M - 10").terms).toEqual([
      term(-2, figure("A01")),
      term(3, figure("B05M")),
      term(-10, { kind: "one" }),
    ]);
    expect(parsed("E01 + open  applications").terms[1]?.operand).toEqual({
      kind: "context",
      name: "open applications",
    });
    expect(parsed("register").terms).toEqual([term(1, { kind: "register" })]);
  });

  it("is read from a Chinese keyboard's full-width signs too", () => {
    expect(parsed("Ａ０１＋２×Ａ０７－Ａ０８")).toEqual(parsed("A01 + 2 * A07 - A08"));
  });

  it("is written and read back to the same terms", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(parsed(formatExpression(expression))).toEqual(expression);
      }),
    );
  });

  it("names its codes once, in order", () => {
    expect(codesOf(parsed("B05 - prev.A01 + A01 + register + 3"))).toEqual(["B05", "A01"]);
  });
});

describe("a broken expression is refused at the place where", () => {
  it.each([
    ["", 0, "term", ""],
    ["   ", 3, "term", ""],
    ["A01 +", 5, "term", ""],
    ["A01 + + A02", 6, "term", "+"],
    ["A01 A02", 4, "sign", "A02"],
    ["A01 * 2", 4, "sign", "*"],
    ["prev.", 5, "code", ""],
    ["prev.a01", 5, "code", "a01"],
    ["prev A01", 0, "term", "prev"],
    ["a01", 0, "term", "a01"],
    ["1.5 A01", 0, "whole_number", "1.5"],
    ["0 A01", 0, "whole_number", "0"],
    ["2 *", 3, "term", ""],
    ["101 A01", 0, "smaller_number", "101"],
    ["A01 + 1000000000", 6, "smaller_number", "1000000000"],
    ["A01 / A02", 4, "sign", "/"],
    ["(A01)", 0, "term", "(A01)"],
    ["A01; drop table", 3, "sign", ";"],
    ["registers", 0, "term", "registers"],
    ["open", 0, "term", "open"],
    ["服务对象", 0, "term", "服务对象"],
    ["\u0000", 0, "term", "\ufffd"],
    ["\ud800", 0, "term", "\ufffd"],
  ])("%j", (text, at, expected, found) => {
    expect(errorIn(text)).toEqual({ at, expected, found });
  });

  it("a code stands that the catalogue does not know", () => {
    const codes = new Set(["A01"]);
    expect(errorIn("A01 - prev.Z99", codes)).toEqual({ at: 11, expected: "known_code", found: "Z99" });
    expect(parseExpression("A01 - prev.A01", codes).ok).toBe(true);
  });

  it("the text or the number of terms goes beyond the limit", () => {
    expect(errorIn("A01 ".repeat(100_000))).toMatchObject({ at: 200, expected: "shorter_text" });
    expect(parsed(Array(MAX_TERMS).fill("A01").join("+")).terms).toHaveLength(MAX_TERMS);
    expect(
      errorIn(
        Array(MAX_TERMS + 1)
          .fill("A01")
          .join("+"),
      ),
    ).toMatchObject({ expected: "fewer_terms" });
  });

  it("and said in both languages, counted from 1", () => {
    expect(describeExpressionError(errorIn("A01 A02"))).toEqual({
      zh: "第 5 个字符“A02”处：应为 + 或 -",
      en: 'Character 5 ("A02"): expected + or -',
    });
  });

  it("never with an exception, whatever it is", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ maxLength: 300 }),
      fc
        .array(
          fc.constantFrom("A01", "prev.", "+", "-", "*", " ", "7", ".", "register", "open ", "（", "\u0000"),
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const result = parseExpression(text);
        if (result.ok) expect(parseExpression(formatExpression(result.expression))).toEqual(result);
        else expect(result.error.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("the value of an expression", () => {
  const read = (operand: Operand) =>
    operand.kind === "figure" ? ({ A01: 7, A02: 0 }[operand.code] ?? null) : null;

  it("adds the known operands and names the missing ones", () => {
    expect(evaluate(parsed("2 A01 - A09 + 3"), read)).toEqual({
      value: 17,
      missing: [figure("A09")],
      empty: false,
    });
  });

  it("is empty only when no operand is known; zero is known", () => {
    expect(evaluate(parsed("A08 + A09"), read).empty).toBe(true);
    expect(evaluate(parsed("A08 + A02"), read).empty).toBe(false);
    expect(evaluate(parsed("A08 + 1"), read).empty).toBe(false);
  });

  it("stays exact at the limits", () => {
    const largest = { terms: Array(MAX_TERMS).fill(term(MAX_COEFFICIENT, figure("A01"))) };
    const { value } = evaluate(largest, () => MAX_FIGURE);
    expect(value).toBe(MAX_TERMS * MAX_COEFFICIENT * MAX_FIGURE);
    expect(Number.isSafeInteger(value)).toBe(true);
  });

  it("is linear in its operands", () => {
    fc.assert(
      fc.property(anyExpression, fc.integer({ min: -1000, max: 1000 }), (expression, factor) => {
        const whole = (operand: Operand) => (operand.kind === "one" ? null : 3);
        const scaled = (operand: Operand) => (operand.kind === "one" ? null : 3 * factor);
        const variable = { terms: expression.terms.filter(({ operand }) => operand.kind !== "one") };
        const expected = evaluate(variable, whole).value * factor;
        expect(evaluate(variable, scaled).value + 0).toBe(expected + 0);
      }),
    );
  });
});
