import type { Localized } from "./indicator";

/** Facts from outside the report that a check may use; the caller looks them up. */
export const CONTEXT_NAMES = ["open applications"] as const;
export type ContextName = (typeof CONTEXT_NAMES)[number];

/** What a term of an expression multiplies. */
export type Operand =
  /** A figure of this report, by code. */
  | { kind: "figure"; code: string }
  /** The same station's figure of the month before: `prev.A01`. */
  | { kind: "previous"; code: string }
  /** What the register says of the figure that is checked. */
  | { kind: "register" }
  | { kind: "context"; name: ContextName }
  /** A plain number: the coefficient itself. */
  | { kind: "one" };

export interface Term {
  /** Whole, not 0; negative for a subtracted term. */
  coefficient: number;
  operand: Operand;
}

/** A linear combination such as `prev.A01 + A07 - A08`; never without a term. */
export interface Expression {
  terms: readonly Term[];
}

export type Expected =
  | "term"
  | "sign"
  | "code"
  | "known_code"
  | "whole_number"
  | "smaller_number"
  | "fewer_terms"
  | "shorter_text";

/** Where an expression cannot be read, counted from 0, what belongs there, and what stands there. */
export interface ExpressionError {
  at: number;
  expected: Expected;
  found: string;
}

export type ParsedExpression = { ok: true; expression: Expression } | { ok: false; error: ExpressionError };

export const MAX_EXPRESSION = 200;
export const MAX_TERMS = 20;
/** 20 terms of 100 times the largest figure stay below 2^53: every sum is exact. */
export const MAX_COEFFICIENT = 100;
export const MAX_CONSTANT = 999_999_999;

/** Control characters and lone halves of a character pair, which no page or log should have to carry. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

const SPACE = /\s*/y;
const SIGN = /[+-]/y;
const NUMBER = /\d+/y;
const TIMES = /\*/y;
const CODE = /[A-Z][A-Z0-9]{2,7}/y;
const PREVIOUS = /prev\./y;
const REGISTER = /register\b/y;
const OPEN_APPLICATIONS = /open\s+applications\b/y;

/**
 * Reads a linear combination of figures: terms joined by `+` and `-`, each a code, `prev.` and a code,
 * `register`, `open applications` or a whole number, with a whole coefficient in front if need be
 * (`2 A01`, `2 * A01`). Full-width signs and digits are read as their ASCII ones. Never throws.
 * With `codes`, other codes than these are refused.
 */
export function parseExpression(text: string, codes?: ReadonlySet<string>): ParsedExpression {
  return new Parser(text, codes).parse();
}

class Parser {
  private at = 0;
  private readonly text: string;
  private readonly terms: Term[] = [];

  constructor(
    private readonly original: string,
    private readonly codes: ReadonlySet<string> | undefined,
  ) {
    this.text = asciiOf(original.slice(0, MAX_EXPRESSION + 1));
  }

  parse(): ParsedExpression {
    if (this.original.length > MAX_EXPRESSION) return this.fail("shorter_text", MAX_EXPRESSION);
    this.skip(SPACE);
    while (this.terms.length === 0 || this.at < this.text.length) {
      const error = this.term();
      if (error) return { ok: false, error };
    }
    return { ok: true, expression: { terms: this.terms } };
  }

  /** Reads one term with its sign; the first one may go without. */
  private term(): ExpressionError | null {
    const sign = this.read(SIGN);
    if (sign === null && this.terms.length > 0) return this.error("sign");
    this.skip(SPACE);
    if (this.terms.length === MAX_TERMS) return this.error("fewer_terms");

    const start = this.at;
    const number = this.read(NUMBER);
    if (number !== null && /[.,]/.test(this.text.charAt(this.at))) return this.error("whole_number", start);
    this.skip(SPACE);
    const times = number !== null && this.read(TIMES) !== null;
    this.skip(SPACE);

    const operand = this.operand();
    if ("expected" in operand) {
      // A number alone is a term; a number with `*`, or nothing at all, is not.
      if (number === null || times || operand.expected !== "term") return operand;
      return this.push(sign, number, { kind: "one" }, start, MAX_CONSTANT);
    }
    this.skip(SPACE);
    return this.push(sign, number ?? "1", operand, start, MAX_COEFFICIENT);
  }

  private push(sign: string | null, digits: string, operand: Operand, start: number, largest: number) {
    const amount = Number(digits);
    if (amount > largest) return this.error("smaller_number", start);
    if (amount === 0 && operand.kind !== "one") return this.error("whole_number", start);
    this.terms.push({ coefficient: sign === "-" && amount !== 0 ? -amount : amount, operand });
    return null;
  }

