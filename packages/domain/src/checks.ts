import type { CheckRule, Violation } from "./check";
import {
  type CONTEXT_NAMES,
  type ContextName,
  codesOf,
  describeExpressionError,
  type Evaluation,
  type Expression,
  evaluate,
  joinTerms,
  type Operand,
  parseExpression,
} from "./expression";
import { formatFigure } from "./figures-input";
import { type FiguresByCode, type Indicator, isMoney, type Localized, withComputed } from "./indicator";
import type { Kind, Level } from "./station";

/** What a register proposes for a figure, and from how many records it comes. */
export interface RegisterValue {
  value: number;
  count: number;
}

export interface CheckInput {
  /** The catalogue in force in the report's month. */
  indicators: readonly Indicator[];
  /** The checks in force in that month. */
  rules: readonly CheckRule[];
  /** The report's figures; computed ones are worked out here. */
  figures: FiguresByCode;
  /** The same station's figures of the month before; null when there was no report. */
  previous: FiguresByCode | null;
  /** Register values by code; a code without one has no register to differ from. */
  register: Readonly<Record<string, RegisterValue>>;
  /** Facts from outside the report; null or absent when not known, which skips the checks that need them. */
  context?: Readonly<Partial<Record<ContextName, number | null>>>;
  station: { level: Level; kind: Kind };
}

/** The check that a nil report is said explicitly. */
export const NIL_CHECK = "K17";

type Every = "count" | "sum" | "derived";
type Order = "=" | "<=" | ">=";

/** A rule in the form in which it is evaluated. */
type Compiled =
  | { kind: "order"; left: Expression; order: Order; right: Expression }
  | { kind: "zero_only_if"; left: Expression; right: Expression }
  | { kind: "positive_if"; left: Expression; right: Expression }
  | { kind: "change"; left: Expression; percent: number }
  | { kind: "every_change"; percent: number }
  | { kind: "every_nil" }
  | { kind: "every_register"; order: Order };

/** What a rule's text does not say rightly; `at` counts from 0 within the part. */
export interface RuleProblem {
  part: "left" | "comparison" | "right" | "floor";
  at: number;
  message: Localized;
}

type CompileResult = { ok: true; compiled: Compiled } | { ok: false; problems: RuleProblem[] };

/**
 * Runs the cross-checks of a report and returns the ones it fails, in the order of the rules.
 *
 * A missing figure never fails a check: one missing on the left, or missing last month, skips it; elsewhere a
 * missing operand counts 0, unless all operands of that side are missing, which skips the check too.
 * `every` rules return one violation per indicator. A rule whose text cannot be read is skipped:
 * `problemsOfRule` keeps such a rule from being saved.
 */
export function runChecks(input: CheckInput): Violation[] {
  const figures = withComputed(input.indicators, input.figures, input.station);
  const run = new Run({ ...input, figures });
  return input.rules.flatMap((rule) => {
    const result = compiledOf(rule);
    return result.ok ? run.violations(rule, result.compiled) : [];
  });
}

/** Answers a person gave along with a submission. */
export interface Answers {
  /** Reasons by check (`K15`) or by check and indicator (`K16:C01`). */
  reasons?: Readonly<Record<string, string>>;
  /** "Everything is zero" was confirmed. */
  confirmNil?: boolean;
}

/**
 * The violations that still keep a report from being submitted. A soft one is answered by a reason that is not
 * blank, under its check or under check and indicator; the nil check also by `confirmNil`; a hard one never.
 */
export function unansweredViolations(violations: readonly Violation[], answers: Answers): Violation[] {
  const reasons = answers.reasons ?? {};
  return violations.filter(({ check, severity, indicators }) => {
    if (severity === "hard") return true;
    if (check === NIL_CHECK && answers.confirmNil === true) return false;
    return ![check, ...indicators.map((code) => `${check}:${code}`)].some((key) => isReason(reasons, key));
  });
}

function isReason(reasons: Readonly<Record<string, string>>, key: string): boolean {
  const reason: unknown = own(reasons, key);
  // Zero-width characters look blank to the reviewer, so they are blank here.
  return typeof reason === "string" && /[^\s\u200b-\u200d\u2060\ufeff]/.test(reason);
}

/**
 * What is wrong with a rule as a city typed it, for the settings page; empty when it can be used.
 * With `codes`, expressions may only speak of these indicators.
 */
