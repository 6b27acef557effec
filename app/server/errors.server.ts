/**
 * Expected errors. A route, feature or query that cannot do what was asked throws a Refusal; the route builder
 * turns it into a 4xx with one sentence in the reader's language, what to do now and a reference number.
 *
 * `code` names the sentence: `locked` is `errors:locked`, `figures:errors.locked` stands in that namespace.
 * The catalogue's entry is `{ "message": "...", "next": "..." }`, or only the message as a string.
 */
export interface RefusalOptions {
  /** Values for the sentence. */
  params?: Record<string, string | number>;
  /** Messages beside single fields: field name to keys of the catalogue (namespace `errors` by default). */
  fields?: Record<string, string | string[]>;
  /** Extra members of the API's problem document, e.g. `violations`. */
  extensions?: Record<string, unknown>;
  /** Extra response headers, e.g. `Allow`. */
  headers?: Record<string, string>;
}

const BRAND = Symbol.for("muster.refusal");
const OVERLOADED = Symbol.for("muster.overloaded");

export class Refusal extends Error {
  override readonly name = "Refusal";
  // instanceof fails across two copies of this module, which hot reload makes.
  readonly [BRAND] = true;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly options: RefusalOptions = {},
  ) {
    super(`${status} ${code}`);
  }
}

/** The database's queue is full. Becomes 503 with Retry-After. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
  readonly [OVERLOADED] = true;

  constructor(readonly retryAfterSeconds = 2) {
    super("overloaded");
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && BRAND in error;
}

/** Also true for an error of the database room that is named Overloaded: db must not import the application. */
export function isOverloaded(error: unknown): error is Error & { retryAfterSeconds?: number } {
  return error instanceof Error && (OVERLOADED in error || error.name === "Overloaded");
}

/** Node's and Postgres' words for a database that is away, shutting down or out of connections. */
const AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|CONNECTION_|CONNECT_TIMEOUT|08\d\d\d|57P0[123]|53300)/;

/** The database went away: trying again later helps. `TransactionLost` is what the database room says of a broken one. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  return error.name === "TransactionLost" || (typeof code === "string" && AWAY.test(code));
}

/** Not there, or not yours: the reader cannot tell which. */
export function notFound(code = "notFound", options?: RefusalOptions): Refusal {
  return new Refusal(404, code, options);
}

/** The role may not do this. */
export function forbidden(code = "forbidden", options?: RefusalOptions): Refusal {
  return new Refusal(403, code, options);
}

/** Someone else was faster, or the state no longer allows it. */
export function conflict(code = "conflict", options?: RefusalOptions): Refusal {
  return new Refusal(409, code, options);
}

/** The request itself makes no sense. */
export function badRequest(code = "badRequest", options?: RefusalOptions): Refusal {
  return new Refusal(400, code, options);
}

/** Well formed, but the content breaks a rule; `fields` says where. */
export function unprocessable(code = "unprocessable", options?: RefusalOptions): Refusal {
  return new Refusal(422, code, options);
}
