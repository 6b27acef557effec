import {
  type FiguresByCode,
  type Indicator,
  isMoney,
  type Localized,
  MAX_FIGURE,
  type Unit,
} from "./indicator";

/** Why a figure is refused. */
export type FigureProblem =
  | "unknown"
  | "not_filed"
  | "duplicate"
  | "not_a_number"
  | "negative"
  | "fraction"
  | "decimals"
  | "too_large"
  | "not_an_object";

/** A refused figure. `code` is cut to 40 characters, so that hostile keys can be shown. */
export interface FigureError {
  code: string;
  problem: FigureProblem;
}

export type FigureResult = { ok: true; value: number | null } | { ok: false; problem: FigureProblem };
export type FiguresResult = { ok: true; figures: FiguresByCode } | { ok: false; errors: FigureError[] };

/** What reading needs to know of an indicator. */
type Readable = Pick<Indicator, "code" | "kind" | "unit">;

/** One sentence per problem, for the cell and for the API's answer. */
export const FIGURE_PROBLEMS: Record<FigureProblem, Localized> = {
  unknown: { zh: "本月没有这个指标", en: "There is no such indicator this month" },
  not_filed: { zh: "该指标由系统计算，无需填报", en: "This indicator is computed and cannot be filed" },
  duplicate: { zh: "该指标填了两次", en: "This indicator was given twice" },
  not_a_number: { zh: "请填写数字", en: "Enter a number" },
  negative: { zh: "不能填写负数", en: "A figure cannot be negative" },
  fraction: { zh: "请填写整数", en: "Enter a whole number" },
  decimals: { zh: "金额最多保留两位小数", en: "An amount has two decimals at most" },
  too_large: { zh: "数字过大，请核对", en: "The number is too large" },
  not_an_object: { zh: "指标应为“代码: 数值”的对象", en: "Figures must be an object of codes and numbers" },
};

/** Longer input is no figure: 12 digits with separators and two decimals need 18 characters. */
const MAX_INPUT = 60;
const MAX_ERRORS = 200;

const CHARACTERS: Record<string, string> = {
  "，": ",",
  "．": ".",
  "。": ".",
  "－": "-",
  "−": "-",
  "–": "-",
  "—": "-",
  "\u00a0": " ",
  "\u3000": " ",
  "\u2009": " ",
  "\u202f": " ",
};

const PLAIN = /^\d+$/;
const GROUPED = /^\d{1,3}(?:[, ]\d{3})+$/;
const MINUS_IN_FRONT = /^-[ ]?[\d.,]/;
const FRACTION = /^([\d, ]+)\.(\d+)$/;

/**
 * Reads what a person typed or pasted into a figure's field. Blank is null (missing). Accepts full-width digits,
 * spaces around, and thousands separators where they belong (`1,234`, `1，234`, `1 234`). Counts are whole; yuan
 * have two decimals at most and come back in fen. Everything else is refused with the reason, never guessed.
 */
export function readFigure(text: unknown, unit: Unit): FigureResult {
  if (typeof text !== "string") return refuse("not_a_number");
  if (text.length > MAX_INPUT) return refuse(/^\s*[\d０-９]+\s*$/.test(text) ? "too_large" : "not_a_number");
  const plain = asciiOf(text).trim();
  if (plain === "") return { ok: true, value: null };
  if (MINUS_IN_FRONT.test(plain)) return refuse("negative");

  const parts = FRACTION.exec(plain);
  const whole = digitsOf(parts?.[1] ?? plain);
  if (whole === null) return refuse("not_a_number");
  const decimals = parts?.[2] ?? "";
  if (!isMoney({ unit })) return decimals === "" ? bounded(whole) : refuse("fraction");
  return decimals.length > 2 ? refuse("decimals") : bounded(whole + decimals.padEnd(2, "0"));
}

/** Full-width digits and the punctuation of Chinese keyboards in ASCII; everything else stays as it is. */
function asciiOf(text: string): string {
  let ascii = "";
  for (const character of text) {
    const unit = character.charCodeAt(0);
    // Only digits are folded by number: folding more would read "²" or "①" as digits.
    if (unit >= 0xff10 && unit <= 0xff19) ascii += String.fromCharCode(unit - 0xfee0);
    else ascii += CHARACTERS[character] ?? character;
  }
  return ascii;
}

/** The digits without separators, or null when something else is in between. */
function digitsOf(text: string): string | null {
  const digits = text.trim();
  if (PLAIN.test(digits)) return digits;
  return GROUPED.test(digits) ? digits.replace(/[, ]/g, "") : null;
}

function bounded(digits: string): FigureResult {
  // Exact as far as it is accepted: 12 digits are far below 2^53, and anything rounded is far above 12 digits.
  const value = Number(digits);
  return value > MAX_FIGURE ? refuse("too_large") : { ok: true, value };
}