export function problemsOfRule(
  rule: Pick<CheckRule, "left" | "comparison" | "right" | "floor">,
  codes?: ReadonlySet<string>,
): RuleProblem[] {
  const result = compile(rule, codes);
  const problems = result.ok ? [] : result.problems;
  if (Number.isSafeInteger(rule.floor) && rule.floor >= 0) return problems;
  return [
    ...problems,
    problem("floor", { zh: "起算差额应为非负整数", en: "The floor has to be a whole number, 0 or more" }),
  ];
}

/** Rules are the same for every report of a city: each is read once. Bounded, because cities edit them. */
const cache = new Map<string, CompileResult>();
const MAX_CACHED = 1000;

function compiledOf(rule: CheckRule): CompileResult {
  const key = JSON.stringify([rule.left, rule.comparison, rule.right]);
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const compiled = compile(rule);
  cache.set(key, compiled);
  return compiled;
}

function compile(
  { left, comparison, right }: Pick<CheckRule, "left" | "comparison" | "right">,
  codes?: ReadonlySet<string>,
): CompileResult {
  const sign = comparison.trim();
  const change = /^change <= (\d{1,4})\s?%$/.exec(sign);
  const every = /^every (count|sum|derived)$/.exec(left.trim())?.[1] as Every | undefined;
  if (every) return compileEvery(every, sign, change, right.trim());

  const problems: RuleProblem[] = [];
  const read = (part: "left" | "right", text: string): Expression => {
    const parsed = parseExpression(text, codes);
    if (parsed.ok) return parsed.expression;
    problems.push({ part, at: parsed.error.at, message: describeExpressionError(parsed.error) });
    return { terms: [] };
  };
  const done = (compiled: Compiled): CompileResult =>
    problems.length === 0 ? { ok: true, compiled } : { ok: false, problems };

  const leftSide = read("left", left);
  if (change) {
    if (right.trim() !== "prev")
      problems.push(problem("right", { zh: "此处应为 prev", en: "Expected prev here" }));
    return done({ kind: "change", left: leftSide, percent: Number(change[1]) });
  }
  switch (sign) {
    case "=":
    case "<=":
    case ">=":
      return done({ kind: "order", left: leftSide, order: sign, right: read("right", right) });
    case "0 only if":
      return done({ kind: "zero_only_if", left: leftSide, right: read("right", right) });
    case "> 0 if": {
      const condition = /^(.*)>\s*0\s*$/s.exec(right);
      if (!condition)
        problems.push(
          problem("right", { zh: "应写成“指标 > 0”", en: "Expected an expression followed by > 0" }),
        );
      const rightSide = condition ? read("right", condition[1] ?? "") : { terms: [] };
      return done({ kind: "positive_if", left: leftSide, right: rightSide });
    }
    default:
      problems.push(
        problem("comparison", {
          zh: "应为 =、<=、>=、0 only if、> 0 if、change <= N% 之一",
          en: "Expected =, <=, >=, 0 only if, > 0 if or change <= N%",
        }),
      );
      return { ok: false, problems };
  }
}

function compileEvery(
  every: Every,
  sign: string,
  change: RegExpExecArray | null,
  right: string,
): CompileResult {
  const order = sign === "=" || sign === "<=" || sign === ">=" ? sign : null;
  if (every === "count" && change && right === "prev")
    return { ok: true, compiled: { kind: "every_change", percent: Number(change[1]) } };
  if (every === "sum" && sign === "not all zero" && right === "")
    return { ok: true, compiled: { kind: "every_nil" } };
  if (every === "derived" && order && right === "register")
    return { ok: true, compiled: { kind: "every_register", order } };
  const form = {
    count: "every count, change <= N%, prev",
    sum: "every sum, not all zero",
    derived: "every derived, =, register",
  }[every];
  return {
    ok: false,
    problems: [problem("comparison", { zh: `应写成“${form}”`, en: `Expected ${form}` })],
  };
}

function problem(part: RuleProblem["part"], message: Localized): RuleProblem {
  return { part, at: 0, message };
}

/** One run over one report. */
class Run {
  private readonly byCode: Map<string, Indicator>;
  private readonly filed: readonly Indicator[];

  constructor(private readonly input: CheckInput) {
    this.byCode = new Map(input.indicators.map((indicator) => [indicator.code, indicator]));
    this.filed = input.indicators.filter((indicator) => indicator.kind === "figure");
  }

