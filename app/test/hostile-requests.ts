import fc from "fast-check";
import type { DrawnForm } from "./drawn-forms";

/** A request as it is put on the wire; nothing between cleans it up. */
export interface HostileRequest {
  method: string;
  /** Path and query, already encoded, rightly or wrongly. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | null;
  /** Who sends it: a demo account, or null for nobody. */
  as: string | null;
}

/** An address of the built server. */
export interface Target {
  /** With `:params`, as the manifest writes it. */
  path: string;
  kind: "page" | "resource" | "api";
  writes: boolean;
}

export interface World {
  targets: readonly Target[];
  /** Forms seen on the pages, by the account that saw them. */
  forms: readonly { as: string; form: DrawnForm }[];
  accounts: readonly string[];
  stations: readonly number[];
  memberships: readonly string[];
  months: { now: string; last: string; future: string; before: string };
  /** JSON bodies that the API's description gives as examples. */
  examples: readonly unknown[];
  origin: string;
}

const BIG = "字".repeat(350_000);

/** Values that some layer below could choke on. */
const EVIL = [
  ..."-1|1.5|三|1e20|100000000000000000000|9007199254740993|-0|NaN|Infinity|0x10|1,000|１２".split("|"),
  ..."2026-13|2026-00|9999-12|0001-01|2026-1|2026-10-32|2026-02-30|99999-01-01|-271821-04-20|٢٠٢٦-١٠".split(
    "|",
  ),
  ..."__proto__|constructor|toString|null|undefined|true|[]|{}| |A01|Q99|B09|%|%00|%zz|$1|{{constructor}}".split(
    "|",
  ),
  "",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00x",
  "\uffff",
  "\u202e",
  "' or 1=1 --",
  "<script>alert(1)</script>",
  "../../../etc/passwd",
  "//evil.example",
  "\\\\evil.example",
  "\r\nSet-Cookie: a=b",
  "a".repeat(300),
  "x".repeat(25_000),
];

const text = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...EVIL) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.integer().map(String) },
  { weight: 2, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.bigInt().map(String) },
);

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);

/** A page's data is asked for more often than the page: it takes a fraction of the time. */
const mostly = fc.oneof(
  { weight: 3, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

/** Percent-encodes also what no URL encoder takes: half a surrogate pair, as the bytes it would have. */
function encode(value: string): string {
  return [...value]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      if (code < 0xd800 || code > 0xdfff) return encodeURIComponent(sign);
      const bytes = [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
      return bytes.map((byte) => `%${byte.toString(16)}`).join("");
    })
    .join("");
}

/** Requests that no page of ours sends, to every address, from everybody. */
export function hostileRequests(world: World): fc.Arbitrary<HostileRequest> {
  const as = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: oneOf(world.accounts) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: bentForm(world) },
    { weight: 3, arbitrary: inventedForm(world, as) },
    { weight: 5, arbitrary: bentJson(world, as) },
    { weight: 4, arbitrary: bentVisit(world, as) },
    { weight: 1, arbitrary: brokenBody(world, as) },
  );
}

function address({ stations, memberships, months }: World, target: Target): fc.Arbitrary<string> {
  const { now, last, future, before } = months;
  const values: Record<string, readonly string[]> = {
    stationId: [...stations.map(String), "0", "-1", "999999999", "100000000000000000000", "1.5"],
    period: [now, last, future, before, "2026-13", "0000-00"],
    membershipId: [...memberships, "00000000-0000-0000-0000-000000000000"],
  };
  const names = [...target.path.matchAll(/:(\w+)|\*/g)].map(([, name]) => name ?? "*");
  const part = (name: string) =>
    fc.oneof(
      { weight: 9, arbitrary: oneOf(values[name] ?? [...memberships, "nothing"]) },
      { weight: 1, arbitrary: text.map(encode) },
    );
  return fc.tuple(...names.map(part)).map((parts) => {
    let at = 0;
    return `/${target.path.replace(/:\w+|\*/g, () => parts[at++] ?? "")}`;
  });
}

const QUERY_NAMES =
  "station|from|to|by|basis|boundaries|q|level|parent|role|status|limit|cursor|page|sort|period|view|nil|format|indicator|_routes|index|__proto__".split(
    "|",
  );

function query({ stations, months }: World): fc.Arbitrary<string> {
  const { now, last, future } = months;
  const value = fc.oneof(text, oneOf([...stations.map(String), now, last, future, "total", "child"]));
  const pair = fc
    .tuple(
      oneOf(QUERY_NAMES),
      fc.oneof({ weight: 4, arbitrary: value.map(encode) }, { weight: 1, arbitrary: text }),
    )
    // Raw text only where it cannot end the request line.
    .map(([name, raw]) => `${name}=${raw.replace(/[^\x21-\x7e]|#/g, "")}`);
  return fc.array(pair, { maxLength: 4 }).map((pairs) => (pairs.length > 0 ? `?${pairs.join("&")}` : ""));
}