  private operand(): Operand | ExpressionError {
    if (this.read(REGISTER) !== null) return { kind: "register" };
    if (this.read(OPEN_APPLICATIONS) !== null) return { kind: "context", name: "open applications" };
    const previous = this.read(PREVIOUS) !== null;
    const start = this.at;
    const code = this.read(CODE);
    if (code === null) return this.error(previous ? "code" : "term");
    if (this.codes && !this.codes.has(code)) return this.error("known_code", start);
    return { kind: previous ? "previous" : "figure", code };
  }

  private read(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return null;
    this.at += match[0].length;
    return match[0];
  }

  private skip(pattern: RegExp): void {
    this.read(pattern);
  }

  private error(expected: Expected, at = this.at): ExpressionError {
    const found = /^\S{0,12}/u.exec(this.original.slice(at, at + 24))?.[0] ?? "";
    return { at, expected, found: found.replace(UNPRINTABLE, "\ufffd") };
  }

  private fail(expected: Expected, at: number): ParsedExpression {
    return { ok: false, error: this.error(expected, at) };
  }
}

/** Full-width letters, digits and signs as ASCII, place by place, so that positions stay true. */
function asciiOf(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[−–]/g, "-")
    .replace(/×/g, "*");
}

/** The expression as the settings page shows it; `parseExpression` reads it back to the same terms. */
export function formatExpression(expression: Expression): string {
  return joinTerms(expression, nameOf);
}

/** Writes the terms with their signs and coefficients, each operand named by `name`. */
export function joinTerms(expression: Expression, name: (operand: Operand) => string): string {
  return expression.terms
    .map(({ coefficient, operand }, i) => {
      const sign = coefficient < 0 ? (i === 0 ? "-" : " - ") : i === 0 ? "" : " + ";
      const amount = Math.abs(coefficient);
      if (operand.kind === "one") return `${sign}${amount}`;
      return `${sign}${amount === 1 ? "" : `${amount} `}${name(operand)}`;
    })
    .join("");
}

function nameOf(operand: Operand): string {
  switch (operand.kind) {
    case "figure":
      return operand.code;
    case "previous":
      return `prev.${operand.code}`;
    case "register":
      return "register";
    case "context":
      return operand.name;
    case "one":
      return "1";
  }
}

/** Codes an expression speaks of, each once, in order of appearance. */
export function codesOf(expression: Expression): string[] {
  const codes = new Set<string>();
  for (const { operand } of expression.terms) {
    if (operand.kind === "figure" || operand.kind === "previous") codes.add(operand.code);
  }
  return [...codes];
}

/** The value of an expression over what is known, and what is not. */
export interface Evaluation {
  /** Sum over the known operands; a missing one counts nothing. */
  value: number;
  missing: readonly Operand[];
  /** No operand is known. A plain number is always known. */
  empty: boolean;
}

/** Evaluates an expression; `read` gives an operand's value or null when it is missing. */
export function evaluate(expression: Expression, read: (operand: Operand) => number | null): Evaluation {
  let value = 0;
  const missing: Operand[] = [];
  for (const { coefficient, operand } of expression.terms) {
    const factor = operand.kind === "one" ? 1 : read(operand);
    if (factor === null) missing.push(operand);
    else value += coefficient * factor;
  }
  return { value, missing, empty: missing.length === expression.terms.length };
}

const SENTENCES: Record<Expected, Localized> = {
  term: {
    zh: "应为指标代码（如 A01、prev.A01）、register、open applications 或整数",
    en: "expected an indicator code (A01, prev.A01), register, open applications or a whole number",
  },
  sign: { zh: "应为 + 或 -", en: "expected + or -" },
  code: { zh: "prev. 之后应为指标代码", en: "expected an indicator code after prev." },
  known_code: { zh: "没有这个指标代码", en: "there is no indicator with this code" },
  whole_number: { zh: "系数应为不为零的整数", en: "a coefficient has to be a whole number other than 0" },
  smaller_number: {
    zh: `系数不得超过 ${MAX_COEFFICIENT}`,
    en: `a coefficient is ${MAX_COEFFICIENT} at most`,
  },
  fewer_terms: { zh: `最多 ${MAX_TERMS} 项`, en: `${MAX_TERMS} terms at most` },
  shorter_text: { zh: `最多 ${MAX_EXPRESSION} 个字符`, en: `${MAX_EXPRESSION} characters at most` },
};

/** The error as one sentence for the settings page; positions count from 1 there. */
export function describeExpressionError({ at, expected, found }: ExpressionError): Localized {
  const { zh, en } = SENTENCES[expected];
  return {
    zh: `第 ${at + 1} 个字符${found === "" ? "" : `“${found}”`}处：${zh}`,
    en: `Character ${at + 1}${found === "" ? "" : ` ("${found}")`}: ${en}`,
  };
}