  violations(rule: CheckRule, compiled: Compiled): Violation[] {
    switch (compiled.kind) {
      case "order":
      case "zero_only_if":
      case "positive_if":
        return this.compare(rule, compiled);
      case "change":
        return this.change(rule, compiled.left, compiled.percent);
      case "every_change":
        return this.filed.filter(isCount).flatMap(({ code }) => {
          const itself: Expression = { terms: [{ coefficient: 1, operand: { kind: "figure", code } }] };
          return this.change(rule, itself, compiled.percent);
        });
      case "every_nil":
        return this.nil(rule);
      case "every_register":
        return this.filed.flatMap((indicator) => this.register(rule, indicator, compiled.order));
    }
  }

  private compare(
    rule: CheckRule,
    compiled: Extract<Compiled, { kind: "order" | "zero_only_if" | "positive_if" }>,
  ): Violation[] {
    const subject = codesOf(compiled.left)[0] ?? null;
    const read = (operand: Operand) => this.read(operand, subject);
    const left = evaluate(compiled.left, read);
    const right = evaluate(compiled.right, read);
    if (left.missing.length > 0 || right.empty || right.missing.some((m) => m.kind !== "figure")) return [];
    if (holds(compiled, left.value, right.value)) return [];
    if (rule.severity === "hard" && this.fromRecords(compiled, left.value)) return [];
    const equality = compiled.kind === "order" && compiled.order === "=";
    const numbers = equality
      ? this.reportedAndDue(compiled.left, left.value, right.value)
      : this.bothSides(compiled.left, left, compiled.right, right);
    const codes = [...codesOf(compiled.left), ...codesOf(compiled.right)];
    return [
      {
        check: rule.code,
        severity: rule.severity,
        indicators: this.shown(codes),
        message: { zh: `${rule.message.zh}（${numbers.zh}）`, en: `${rule.message.en} (${numbers.en})` },
      },
    ];
  }

  /**
   * Whether what exceeds its bound is one figure, as its register has it: a finding of last month that falls due this
   * month is no mistake of typing, and a check that nothing can satisfy would keep the month from being filed.
   */
  private fromRecords(
    compiled: Extract<Compiled, { kind: "order" | "zero_only_if" | "positive_if" }>,
    value: number,
  ) {
    const [code, ...others] = codesOf(compiled.left);
    const { terms } = compiled.left;
    if (compiled.kind !== "order" || compiled.order === "=" || !code || others.length > 0) return false;
    return terms.length === 1 && own(this.input.register, code)?.value === value;
  }

  /** A change against last month beyond `percent`; last month's 0 and small differences never count. */
  private change(rule: CheckRule, left: Expression, percent: number): Violation[] {
    const now = evaluate(left, (operand) => this.read(operand, null));
    const before = evaluate(left, (operand) =>
      this.read(operand.kind === "figure" ? { kind: "previous", code: operand.code } : operand, null),
    );
    if (now.missing.length > 0 || before.missing.length > 0 || before.value <= 0) return [];
    const difference = now.value - before.value;
    const size = Math.abs(difference);
    if (size * 100 <= percent * before.value || size < rule.floor) return [];

    const changed = Math.round((size * 100) / before.value);
    const [from, to] = [this.amount(left, before.value), this.amount(left, now.value)];
    const up = difference > 0;
    return [
      {
        check: rule.code,
        severity: rule.severity,
        indicators: this.shown(codesOf(left)),
        message: {
          zh: `${rule.message.zh}：${this.label(left, "zh")}比上月${up ? "增加" : "减少"} ${changed}%（${from.zh} → ${to.zh}）`,
          en: `${rule.message.en}: ${this.label(left, "en")} ${up ? "up" : "down"} ${changed}% (${from.en} to ${to.en})`,
        },
        expected: before.value,
      },
    ];
  }

  /** Every figure that adds up over time is zero or missing, and at least one zero was given. */
  private nil(rule: CheckRule): Violation[] {
    const given = this.filed
      .filter((indicator) => indicator.acrossTime === "sum")
      .map((indicator) => own(this.input.figures, indicator.code))
      .filter((value) => value !== null);
    if (given.length === 0 || given.some((value) => value !== 0)) return [];
    return [{ check: rule.code, severity: rule.severity, indicators: [], message: rule.message }];
  }

  private register(rule: CheckRule, indicator: Indicator, order: Order): Violation[] {
    const { code } = indicator;
    const figure = own(this.input.figures, code);
    const record = own(this.input.register, code);
    if (figure === null || record === null || inOrder(order, figure, record.value)) return [];
    const [reported, known] = [amountOf(indicator, figure), amountOf(indicator, record.value)];
    return [
      {
        check: rule.code,
        severity: rule.severity,
        indicators: [code],
        message: {
          zh: `${rule.message.zh}：${indicator.name.zh}填报 ${reported.zh}，台账 ${known.zh}（${record.count} 条记录）`,
          en: `${rule.message.en}: ${indicator.name.en} reported ${reported.en}, register ${known.en} (${record.count} ${record.count === 1 ? "record" : "records"})`,
        },
      },
    ];
  }