/** Header values stay within what a client can send at all. */
const headerText = text.map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "").slice(0, 2_000));
const HEADER_NAMES =
  "Cookie|Authorization|Accept-Language|Accept|If-Match|If-None-Match|Idempotency-Key|X-Forwarded-For|X-Forwarded-Host|X-Request-Id|Referer|Range|Purpose".split(
    "|",
  );

function headers(world: World, unsafe: boolean): fc.Arbitrary<Record<string, string>> {
  const odd = fc.tuple(oneOf(HEADER_NAMES), headerText).map(([name, value]) => ({
    [name]: name === "Cookie" ? `locale=${value}; elder=${value}; flash=${value}; muster=${value}` : value,
  }));
  const origin = fc.oneof(
    { weight: unsafe ? 12 : 1, arbitrary: fc.constant<Record<string, string>>({ Origin: world.origin }) },
    { weight: 1, arbitrary: headerText.map((value): Record<string, string> => ({ Origin: value })) },
    { weight: 1, arbitrary: fc.constant<Record<string, string>>({}) },
  );
  const sometimes = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: odd });
  return fc.tuple(origin, sometimes).map(([from, more]) => ({ ...from, ...more }));
}

const FORM = "application/x-www-form-urlencoded";
const urlencoded = (fields: readonly (readonly [string, string])[]) =>
  Buffer.from(fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&"));

function multipart(fields: readonly (readonly [string, string])[], whole: boolean): Buffer {
  const parts = fields.map(([name, value]) => {
    const quoted = name.replace(/["\r\n]/g, "_");
    return `--edge\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
  });
  return Buffer.from(parts.join("") + (whole ? "--edge--\r\n" : "--ed"));
}

/** Changes one or two things about a list of fields. */
function bend(fields: readonly [string, string][]): fc.Arbitrary<[string, string][]> {
  const at = fc.nat({ max: Math.max(fields.length - 1, 0) });
  const what = oneOf(["value", "value", "value", "value", "drop", "twice", "name", "big"] as const);
  return fc.array(fc.tuple(what, at, text), { minLength: 1, maxLength: 2 }).map((changes) => {
    const bent = fields.map(([name, value]): [string, string] => [name, value]);
    for (const [change, index, value] of changes) {
      const field = bent[index];
      if (!field || change === "name") bent.push([value, "1"]);
      else if (change === "value") field[1] = value;
      else if (change === "twice") bent.push([field[0], value]);
      else if (change === "drop") bent.splice(index, 1);
      else field[1] = value === "" ? BIG : value.repeat(20);
    }
    return bent;
  });
}

/** The address by which a running page asks for the data of a page. */
const dataOf = (path: string) => (path === "/" ? "/_root.data" : `${path}.data`);

/** A form that was really drawn, with one or two fields wrong. */
function bentForm(world: World): fc.Arbitrary<HostileRequest> {
  return fc.tuple(oneOf(world.forms), mostly, fc.nat(9)).chain(([{ as, form }, data, kind]) =>
    fc.tuple(bend(form.fields), headers(world, true)).map(([fields, more]) => {
      const [path = "/", search = ""] = form.action.split("?", 2);
      const type = kind === 0 ? "multipart/form-data; boundary=edge" : FORM;
      return {
        method: "POST",
        target: (data ? dataOf(path) : path) + (search && `?${search}`),
        headers: { "Content-Type": type, ...more },
        body: kind === 0 ? multipart(fields, true) : urlencoded(fields),
        as,
      };
    }),
  );
}

/** Any address that takes forms, with fields that somebody made up. */
function inventedForm(world: World, as: fc.Arbitrary<string | null>): fc.Arbitrary<HostileRequest> {
  const takesForms = world.targets.filter(({ writes, kind }) => writes && kind !== "api");
  const drawn = world.forms.flatMap(({ form }) => form.fields);
  const names = [...new Set(drawn.map(([name]) => name))];
  const intents = drawn.filter(([name]) => name === "intent");
  const name = fc.oneof({ weight: 5, arbitrary: oneOf(names) }, { weight: 1, arbitrary: text });
  const fields = fc
    .tuple(fc.option(oneOf(intents)), fc.array(fc.tuple(name, text), { maxLength: 8 }))
    .map(([intent, others]) => (intent ? [intent, ...others] : others));
  return oneOf(takesForms).chain((target) =>
    fc
      .tuple(
        address(world, target),
        fields,
        headers(world, true),
        // Who signs out has nothing left to attack with.
        target.path === "logout" ? fc.constant(null) : as,
        oneOf(["POST", "POST", "POST", "POST", "PUT", "DELETE", "PATCH"]),
        mostly,
      )
      .map(([path, sent, more, who, method, data]) => ({
        method,
        target: data && target.kind === "page" ? dataOf(path) : path,
        headers: { "Content-Type": FORM, ...more },
        body: urlencoded(sent),
        as: who,
      })),
  );
}

const RAW_JSON = [
  ..."-1|1.5|1e400|1e20|100000000000000000000|null|true|[]|{}".split("|"),
  '"\\u0000"',
  '"\\ud800"',
  '{"__proto__":1}',
  '{"A01":1,"A01":2}',
  '{"Q99":1}',
  '{"constructor":{"prototype":1}}',
  "[".repeat(200) + "]".repeat(200),
];

/** JSON text of an example in which one thing is wrong. */
function bentText(example: unknown): fc.Arbitrary<string> {
  const sound = JSON.stringify(example);
  const what = oneOf(["value", "value", "value", "key", "cut", "whole", "big"] as const);
  return fc.tuple(what, fc.nat({ max: 30 }), oneOf(RAW_JSON), text).map(([change, index, value, evil]) => {
    if (change === "cut") return sound.slice(0, index);
    if (change === "whole") return value;
    if (change === "big") return index < 2 ? `{"remarks":{"A01":"${BIG}"}}` : sound.replace("{", '{"x":1,');
    const spots = [...sound.matchAll(/(?<=:)("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)/g)];
    const spot = spots[index % Math.max(spots.length, 1)];
    if (change === "key" || !spot) return `{${JSON.stringify(evil)}:${value}}`;
    const bad = index % 2 === 0 ? value : JSON.stringify(evil);
    return sound.slice(0, spot.index) + bad + sound.slice(spot.index + spot[0].length);
  });
}

function bentJson(world: World, as: fc.Arbitrary<string | null>): fc.Arbitrary<HostileRequest> {
  const takesJson = world.targets.filter(({ kind, path }) => kind === "api" || path.endsWith("/save"));
  return oneOf(takesJson).chain((target) =>
    fc
      .tuple(
        address(world, target),
        oneOf(world.examples).chain(bentText),
        headers(world, true),
        as,
        oneOf(["POST", "POST", "PUT", "PUT", "DELETE", "PATCH", "GET"]),
        query(world),
        oneOf(["application/json", "application/json", "application/json", "text/plain", FORM, ""]),
        oneOf(["*", '"0"', '"1"', "", '"x"', 'W/"1"']),
      )
      .map(([path, body, more, who, method, search, type, match]) => ({
        method,
        target: path + search,
        headers: { "Content-Type": type, ...(match ? { "If-Match": match } : {}), ...more },
        body: method === "GET" ? null : Buffer.from(body),
        as: who,
      })),
  );
}

/** A visit of any address, with a query that nobody asked for. */
function bentVisit(world: World, as: fc.Arbitrary<string | null>): fc.Arbitrary<HostileRequest> {
  const method = oneOf(["GET", "GET", "GET", "GET", "GET", "HEAD", "OPTIONS"]);
  return oneOf(world.targets).chain((target) =>
    fc
      .tuple(address(world, target), query(world), headers(world, false), as, method, mostly)
      .map(([path, search, more, who, verb, data]) => ({
        method: verb,
        target: (data && target.kind === "page" ? dataOf(path) : path) + search,
        headers: more,
        body: null,
        as: who,
      })),
  );
}

/** Bodies that are not what their type says. */
function brokenBody(world: World, as: fc.Arbitrary<string | null>): fc.Arbitrary<HostileRequest> {
  const writing = world.targets.filter(({ writes, path }) => writes && path !== "logout");
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    text.map((value) => Buffer.from(value)),
    text.map((value) => multipart([["intent", value]], false)),
    fc.constant(Buffer.from("a=%zz&%=1&=&&a[]=1&a[b]=2&\u0000=1")),
    fc.constant(Buffer.alloc(1_100_000, "a=b&")),
  );
  const type = oneOf([
    FORM,
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=edge",
    `multipart/form-data; boundary=${"x".repeat(500)}`,
    "application/x-www-form-urlencoded; charset=utf-16",
    "text/turbo-stream",
    "nonsense",
    "",
  ]);
  return oneOf(writing).chain((target) =>
    fc
      .tuple(address(world, target), body, type, headers(world, true), as)
      .map(([path, sent, kind, more, who]) => ({
        method: "POST",
        target: path,
        headers: { "Content-Type": kind, ...more },
        body: sent,
        as: who,
      })),
  );
}