function refuse(problem: FigureProblem): { ok: false; problem: FigureProblem } {
  return { ok: false, problem };
}

/**
 * Reads the figures out of a submitted form, whose fields are named by indicator codes. Names that begin with a
 * lower-case letter (`version`, `intent`) are the form's own and left alone; every other name has to be an
 * indicator that is filed. Returns all figures, or every problem at once so that nothing has to be found twice.
 */
export function readFormFigures(
  indicators: readonly Readable[],
  fields: Iterable<readonly [string, unknown]>,
): FiguresResult {
  const reader = new Reader(indicators);
  for (const [name, text] of fields) {
    if (!/^[a-z]/.test(name)) reader.take(name, (indicator) => readFigure(text, indicator.unit));
  }
  return reader.result();
}

/**
 * Reads the `figures` of an API call: an object of codes with whole numbers (money in fen) or null. A key given
 * twice is gone once JSON is parsed: look for it in the text with `duplicateKeyOf`.
 */
export function readJsonFigures(indicators: readonly Readable[], body: unknown): FiguresResult {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return { ok: false, errors: [{ code: "", problem: "not_an_object" }] };
  const reader = new Reader(indicators);
  for (const [code, value] of Object.entries(body)) reader.take(code, () => readNumber(value));
  return reader.result();
}

function readNumber(value: unknown): FigureResult {
  if (value === null) return { ok: true, value: null };
  if (typeof value !== "number" || Number.isNaN(value)) return refuse("not_a_number");
  if (value < 0) return refuse("negative");
  if (value > MAX_FIGURE) return refuse("too_large");
  // Adding 0 turns the -0 that JSON can carry into 0.
  return Number.isInteger(value) ? { ok: true, value: value + 0 } : refuse("fraction");
}

/** Collects figures of known indicators only, so that no name from outside ever becomes a key of an object. */
class Reader {
  private readonly byCode: Map<string, Readable>;
  private readonly values = new Map<string, number | null>();
  private readonly seen = new Set<string>();
  private readonly errors: FigureError[] = [];

  constructor(indicators: readonly Readable[]) {
    this.byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  }

  take(code: string, read: (indicator: Readable) => FigureResult): void {
    if (this.errors.length >= MAX_ERRORS) return;
    const indicator = this.byCode.get(code);
    const result = this.seen.has(code)
      ? refuse("duplicate")
      : !indicator
        ? refuse("unknown")
        : indicator.kind !== "figure"
          ? refuse("not_filed")
          : read(indicator);
    this.seen.add(code);
    if (result.ok) this.values.set(code, result.value);
    else this.errors.push({ code: code.slice(0, 40), problem: result.problem });
  }

  result(): FiguresResult {
    if (this.errors.length > 0) return { ok: false, errors: this.errors };
    return { ok: true, figures: Object.fromEntries(this.values) };
  }
}

/**
 * The first key that occurs twice in one object of a JSON text, or null. For a text that `JSON.parse` has
 * already accepted: the parser silently keeps the last of two, and nobody knows which one was meant.
 */
export function duplicateKeyOf(json: string): string | null {
  const objects: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case "{":
        objects.push(new Set());
        expectsKey = true;
        break;
      case "[":
        objects.push(null);
        expectsKey = false;
        break;
      case "}":
      case "]":
        objects.pop();
        expectsKey = false;
        break;
      case ",":
        expectsKey = true;
        break;
      case '"': {
        const end = endOfString(json, at);
        const keys = objects[objects.length - 1];
        if (expectsKey && keys) {
          // Two spellings of one key, such as "A01" and "\u004101", are one key.
          const key = String(JSON.parse(json.slice(at, end + 1)));
          if (keys.has(key)) return key;
          keys.add(key);
        }
        expectsKey = false;
        at = end;
      }
    }
  }
  return null;
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") at++;
    else if (json[at] === '"') return at;
  }
  return json.length - 1;
}

/**
 * A figure as people read it: `1,234`; yuan from fen with two decimals, `1,234.50`; missing is the empty text.
 * `readFigure` reads it back. Negative amounts (differences) keep their sign.
 */
export function formatFigure(value: number | null, unit: Unit): string {
  if (value === null) return "";
  const sign = value < 0 ? "-" : "";
  const amount = Math.abs(value);
  if (!isMoney({ unit })) return sign + grouped(String(amount));
  const yuan = Math.floor(amount / 100);
  return `${sign}${grouped(String(yuan))}.${String(amount % 100).padStart(2, "0")}`;
}

/** A ratio as people read it, with one decimal at most and no unit: `28.1`, `500`; missing is the empty text. */
export function formatRatio(value: number | null): string {
  if (value === null) return "";
  const [whole = "", decimal = "0"] = value.toFixed(1).split(".");
  return decimal === "0" ? grouped(whole) : `${grouped(whole)}.${decimal}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