  /** The value of an operand; `subject` is the code whose register value `register` means. */
  private read(operand: Operand, subject: string | null): number | null {
    const { figures, previous, register, context } = this.input;
    switch (operand.kind) {
      case "figure":
        return own(figures, operand.code);
      case "previous":
        return previous === null ? null : own(previous, operand.code);
      case "register":
        return subject === null ? null : (own(register, subject)?.value ?? null);
      case "context":
        return context?.[operand.name] ?? null;
      case "one":
        return 1;
    }
  }

  private reportedAndDue(side: Expression, reported: number, due: number): Localized {
    const [a, b] = [this.amount(side, reported), this.amount(side, due)];
    return { zh: `填报 ${a.zh}，应为 ${b.zh}`, en: `reported ${a.en}, should be ${b.en}` };
  }

  private bothSides(left: Expression, a: Evaluation, right: Expression, b: Evaluation): Localized {
    const side = (expression: Expression, { value }: Evaluation, language: keyof Localized) =>
      isConstant(expression)
        ? formatFigure(value, "item")
        : `${this.label(expression, language)} ${this.amount(expression, value)[language]}`;
    return {
      zh: `${side(left, a, "zh")}，${side(right, b, "zh")}`,
      en: `${side(left, a, "en")}, ${side(right, b, "en")}`,
    };
  }

  private amount(expression: Expression, value: number): Localized {
    const codes = codesOf(expression);
    const indicator = codes[0] === undefined ? undefined : this.byCode.get(codes[0]);
    return indicator ? amountOf(indicator, value) : plain(formatFigure(value, "item"));
  }

  private label(expression: Expression, language: keyof Localized): string {
    return joinTerms(expression, (operand) => {
      switch (operand.kind) {
        case "figure":
          return this.byCode.get(operand.code)?.name[language] ?? operand.code;
        case "previous": {
          const name = this.byCode.get(operand.code)?.name[language] ?? operand.code;
          return language === "zh" ? `上月${name}` : `last month's ${name}`;
        }
        case "register":
          return language === "zh" ? "台账" : "register";
        case "context":
          return CONTEXT_LABELS[operand.name][language];
        case "one":
          return "1";
      }
    });
  }

  /** Codes that the screens show, each once, in order. */
  private shown(codes: readonly string[]): string[] {
    return codes.filter((code, i) => codes.indexOf(code) === i && !this.byCode.get(code)?.hidden);
  }
}

const CONTEXT_LABELS: Record<(typeof CONTEXT_NAMES)[number], Localized> = {
  "open applications": { zh: "在办申请", en: "open applications" },
};

/** `every count`: filed numbers of people, cases and things. Money is left to the outlier check. */
function isCount(indicator: Indicator): boolean {
  return !isMoney(indicator) && indicator.unit !== "percent";
}

function isConstant(expression: Expression): boolean {
  return expression.terms.every(({ operand }) => operand.kind === "one");
}

function holds(
  compiled: Extract<Compiled, { kind: "order" | "zero_only_if" | "positive_if" }>,
  left: number,
  right: number,
): boolean {
  switch (compiled.kind) {
    case "order":
      return inOrder(compiled.order, left, right);
    case "zero_only_if":
      return left <= 0 || right > 0;
    case "positive_if":
      return right <= 0 || left > 0;
  }
}

function inOrder(order: Order, left: number, right: number): boolean {
  if (order === "=") return left === right;
  return order === "<=" ? left <= right : left >= right;
}

function amountOf(indicator: Indicator, value: number): Localized {
  const text = formatFigure(value, indicator.unit);
  return isMoney(indicator) ? { zh: `${text} 元`, en: `${text} yuan` } : plain(text);
}

function plain(text: string): Localized {
  return { zh: text, en: text };
}

/** An entry of a record that came from outside: never one inherited from Object. */
function own<V>(record: Readonly<Record<string, V>>, key: string): V | null {
  // Not Object.hasOwn: the supported browsers begin with Chrome 90, which lacks it.
  return Object.getOwnPropertyDescriptor(record, key) ? (record[key] ?? null) : null;
}
